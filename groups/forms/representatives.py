"""The forms that say who attends for a member company."""

import datetime
from typing import Any, ClassVar

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import endings, representing
from groups.endings import ONE_DAY
from groups.forms.parts import ALONE, ALONE_HINT, plain_helper, read_day, refuse
from groups.forms.person_choice import PersonChoice
from groups.models import Membership, OfficerTerm, Representative
from groups.visibility import people_visible_to
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, RecordsField
from iri_exchange.lib.versions import Versioned

LAST_DAY = "この日までは、いまの方が登録者です。例：2027-03-31、R9.3.31"


class OfficesField(RecordsField):
    """Offices that end together with a representative's term."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, term: Any) -> str:
        until = f"（{japan.wareki(term.until)}まで）" if term.until else ""
        return f"{term.get_role_display()}{until}"


class GoingForm(forms.Form):
    """Somebody no longer attends: the last day, and which of their offices end with it."""

    last_day = DayFormField(label="登録者である最後の日", help_text=LAST_DAY)
    offices = OfficesField(
        label="いっしょに終える役員の任期",
        queryset=OfficerTerm.objects.none(),
        required=False,
        help_text="印を付けないものは、つづきます。",
    )
    confirmed = forms.BooleanField(label=ALONE, required=False, help_text=ALONE_HINT)

    def of(self, term: Representative) -> None:
        """Ask only what is to be asked about this term."""
        self.term, offices = term, representing.offices_of(term)
        self.initial["last_day"] = min(max(timezone.localdate(), term.since), term.until or datetime.date.max)
        ids = [office.pk for office in offices]
        self.fields["offices"].queryset = OfficerTerm.objects.filter(pk__in=ids)  # type: ignore[attr-defined]
        asked = self.data.getlist(self.add_prefix("offices")) if self.is_bound else []  # type: ignore[attr-defined]
        chosen = [office for office in offices if str(office.pk) in asked]
        day = read_day(self, "last_day") or self.initial["last_day"]
        self.alone = representing.ending_of(term, day, chosen).alone
        if not offices:
            del self.fields["offices"]
        if not self.alone:
            del self.fields["confirmed"]

    @property
    def ends(self) -> list[str]:
        """The names of the fields that are asked for."""
        return [name for name in ("last_day", "offices", "confirmed") if name in self.fields]

    @property
    def given(self) -> dict[str, Any]:
        return {
            "last_day": self.cleaned_data["last_day"],
            "offices": list(self.cleaned_data.get("offices") or ()),
            "confirmed": bool(self.cleaned_data.get("confirmed")),
        }


class RepresentativeForm(PersonChoice):
    """One more contact of a member company."""

    since = DayFormField(label="いつから", help_text="例：2026-12-01、R8.12.1")

    def __init__(self, *args: Any, membership: Membership, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.membership = membership
        self.initial["since"] = timezone.localdate()
        day = read_day(self, "since") or timezone.localdate()
        self.offer(representing.colleagues(membership, day, people_visible_to(user)))
        self.helper.layout = Layout(
            *self.asked_for("登録者になる方"), Fieldset("日付", "since", css_class="form-section")
        )

    def act(self) -> Representative | None:
        """Let the verb write it; what it refuses stands at the top of the form."""
        try:
            return representing.add(
                membership=self.membership, person=self.who, since=self.cleaned_data["since"]
            )
        except ValidationError as error:
            refuse(self, error)
            return None


class SuccessorForm(GoingForm, PersonChoice):
    """後任: one goes, another comes the day after."""

    def __init__(self, *args: Any, term: Representative, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of(term)
        after = (read_day(self, "last_day") or self.initial["last_day"]) + ONE_DAY
        people = representing.colleagues(term.membership, after, people_visible_to(user))
        self.offer(people.exclude(pk=term.person_id))
        self.helper.layout = Layout(
            Fieldset(f"{term.person.name}さんの任期", *self.ends, css_class="form-section"),
            *self.asked_for("後任の方"),
        )

    def act(self) -> str:
        """Let the verb do it; the sentence that says so, or none: what it refuses stands in the form."""
        try:
            new = representing.succeed(term=self.term, person=self.who, **self.given)
        except ValidationError as error:
            refuse(self, error)
            return ""
        return f"{japan.wareki(new.since)}から、{new.person.name}さんが登録者です。"


class EndForm(GoingForm):
    """Without a successor."""

    def __init__(self, *args: Any, term: Representative, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of(term)
        self.helper = plain_helper()

    def act(self) -> str:
        """As `SuccessorForm.act`."""
        try:
            representing.end(term=self.term, **self.given)
        except ValidationError as error:
            refuse(self, error)
            return ""
        last_day = japan.wareki(self.cleaned_data["last_day"])
        return f"{self.term.person.name}さんの登録者の任期を、{last_day}までにしました。"


class DaysForm(Versioned):
    """The days of a term were written down wrong."""

    prefix = "days"
    since = DayFormField(label="いつから")
    until = DayFormField(label="いつまで", required=False, help_text="つづいているあいだは、空けておきます。")

    class Meta:
        model = Representative
        fields: ClassVar = ["since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = plain_helper()

    def locked(self) -> Any:
        endings.lock(self.instance.membership.group_id, self.instance.membership)
        return super().locked()

    def act(self) -> str:
        """As `SuccessorForm.act`."""
        try:
            term = representing.correct(term=self.instance, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return ""
        return f"{term.person.name}さんの任期を直しました。"
