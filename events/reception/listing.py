"""Who is expected at a meeting, in the order of フリガナ, with what each replied and what was ticked; then the guests."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from events.models import Attendance, Meeting, Reply
from events.planning.people import people_of
from events.replying.invitees import invited_people
from groups.models import Membership
from members.models import Person

Kind = Attendance.Kind
INDIVIDUAL = "（個人会員）"
# What a reply leads one to expect.
SAID: dict[str, str] = {
    Reply.Answer.YES: Kind.PRESENT,
    Reply.Answer.PROXY: Kind.PROXY,
    Reply.Answer.NO: Kind.ABSENT,
}


@dataclass(frozen=True)
class Line:
    """One person at the door: expected for a membership, or (`person` None) a guest, who has been written down.

    `reply` is None where nobody was asked, `there` None where nothing was ticked yet. `number`: how the reader knows
    whom the office did not hand on (groups.unnamed), until they have answered themselves; else empty.
    """

    membership: Membership | None
    person: Person | None
    reply: Reply | None = None
    there: Attendance | None = None
    is_of_another: bool = False
    number: str = ""

    @property
    def key(self) -> str:
        """p12 for a person, g34 for a guest: how forms and phones name the line."""
        return f"p{self.person.pk}" if self.person else f"g{self.there.pk}"  # type: ignore[union-attr]

    @property
    def name(self) -> str:
        if self.number:
            return f"会員 {self.number}"
        return self.person.name if self.person else self.there.name  # type: ignore[union-attr]

    @property
    def kana(self) -> str:
        return self.person.kana if self.person and not self.number else ""

    @property
    def where_from(self) -> str:
        """The company, and of who was invited from elsewhere the group."""
        if self.person is None:
            told = self.there.affiliation if self.there else ""
            return f"{told}（ごいっしょの方）" if self.membership else told
        if self.number:
            return ""
        membership: Any = self.membership
        company = membership.company.name if membership.company else INDIVIDUAL
        return f"{company}（{membership.group.name}）" if self.is_of_another else company

    @property
    def kind(self) -> str:
        return self.there.kind if self.there else ""

    @property
    def said(self) -> str:
        """What was replied, in a word; "" where there was no answer."""
        return self.reply.get_answer_display() if self.reply and self.reply.answer else ""

    @property
    def expected(self) -> str:
        """The kind of attendance that the reply promises; "" for none."""
        return SAID.get(self.reply.answer, "") if self.reply else ""

    @property
    def proxy_name(self) -> str:
        """Who stands in: as ticked, or as promised."""
        if self.there and self.there.name:
            return self.there.name
        return self.reply.proxy_name if self.reply else ""

    @property
    def comes_to_the_party(self) -> bool:
        if self.there:
            return self.there.party
        return bool(self.reply and self.reply.party == Reply.Party.YES)

    @property
    def is_coming(self) -> bool:
        return self.kind in Attendance.THERE


@dataclass(frozen=True)
class Listing:
    """Everybody at one meeting: `expected` for the members, `guests` besides."""

    meeting: Meeting
    expected: list[Line]
    guests: list[Line]

    @property
    def lines(self) -> list[Line]:
        return [*self.expected, *self.guests]

    @property
    def unticked(self) -> list[Line]:
        return [line for line in self.expected if not line.kind]

    @property
    def ticked(self) -> int:
        return sum(bool(line.kind) for line in self.expected)

    @property
    def there(self) -> int:
        """How many people are there, guests among them."""
        return sum(line.is_coming for line in self.lines)

    @property
    def promised(self) -> int:
        """How many of those not ticked yet would be by their replies."""
        return sum(bool(line.expected) and not line.kind for line in self.expected)


def listing_of(meeting: Meeting, unnamed: Collection[int] = ()) -> Listing:
    """A fixed number of queries, however many come. `unnamed`: the memberships that the reader knows by number."""
    replies = {each.person_id: each for each in _with_people(Reply.objects.asked(), meeting)}
    ticked = list(_with_people(Attendance.objects.all(), meeting))
    there = {each.person_id: each for each in ticked if each.person_id}
    memberships = people_at(meeting, [*there.values(), *replies.values()])
    expected = [
        Line(
            membership,
            person,
            replies.get(person.pk),
            there.get(person.pk),
            _is_of_another(membership, meeting),
            _number(membership, replies.get(person.pk), unnamed),
        )
        for person, membership in memberships.items()
    ]
    expected.sort(key=lambda line: (line.number, line.person.sort_key, line.person.pk))  # type: ignore[union-attr]
    guests = [Line(each.membership, None, None, each) for each in ticked if not each.person_id]
    return Listing(meeting, expected, guests)


def people_at(meeting: Meeting, told: Iterable[Any] = ()) -> dict[Person, Membership]:
    """Whom a meeting expects, and for which membership: its own group's before those of other groups.

    Those who are 在会 on its day, also when it is put right long afterwards; to a 幹事会 the officers. `told` are rows of
    who replied or was ticked: they stay on the list, whatever became of them since, and if they rest. Of an invited
    group these alone are expected: who the others are, is that group's own.
    """
    found: dict[Person, Membership] = {}
    for membership, person in _expected(meeting):
        found.setdefault(person, membership)
    for row in told:
        if isinstance(row, Attendance) or row.answer:
            found.setdefault(row.person, row.membership)
    return found


def _expected(meeting: Meeting) -> list[tuple[Membership, Person]]:
    if meeting.kind == Meeting.Kind.OFFICERS:
        return [each for each in invited_people(meeting) if each[0].group_id == meeting.group_id]
    return [(each.membership, each.person) for each in people_of(meeting.group, meeting.day)]


def _number(membership: Membership, reply: Reply | None, unnamed: Collection[int]) -> str:
    if membership.pk not in unnamed or (reply and reply.source in Reply.OWN):
        return ""
    return membership.number


def _is_of_another(membership: Membership, meeting: Meeting) -> bool:
    return bool(membership.group_id != meeting.group_id)


def _with_people(rows: Any, meeting: Meeting) -> Any:
    rows = rows.filter(meeting=meeting)
    return rows.select_related("person", "membership__company", "membership__group").order_by("pk")
