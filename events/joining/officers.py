"""Who speaks for a group towards another: its officers, or the office where that is its secretariat."""

from collections.abc import Iterable, Iterator

from django.utils import timezone

from events.replying.reach import reach_of
from events.visibility import MEETING
from groups.models import Group, OfficerTerm, StaffAssignment
from groups.standing import SELF_RUNNING
from members.models import Person


def speakers_for(group: Group) -> list[Person]:
    """Those who run the group's meetings today, each once."""
    today = timezone.localdate()
    if _runs_its_meetings(group):
        terms = OfficerTerm.objects.on(today).filter(group=group).select_related("person").order_by("pk")
        return list({term.person_id: term.person for term in terms}.values())
    staff = StaffAssignment.objects.on(today).filter(office=group.office_id).select_related("person")
    return list({each.person_id: each.person for each in staff.order_by("pk")}.values())


def reached(people: Iterable[Person]) -> Iterator[Person]:
    """Those of them to whom a letter can be sent."""
    people = list(people)
    reach = reach_of(people)
    return (each for each in people if reach[each.pk].by_letter)


def meets(group: Group) -> bool:
    """Whether it holds meetings today: neither dormant nor dissolved, and launched."""
    return group.stage_on(timezone.localdate()) in MEETING


def _runs_its_meetings(group: Group) -> bool:
    today = timezone.localdate()
    granted = group.officers_run_meetings_from
    stage = group.stage_on(today)
    return stage in SELF_RUNNING or bool(stage == Group.Stage.LAUNCHED and granted and granted <= today)
