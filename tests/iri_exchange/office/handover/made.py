"""A group in its launch year that is ready to run itself on 1 April 2027."""

import datetime
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from django.utils import timezone

from events.models import Meeting
from groups import bylaws, confirming
from groups.models import Group, Handover, Membership, OfficerTerm
from members.consents import answer_consent
from members.models import Consent
from tests.conftest import Actor, log_in
from tests.factories import make_meeting, make_membership, make_officer
from tests.house.portal.objects import pdf

TOKYO = ZoneInfo("Asia/Tokyo")
LAUNCH, APRIL = datetime.date(2026, 7, 10), datetime.date(2027, 4, 1)
FEBRUARY = datetime.datetime(2027, 2, 10, 10, tzinfo=TOKYO)
LAST_SECOND = datetime.datetime(2027, 3, 31, 23, 59, 59, tzinfo=TOKYO)
MIDNIGHT = datetime.datetime(2027, 4, 1, tzinfo=TOKYO)
NINE = datetime.datetime(2027, 4, 1, 9, 0, 1, tzinfo=TOKYO)


@dataclass(frozen=True)
class Ready:
    """`chair` and `secretary` have logged in; `ours` is a meeting of the launch year, `theirs` one of the next."""

    group: Group
    chair: Actor
    secretary: Actor
    quiet: Membership
    ours: Meeting
    theirs: Meeting


def make_ready(group: Group, staff: Actor) -> Ready:
    """Nothing is missing; the third member has agreed to the handing over, too."""
    members = [make_membership(group, on=LAUNCH) for _ in range(3)]
    people = [each.representatives.get().person for each in members]
    for person in people:
        answer_consent(kind=Consent.Kind.HANDOVER, given=True, since=LAUNCH, person=person)
    make_officer(group, people[0], role=OfficerTerm.Role.CHAIR, since=LAUNCH)
    make_officer(group, people[1], since=LAUNCH)
    actors = [log_in(person, membership) for person, membership in zip(people, members[:2], strict=False)]
    upload = ContentFile(pdf(), "会則.pdf")
    bylaws.register(group=group, upload=upload, valid_from=LAUNCH, note="", by=staff.user)
    confirming.start(group=group, by=staff.user)
    for row in group.confirmation_rounds.get().confirmations.all():
        confirming.confirm(confirmation=row, source="phone", by=staff.user)
    Handover.objects.create(group=group, adviser_not_wanted_on=timezone.localdate())
    ours = make_meeting(group, datetime.date(2027, 3, 10))
    theirs = make_meeting(group, datetime.date(2027, 4, 14))
    return Ready(group, *actors, members[2], ours, theirs)


def says(found: list[Any]) -> dict[str, str]:
    return {item.key: item.says for item in found}
