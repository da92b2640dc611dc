"""The office says who exhibits: never more than the floor plan has places."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from events.exchange.booths import floor, letters
from events.exchange.booths.applying import NOWHERE
from events.exchange.booths.locking import lock, require_ahead
from events.models import Booth, JointExchange
from iri_exchange.lib import history, states

State = Booth.State
NO_PLACES = "会場図に、出展の場所がありません。先に会場図を書いてください。"
WORDS: Any = Booth._meta.get_field("answer_words")
NOBODY = "出展を、1つは選んでください。"


@transaction.atomic
def accept(
    *, exchange: JointExchange, booths: Collection[int], by: Any, words: str | None = None
) -> list[Booth]:
    """These booths (their ids) exhibit: all, or none. `words`: to the exhibitor, None leaves what is there.

    Raises ValidationError where the plan has fewer places, naming how many are left, for one that is decided, and for
    one declined whose exhibitor has another application meanwhile.
    """
    exchange = lock(exchange)
    chosen = _chosen(exchange, booths)
    places = len(floor.stored(exchange.floor).places)
    free = places - Booth.objects.filter(exchange=exchange, state=State.ACCEPTED).count()
    if not places:
        raise ValidationError(NO_PLACES, code="no_places")
    if len(chosen) > free:
        raise ValidationError(
            f"会場図の場所は{places}、空いているのは{max(free, 0)}です。{len(chosen)}件は受けられません。",
            code="full",
        )
    with history.step("出展の決定", by):
        for booth in chosen:
            if booth.state == State.DECLINED:
                _refuse_second(booth)
            _advance(booth, State.ACCEPTED, words)
    return chosen


@transaction.atomic
def decline(
    *, exchange: JointExchange, booths: Collection[int], by: Any, words: str | None = None
) -> list[Booth]:
    """These applications (their ids) are declined, each with a letter. Raises ValidationError for one that is decided."""
    exchange = lock(exchange)
    chosen = _chosen(exchange, booths)
    with history.step("出展のお断り", by):
        for booth in chosen:
            _advance(booth, State.DECLINED, words)
            letters.declined(booth)
    return chosen


@transaction.atomic
def reopen(
    *, exchange: JointExchange, booths: Collection[int], by: Any, words: str | None = None
) -> list[Booth]:
    """Back to applications not yet decided; an accepted one loses its place and number. Raises ValidationError where
    the same company or group has another one meanwhile.
    """
    exchange = lock(exchange)
    chosen = _chosen(exchange, booths)
    with history.step("出展の決め直し", by):
        for booth in chosen:
            _refuse_second(booth)
            _advance(booth, State.APPLIED, words, **NOWHERE)
    return chosen


def _chosen(exchange: JointExchange, ids: Collection[int]) -> list[Booth]:
    require_ahead(exchange)
    rows = Booth.objects.filter(exchange=exchange, pk__in=ids).defer("picture")
    chosen = list(rows.select_for_update(no_key=True).order_by("pk"))
    if not chosen:
        raise ValidationError(NOBODY, code="required")
    for booth in chosen:
        booth.exchange = exchange
    return chosen


def _advance(booth: Booth, to: str, words: str | None, **also: Any) -> None:
    if words is not None:
        also["answer_words"] = WORDS.clean(words, booth)
    try:
        states.advance(booth, to, moves=Booth.MOVES, **also)
    except ValidationError as error:
        raise ValidationError([f"{booth}：{said}" for said in error.messages]) from error


def _refuse_second(booth: Booth) -> None:
    if booth.partner_group_id or booth.state == State.ACCEPTED:
        return
    whose = {"company": booth.company_id, "group": booth.group_id}
    live = Booth.objects.filter(exchange=booth.exchange, state__in=[State.APPLIED, State.ACCEPTED], **whose)
    if live.exclude(pk=booth.pk).exists():
        raise ValidationError(f"{booth}：同じ出展者の、別の申込があります。", code="twice")
