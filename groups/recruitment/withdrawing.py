"""取下げ: an applicant, or the office for one, takes the application back; before the launch a place, too (辞退)."""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import memberships
from groups.models import Application, Group, Membership, RecruitmentRound
from groups.recruitment import notices, steps
from iri_exchange.lib import history

State = Application.State
ONE_DAY = datetime.timedelta(days=1)
LAUNCHED = "グループはもう発会しています。退会のお手続きは、グループか事務局へご相談ください。"


@transaction.atomic
def withdraw(*, application: Application, by: Any = None, note: str = "") -> Application:
    """From any state that is open, and from an accepted one before the launch: its membership ends, a place is free.

    Raises ValidationError once the group is launched, and when it is withdrawn or declined already.
    """
    round_ = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=application.round_id)
    rows = Application.objects.select_for_update(of=("self",)).select_related("membership__group")
    application = rows.get(pk=application.pk)
    application.round = round_
    if not may_be_withdrawn(application):
        sentence = LAUNCHED if application.state == State.ACCEPTED else "この応募は、もう取り下げられません。"
        raise ValidationError(sentence, code="too_late")
    with history.in_step("応募の取下げ"):
        for offer in application.offers.filter(answered_at=None):
            offer.taken, offer.answered_at = False, timezone.now()
            offer.save()
        if application.membership:
            _end(application.membership)
        steps.move(application, State.WITHDRAWN, by, note)
    if application.contact_email:
        notices.withdrawn(application=application)
    return application


def may_be_withdrawn(application: Application) -> bool:
    """Whether the table knows the move, and an accepted one's group is not launched."""
    if State.WITHDRAWN not in Application.MOVES[application.state]:
        return False
    return application.state != State.ACCEPTED or not _is_launched(application.round)


def _is_launched(round_: RecruitmentRound) -> bool:
    if round_.group_id is None:
        return False
    group = Group.objects.as_of(timezone.localdate()).get(pk=round_.group_id)
    return bool(group.stage != Group.Stage.FORMING)


def _end(membership: Membership) -> None:
    """The member is none on the day of the launch: a membership that was to begin later begins, and ends, before it."""
    today = timezone.localdate()
    first = membership.statuses.order_by("since").first()
    if first and first.since >= today:
        memberships.correct_joining(membership=membership, on=today - ONE_DAY)
    memberships.leave(
        membership=membership, since=today, reason="other", note="発会の前の辞退", confirmed=True
    )
