"""Who stands where: the floor plan is changed, booths are placed and numbered, one by one or all in one go."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from events.exchange.booths import arranging, floor
from events.exchange.booths.locking import lock, lock_booth, require_ahead
from events.models import Booth, Circuit, JointExchange
from iri_exchange.lib import history

State = Booth.State
NOT_ACCEPTED = "場所と番号は、出展と決めたものだけに付けられます。"
NO_PLACE = "そこは、出展の場所ではありません。会場図を確かめてください。"
TAKEN = "{}には、「{}」がもう入っています。空いている場所を選んでください。"


@transaction.atomic
def change_floor(*, exchange: JointExchange, plan: str, watts: Mapping[str, int], by: Any) -> JointExchange:
    """Keep the plan as typed and what each circuit carries ({letter: W}). Booths stay where they are.

    Raises ValidationError where a booth would lose its place, where there would be fewer places than exhibitors, and
    for a circuit that the record refuses.
    """
    exchange = lock(exchange)
    require_ahead(exchange)
    drawn = floor.read(plan)
    accepted = list(Booth.objects.filter(exchange=exchange, state=State.ACCEPTED).defer("picture"))
    lost = [each for each in accepted if each.place_row is not None and place_of(each) not in drawn.places]
    if lost:
        names = "、".join(f"{floor.name_of(*place_of(each))}の「{each.exhibitor}」" for each in lost[:5])
        raise ValidationError(f"{names}の場所がなくなります。先に場所を移すか、外してください。", code="lost")
    if len(drawn.places) < len(accepted):
        raise ValidationError(
            f"出展と決めたのは{len(accepted)}件なのに、場所が{len(drawn.places)}しかありません。", code="few"
        )
    exchange.floor = drawn.text
    with history.step("会場図の変更", by):
        exchange.save(update_fields=["floor", "changed_at"])
        _keep_circuits(exchange, {letter: watts.get(letter) for letter in drawn.letters})
    return exchange


@transaction.atomic
def place(*, booth: Booth, at: tuple[int, int] | None, by: Any) -> Booth:
    """Put an accepted booth on a free place (row, column), or with None on none. Another place was not told yet.

    Raises ValidationError for what is no place, and for one that is taken.
    """
    booth = lock_booth(booth)
    require_ahead(booth.exchange)
    _require_accepted(booth)
    if at is not None and at not in floor.stored(booth.exchange.floor).places:
        raise ValidationError(NO_PLACE, code="no_place")
    if at is not None:
        others = Booth.objects.filter(exchange=booth.exchange, place_row=at[0], place_column=at[1])
        if there := others.exclude(pk=booth.pk).first():
            raise ValidationError(TAKEN.format(floor.name_of(*at), there.exhibitor), code="taken")
    if (booth.place_row is not None and place_of(booth)) == (at or False):
        return booth
    booth.place_row, booth.place_column = at or (None, None)
    booth.told_at = None
    with history.step("出展の場所", by):
        booth.save(update_fields=["place_row", "place_column", "told_at"])
    return booth


@transaction.atomic
def number(*, booth: Booth, to: int | None, by: Any) -> Booth:
    """Give an accepted booth a number by hand, or with None take it away. Raises ValidationError for one in use."""
    booth = lock_booth(booth)
    require_ahead(booth.exchange)
    _require_accepted(booth)
    if booth.number == to:
        return booth
    booth.number, booth.told_at = to, None
    booth.full_clean()
    with history.step("出展の番号", by):
        booth.save(update_fields=["number", "told_at"])
    return booth


@transaction.atomic
def place_all(*, exchange: JointExchange, by: Any) -> list[Booth]:
    """Put every accepted booth without a place on one; those that have one stay. Returns those that were placed."""
    exchange = lock(exchange)
    require_ahead(exchange)
    booths = list(accepted_of(exchange))
    found = arranging.arrange(
        floor.stored(exchange.floor), booths, limits_of(exchange), arranging.neighbours_of(booths)
    )
    moved = [each for each in booths if each.pk in found]
    with history.step("出展を自動で並べる", by):
        for booth in moved:
            booth.place_row, booth.place_column = found[booth.pk]
            booth.told_at = None
            booth.save(update_fields=["place_row", "place_column", "told_at"])
    return moved


@transaction.atomic
def number_all(*, exchange: JointExchange, by: Any, afresh: bool = False) -> list[Booth]:
    """Number the placed booths in the order of their places; numbers that are there stay, and are skipped. `afresh`
    takes all numbers away first. Returns those whose number is another one now.
    """
    exchange = lock(exchange)
    require_ahead(exchange)
    booths = list(accepted_of(exchange))
    before = {each.pk: each.number for each in booths}
    kept = set() if afresh else {each.number for each in booths if each.number}
    free = (each for each in range(1, 1000) if each not in kept)
    placed = sorted((each for each in booths if each.place_row is not None), key=place_of)
    numbers = {each.pk: next(free) for each in placed if afresh or each.number is None}
    wanted = {pk: numbers.get(pk, None if afresh else old) for pk, old in before.items()}
    changed = [each for each in booths if wanted[each.pk] != each.number]
    with history.step("出展の番号を振る", by):
        # A number belongs to one booth only, at every moment: those that change are taken away first.
        Booth.objects.filter(pk__in=[each.pk for each in changed]).update(number=None)
        for booth in changed:
            booth.number, booth.told_at = wanted[booth.pk], None
            booth.save(update_fields=["number", "told_at"])
    return changed


def place_of(booth: Booth) -> tuple[int, int]:
    """Of a booth that has one."""
    assert booth.place_row is not None
    assert booth.place_column is not None
    return booth.place_row, booth.place_column


def accepted_of(exchange: JointExchange) -> Any:
    """Those that exhibit, by number, without their pictures."""
    rows = Booth.objects.filter(exchange=exchange, state=State.ACCEPTED).defer("picture")
    return rows.select_related("company", "group", "partner_group").order_by(
        F("number").asc(nulls_last=True), "exhibitor", "pk"
    )


def limits_of(exchange: JointExchange) -> dict[str, int]:
    """{letter: W} of the circuits."""
    return dict(exchange.circuits.values_list("letter", "watts"))


def _require_accepted(booth: Booth) -> None:
    if booth.state != State.ACCEPTED:
        raise ValidationError(NOT_ACCEPTED, code="state")


def _keep_circuits(exchange: JointExchange, wanted: Mapping[str, int | None]) -> None:
    there = {each.letter: each for each in exchange.circuits.all()}
    for letter in there.keys() - wanted.keys():
        there[letter].delete()
    for letter, watts in wanted.items():
        circuit = there.get(letter) or Circuit(exchange=exchange, letter=letter)
        if watts is not None and circuit.watts != watts:
            circuit.watts = watts
        elif circuit.pk:
            continue
        circuit.full_clean(exclude=["exchange"])
        circuit.save()
