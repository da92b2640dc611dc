"""繰り上げ: a place that became free is offered to the next on the waiting list, until the end of a day.

An offer that is not answered lapses by itself: what is read follows the day. It is written down (`lapse`) before the
next offer of the round, and when staff look.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from groups.models import Application, Group, Offer, RecruitmentRound
from groups.recruitment import admission, results, steps
from groups.recruitment.deciding import lock
from iri_exchange.lib import history, japan
from members.models import Letter

State = Application.State
USUAL_TIME, ONE_DAY = datetime.timedelta(days=7), datetime.timedelta(days=1)
LAPSED = "期限までにお返事がありませんでした。"
REFUSED = "繰り上げのご案内を、ご辞退されました。"
NOT_ANNOUNCED = "先に、募集の結果をお知らせしてください。繰り上げは、そのあとにご案内できます。"
NO_PLACE = "空いている席がありません。"
NOT_WAITING = "この応募は、補欠で待っている応募ではありません。ページを開きなおして確かめてください。"
CALL_US = "このページからはお受けできませんでした。お手数ですが、期限までに事務局へお電話ください。"
ANSWERED = "このご案内には、もうお返事をいただいています。"
LAUNCHED = "グループは、もう発会しています。会員は、グループの会員のページから加えてください。"


@dataclass(frozen=True)
class Places:
    """How the places of a round stand: `waiting` in the order in which they are asked, `offered` those asked now."""

    capacity: int
    accepted: int
    offered: Sequence[Offer]
    waiting: Sequence[Application]

    @property
    def free(self) -> int:
        return max(self.capacity - self.accepted - len(self.offered), 0)

    @property
    def next(self) -> Application | None:
        """Whom to offer a place now."""
        return self.waiting[0] if self.free and self.waiting else None


def places_of(round: RecruitmentRound) -> Places:
    """The places after the announcement, as they are today. An offer whose day is over holds none."""
    open_ = list(
        _open_offers(round).select_related("application", "offered_by__person").order_by("due", "pk")
    )
    today = timezone.localdate()
    live = [each for each in open_ if each.due >= today]
    lapsed = [each.application_id for each in open_ if each.due < today]
    rows = Application.objects.filter(round=round)
    return Places(
        capacity=round.capacity,
        accepted=rows.filter(state=State.ACCEPTED).count(),
        offered=live,
        waiting=list(_in_line(rows.filter(Q(state=State.WAITLISTED) | Q(pk__in=lapsed)))),
    )


def usual_day(round: RecruitmentRound) -> datetime.date:
    """Until when an offer is open unless somebody says otherwise: a week, but not as long as to the launch."""
    today = timezone.localdate()
    last = round.launch_on - ONE_DAY if round.launch_on else datetime.date.max
    return max(today, min(today + USUAL_TIME, last))


def past_offers(round: RecruitmentRound) -> list[Offer]:
    """Those that are answered or have lapsed, the newest first; `answered_at` is None until a lapse is written down."""
    over = Q(due__lt=timezone.localdate()) | Q(answered_at__isnull=False)
    rows = Offer.objects.filter(over, application__round=round).select_related("application")
    return list(rows.order_by("-offered_at", "-pk"))


def is_open(offer: Offer) -> bool:
    """Whether it waits for an answer today."""
    return offer.answered_at is None and offer.due >= timezone.localdate()


def open_offer(application: Application) -> Offer | None:
    """What the applicant may answer today."""
    offers = application.offers.filter(answered_at=None, due__gte=timezone.localdate())
    return offers.first() if application.state == State.OFFERED else None


def rounds_with_a_place(rounds: QuerySet[RecruitmentRound]) -> list[RecruitmentRound]:
    """Of these rounds, those in which somebody waits and a place is free; each with its `free` ones. One query."""
    today = timezone.localdate()
    live = Q(
        applications__state=State.OFFERED,
        applications__offers__answered_at=None,
        applications__offers__due__gte=today,
    )
    waiting = Application.objects.filter(round=OuterRef("pk"), state=State.WAITLISTED)
    late = Offer.objects.filter(
        application__round=OuterRef("pk"), application__state=State.OFFERED, answered_at=None, due__lt=today
    )
    rows = rounds.exclude(announced_at=None).filter(Exists(waiting) | Exists(late))
    taken = Count("applications", filter=Q(applications__state=State.ACCEPTED) | live, distinct=True)
    free = rows.annotate(free=F("capacity") - taken).filter(free__gt=0)
    return [each for each in free.order_by("pk") if not _is_launched(each)]


def was_answered(application: Application, taken: bool) -> bool:
    """Whether the place that was offered last was taken, or given up, already."""
    last = application.offers.order_by("-offered_at", "-pk").first()
    return last is not None and last.taken == taken


@transaction.atomic
def offer(*, application: Application, due: datetime.date, by: Any) -> Offer:
    """Offer a free place to somebody who waits, until the end of a day, by a letter where there is an address.

    Raises ValidationError before the announcement and after the launch, without a free place, for a day that is over
    or not before the launch, and where nobody has said yet whether the directory knows the company.
    """
    row = lock(application)
    if row.round.announced_at is None:
        raise ValidationError(NOT_ANNOUNCED, code="not_announced")
    if _is_launched(row.round):
        raise ValidationError(LAUNCHED, code="launched")
    _write_lapsed(row.round, by)
    row.refresh_from_db(fields=["state"])
    if row.state != State.WAITLISTED:
        raise ValidationError(NOT_WAITING, code="not_waiting")
    if not places_of(row.round).free:
        raise ValidationError(NO_PLACE, code="no_place")
    _check_day(due, row.round)
    _check_company(row)
    with history.in_step("繰り上げのご案内"):
        made = Offer(application=row, due=due, offered_by=by, offered_at=timezone.now())
        made.full_clean()
        made.save()
        steps.move(row, State.OFFERED, by=by, note=f"お返事の期限は{japan.wareki(due)}です。")
    results.queue_offered(row, due)
    return made


@transaction.atomic
def answer(*, offer: Offer, taken: bool, by: Any = None) -> Application:
    """Take the place that was offered, or give it up; `by` somebody of the staff who was told so, None for the applicant.

    Who takes it is a member at once, who gives it up has withdrawn. Raises ValidationError for an offer that is
    answered already or has lapsed, and if there is no place any more.
    """
    row = lock(offer.application)
    now = Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)
    if now.answered_at or row.state != State.OFFERED:
        raise ValidationError(ANSWERED, code="answered")
    if now.due < timezone.localdate():
        raise ValidationError(
            f"お返事の期限は{japan.wareki(now.due)}まででした。事務局へご連絡ください。", code="lapsed"
        )
    with history.in_step("繰り上げへのお返事"):
        now.taken, now.answered_at = taken, timezone.now()
        now.save(update_fields=["taken", "answered_at"])
        if taken:
            _take(row, now, by)
        else:
            steps.move(row, State.WITHDRAWN, by=by, note=REFUSED)
    return row


@transaction.atomic
def lapse(*, round: RecruitmentRound, by: Any = None) -> int:
    """Write down which offers of the round have lapsed; they wait again, behind those who were not asked. How many."""
    locked = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    return _write_lapsed(locked, by)


def lapse_everywhere() -> int:
    """As `lapse`, of every round: for whoever tidies up."""
    late = Offer.objects.filter(
        answered_at=None, due__lt=timezone.localdate(), application__state=State.OFFERED
    )
    rounds = RecruitmentRound.objects.filter(pk__in=late.values("application__round"))
    return sum(lapse(round=each) for each in rounds.order_by("pk"))


@transaction.atomic
def renew_letter(letter: Letter) -> Letter:
    """The offer once more, with a new link, to whom the letter went. Raises ValidationError if it is answered or over."""
    offers = Offer.objects.filter(answered_at=None, application__contact_email__iexact=letter.to)
    open_ = offers.select_related("application__round__office").order_by("-offered_at").first()
    if open_ is None or not is_open(open_):
        raise ValidationError("このご案内は、もうお返事をいただいたか、期限が過ぎています。")
    written = results.queue_offered(open_.application, open_.due)
    assert written
    return written


def _take(application: Application, offer: Offer, by: Any) -> None:
    accepted = Application.objects.filter(round=application.round_id, state=State.ACCEPTED)
    if accepted.count() >= application.round.capacity:
        raise ValidationError("定員に達しました。事務局へご連絡ください。", code="full")
    if _is_launched(application.round):
        raise ValidationError(LAUNCHED, code="launched")
    steps.move(application, State.ACCEPTED, by=by)
    try:
        admission.admit(application=application, since=timezone.localdate(), by=by or offer.offered_by)
    except ValidationError as error:
        if by:
            raise
        # What the directory knows, and who else has applied, is the office's to know.
        raise ValidationError(CALL_US, code="not_admitted") from error
    results.queue_accepted(application)


def _write_lapsed(round: RecruitmentRound, by: Any) -> int:
    late = list(_open_offers(round).filter(due__lt=timezone.localdate()).order_by("application_id"))
    for each in late:
        row = Application.objects.select_for_update(no_key=True).get(pk=each.application_id)
        each.answered_at = timezone.now()
        each.save(update_fields=["answered_at"])
        if row.state == State.OFFERED:
            steps.move(row, State.WAITLISTED, by=by, note=LAPSED)
    return len(late)


def _open_offers(round: RecruitmentRound) -> QuerySet[Offer]:
    """Without an answer, of those who have not withdrawn."""
    return Offer.objects.filter(application__round=round, application__state=State.OFFERED, answered_at=None)


def _in_line(rows: QuerySet[Application]) -> Iterable[Application]:
    """Those who were asked before, and did not answer, come last."""
    asked = Exists(Offer.objects.filter(application=OuterRef("pk")))
    return rows.annotate(was_asked=asked).order_by("was_asked", "waiting_place", "serial", "pk")


def _is_launched(round: RecruitmentRound) -> bool:
    return bool(round.group and round.group.stage_on(timezone.localdate()) != Group.Stage.FORMING)


def _check_day(due: datetime.date, round: RecruitmentRound) -> None:
    if due < timezone.localdate():
        raise ValidationError({"due": "今日か、これからの日を入れてください。"})
    if round.launch_on and due >= round.launch_on:
        raise ValidationError(
            {"due": f"発会式（{japan.wareki(round.launch_on)}）より前の日を入れてください。"}
        )


def _check_company(application: Application) -> None:
    """Whoever takes the place is admitted without anybody of the office: so this is settled before."""
    if application.known_company_id is None and not application.is_new_company:
        raise ValidationError(admission.UNDECIDED.format(application.name), code="undecided")
    if admission.number_taken(application):
        raise ValidationError(
            f"{application.name}と同じ法人番号の、別の企業が名簿にあります。応募のページで確かめてください。",
            code="number",
        )
    if twin := admission.member_by_another(application):
        raise ValidationError(admission.TWICE.format(application.name, twin.number), code="twice")
