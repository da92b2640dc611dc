"""お返事のお願い, by itself: to who has not answered shortly before the deadline, once each, whatever happens to the job.

Each letter is a transaction of its own: killed at any point and run again, the job asks those whom it had not asked yet.
The database holds that nobody is asked twice (`delivery_reminds_once`), however many jobs run.
"""

import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from events.models import Delivery, Meeting, Notice
from events.replying.doors import attended, attends
from events.replying.reach import reach_of
from events.telling import letters
from events.telling.letters import About
from iri_exchange.lib import history

DAYS = 3
# Nobody is asked by the job on the heels of a person.
APART = datetime.timedelta(hours=24)
# The worker asks by day; the command, whenever it is told to.
BY_DAY = range(9, 18)


def send_reminders() -> int:
    """Ask all who are due to be asked now: how many letters were queued."""
    return sum(_remind_once(pk) for meeting in due() for pk in _silent(meeting))


def send_by_day() -> int:
    """As `send_reminders`, between nine and six in Japan."""
    return send_reminders() if timezone.localtime().hour in BY_DAY else 0


def due() -> list[Meeting]:
    """Meetings whose deadline is not over, but in at most three days."""
    now = timezone.now()
    until = now + datetime.timedelta(days=DAYS)
    near = Q(reply_until__gte=now, reply_until__lte=until)
    near |= Q(reply_until__isnull=True, starts_at__gte=now, starts_at__lte=until)
    return list(Meeting.objects.filter(near, state=Meeting.State.ANNOUNCED).order_by("starts_at", "pk"))


def _silent(meeting: Meeting) -> list[int]:
    """Ids of the replies that are asked for."""
    rows = list(_open().filter(meeting=meeting).order_by("pk"))
    reach = reach_of([row.person for row in rows])
    return [row.pk for row in rows if attends(row) and reach[row.person_id].by_letter]


def _open() -> Any:
    """Replies without an answer that the job has not asked for, nor anybody within a day."""
    just = Delivery.objects.filter(
        notice__kind=Notice.Kind.REMINDER, notice__sent_at__gt=timezone.now() - APART
    )
    asked = Q(pk__in=just.values("reply")) | Q(pk__in=Delivery.objects.filter(reminds=True).values("reply"))
    return attended().filter(answer="").exclude(asked)


def _remind_once(pk: int) -> int:
    """1, or 0 for who has answered, or was asked, in the meantime."""
    try:
        return _remind(pk)
    except IntegrityError:  # by another job, at the same moment
        return 0


@transaction.atomic
def _remind(pk: int) -> int:
    of = Meeting.objects.filter(replies=pk)
    of.select_for_update(no_key=True, of=("self",)).first()
    meeting = of.select_related("group__office").first()
    reply = _open().filter(pk=pk).first()
    if meeting is None or reply is None or not meeting.takes_replies:
        return 0
    with history.in_step("お返事のお願い（自動）"):
        kind = Notice.Kind.REMINDER
        notice = meeting.notices.filter(kind=kind, sent_by=None).first()
        notice = notice or Notice.objects.create(meeting=meeting, kind=kind)
        letter = letters.write(kind=kind, about=About(meeting), reply=reply)
        Delivery.objects.create(
            notice=notice, reply=reply, channel=Delivery.Channel.EMAIL, letter=letter, reminds=True
        )
    return 1
