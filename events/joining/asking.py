"""「いっしょに開きませんか」: another group is asked to a meeting, answers, steps back, and is asked no longer.

Before it has agreed, nobody of it learns anything but those who speak for it (docs/decisions/0032-between-groups.md).
"""

import datetime
from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.joining import letters
from events.joining.officers import meets, speakers_for
from events.models import Delivery, InvitedGroup, Meeting, Reply
from groups.models import Group
from iri_exchange.lib import history, states
from members.letters import take_back
from members.models import Person

State = InvitedGroup.State
OWN = "自分のグループは、招かなくても案内が届きます。"
NOT_MEETING = "{group}は、いま会合を開いていないので、たずねられません。"
OVER = "この会合のお返事は、前の日まででした。ご都合が変わったときは、会合を開くグループの事務局へお電話ください。"
OFF = "この会合は、中止になりました。"
ANEW = "開いているあいだに、お返事が変わりました。いまのようすを確かめて、もう一度押してください。"
GONE = "この会合への申し出は、取り下げられました。"
SAID_NO = "前に見送りとお返事しています。もう一度たずねてもらってから、お返事ください。"
STEPPED_BACK = "{group}がこの会合をいっしょに開くのをやめたので、送りませんでした。"


@transaction.atomic
def invite(
    *, meeting: Meeting, groups: Collection[Group], by: Any, shown: Collection[int] | None = None
) -> None:
    """These groups are to be at the meeting: who is new is asked, who is not among them is asked no longer.

    Whose meetings `by` runs, too, has agreed with that. `shown`: the groups (ids) that were chosen when `by` began; None
    for those of now. Raises ValidationError for the meeting's own group, and for one that holds no meetings.
    """
    _wait_for(meeting)
    if any(group.pk == meeting.group_id for group in groups):
        raise ValidationError({"invited": OWN})
    rows = {row.group_id: row for row in meeting.invited_groups.select_related("group__office")}
    chosen = {pk for pk, row in rows.items() if row.state != State.DECLINED}
    before, wanted = chosen if shown is None else set(shown), {group.pk: group for group in groups}
    with history.in_step("合同の会合をたずねる"):
        for pk in (before - wanted.keys()) & chosen:
            _ask_no_longer(rows[pk], meeting)
        for pk in wanted.keys() - before - chosen:
            _ask(meeting, wanted[pk], rows.get(pk), by)


@transaction.atomic
def answer(
    *, invitation: InvitedGroup, by: Any, agrees: bool, words: str = "", shown: str | None = None
) -> InvitedGroup:
    """The group agrees, says no, or steps back from what it agreed to; who runs the meeting is told.

    `shown`: the state that `by` looked at. Raises ValidationError from the day of the meeting on, once it is off or the
    group is asked no longer, and after a no, until it is asked again.
    """
    meeting = _wait_for(invitation.meeting)
    row = InvitedGroup.objects.select_related("group__office").filter(pk=invitation.pk).first()
    if row is None:
        raise ValidationError(GONE, code="gone")
    row.meeting = meeting
    _check_open(meeting)
    if shown is not None and shown != row.state:
        raise ValidationError(ANEW, code="anew")
    if row.state == State.DECLINED:
        raise ValidationError(SAID_NO, code="said_no")
    if agrees and not meets(row.group):
        raise ValidationError(NOT_MEETING.format(group=row.group), code="not_meeting")
    steps_back = row.state == State.AGREED and not agrees
    row.words = words
    row.full_clean(exclude=["meeting", "group", "state", "answered_by"])
    written = {"words": words, "answered_by": by, "answered_at": timezone.now()}
    with history.in_step("合同の会合へのお返事"):
        states.advance(row, State.AGREED if agrees else State.DECLINED, moves=InvitedGroup.MOVES, **written)
        if steps_back:
            _tell_its_members(row, f"{row.group.name}は、この会合をいっしょに開かないことになりました。")
        letters.answered(invitation=row, by=by, said=_said(row, steps_back))
    return row


@transaction.atomic
def leave_all(*, group: Group, by: Any) -> int:
    """The group meets no more: it steps back from all that is ahead with others, and says no where it is asked; how many."""
    rows = waiting_for([group.pk], [State.ASKED, State.AGREED])
    words = f"{group.name}は、会合を開かなくなりました。"
    for row in rows:
        answer(invitation=row, by=by, agrees=False, words=words)
    return len(rows)


@transaction.atomic
def tell_officers(*, meeting: Meeting, said: str, asked_before: datetime.datetime | None = None) -> int:
    """Who speaks for the groups that are asked, or agreed, learns something; not by this who was told by the notice,
    nor who was asked since `asked_before`, and so knows it.
    """
    rows = meeting.invited_groups.exclude(state=State.DECLINED).select_related("group__office")
    if asked_before:
        rows = rows.filter(asked_at__lt=asked_before)
    told = set(Reply.objects.filter(meeting=meeting).values_list("person_id", flat=True))
    people = {each.pk: each for row in rows for each in speakers_for(row.group) if each.pk not in told}
    return letters.news(meeting=meeting, to=people.values(), said=said)


def waiting_for(groups: Collection[int], in_states: Collection[str] = (State.ASKED,)) -> list[InvitedGroup]:
    """What these groups (ids) are asked and can still answer, the nearest meeting first."""
    rows = InvitedGroup.objects.filter(group__in=groups, state__in=in_states)
    rows = rows.filter(meeting__state__in=Meeting.AHEAD, meeting__starts_at__gt=timezone.now())
    rows = rows.select_related("meeting__group__office", "group__office").order_by("meeting__starts_at", "pk")
    return [row for row in rows if is_open(row.meeting)]


def is_open(meeting: Meeting) -> bool:
    """Whether the asked groups may answer: until the end of the day before."""
    return meeting.state in Meeting.AHEAD and timezone.localdate() < meeting.day


def told_of(group: Group, meeting: Meeting) -> list[Person]:
    """Those who got the notice as the group's members."""
    rows = Reply.objects.filter(meeting=meeting, membership__group=group, is_seat=False)
    rows = rows.filter(deliveries__isnull=False).select_related("person").distinct()
    return [row.person for row in rows.order_by("pk")]


def _ask(meeting: Meeting, group: Group, row: InvitedGroup | None, by: Any) -> None:
    if not meets(group):
        raise ValidationError({"invited": NOT_MEETING.format(group=group)}, code="not_meeting")
    is_theirs = bool(by and by.has_perm("events.run_meetings", group))
    now = timezone.now()
    answered = (
        {"answered_by": by, "answered_at": now} if is_theirs else {"answered_by": None, "answered_at": None}
    )
    state = State.AGREED if is_theirs else State.ASKED
    if row:
        states.advance(row, state, moves=InvitedGroup.MOVES, words="", asked_at=now, **answered)
    else:
        row = InvitedGroup.objects.create(meeting=meeting, group=group, state=state, asked_at=now, **answered)
    if not is_theirs:
        letters.asked(invitation=row, by=by)


def _ask_no_longer(row: InvitedGroup, meeting: Meeting) -> None:
    """What its members answered stays, out of sight."""
    said = f"{meeting.group.name}が、この会合を{row.group.name}といっしょに開く申し出を取り下げました。"
    if row.state == State.AGREED:
        _tell_its_members(row, said)
    told = {person.pk for person in told_of(row.group, meeting)} if row.state == State.AGREED else set()
    officers = [each for each in speakers_for(row.group) if each.pk not in told]
    letters.news(meeting=meeting, to=officers, said=said)
    row.delete()


def _tell_its_members(row: InvitedGroup, said: str) -> None:
    """Who was told of the meeting learns that it is theirs no more; what still waits is not sent."""
    deliveries = Delivery.objects.filter(
        reply__meeting=row.meeting_id, reply__membership__group=row.group_id, reply__is_seat=False
    )
    waiting = list(deliveries.filter(letter__isnull=False).values_list("letter", flat=True))
    take_back(ids=waiting, reason=STEPPED_BACK.format(group=row.group.name))
    people = told_of(row.group, row.meeting)
    letters.news(meeting=row.meeting, to=people, said=f"{said}お返事のリンクは、もう使えません。")


def _said(row: InvitedGroup, steps_back: bool) -> str:
    group, meeting = row.group.name, row.meeting
    if steps_back:
        return f"{group}は、いっしょに開くのをやめました。お返事の一覧から、{group}の会員は外れます。"
    if row.state == State.DECLINED:
        return f"{group}は、今回は見送ります。"
    if meeting.state == Meeting.State.ANNOUNCED:
        return (
            f"{group}も、いっしょに開きます。案内は、もう送ってあります。"
            f"お返事の一覧の「ほかの方にも案内する」から、{group}の会員にも送ってください。"
        )
    return f"{group}も、いっしょに開きます。案内は、{group}の会員にも届きます。"


def _check_open(meeting: Meeting) -> None:
    if meeting.state == Meeting.State.CANCELLED:
        raise ValidationError(OFF, code="off")
    if not is_open(meeting):
        raise ValidationError(OVER, code="over")


def _wait_for(meeting: Meeting) -> Meeting:
    """As it is now; the group first, as all that changes a meeting locks."""
    Group.objects.select_for_update(no_key=True).get(pk=meeting.group_id)
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    return Meeting.objects.select_related("group__office").get(pk=meeting.pk)
