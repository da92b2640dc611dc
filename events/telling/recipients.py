"""To whom a notice can go, before it goes: by letter or otherwise, told already or not."""

import datetime
from dataclasses import dataclass

from django.db.models import Max
from django.utils import timezone

from events.models import Meeting, Notice, Reply
from events.replying.invitees import Invitee, invited_people, others
from events.replying.reach import Reach, reach_of
from events.replying.strangers import Called, Knows, called
from groups.models import Membership
from members.models import Person


@dataclass(frozen=True)
class Recipient:
    """`told_on`: the day of the last notice; `is_invited`: belongs to those whom the kind of meeting is for."""

    membership: Membership
    person: Person
    who: Called
    reach: Reach
    told_on: datetime.date | None
    is_invited: bool
    is_guest: bool

    @property
    def is_resting(self) -> bool:
        status: str = self.membership.status  # type: ignore[attr-defined]
        return status == Membership.Status.ON_LEAVE

    @property
    def is_proposed(self) -> bool:
        """Ticked beforehand: who is invited and was not told yet."""
        return self.is_invited and self.told_on is None


def recipients_of(meeting: Meeting, *, in_full: bool | Knows = False) -> list[Recipient]:
    """Everybody to whom the notice can go, the invited first. `in_full` as in `strangers.called`."""
    invited, besides = invited_people(meeting), others(meeting)
    everybody = [(each, True) for each in invited] + [(each, False) for each in besides]
    reach = reach_of([person for (_, person), _ in everybody])
    told = _told(meeting)
    known = dict(meeting.replies.exclude(answer="").values_list("person_id", "source"))
    found = []
    for (membership, person), is_invited in everybody:
        oneself = known.get(person.pk) in Reply.OWN
        who = called(
            meeting, membership, person, answered=person.pk in known, in_full=in_full, oneself=oneself
        )
        found.append(_recipient(meeting, (membership, person), who, reach, told, is_invited))
    return found


def _recipient(
    meeting: Meeting,
    each: Invitee,
    who: Called,
    reach: dict[int, Reach],
    told: dict[int, datetime.date],
    is_invited: bool,
) -> Recipient:
    membership, person = each
    return Recipient(
        membership=membership,
        person=person,
        who=who,
        reach=reach[person.pk],
        told_on=told.get(person.pk),
        is_invited=is_invited,
        is_guest=membership.group_id != meeting.group_id,
    )


def _told(meeting: Meeting) -> dict[int, datetime.date]:
    rows = Reply.objects.filter(meeting=meeting, deliveries__notice__kind=Notice.Kind.NOTICE)
    latest = rows.annotate(at=Max("deliveries__notice__sent_at")).values_list("person_id", "at")
    return {person: timezone.localdate(at) for person, at in latest}
