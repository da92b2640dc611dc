"""助言者: commissioned for the launch year; the group may ask for one more year, and the office answers.

It asks before it is handed over, or in the first year on its own: both times for that first year.
"""

import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from groups import first_year, staffing
from groups.models import Adviser, AdviserRequest, Group
from iri_exchange.lib import history, japan, states
from members.models import Person

State = AdviserRequest.State


class Days(NamedTuple):
    """The first and the last day of a term, both included."""

    since: datetime.date
    until: datetime.date


def usual_term(group: Group, today: datetime.date) -> Days:
    """From the launch (or today, if that is over) to the 31 March after it."""
    launch = group.stages.filter(state=Group.Stage.LAUNCHED).order_by("since").first()
    since = launch.since if launch and _end_of_year(launch.since) >= today else today
    return Days(since, _end_of_year(since))


def year_asked_for(request: AdviserRequest, today: datetime.date) -> Days:
    """The fiscal year of a request; of one that has begun, what is left of it."""
    first = datetime.date(request.fiscal_year, 4, 1)
    until = _end_of_year(first)
    return Days(min(max(first, today), until), until)


def year_to_ask_for(group: Group, today: datetime.date) -> int:
    """The fiscal year in which the group begins to run itself; this one, once it does."""
    if group.stage_on(today) != Group.Stage.LAUNCHED:
        return japan.fiscal_year(today)
    first = first_year.own_since(group) or first_year.usual_first_day(None, today)
    return japan.fiscal_year(first)


@transaction.atomic
def commission(
    *, group: Group, person: Person, since: datetime.date, until: datetime.date | None = None, note: str = ""
) -> Adviser:
    """As `staffing.commission_adviser`, but nobody advises the same group twice at a time.

    Raises ValidationError for days on which the person advises the group already.
    """
    _lock(group)
    _refuse_overlap(Adviser(group=group, person=person, since=since, until=until))
    with history.in_step("助言者の委嘱"):
        return staffing.commission_adviser(group=group, person=person, since=since, until=until, note=note)


@transaction.atomic
def correct(*, term: Adviser, since: datetime.date, until: datetime.date | None, note: str = "") -> Adviser:
    """Put the days right, or end the term with its last day. Raises ValidationError as `commission` does."""
    _lock(term.group)
    _read_again(term)
    term.since, term.until, term.note = since, until, note
    _refuse_overlap(term)
    term.full_clean()
    with history.in_step("助言者の任期を直す"):
        term.save()
    return term


@transaction.atomic
def withdraw(*, term: Adviser) -> None:
    """A term registered by mistake is deleted, and its history stays. Raises ValidationError once it has begun."""
    _lock(term.group)
    _read_again(term)
    if not may_be_withdrawn(term):
        raise ValidationError(
            "この任期はもう始まっているので、取り消せません。最後の日を入れて、終えてください。"
        )
    with history.in_step("助言者の登録の取り消し"):
        term.delete()


def may_be_withdrawn(term: Adviser) -> bool:
    """Whether it has not begun, or began today."""
    return term.since >= timezone.localdate()


@transaction.atomic
def ask(*, group: Group, note: str, by: Any) -> AdviserRequest:
    """The group asks for its adviser for its first own year. Raises ValidationError if it has asked already."""
    _lock(group)
    request = AdviserRequest(
        group=group, fiscal_year=year_to_ask_for(group, timezone.localdate()), note=note, asked_by=by
    )
    request.full_clean()
    with history.in_step("助言者の継続の依頼"):
        request.save()
    return request


@transaction.atomic
def accept(
    *, request: AdviserRequest, person: Person, since: datetime.date, until: datetime.date, by: Any
) -> Adviser:
    """The office commissions the adviser for the year. Raises ValidationError for a request answered already."""
    _wait_for(request)
    if japan.fiscal_year(since) != request.fiscal_year or until > _end_of_year(since):
        raise ValidationError(
            f"{japan.fiscal_year_label(request.fiscal_year)}の中の日にしてください。", code="other_year"
        )
    with history.in_step("助言者の継続の承認"):
        term = commission(
            group=request.group, person=person, since=since, until=until, note="グループの依頼による継続"
        )
        _answer(request, State.ACCEPTED, by, term=term)
    return term


@transaction.atomic
def decline(*, request: AdviserRequest, answer: str, by: Any) -> None:
    """The office says no, and why. Raises ValidationError without a sentence, or for a request answered already."""
    if not answer:
        raise ValidationError("お断りする理由を、ひとことお書きください。", code="required")
    _answer(request, State.DECLINED, by, answer=answer)


@transaction.atomic
def take_request_back(*, request: AdviserRequest, by: Any) -> None:
    """The group needs no answer any more."""
    _answer(request, State.WITHDRAWN, by)


def those_known(group: Group | None = None) -> QuerySet[Person]:
    """Everybody who is or was an adviser; of a group, if one is given."""
    terms = Adviser.objects.filter(group=group) if group else Adviser.objects.all()
    return Person.objects.filter(pk__in=terms.values("person"))


def _answer(request: AdviserRequest, state: str, by: Any, **also: Any) -> None:
    with history.in_step(f"助言者の継続の依頼：{State(state).label}"):
        states.advance(
            request, state, moves=AdviserRequest.MOVES, answered_by=by, answered_at=timezone.now(), **also
        )


def _wait_for(request: AdviserRequest) -> None:
    """Two answers at the same moment wait in a queue; the second finds the first."""
    state = AdviserRequest.objects.select_for_update(no_key=True).get(pk=request.pk).state
    if state != State.ASKED:
        raise ValidationError("この依頼には、もうお返事がしてあります。", code="answered")


def _refuse_overlap(term: Adviser) -> None:
    others = Adviser.objects.filter(group=term.group_id, person=term.person_id).exclude(pk=term.pk)
    if term.until:
        others = others.filter(since__lte=term.until)
    clash = others.filter(Q(until=None) | Q(until__gte=term.since)).first()
    if clash:
        end = f"{japan.wareki(clash.until)}まで" if clash.until else ""
        raise ValidationError(
            f"この方は、{japan.wareki(clash.since)}から{end}、このグループの助言者です。重ならない日にしてください。",
            code="overlap",
        )


def _end_of_year(day: datetime.date) -> datetime.date:
    return datetime.date(japan.fiscal_year(day) + 1, 3, 31)


def _lock(group: Group) -> None:
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)


def _read_again(term: Adviser) -> None:
    """Raises ValidationError if somebody took the term back meanwhile."""
    try:
        term.refresh_from_db()
    except Adviser.DoesNotExist as error:
        raise ValidationError("この任期は、もう取り消されています。") from error
