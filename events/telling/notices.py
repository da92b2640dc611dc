"""Those who are invited are told: the notice, what changed, that it is off, that the minutes are there; and asked again.

Each sending is one Notice; what each person was sent is a Delivery. Who is not reached by letter is told on paper or by
telephone, and stands on the reply board. All of it happens in one transaction: nobody is told twice, or by half.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events import meetings
from events.models import Delivery, Meeting, Notice, Reply
from events.replying.doors import attended, attends
from events.replying.invitees import Invitee, invited_people, others
from events.replying.reach import reach_of
from events.telling import letters
from events.telling.letters import About
from groups.models import Group
from iri_exchange.lib import history
from members.letters import take_back
from members.models import Person

Kind, State, Channel = Notice.Kind, Meeting.State, Delivery.Channel
NOBODY = "案内を送る方を、1人以上選んでください。まだ、だれにも送っていません。"
ANEW = "開いているあいだに、ほかの方が案内を送りました。もう一度、送る方を確かめてください。"
OFF = "会合が中止になったため、送りませんでした。"
STRANGER = "会員でなくなった方が選ばれています。もう一度、送る方を確かめてください。"


@dataclass(frozen=True)
class Sent:
    """How many letters were queued, and who is told otherwise."""

    letters: int = 0
    by_hand: list[Person] = field(default_factory=list)

    @property
    def total(self) -> int:
        return self.letters + len(self.by_hand)


@transaction.atomic
def send(
    *, meeting: Meeting, by: Any, people: Iterable[Person], words: str = "", shown: str | None = None
) -> Sent:
    """The notice to some of those who are, or may be, invited: each gets a letter of their own, or stands on paper.

    The first one makes the meeting 案内済. `shown` is the `mark_of` that the sender looked at. Raises ValidationError
    for nobody, for a meeting that is over or cancelled, and where somebody else has sent one meanwhile.
    """
    locked = _wait_for(meeting)
    wanted = {person.pk for person in people}
    if shown is not None and shown != mark_of(locked):
        raise ValidationError(ANEW, code="anew")
    check_open(locked)
    if not wanted:
        raise ValidationError(NOBODY, code="nobody")
    chosen = [each for each in [*invited_people(locked), *others(locked)] if each[1].pk in wanted]
    if len(chosen) != len(wanted):
        raise ValidationError(STRANGER, code="stranger")
    with history.in_step("会合の案内"):
        if locked.state == State.DRAFT:
            meetings.announce(meeting=locked)
        meeting.state = locked.state
        replies = _asked(locked, chosen)
        return _tell(locked, Kind.NOTICE, replies, by=by, words=words)


@transaction.atomic
def remind(*, meeting: Meeting, by: Any, words: str = "", shown: str | None = None) -> Sent:
    """Ask those once more who have not answered; nobody twice on a day. Raises ValidationError for nobody."""
    locked = _wait_for(meeting)
    if shown is not None and shown != mark_of(locked):
        raise ValidationError(ANEW, code="anew")
    if not locked.takes_replies:
        raise ValidationError("お返事の期限が過ぎているので、お願いは送れません。", code="over")
    waiting = to_remind(locked)
    if not waiting:
        raise ValidationError("いまメールでお願いできる方はいません。", code="nobody")
    with history.in_step("お返事のお願い"):
        return _tell(locked, Kind.REMINDER, waiting, by=by, words=words)


@transaction.atomic
def tell_change(*, meeting: Meeting, by: Any, words: str = "") -> Sent:
    """All who were invited learn how it stands now; nobody, where nobody was told of it."""
    locked = _wait_for(meeting)
    if locked.state != State.ANNOUNCED or locked.ends_at <= timezone.now():
        return Sent()
    with history.in_step("会合の変更のお知らせ"):
        return _tell(locked, Kind.CHANGE, invited_before(locked), by=by, words=words)


@transaction.atomic
def tell_cancelled(*, meeting: Meeting, by: Any) -> Sent:
    """All who were invited learn that it is off, and why. Once: a second time it tells nobody.

    What was still to be sent of it is not sent any more: it would arrive after this.
    """
    locked = _wait_for(meeting)
    if locked.state != State.CANCELLED or locked.notices.filter(kind=Kind.CANCELLED).exists():
        return Sent()
    waiting = Delivery.objects.filter(notice__meeting=locked, letter__isnull=False)
    take_back(ids=list(waiting.values_list("letter", flat=True)), reason=OFF)
    asked = invited_before(locked)
    if not asked:
        return Sent()
    with history.in_step("会合の中止のお知らせ"):
        return _tell(locked, Kind.CANCELLED, asked, by=by)


@transaction.atomic
def tell_minutes(*, meeting: Meeting, by: Any, again: bool = False) -> Sent:
    """The members of the group learn that the minutes can be read; invited groups do not. Once, as `tell_cancelled`,
    but for `again`: they were corrected.
    """
    locked = _wait_for(meeting)
    if not again and locked.notices.filter(kind=Kind.MINUTES).exists():
        return Sent()
    members = [each for each in invited_people(locked) if each[0].group_id == locked.group_id]
    reach = reach_of([person for _, person in members])
    asked = {reply.person_id: reply for reply in locked.replies.all()}
    with history.in_step("議事録のお知らせ"):
        notice = Notice.objects.create(meeting=locked, kind=Kind.MINUTES, sent_by=by)
        for _, person in members:
            letter = letters.minutes(meeting=locked, person=person) if reach[person.pk].by_letter else None
            if person.pk in asked:  # who was never invited has no part in it to be kept
                channel = Channel.EMAIL if letter else Channel.PAPER
                Delivery.objects.create(notice=notice, reply=asked[person.pk], channel=channel, letter=letter)
    by_hand = [person for _, person in members if not reach[person.pk].by_letter]
    return Sent(len(members) - len(by_hand), by_hand)


def mark_of(meeting: Meeting) -> str:
    """What has been sent of the notice and the reminders so far: another one, and the mark is another."""
    sent = Notice.objects.filter(meeting=meeting, kind__in=[Kind.NOTICE, Kind.REMINDER])
    newest = sent.order_by("-pk").values_list("pk", flat=True).first()
    return f"{meeting.state}-{newest or 0}"


def check_open(meeting: Meeting) -> None:
    """Raises ValidationError for a meeting of which nobody is to be told any more."""
    if meeting.state not in Meeting.AHEAD:
        state = meeting.get_state_display()
        raise ValidationError(f"この会合は「{state}」なので、案内を送れません。", code="shut")
    if meeting.ends_at <= timezone.now():
        raise ValidationError("この会合は、もう終わっています。案内は送れません。", code="over")


def invited_before(meeting: Meeting) -> list[Reply]:
    """Those who were invited and attend still."""
    rows = attended().filter(meeting=meeting).order_by("membership__sequence", "pk")
    return [reply for reply in rows if attends(reply)]


def to_remind(meeting: Meeting) -> list[Reply]:
    """Those who have not answered, are reached by letter, and were not asked again today."""
    since = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    again = Delivery.objects.filter(notice__kind=Kind.REMINDER, notice__sent_at__gte=since)
    waiting = [each for each in invited_before(meeting) if not each.answer]
    asked = set(again.filter(reply__in=waiting).values_list("reply_id", flat=True))
    reach = reach_of([each.person for each in waiting])
    return [each for each in waiting if each.pk not in asked and reach[each.person_id].by_letter]


def _wait_for(meeting: Meeting) -> Meeting:
    """As it is now; whoever tells or answers at the same moment waits. The group first, as the plan's verbs do."""
    Group.objects.select_for_update(no_key=True).get(pk=meeting.group_id)
    Meeting.objects.select_for_update(no_key=True).get(pk=meeting.pk)
    return Meeting.objects.select_related("group__office").get(pk=meeting.pk)


def _asked(meeting: Meeting, people: list[Invitee]) -> list[Reply]:
    """The replies of these people: those who are invited for the first time get one."""
    known = {reply.person_id: reply for reply in meeting.replies.select_related("person", "membership")}
    new = [
        Reply(meeting=meeting, membership=membership, person=person)
        for membership, person in people
        if person.pk not in known
    ]
    known |= {reply.person_id: reply for reply in history.create(new)}
    return [known[person.pk] for _, person in people]


def _tell(meeting: Meeting, kind: str, replies: list[Reply], *, by: Any, words: str = "") -> Sent:
    """One letter each, or a line on paper."""
    notice = Notice(meeting=meeting, kind=kind, words=words, sent_by=by)
    notice.full_clean()
    notice.save()
    about, reach = About(meeting, notice.words), reach_of([reply.person for reply in replies])
    by_hand, deliveries = [], []
    for reply in replies:
        letter = None
        if reach[reply.person_id].by_letter:
            letter = letters.write(kind=kind, about=about, reply=reply)
        else:
            by_hand.append(reply.person)
        channel = Channel.EMAIL if letter else Channel.PAPER
        deliveries.append(Delivery(notice=notice, reply=reply, channel=channel, letter=letter))
    history.create(deliveries)
    return Sent(len(replies) - len(by_hand), by_hand)
