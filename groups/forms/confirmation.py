"""What a member may put right by the link: the company's data and their own, prefilled, on one page."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from groups import confirming
from groups.models import Confirmation
from groups.profiles import WANTED, WANTED_OF_A_PERSON
from members.forms import CompanyForm, PersonForm
from members.models import Company, Person

# Read as one line where it is shown.
JOINED = {
    "family_name": ("氏名", "name"),
    "family_kana": ("フリガナ", "kana"),
    "prefecture": ("所在地", "address"),
}
WITH_ANOTHER = ("given_name", "given_kana", "city", "street", "building")
# Whose number it is is the office's to settle; a day of confirmation is what this page gives.
NOT_HERE = {"company": "corporate_number", "person": "confirmed"}


class CompanyPart(CompanyForm):
    prefix = "company"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_out(self, NOT_HERE["company"])


class PersonPart(PersonForm):
    prefix = "person"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _leave_out(self, NOT_HERE["person"])


class CorrectionForm:
    """Both parts as one: valid together, written together. `company` is None for an individual."""

    def __init__(self, data: QueryDict | None, *, confirmation: Confirmation) -> None:
        self.confirmation = confirmation
        record, person = confirmation.membership.company, confirmation.person
        self.company = CompanyPart(data, instance=record) if record else None
        self.person = PersonPart(data, instance=person, company=record)

    @property
    def parts(self) -> list[forms.ModelForm]:
        """In the order of the page."""
        return [part for part in (self.person, self.company) if part]

    def is_valid(self) -> bool:
        """Each part is looked at, so that every error is told at once."""
        valid = [part.is_valid() for part in self.parts]
        return all(valid)

    def act(self) -> bool:
        """Let the verb write and confirm; what it refuses stands at the top."""
        person: Person = self.person.instance
        company: Company | None = self.company.instance if self.company else None
        keep = bool(self.company and self.company.cleaned_data.get("keep_old_name"))
        try:
            confirming.correct(
                confirmation=self.confirmation, person=person, company=company, keep_old_name=keep
            )
        except ValidationError as error:
            self.person.add_error(None, ValidationError(error.messages))
            return False
        return True


def known_of(record: Company | Person) -> list[tuple[str, str]]:
    """[(label, text)]: what the directory knows of a record, in the order of its form; what is empty is left out."""
    form = CompanyForm if isinstance(record, Company) else PersonForm
    told = []
    for name in form.Meta.fields:
        label, attribute = JOINED.get(name, (str(record._meta.get_field(name).verbose_name), name))  # type: ignore[union-attr]
        text = "" if name in WITH_ANOTHER or name.endswith("_for") else _text(record, attribute)
        told += [(label, text)] if text else []
    return told


def wanted_of(record: Company | Person) -> tuple[str, ...]:
    """What the directory would like to know of a record, and the record's own form asks for."""
    return WANTED if isinstance(record, Company) else WANTED_OF_A_PERSON[:-1]


def _text(record: Company | Person, name: str) -> str:
    value = getattr(record, name)
    if isinstance(value, bool):
        return "はい" if value else "いいえ"
    display = getattr(record, f"get_{name}_display", None)
    return str(display() if display else "" if value is None else value)


def _leave_out(form: forms.ModelForm, name: str) -> None:
    """The field goes, and so does a section in which nothing is left."""
    del form.fields[name]
    layout = form.helper.layout  # type: ignore[attr-defined]
    for part in list(layout.fields):
        if name in part.fields:
            part.fields.remove(name)
        if not part.fields:
            layout.fields.remove(part)


class SourceForm(forms.Form):
    """How the member said it, when somebody writes it down for them."""

    source = forms.ChoiceField(
        choices=[choice for choice in Confirmation.Source.choices if choice[0] != Confirmation.Source.LINK],
        error_messages={
            "required": "どうやって確かめたかを選んでください。",
            "invalid_choice": "どうやって確かめたかを、一覧から選んでください。",
        },
    )
