"""Groups are founded, launched in July, on their own from April; a few rested and came back."""

import datetime

from groups import lifecycle, staffing
from groups.models import Group
from iri_exchange.demo.records import ASKS
from iri_exchange.demo.tables.groups import GROUPS, MARK_OF, GroupRow
from iri_exchange.demo.tables.names import ADVISERS
from iri_exchange.demo.world import World
from iri_exchange.lib import japan
from members import directory
from members.models import Person

FIRST_YEAR = 1984


def founding_year(world: World, row: GroupRow) -> int:
    return row.year if row.year > 0 else world.launched.year + row.year


def found_all(world: World) -> list[tuple[GroupRow, Group]]:
    """All groups, the oldest first, each with its stages and its advisers."""
    rows = sorted(GROUPS, key=lambda row: (founding_year(world, row), row.office != "honbu"))
    advisers = _Advisers()
    founded = []
    for row in rows:
        group = _found(world, row)
        advisers.commission(world, row, group)
        founded.append((row, group))
    return founded


def _found(world: World, row: GroupRow) -> Group:
    year = founding_year(world, row)
    launched, on_its_own = datetime.date(year, 7, 1), datetime.date(year + 1, 4, 1)
    nameless = bool(row.working_name) and world.today < on_its_own
    newest = {"year": japan.fiscal_year_label(year), "era": japan.era_month(launched).partition(".")[0]}
    week, weekday, hour = row.meeting
    group = lifecycle.found(
        stage=Group.Stage.LAUNCHED,
        since=launched,
        name=(row.working_name if nameless else row.name).format(**newest),
        kana=row.working_kana if nameless else row.kana,
        slug=row.slug.format(**newest).lower(),
        number_prefix=row.prefix.format(**newest),
        founded_year=year,
        office=world.offices[row.office],
        introduction=row.introduction,
        theme=row.theme,
        url=row.url,
        accepts_visits=row.accepts_visits,
        room=row.room,
        mark=MARK_OF.get(row.slug, ""),
        capacity=row.capacity,
        same_trade=row.same_trade,
        fiscal_year_start=row.fiscal_year_start,
        meeting_week=week,
        meeting_weekday=weekday,
        meeting_time=datetime.time(hour),
        meeting_place=row.place,
    )
    if on_its_own <= world.today or hands_over(world, row):
        lifecycle.move(group=group, to=Group.Stage.SELF_MANAGED, since=on_its_own, note="自主運営へ移行")
    if row.resting:
        lifecycle.move(group=group, to=Group.Stage.DORMANT, since=row.resting[0], note="総会で休止を決定")
        lifecycle.move(group=group, to=Group.Stage.SELF_MANAGED, since=row.resting[1], note="活動を再開")
    if row.dormant_since:
        lifecycle.move(group=group, to=Group.Stage.DORMANT, since=row.dormant_since, note="総会で休止を決定")
    return group


def hands_over(world: World, row: GroupRow) -> bool:
    """Whether the day of the newest group of 本部 is decided: from January on. The other one prepares it until April."""
    is_newest = row.year == 0 and row.office == "honbu"
    return is_newest and world.today >= datetime.date(world.launched.year + 1, 1, 15)


class _Advisers:
    """Each adviser served the groups of about four years; half of them stayed for one more year."""

    def __init__(self) -> None:
        self.people: dict[int, Person] = {}

    def commission(self, world: World, row: GroupRow, group: Group) -> None:
        year = group.founded_year
        number = ((year - FIRST_YEAR) // 4 + (row.office == "tama")) % len(ADVISERS)
        since = datetime.date(year, 7, 1)
        extended = (world.chance(0.5) or row.year == -1) and row.slug != ASKS
        staffing.commission_adviser(
            group=group,
            person=self._person(number, since),
            since=since,
            until=datetime.date(year + (2 if extended else 1), 3, 31),
            note="自主運営の1年目まで延長" if extended and row.year else "",
        )

    def _person(self, number: int, since: datetime.date) -> Person:
        if number not in self.people:
            family, given, family_kana, given_kana, title = ADVISERS[number]
            self.people[number] = directory.register_person(
                since=since,
                family_name=family,
                given_name=given,
                family_kana=family_kana,
                given_kana=given_kana,
                title=title,
                email=f"adviser{number + 1}@mail.example.jp",
            )
        return self.people[number]
