"""The forms that begin and end a term of office."""

import datetime
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups import leading
from groups.models import Group, OfficerTerm
from groups.unnamed import people_unnamed_to
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, KnownChoice


class PersonField(KnownChoice, forms.ModelChoiceField):
    def label_from_instance(self, person: Any) -> str:
        return f"{person.name}（{person.kana}）" if person.kana else person.name


class OfficerForm(forms.ModelForm):
    """A person of the group gets an office."""

    person = PersonField(label="役員になる方", queryset=None, empty_label="選んでください")
    since = DayFormField(label="いつから", help_text="例：2027-04-01、R9.4.1")
    until = DayFormField(label="いつまで", required=False, help_text="決まっていなければ、空けておきます。")

    class Meta:
        model = OfficerTerm
        fields: ClassVar = ["person", "role", "since", "until"]

    def __init__(self, *args: Any, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["since"] = timezone.localdate()
        self.group = group
        people = leading.candidates(group, timezone.localdate())
        if unnamed := people_unnamed_to(user):
            people = people.exclude(pk__in=unnamed)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["role"].choices = [("", "選んでください"), *OfficerTerm.Role.choices]  # type: ignore[attr-defined]
        self.fields["role"].error_messages["required"] = "役職を選んでください。"
        for name in ("person", "role"):
            self.fields[name].widget.attrs["class"] = "w-m"
        self.helper = _helper()

    def act(self) -> OfficerTerm | None:
        """Let the verb begin the term; what it refuses stands at the top of the form."""
        try:
            return leading.appoint(group=self.group, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None


class EndForm(forms.Form):
    """The last day, and the consent to leave the group alone where that would be so, `alone` from a day on."""

    last_day = DayFormField(label="任期の最後の日", help_text="この日までは役員です。例：2027-03-31、R9.3.31")
    confirmed = forms.BooleanField(
        label="役員がいなくなることを分かったうえで、任期を終える",
        required=False,
        help_text="次の役員が決まっていれば、先に登録してください。",
    )

    def __init__(self, *args: Any, term: OfficerTerm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        self.initial["last_day"] = max(timezone.localdate(), term.since)
        day = (self.data.get("last_day") and self._day()) or self.initial["last_day"]
        self.alone = leading.alone_from(term, day + leading.ONE_DAY, term.until)
        if not self.alone:
            del self.fields["confirmed"]
        self.helper = _helper()

    def _day(self) -> datetime.date | None:
        try:
            day: datetime.date | None = self.fields["last_day"].clean(self.data["last_day"])
        except ValidationError:
            return None
        return day

    def act(self) -> str:
        """Let the verb end the term; the sentence that says so, or none: what it refuses stands in the form."""
        term, last_day = self.term, self.cleaned_data["last_day"]
        try:
            leading.end_term(term=term, last_day=last_day, confirmed=bool(self.cleaned_data.get("confirmed")))
        except ValidationError as error:
            _refuse(self, error)
            return ""
        return f"{_whose(term)}の任期を、{japan.wareki(last_day)}までにしました。"


class WithdrawForm(forms.Form):
    """A term registered by mistake: only the consent, where the group would be left alone."""

    prefix = "withdraw"
    confirmed = forms.BooleanField(
        label="役員がいなくなることを分かったうえで、登録を取り消す",
        required=False,
        help_text="正しい役員が決まっていれば、先に登録してください。",
    )

    def __init__(self, *args: Any, term: OfficerTerm, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.term = term
        if not leading.alone_from(term, term.since, term.until):
            del self.fields["confirmed"]
        self.helper = _helper()

    def act(self) -> str:
        """As `EndForm.act`."""
        said = f"{_whose(self.term)}の登録を取り消しました。"
        try:
            leading.withdraw(term=self.term, confirmed=bool(self.cleaned_data.get("confirmed")))
        except ValidationError as error:
            _refuse(self, error)
            return ""
        return said


def _whose(term: OfficerTerm) -> str:
    return f"{term.person.name}さんの{term.get_role_display()}"


def _refuse(form: forms.Form, error: ValidationError) -> None:
    alone = getattr(error, "code", "") == leading.LEFT_ALONE and "confirmed" in form.fields
    form.add_error("confirmed" if alone else None, ValidationError(error.messages))


def _helper() -> FormHelper:
    helper = FormHelper()
    helper.form_tag, helper.disable_csrf = False, True
    return helper
