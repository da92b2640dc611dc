"""総会: who has a vote, how many are needed, how many came or gave a 委任状, and how each motion was decided.

Each membership has one vote. Who rests has none, nor have 特別会員, OB会員 and 顧問; by-laws that say otherwise are met by
correcting the number in the minutes. See docs/decisions/0029-minutes.md.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from events.minutes.reading import minutes_of
from events.models import AgendaItem, Attendance, Meeting, Reply
from groups.models import Group, Membership

VOTING = (Membership.Kind.REGULAR, Membership.Kind.INDIVIDUAL)


@dataclass(frozen=True)
class Count:
    """Numbers of memberships. `present` came (or sent a proxy), `entrusted` did not and gave a 委任状."""

    voters: int
    present: int
    entrusted: int
    quorum: int
    percent: int

    @property
    def total(self) -> int:
        return self.present + self.entrusted

    @property
    def holds(self) -> bool:
        """The meeting may decide."""
        return self.total >= self.quorum

    @property
    def rule(self) -> str:
        """過半数, or what the by-laws say in its place."""
        return "過半数" if self.percent == 50 else f"{self.percent}％を超える数"

    @property
    def sentence(self) -> str:
        """会員20、出席12、委任状5、計17、定足数11（過半数）→ 成立"""
        said = "成立" if self.holds else "不成立"
        return (
            f"会員{self.voters}、出席{self.present}、委任状{self.entrusted}、計{self.total}、"
            f"定足数{self.quorum}（{self.rule}）→ {said}"
        )


@dataclass(frozen=True)
class Motion:
    """A motion and what it got. `doubt` says where the votes are more than there were."""

    item: AgendaItem
    most: int

    @property
    def is_counted(self) -> bool:
        return self.item.votes_for is not None

    @property
    def votes(self) -> int:
        item = self.item
        return (item.votes_for or 0) + (item.votes_against or 0) + (item.votes_abstained or 0)

    @property
    def result(self) -> str:
        """可決 with more than half of the votes that were given, 保留 among them; "" before they are counted."""
        if not self.is_counted:
            return ""
        return "可決" if (self.item.votes_for or 0) * 2 > self.votes else "否決"

    @property
    def doubt(self) -> str:
        if not self.is_counted or self.votes <= self.most:
            return ""
        return f"賛成・反対・保留の合計{self.votes}が、出席と委任状の計{self.most}より多くなっています。"


def quorum_of(voters: int, percent: int) -> int:
    """The smallest number above `percent` of the voters, never more than all of them; 0 where none is asked for."""
    return min(voters, voters * percent // 100 + 1) if percent else 0


def voters_of(group: Group, meeting: Meeting) -> set[int]:
    """The memberships with a vote on the day of the meeting."""
    members = Membership.objects.filter(group=group, kind__in=VOTING).as_of(meeting.day)
    return set(members.filter(status=Membership.Status.ACTIVE).values_list("pk", flat=True))


def count(meeting: Meeting) -> Count:
    """As it stands now; the numbers written down in the minutes take the place of those reckoned."""
    group, written = meeting.group, minutes_of(meeting)
    voting = voters_of(group, meeting)
    there = Attendance.objects.filter(meeting=meeting, kind__in=Attendance.THERE, person__isnull=False)
    present = voting & set(there.values_list("membership_id", flat=True))
    entrusting = Reply.objects.filter(meeting=meeting, entrusts=True).values_list("membership_id", flat=True)
    entrusted = voting & set(entrusting) - present
    voters = len(voting) if written is None or written.voters is None else written.voters
    needed = quorum_of(voters, group.quorum_percent)
    if written is not None and written.quorum is not None:
        needed = written.quorum
    return Count(voters, len(present), len(entrusted), needed, group.quorum_percent)


def motions(items: Iterable[AgendaItem], counted: Count) -> list[Motion]:
    """Those of the agenda that are voted on, in its order."""
    return [Motion(item, counted.total) for item in items if item.is_motion]
