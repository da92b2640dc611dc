"""What stands in the addresses of a handover; see `objects`."""

import datetime

from django.utils import timezone

from groups import lifecycle
from groups.models import Group, Handover
from tests.conftest import Actor


def to_be_handed_over(group: Group) -> Group:
    """A group in its launch year, of which nothing else is known."""
    return lifecycle.found(
        stage=Group.Stage.LAUNCHED,
        since=datetime.date(2026, 7, 10),
        name=f"{group}のとなりの会",
        kana="トナリノカイ",
        slug=f"{group.slug}-young",
        number_prefix="YG",
        founded_year=2026,
        office=group.office,
    )


def handed_over(group: Group, staff: Actor) -> None:
    """Long ago, for a reason that the office keeps to itself."""
    Handover.objects.create(
        group=group,
        decided_at=timezone.now(),
        decided_by=staff.user,
        override_reason="役員の方が決まるのを待たない。",
        told_on=datetime.date(2013, 4, 1),
    )
