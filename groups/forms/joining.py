"""The forms that bring a new member into a group."""

from collections.abc import Sequence
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import admitting, representing
from groups.forms.filters import SearchFormField
from groups.forms.parts import StoredField, plain_helper, read_day, refuse
from groups.forms.person_choice import PersonChoice
from groups.models import Group, Membership
from groups.visibility import companies_visible_to, people_visible_to
from iri_exchange.lib.fields import DayFormField
from members.forms import ATTRIBUTES, pair
from members.models import Company, Person

OWN = "c_"  # the fields of the new record; those of its first contact have none
COMPANY = (
    "name", "kana", "corporate_number", "trade", "postal_code", "prefecture", "city", "street", "building",
    "phone", "fax", "email",
)  # fmt: skip
PERSON = (
    "family_name", "given_name", "family_kana", "given_kana", "trade", "email", "phone", "postal_code",
    "prefecture", "city", "street", "building",
)  # fmt: skip


class LookForm(forms.Form):
    """The first step: whom one means."""

    q = SearchFormField(
        label="企業名か、氏名",
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
        help_text="名簿にあるかどうか、さがします。ひらがなや、法人番号でもかまいません。",
        error_messages={"required": "企業名か、氏名を入れてください。"},
    )


class JoinForm(forms.Form):
    """The second step. `doubts`: what the by-laws say against it, which is confirmed."""

    KIND: ClassVar[str] = Membership.Kind.REGULAR
    on = DayFormField(label="入会日", help_text="例：2026-12-01、R8.12.1")
    kind = forms.ChoiceField(
        label="区分", choices=Membership.Kind.choices, widget=forms.Select(attrs={"class": "w-m"})
    )
    introduced_by = StoredField(Membership, "introduced_by")
    confirmed = forms.BooleanField(label="確かめたうえで、加える", required=False)
    different = forms.BooleanField(
        label="名簿にある同じ名前のものとは、別のものとして登録する", required=False
    )

    def __init__(self, *args: Any, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.user, self.helper = group, user, plain_helper()
        self.initial.update({"on": timezone.localdate(), "kind": self.KIND})
        self.day = read_day(self, "on") or timezone.localdate()
        self.doubts = [*self.own_doubts(), *admitting.doubts(group, self.day, self.trade())]
        self.likely = self.namesakes()
        for name, unasked in (("confirmed", not self.doubts), ("different", not self.likely)):
            if unasked:
                del self.fields[name]
        for name, field in self.fields.items():
            field.widget.attrs.update(ATTRIBUTES.get(name.removeprefix(OWN), {}))

    def trade(self) -> str:
        """What the new member does, as far as that is known already."""
        return self.typed("trade")

    def own_doubts(self) -> Sequence[str]:
        """What the record itself says against it."""
        return ()

    def namesakes(self) -> Sequence[Company | Person]:
        """Records that are called as what is written down anew."""
        return ()

    @property
    def known(self) -> Membership | None:
        """What is written down of the member in this group already, also after leaving."""
        return None

    @property
    def sub(self) -> str:
        """The line under the page's heading."""
        raise NotImplementedError

    def typed(self, name: str) -> str:
        return str(self.data.get(f"{OWN}{name}", "")).strip()

    def on_joining(self) -> Fieldset:
        confirmed = ["confirmed"] if "confirmed" in self.fields else []
        return Fieldset("入会", "on", "kind", "introduced_by", *confirmed, css_class="form-section")

    def own(self, *names: str) -> list[str]:
        """The fields of the new record, with the question about its namesakes after the first."""
        first, *others = [f"{OWN}{name}" for name in names]
        return [first, *(["different"] if "different" in self.fields else []), *others]

    def clean(self) -> None:
        super().clean()
        if self.doubts and not self.cleaned_data.get("confirmed"):
            self.add_error("confirmed", "「確かめていただくこと」を読んでから、印を付けてください。")
        if self.likely and not self.cleaned_data.get("different"):
            names = "、".join(f"{each.name}（{each.city or '所在地は未確認'}）" for each in self.likely)
            self.add_error(
                "different",
                f"同じ名前が、名簿にあります：{names}。同じものでしたら、前の画面に戻って選んでください。",
            )

    @property
    def joining(self) -> dict[str, Any]:
        given = {name: self.cleaned_data[name] for name in ("on", "kind", "introduced_by")}
        return {"group": self.group, **given}

    def admit(self) -> Membership:
        """Call the verb. Raises ValidationError."""
        raise NotImplementedError

    def act(self) -> Membership | None:
        """As `admit`; what is refused stands at the top of the form."""
        try:
            return self.admit()
        except ValidationError as error:
            refuse(self, error)
            return None


class KnownCompanyForm(JoinForm, PersonChoice):
    """A company of the directory, with somebody who works there."""

    def __init__(self, *args: Any, record: Company, **kwargs: Any) -> None:
        self.company = record
        super().__init__(*args, **kwargs)
        self.offer(representing.working_for(record, self.day, people_visible_to(self.user)))
        self.helper.layout = Layout(self.on_joining(), *self.asked_for("登録者（1人目）"))

    def trade(self) -> str:
        return self.company.trade

    def own_doubts(self) -> Sequence[str]:
        goes_on = self.company.status == Company.Status.CONTINUING
        return [] if goes_on else [f"この企業は「{self.company.get_status_display()}」になっています。"]

    @property
    def known(self) -> Membership | None:
        return self.group.memberships.filter(company=self.company).first()

    @property
    def sub(self) -> str:
        return self.company.name

    def admit(self) -> Membership:
        return admitting.admit_company(company=self.company, representative=self.who, **self.joining)


class NewCompanyForm(JoinForm, PersonChoice):
    """A company that no list has, and its first contact."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer(Person.objects.none())
        place = [pair(f"{OWN}prefecture", f"{OWN}city"), f"{OWN}street", f"{OWN}building"]
        self.helper.layout = Layout(
            Fieldset(
                "企業", *self.own("name", "kana", "corporate_number", "trade"), css_class="form-section"
            ),
            Fieldset(
                "所在地と連絡先",
                f"{OWN}postal_code",
                *place,
                pair(f"{OWN}phone", f"{OWN}fax"),
                f"{OWN}email",
                css_class="form-section",
            ),
            *self.asked_for("登録者（1人目）"),
            self.on_joining(),
        )

    def namesakes(self) -> Sequence[Company | Person]:
        return admitting.companies_called(self.typed("name"), self.user)

    def clean_c_corporate_number(self) -> str | None:
        """A number of a record the asker may see is said to be so; any other is the office's to compare."""
        number: str | None = self.cleaned_data[f"{OWN}corporate_number"]
        self.claimed = ""
        if not number or not Company.objects.filter(corporate_number=number).exists():
            return number
        if known := companies_visible_to(self.user).filter(corporate_number=number).first():
            raise ValidationError(
                f"この法人番号は、名簿にある「{known.name}」のものです。前の画面に戻って、選んでください。",
                code="taken",
            )
        self.claimed = number
        return None

    @property
    def sub(self) -> str:
        return "新しい企業"

    def admit(self) -> Membership:
        company = {name: self.cleaned_data[f"{OWN}{name}"] for name in COMPANY}
        return admitting.admit_company(
            company=company, representative=self.who, claimed_number=self.claimed, **self.joining
        )


class KnownPersonForm(JoinForm):
    """An individual of the directory."""

    KIND = Membership.Kind.INDIVIDUAL

    def __init__(self, *args: Any, record: Person, **kwargs: Any) -> None:
        self.person = record
        super().__init__(*args, **kwargs)
        self.helper.layout = Layout(self.on_joining())

    def trade(self) -> str:
        return self.person.trade

    @property
    def known(self) -> Membership | None:
        return self.group.memberships.filter(person=self.person).first()

    @property
    def sub(self) -> str:
        return f"{self.person.name}さん（個人会員）"

    def admit(self) -> Membership:
        return admitting.admit_person(person=self.person, **self.joining)


class NewPersonForm(JoinForm):
    """An individual whom no list has."""

    KIND = Membership.Kind.INDIVIDUAL

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        names = [pair(f"{OWN}family_name", f"{OWN}given_name"), pair(f"{OWN}family_kana", f"{OWN}given_kana")]
        different = ["different"] if "different" in self.fields else []
        self.helper.layout = Layout(
            Fieldset("氏名", *names, *different, f"{OWN}trade", css_class="form-section"),
            Fieldset(
                "連絡先",
                f"{OWN}email",
                f"{OWN}phone",
                f"{OWN}postal_code",
                pair(f"{OWN}prefecture", f"{OWN}city"),
                f"{OWN}street",
                f"{OWN}building",
                css_class="form-section",
            ),
            self.on_joining(),
        )

    def namesakes(self) -> Sequence[Company | Person]:
        typed = f"{self.typed('family_name')} {self.typed('given_name')}".strip()
        return admitting.people_called(typed, self.user)

    @property
    def sub(self) -> str:
        return "新しい個人会員"

    def admit(self) -> Membership:
        person = {name: self.cleaned_data[f"{OWN}{name}"] for name in PERSON}
        return admitting.admit_person(person=person, **self.joining)


def _ask_for(form: type[JoinForm], model: type[Company] | type[Person], names: Sequence[str]) -> None:
    """The fields of a record that is written down anew, as the directory reads them."""
    form.base_fields |= {f"{OWN}{name}": StoredField(model, name) for name in names}


_ask_for(NewCompanyForm, Company, COMPANY)
_ask_for(NewPersonForm, Person, PERSON)
FORMS: dict[str, type[JoinForm]] = {"company": NewCompanyForm, "person": NewPersonForm}
