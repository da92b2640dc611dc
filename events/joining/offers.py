"""The verbs of the board: offered, put right, taken down, answered, and what became of it."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.joining import letters
from events.joining.officers import meets
from events.models import GroupOffer, Meeting, OfferAnswer
from groups.models import Group
from iri_exchange.lib import history

CHANGEABLE = frozenset({"topic", "words", "first_month", "last_month", "hosts", "place"})
CLOSED = "この呼びかけは、もう下げてあります。"
PAST = "これからの月を選んでください。"
NOT_MEETING = "{group}は、いま会合を開いていないので、呼びかけられません。"
OWN = "自分のグループの呼びかけには、手をあげられません。"
ALREADY = "{group}は、もう手をあげています。"


@transaction.atomic
def post(*, group: Group, by: Any, **about: Any) -> GroupOffer:
    """Put on the board. `about`: what of `CHANGEABLE`; the months by their first days.

    Raises ValidationError for a group that holds no meetings, for months that are over and for what no offer is.
    """
    _wait_for(group)
    if not meets(group):
        raise ValidationError(NOT_MEETING.format(group=group), code="not_meeting")
    offer = GroupOffer(group=group, posted_by=by, **about)
    _check(offer)
    with history.in_step("合同会合の呼びかけ"):
        offer.save()
    return offer


@transaction.atomic
def change(*, offer: GroupOffer, **about: Any) -> GroupOffer:
    """Put right (`CHANGEABLE`). Raises ValidationError once it is taken down, and as `post` does."""
    if unknown := set(about) - CHANGEABLE:
        raise TypeError(f"not to be changed: {sorted(unknown)}")
    row = _open(offer)
    for name, value in about.items():
        setattr(row, name, value)
    _check(row)
    with history.in_step("呼びかけを直す"):
        row.save()
    return row


@transaction.atomic
def close(*, offer: GroupOffer) -> GroupOffer:
    """Taken down; said once more, nothing changes. Who answered stays on record."""
    _wait_for(offer.group)
    row = GroupOffer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if row.closed_at is None:
        row.closed_at = timezone.now()
        with history.in_step("呼びかけを下げる"):
            row.save(update_fields=["closed_at"])
    return row


@transaction.atomic
def answer(*, offer: GroupOffer, group: Group, by: Any, words: str = "") -> OfferAnswer:
    """「いっしょに開きたい」: the group that offered is told.

    Raises ValidationError once it is taken down, for its own group, for one that holds no meetings, and a second time.
    """
    row = _open(offer)
    if group.pk == row.group_id:
        raise ValidationError(OWN, code="own")
    if not meets(group):
        raise ValidationError(NOT_MEETING.format(group=group), code="not_meeting")
    if row.answers.filter(group=group).exists():
        raise ValidationError(ALREADY.format(group=group), code="already")
    made = OfferAnswer(offer=row, group=group, words=words, answered_by=by)
    made.full_clean(exclude=["offer", "group", "answered_by"])
    with history.in_step("呼びかけに手をあげる"):
        made.save()
        letters.offer_answered(answer=made, by=by)
    return made


@transaction.atomic
def planned(*, answer: OfferAnswer, meeting: Meeting) -> None:
    """The meeting that became of an answer, of the group that offered. Where one became of it already, that stays."""
    _wait_for(answer.offer.group)
    row = OfferAnswer.objects.select_for_update(no_key=True).get(pk=answer.pk)
    if row.meeting_id is None and meeting.group_id == answer.offer.group_id:
        row.meeting = meeting
        with history.in_step("呼びかけから会合をつくる"):
            row.save(update_fields=["meeting"])


def _check(offer: GroupOffer) -> None:
    offer.full_clean(exclude=["group", "posted_by"])
    if offer.last_month < timezone.localdate().replace(day=1):
        raise ValidationError({"last_month": PAST}, code="past")


def _open(offer: GroupOffer) -> GroupOffer:
    """As it is stored, after its group is locked."""
    _wait_for(offer.group)
    row = GroupOffer.objects.select_for_update(no_key=True, of=("self",)).select_related("group__office")
    found = row.get(pk=offer.pk)
    if found.closed_at:
        raise ValidationError(CLOSED, code="closed")
    return found


def _wait_for(group: Group) -> None:
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)
