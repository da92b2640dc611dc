"""Setting the tables right by hand: seats locked, exchanged, moved, given to newcomers; shown to those who come."""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.exchange.entering.places import lock
from events.exchange.tables.effects import Standing
from events.exchange.tables.making import BUSY, as_fields
from events.exchange.tables.reading import Arrangement
from events.models import JointExchange, TablePlan, TableSeat
from iri_exchange.lib import history
from members.models import User

# By hand a table may become larger than the others.
MOST_ABOVE = 2
NO_SEATS = "席が、まだありません。先に席を作ってください。"
GONE = "その席は、もうありません。画面を開き直してください。"
LOCKED = "動かさない席は、入れ替えられません。先に「動かせるようにする」を押してください。"
CHANGED = "そのあいだに、ほかの方がこの席を変えました。いまの席を確かめて、もう一度お選びください。"


@transaction.atomic
def lock_seat(
    *, exchange: JointExchange, seat: TableSeat, by: User, locked: bool = True, seen: int | None = None
) -> None:
    """The seat stays when the tables are worked out anew; or does not any more. `seen`: the table that the page showed;
    ValidationError if it is another by now.
    """
    _held(exchange)
    seat = _fresh(seat, seen)
    _lock([seat], by, locked)


@transaction.atomic
def lock_table(*, exchange: JointExchange, round_: int, table: int, by: User, locked: bool = True) -> int:
    """All seats of a table in a round; how many changed."""
    arrangement = _held(exchange)
    seats = [seat for seat in arrangement.seats if (seat.round, seat.table) == (round_, table)]
    if not seats:
        raise ValidationError(GONE)
    return _lock([seat for seat in seats if seat.is_locked != locked], by, locked)


@transaction.atomic
def swap(
    *,
    exchange: JointExchange,
    one: TableSeat,
    other: TableSeat,
    by: User,
    seen: tuple[int | None, int | None] = (None, None),
) -> None:
    """Two people exchange their seats of one round. `seen`: the tables of both that the page showed.

    Raises ValidationError if one is locked, or gone, or at another table meanwhile.
    """
    arrangement = _held(exchange)
    one, other = _fresh(one, seen[0]), _fresh(other, seen[1])
    if one.round != other.round or one.table == other.table:
        raise ValidationError("同じ回の、別の卓の方と入れ替えてください。")
    if one.is_locked or other.is_locked:
        raise ValidationError(LOCKED)
    one.table, other.table = other.table, one.table
    with history.step("分散会の席を入れ替える", by):
        history.update([one, other], ["table"])
        _recount(arrangement.exchange)


@transaction.atomic
def move(*, exchange: JointExchange, seat: TableSeat, table: int, by: User, seen: int | None = None) -> None:
    """Somebody sits down at another table of the same round, which may become larger than the others, up to two seats.

    `seen`: as for `lock_seat`.
    """
    arrangement = _held(exchange)
    seat = _fresh(seat, seen)
    if seat.is_locked:
        raise ValidationError(LOCKED)
    sizes = sizes_of(arrangement, seat.round)
    if table not in sizes or table == seat.table:
        raise ValidationError("その回にある、別の卓を選んでください。")
    if sizes[table] >= arrangement.exchange.table_seats + MOST_ABOVE:
        raise ValidationError(f"{table}卓には、もう{sizes[table]}名います。どなたかと入れ替えてください。")
    seat.table = table
    with history.step("分散会の席を移す", by):
        history.update([seat], ["table"])
        _recount(arrangement.exchange)


@transaction.atomic
def place(*, exchange: JointExchange, by: User) -> int:
    """Everybody without a seat gets one: where it breaks the fewest rules, of those where there is most room. How many seats."""
    arrangement = _held(exchange)
    seating = dict(arrangement.seating)
    new = []
    for row, rounds in arrangement.unseated:
        for round_ in rounds:
            # Each is weighed with those before at their new tables.
            table = _best_table(arrangement, Standing(arrangement.problem, seating), round_, row.pk)
            seating[round_, row.pk] = table
            new.append(TableSeat(plan=arrangement.plan, registration_id=row.pk, round=round_, table=table))
    with history.step("席のない方に席を決める", by):
        history.create(new)
        _recount(arrangement.exchange)
    return len(new)


@transaction.atomic
def show(*, exchange: JointExchange, by: User) -> None:
    """From now on everybody sees their own tables by their link. Raises ValidationError as long as somebody has none."""
    arrangement = _held(exchange)
    if arrangement.unseated:
        raise ValidationError(f"席のない方が{len(arrangement.unseated)}名います。先に席を決めてください。")
    if arrangement.exchange.tables_shown_at is None:
        _tell(arrangement.exchange, by, "分散会の席を見せる", timezone.now)


@transaction.atomic
def hide(*, exchange: JointExchange, by: User) -> None:
    """Nobody but the office sees the tables."""
    exchange = lock(exchange)
    if exchange.tables_shown_at is not None:
        _tell(exchange, by, "分散会の席を見せるのをやめる", lambda: None)


def sizes_of(arrangement: Arrangement, round_: int) -> dict[int, int]:
    """{table: how many sit there} in a round; tables that cancellations have emptied count, as 0."""
    tables = max((seat.table for seat in arrangement.seats), default=0)
    found = dict.fromkeys(range(1, tables + 1), 0)
    for seat in arrangement.seats:
        if seat.round == round_:
            found[seat.table] += 1
    return found


def _best_table(arrangement: Arrangement, standing: Standing, round_: int, who: int) -> int:
    sizes = dict.fromkeys(sizes_of(arrangement, round_), 0)
    for (at, _), table in standing.seating.items():
        if at == round_:
            sizes[table] += 1
    room = [table for table, size in sizes.items() if size < arrangement.exchange.table_seats]
    fewest = min(sizes.values())
    # A table for one more rather than one that nobody else sits at.
    free = [table for table in room if sizes[table]] or room
    return min(
        free or [table for table, size in sizes.items() if size == fewest],
        key=lambda table: (*standing.move(round_, who, table).merit[:1], sizes[table], table),
    )


def _held(exchange: JointExchange) -> Arrangement:
    """The tables as they are under the lock of the exchange. Raises ValidationError if there are none, or are being made."""
    arrangement = Arrangement(lock(exchange))
    if arrangement.plan is None or not arrangement.seats:
        raise ValidationError(NO_SEATS)
    if arrangement.plan.state in TablePlan.OPEN:
        raise ValidationError(BUSY)
    if arrangement.exchange.state == JointExchange.State.CANCELLED:
        raise ValidationError("この合同交流会は中止になったので、席は変えられません。")
    return arrangement


def _fresh(seat: TableSeat, seen: int | None = None) -> TableSeat:
    found = TableSeat.objects.filter(pk=seat.pk).first()
    if found is None:
        raise ValidationError(GONE)
    if seen is not None and found.table != seen:
        raise ValidationError(CHANGED)
    return found


def _lock(seats: list[TableSeat], by: User, locked: bool) -> int:
    for seat in seats:
        seat.is_locked = locked
    with history.step("分散会の席を動かさない" if locked else "分散会の席を動かせるようにする", by):
        history.update(seats, ["is_locked"])
    return len(seats)


def _recount(exchange: JointExchange) -> None:
    """What the plan says of itself, after a change by hand."""
    arrangement = Arrangement(exchange)
    plan = arrangement.plan
    if plan is None:
        raise ValidationError(NO_SEATS)
    for name, value in as_fields(arrangement.counts).items():
        setattr(plan, name, value)
    plan.people = len({seat.registration_id for seat in arrangement.seats})
    # What the worker said of its own tables holds no more.
    plan.message = ""
    plan.save()


def _tell(exchange: JointExchange, by: User, reason: str, at: Callable[[], object]) -> None:
    with history.step(reason, by):
        exchange.tables_shown_at = at()  # type: ignore[assignment]
        exchange.save(update_fields=["tables_shown_at", "changed_at"])
