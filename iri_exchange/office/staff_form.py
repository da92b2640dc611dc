"""The forms of the institute's own people: who moves in April, who is new, and an assignment put right."""

import datetime
from collections.abc import Iterator
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import staffing
from groups.forms.newcomer import NewcomerForm
from groups.models import Office, StaffAssignment
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, KnownChoice
from iri_exchange.lib.versions import Versioned
from members import accounts, invitations
from members.models import Person

STAYS, LEAVES = "stays", "leaves"
NOBODY_MOVES = "異動する方を選んでください。"
NO_ADDRESS = "招待のメールをお送りするので、メールアドレスを入れてください。"


class OfficeField(KnownChoice, forms.ModelChoiceField):
    """One of the offices."""


class TransferForm(forms.Form):
    """Each present colleague stays, moves to another office, or leaves, from a day on."""

    on = DayFormField(label="いつから", help_text="この日から新しい配置になります。例：2027-04-01、R9.4.1")
    confirmed = forms.BooleanField(
        label="自分も退き、事務局の画面を開けなくなることを分かったうえで、登録する", required=False
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.initial["on"] = next_april(timezone.localdate())
        rows = StaffAssignment.objects.on(timezone.localdate()).select_related("person", "office")
        self.assignments = sorted(rows, key=lambda row: (row.office.order, row.person.sort_key, row.pk))
        offices = list(Office.objects.all())
        plans = plans_for(self.assignments)
        for row in self.assignments:
            self.fields[name_of(row)] = forms.ChoiceField(
                label=f"{row.person.name}（{row.office.short_name}）",
                choices=[
                    (STAYS, f"{row.office.short_name}のまま"),
                    *((str(each.pk), f"{each.short_name}へ") for each in offices if each != row.office),
                    (LEAVES, "退く"),
                ],
                initial=STAYS,
                help_text=plans.get(row.person_id, ""),
                widget=forms.Select(attrs={"class": "form-select w-m"}),
            )
        if not self._leaves_oneself():
            del self.fields["confirmed"]

    def _leaves_oneself(self) -> bool:
        own = [row for row in self.assignments if row.person_id == self.by.person_id]
        return any(self.data.get(name_of(row)) == LEAVES for row in own)

    @property
    def rows(self) -> Iterator[tuple[StaffAssignment, Any]]:
        """Each present assignment with its choice."""
        return ((row, self[name_of(row)]) for row in self.assignments)

    def clean(self) -> dict[str, Any]:
        super().clean()
        on = self.cleaned_data.get("on")
        if on and on <= timezone.localdate():
            self.add_error("on", ValidationError("明日から後の日にしてください。", code="past"))
        if not self.errors and not self._moves():
            self.add_error(None, ValidationError(NOBODY_MOVES, code="required"))
        return self.cleaned_data

    def _moves(self) -> dict[StaffAssignment, Office | None]:
        offices = {str(each.pk): each for each in Office.objects.all()}
        chosen = {row: self.cleaned_data[name_of(row)] for row in self.assignments}
        return {row: offices.get(place) for row, place in chosen.items() if place != STAYS}

    def act(self) -> int:
        """Let the verb move them: how many; 0 if it refused, which stands in the form."""
        moves, confirmed = self._moves(), bool(self.cleaned_data.get("confirmed"))
        try:
            staffing.transfer(on=self.cleaned_data["on"], to=moves, by=self.by, confirmed=confirmed)
        except ValidationError as error:
            own = getattr(error, "code", "") == staffing.OWN_LEAVING and "confirmed" in self.fields
            self.add_error("confirmed" if own else None, ValidationError(error.messages))
            return 0
        return len(moves)


class ColleagueForm(NewcomerForm):
    """A new colleague: known from before, or written down now; an invitation to a login goes out at once."""

    office = OfficeField(label="拠点", queryset=Office.objects.all(), empty_label="選んでください")
    since = DayFormField(
        label="いつから", help_text="この日から事務局の画面を開けます。例：2027-04-01、R9.4.1"
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        before = Person.objects.filter(staff_assignments__isnull=False).distinct()
        now = StaffAssignment.objects.exclude(until__lt=timezone.localdate()).values("person")
        super().__init__(*args, known=before.exclude(pk__in=now), **kwargs)
        self.by = by
        self.initial["since"] = next_april(timezone.localdate())
        self.fields["office"].widget.attrs["class"] = "w-m"
        self.fields["person"].label = "以前の職員など、名簿にいる方"
        self.fields["email"].help_text = "ここへ、ログインへの招待をお送りします。"

    def clean(self) -> dict[str, Any]:
        super().clean()
        chosen, typed = self.cleaned_data.get("person"), self.cleaned_data.get("email")
        if not (typed or (chosen and (chosen.email or accounts.has_login(chosen)))) and not self.errors:
            self.add_error("email", ValidationError(NO_ADDRESS, code="required"))
        return self.cleaned_data

    def act(self) -> StaffAssignment | None:
        """The assignment, with an invitation unless there is a login; what is refused stands in the form."""
        try:
            return self._welcome()
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None

    @transaction.atomic
    def _welcome(self) -> StaffAssignment:
        since = self.cleaned_data["since"]
        person = self.someone(since)
        assignment = staffing.assign(person=person, office=self.cleaned_data["office"], since=since)
        if not accounts.has_login(person):
            address = self.cleaned_data["email"] or person.email
            invitations.invite(person=person, email=address, by=self.by)
        return assignment


class AssignmentForm(Versioned):
    """The office and the days of one assignment."""

    office = OfficeField(label="拠点", queryset=Office.objects.all())
    since = DayFormField(label="いつから")
    until = DayFormField(
        label="いつまで",
        required=False,
        help_text="この日までは事務局の画面を開けます。続くあいだは空けておきます。",
    )

    class Meta:
        model = StaffAssignment
        fields: ClassVar = ["office", "since", "until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["office"].widget.attrs["class"] = "w-m"
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True

    def locked(self) -> Any:
        staffing.lock()
        return super().locked()

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands at the top of the form."""
        try:
            staffing.correct(assignment=self.instance, **self.cleaned_data)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True


def plans_for(assignments: list[StaffAssignment]) -> dict[int, str]:
    """What is already registered to come: a sentence for each person whose assignment ends, or who moves."""
    ending = {row.person_id: f"{japan.wareki(row.until)}で終わります。" for row in assignments if row.until}
    coming = (
        StaffAssignment.objects.filter(
            since__gt=timezone.localdate(), person__in=[row.person_id for row in assignments]
        )
        .select_related("office")
        .order_by("-since")
    )
    moving = {
        row.person_id: f"{japan.wareki(row.since)}から{row.office}の配置が、もう登録されています。"
        for row in coming
    }
    return ending | moving


def name_of(assignment: StaffAssignment) -> str:
    """The name of the choice about one assignment."""
    return f"to_{assignment.pk}"


def next_april(today: datetime.date) -> datetime.date:
    """The first day of the next fiscal year."""
    return datetime.date(japan.fiscal_year(today) + 1, 4, 1)
