"""A letter about a meeting that went astray is written anew, for whoever answers for it now."""

from django.core.exceptions import ValidationError
from django.db import transaction

from events.models import Delivery, Meeting, Notice, Reply
from events.telling import letters
from events.telling.letters import About
from members.models import Letter

OVER = "この会合は終わったので、手紙はもう送れません。"
UNKNOWN = "この手紙は、もう一度送ることができません。お返事の一覧から、リンクを作りなおしてください。"


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The same letter with the link that is good now. Raises ValidationError where there is nothing to tell any more."""
    found = Delivery.objects.select_related(
        "notice__meeting__group__office", "reply__person", "reply__membership", "reply__meeting"
    )
    delivery = found.filter(letter=letter).first()
    if delivery is None:
        raise ValidationError(UNKNOWN, code="unknown")
    notice, reply = delivery.notice, delivery.reply
    is_off = notice.kind == Notice.Kind.CANCELLED
    if notice.meeting.state != (Meeting.State.CANCELLED if is_off else Meeting.State.ANNOUNCED):
        raise ValidationError(OVER, code="over")
    written = letters.write(kind=notice.kind, about=About(notice.meeting, notice.words), reply=reply)
    delivery.letter = written
    delivery.save(update_fields=["letter"])
    return written


@transaction.atomic
def send_link(*, reply: Reply) -> Letter:
    """The link that is good now, to the address in the directory. Raises ValidationError where that is none."""
    return letters.write(kind="reply_link", about=About(reply.meeting), reply=reply)
