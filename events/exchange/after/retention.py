"""What is forgotten of a joint exchange: who took part, a year after the end of its fiscal year. The numbers stay.

As the wording of the consent says (kind "joint_entry"). The term is a constant of this module; docs/operations.md tells it.
"""

import datetime
from collections import Counter
from collections.abc import Sequence

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from events.exchange.entering.places import lock
from events.models import Booth, Feedback, JointExchange, Registration, Wish
from iri_exchange.lib import history
from members.models import Letter

# Whole years after the 31 March on which the fiscal year ends.
KEPT_YEARS = 1
ERASED = "（消しました）"
LABEL = "合同交流会の参加者と出展の連絡先"
TERM = "年度の終わりから1年"
LETTERS = "events/exchange_"
BLANK = {"name": ERASED, "affiliation": "", "kana": "", "title": "", "email": "", "phone": "", "words": ""}
CHUNK = 500


def forgotten_on(exchange: JointExchange) -> datetime.date:
    """The first day on which it is to be forgotten."""
    return datetime.date(exchange.fiscal_year + 1 + KEPT_YEARS, 4, 1)


def due(at: datetime.datetime) -> QuerySet[Registration]:
    """The registrations to forget at a moment, also at one to come."""
    rows = Registration.objects.filter(exchange__in=_exchanges(at), erased_at=None)
    return rows.order_by("exchange", "pk")


def booths_due(at: datetime.datetime) -> QuerySet[Booth]:
    """The booths whose contact people are to be forgotten."""
    return Booth.objects.filter(exchange__in=_exchanges(at)).exclude(first_person=ERASED).order_by("pk")


def count_due(at: datetime.datetime) -> int:
    """How many registrations and booths `purge` would forget."""
    return due(at).count() + booths_due(at).count()


def by_exchange(at: datetime.datetime) -> list[tuple[JointExchange, int, int, datetime.date]]:
    """[(exchange, registrations, booths, the day)] of those of which something is to be forgotten, the oldest first."""
    people, booths = (
        Counter(rows.order_by().values_list("exchange", flat=True)) for rows in (due(at), booths_due(at))
    )
    return [
        (each, people[each.pk], booths[each.pk], forgotten_on(each))
        for each in _exchanges(at)
        if people[each.pk] or booths[each.pk]
    ]


def purge(*, now: datetime.datetime | None = None) -> int:
    """Forget what is due, history rows included: how many registrations and booths. An exchange is a transaction."""
    moment = now or timezone.now()
    return sum(_forget(exchange, moment) for exchange in _exchanges(moment))


def _exchanges(at: datetime.datetime) -> QuerySet[JointExchange]:
    day = timezone.localdate(at)
    last = day.year - 1 - KEPT_YEARS - (day.month < 4)
    return JointExchange.objects.filter(fiscal_year__lte=last).order_by("fiscal_year")


@transaction.atomic
def _forget(exchange: JointExchange, at: datetime.datetime) -> int:
    lock(exchange)
    rows = due(at).filter(exchange=exchange)
    ids = list(rows.values_list("pk", flat=True))
    booths = list(booths_due(at).filter(exchange=exchange).values_list("pk", flat=True))
    if not (ids or booths):
        return 0
    addresses = _addresses(exchange)
    for start in range(0, len(ids), CHUNK):
        _forget_people(ids[start : start + CHUNK], at)
    _forget_history(Booth, booths)
    Booth.objects.filter(pk__in=booths).update(
        first_person=ERASED, second_person="", email="", phone="", request=""
    )
    _forget_letters(addresses)
    return len(ids) + len(booths)


def _forget_people(ids: Sequence[int], at: datetime.datetime) -> None:
    """Nothing is left that says who it was: kind, group, trade, state, number and times stay."""
    wishes = Wish.objects.filter(Q(wisher__in=ids) | Q(wanted__in=ids))
    _forget_history(Wish, list(wishes.values_list("pk", flat=True)))
    wishes._raw_delete(wishes.db)
    answers = Feedback.objects.filter(registration__in=ids)
    _forget_history(Feedback, list(answers.values_list("pk", flat=True)))
    answers.update(words="")
    _forget_history(Registration, ids)
    # Who never answered is known by nothing but the person: without one they count as lapsed.
    silent = Registration.objects.filter(pk__in=ids, state=Registration.State.INVITED)
    silent.update(state=Registration.State.LAPSED)
    Registration.objects.filter(pk__in=ids).update(
        **BLANK,
        person=None,
        membership=None,
        search_key="",
        sort_key="",
        generation=F("generation") + 1,
        erased_at=at,
    )


def _forget_history(model: type[models.Model], ids: Sequence[int]) -> None:
    """The history rows, and what the admin noted: both name people."""
    history.of(model).filter(id__in=ids).delete()
    in_admin = {"content_type": ContentType.objects.get_for_model(model), "object_id__in": [*map(str, ids)]}
    LogEntry.objects.filter(**in_admin).delete()


def _addresses(exchange: JointExchange) -> set[str]:
    """Where letters about this exchange went, to addresses that were put right since, too."""
    rows = Registration.objects.filter(exchange=exchange)
    found = {*rows.values_list("email", flat=True), *rows.values_list("person__email", flat=True)}
    found |= {*Booth.objects.filter(exchange=exchange).values_list("email", flat=True)}
    for model in (Registration, Booth):
        past = history.of(model).filter(exchange_id=exchange.pk)
        found |= {*past.order_by().values_list("email", flat=True).distinct()}
    return {address for address in found if address}


def _forget_letters(addresses: set[str]) -> None:
    """What the office wrote there about a joint exchange, unless that address is at one that is still kept."""
    kept = Registration.objects.filter(erased_at=None)
    addresses -= {*kept.filter(email__in=addresses).values_list("email", flat=True)}
    addresses -= {*kept.filter(person__email__in=addresses).values_list("person__email", flat=True)}
    shown = Booth.objects.exclude(first_person=ERASED).filter(email__in=addresses)
    addresses -= {*shown.values_list("email", flat=True)}
    waiting = [Letter.State.QUEUED, Letter.State.SENDING]
    letters = Letter.objects.filter(kind__startswith=LETTERS, to__in=addresses).exclude(state__in=waiting)
    letters.delete()
