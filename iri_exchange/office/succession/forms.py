"""役員の改選: one form for all offices. It asks with today's officers chosen, and works without scripts."""

import datetime
from collections import Counter
from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from groups.endings import ONE_DAY
from groups.forms.parts import plain_helper
from groups.models import Group, Membership, OfficerTerm, Representative
from groups.officers import ROLES
from groups.unnamed import unnamed_to
from iri_exchange.lib.fields import DayFormField, KnownChoice, LineField
from iri_exchange.office.succession import electing, turning
from iri_exchange.office.succession.doubts import doubts
from iri_exchange.office.succession.drafting import Plan, draft, electable
from iri_exchange.office.succession.electing import CHANGED, DOUBTS, Elected
from members.models import Person

Role = OfficerTerm.Role
MOST = 12  # people of one office
# So many more than hold the office today; of a chair there is one.
SPARE = {Role.CHAIR: 0, Role.VICE_CHAIR: 2, Role.BOARD: 2, Role.AUDITOR: 2}
YEARS = {
    "1": "1年（グループの年度の終わりまで）",
    "2": "2年（次の年度の終わりまで）",
    "0": "終わりを決めない",
}
BACK, SURE = "back", "sure"


class SeatField(KnownChoice, forms.TypedChoiceField):
    """One of the people who can be elected, or nobody."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid_choice": "この方は、始まる日にグループの会員ではありません。選び直してください。"
    }


class YearsField(KnownChoice, forms.ChoiceField):
    """For how long."""


class ElectionForm(forms.Form):
    """`act` registers what `look` shows."""

    since = DayFormField(label="任期の始まる日", help_text="例：2027-04-01、R9.4.1")
    years = YearsField(
        label="任期の長さ",
        choices=list(YEARS.items()),
        help_text="いまの役員で、終わりを決めていない方や、もっと先までの方は、そのまま続きます。",
    )
    invite = forms.BooleanField(label="ログインのない新しい役員を、招待する", required=False, initial=True)
    confirmed = forms.BooleanField(
        label="上に書いてあることを分かったうえで、登録する", required=False, initial=False
    )
    base = LineField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by, self.today = group, by, timezone.localdate()
        usual = turning.usual_day(group, self.today)
        self.initial.update(since=usual, years=str(turning.usual_years(group)))
        self.known = self._known(usual)
        choices = [("", "―"), *((pk, _label(person)) for pk, person in self.known.items())]
        for role, people in self._seated(usual).items():
            for place in range(self._rows(role, len(people))):
                name = f"{role}_{place + 1}"
                self.fields[name] = SeatField(
                    label=_seat(role, place), choices=choices, coerce=int, empty_value=None, required=False
                )
                self.initial[name] = people[place] if place < len(people) else None
        for name in self.fields:
            if name not in ("since", "invite", "confirmed", "base"):
                self.fields[name].widget.attrs["class"] = "w-m"
        self.helper = plain_helper()
        self.fresh = electing.fingerprint(group)

    def _known(self, usual: datetime.date) -> dict[int, Person]:
        """Who can be chosen on the day that is asked for, by フリガナ; who can today is shown, too, if they were chosen."""
        day = usual
        if self.is_bound:
            try:
                day = self.fields["since"].clean(self.data.get("since"))
            except ValidationError:
                day = usual
        rows = [*electable(self.group, day, self.today), *electable(self.group, self.today, self.today)]
        unnamed = _unnamed(self.by) - set(self.group.officer_terms.values_list("person_id", flat=True))
        people = {person.pk: person for person in rows if person.pk not in unnamed}
        return dict(sorted(people.items(), key=lambda pair: (pair[1].sort_key, pair[0])))

    def _seated(self, usual: datetime.date) -> dict[str, list[int]]:
        """{role: ids} of those who hold the offices: from the registered day on, if there is one, else today."""
        day = turning.registered_day(self.group, self.today)
        if day is None:
            day = usual - ONE_DAY if usual <= self.today else self.today
        terms = OfficerTerm.objects.on(day).filter(group=self.group).select_related("person")
        found: dict[str, list[int]] = {role: [] for role in ROLES}
        for term in sorted(terms, key=lambda term: (term.person.sort_key, term.pk)):
            if term.person_id not in found[term.role]:
                found[term.role].append(term.person_id)
        return found

    def _rows(self, role: str, seated: int) -> int:
        """One more than is filled in, so that who comes back to the form finds room for the next one."""
        sent = [value for name, value in self.data.items() if name.rpartition("_")[0] == role]
        filled = max(seated, sum(bool(value) for value in sent))
        spare: int = SPARE.get(Role(role), 1)
        return min(max(filled + spare, len(sent), 1), MOST)

    def clean(self) -> dict[str, Any]:
        super().clean()
        for role, count in Counter(self._chosen()).items():
            if count > 1:
                name = next(f"{role[0]}_{place}" for place in range(MOST, 0, -1) if self._is(role, place))
                self.add_error(name, ValidationError("同じ方が、2度選ばれています。", code="twice"))
        if self.cleaned_data.get("base") and self.cleaned_data["base"] != self.fresh and not self._is_so():
            self.add_error(None, ValidationError(electing.SAID_CHANGED, code=CHANGED))
        return self.cleaned_data

    def _chosen(self) -> Iterator[tuple[str, int]]:
        for name, value in self.cleaned_data.items():
            role, _, place = name.rpartition("_")
            if role in ROLES and place.isdecimal() and value:
                yield role, value

    def _is(self, seat: tuple[str, int], place: int) -> bool:
        return bool(self.cleaned_data.get(f"{seat[0]}_{place}") == seat[1])

    def _is_so(self) -> bool:
        """Somebody else has registered the very same: nothing is left to do."""
        try:
            return not self.errors and draft(self.group, today=self.today, **self.asked).is_empty
        except ValidationError:
            return False

    @property
    def asked(self) -> dict[str, Any]:
        """As `electing.elect` takes it."""
        since, years = self.cleaned_data["since"], int(self.cleaned_data["years"])
        seats: dict[str, list[Person]] = {role: [] for role in ROLES}
        for role, pk in self._chosen():
            seats[role].append(self.known[pk])
        until = turning.last_day_of_term(self.group, since, years) if years else None
        return {"seats": seats, "since": since, "until": until}

    @property
    def sent(self) -> list[tuple[str, str]]:
        """What was typed, to be sent on from the page that shows what follows."""
        return [
            (name, self.data.get(name, ""))
            for name in self.fields
            if name != "confirmed" and name in self.data
        ]

    @property
    def offices(self) -> Iterator[Any]:
        return (field for field in self if field.name.rpartition("_")[0] in ROLES)

    def look(self) -> Plan | None:
        """What would follow; what stands against it, stands in the form."""
        try:
            return draft(self.group, today=self.today, **self.asked)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None

    def doubts(self, plan: Plan) -> list[str]:
        return [] if plan.is_empty else doubts(plan)

    def act(self) -> Elected | None:
        """Let the verb register it; what it refuses stands in the form."""
        given: dict[str, Any] = {name: bool(self.cleaned_data[name]) for name in ("invite", "confirmed")}
        base = self.cleaned_data["base"] or None
        try:
            return electing.elect(group=self.group, by=self.by, base=base, **given, **self.asked)
        except ValidationError as error:
            is_doubt = any(each.code == DOUBTS for each in error.error_list)
            said = "分かったうえで登録するときは、印を付けてください。"
            self.add_error("confirmed" if is_doubt else None, said if is_doubt else error.messages)
            return None


def _unnamed(user: Any) -> set[int | None]:
    """Who attends for a member that was not handed on: the officers do not choose whom they are not told."""
    out = unnamed_to(user)
    if not out:
        return set()
    individuals = Membership.objects.filter(pk__in=out).values_list("person_id", flat=True)
    attending = Representative.objects.filter(membership__in=out).values_list("person_id", flat=True)
    return {*individuals, *attending}


def _label(person: Person) -> str:
    return f"{person.name}（{person.kana}）" if person.kana else person.name


def _seat(role: str, place: int) -> str:
    label = str(Role(role).label)
    return f"{label}（{place + 1}人目）" if place else label
