"""Which booth goes where, by rule: the same booths and the same plan always give the same places."""

import datetime
from collections.abc import Mapping, Sequence

from django.utils import timezone

from events.exchange.booths.floor import Cell, Floor
from events.models import Booth
from groups.models import Membership

Place = tuple[int, int]


def neighbours_of(booths: Sequence[Booth], day: datetime.date | None = None) -> dict[int, str]:
    """{booth id: what puts it beside others}: the group it belongs to, a company's oldest one; "" for none."""
    companies = [each.company_id for each in booths if each.company_id]
    rows = Membership.objects.belonging(day or timezone.localdate()).filter(company__in=companies)
    found = rows.order_by("-group__founded_year", "-group__sort_key").values_list(
        "company_id", "group__sort_key"
    )
    groups = dict(found.exclude(company=None)) if companies else {}
    return {each.pk: _of_a_group(each) or groups.get(each.company_id, "") for each in booths}


def arrange(
    floor: Floor, booths: Sequence[Booth], limits: Mapping[str, int], beside: Mapping[int, str]
) -> dict[int, Place]:
    """{booth id: place} for those without one, as many as there are free places: groups and trades side by side,
    and no circuit above its limit (W) as long as that can be had. `limits` without a letter: no limit.
    """
    taken = {(each.place_row, each.place_column) for each in booths if each.place_row is not None}
    free = [cell for place, cell in floor.places.items() if place not in taken]
    left = {letter: limits.get(letter, 10**9) for letter in floor.letters}
    for each in booths:
        cell = floor.places.get((each.place_row, each.place_column))  # type: ignore[arg-type]
        if cell:
            left[cell.letter] -= each.watts
    waiting = sorted(
        (each for each in booths if each.place_row is None), key=lambda each: _order(each, beside)
    )
    waiting = waiting[: len(free)]
    heavy_first = sorted(waiting, key=lambda each: -each.watts)
    best, over = _fill(waiting, free, left)
    # A hall is rarely that short of power; where it is, the heavy ones choose first, in two ways.
    for evenly in (False, True):
        if over:
            careful, excess = _fill(heavy_first, free, left, evenly=evenly)
            if excess < over:
                best, over = _side_by_side(waiting, careful), excess
    return {pk: (cell.row, cell.column) for pk, cell in best.items()}


def _fill(
    booths: Sequence[Booth], free: Sequence[Cell], left: Mapping[str, int], *, evenly: bool = False
) -> tuple[dict[int, Cell], int]:
    """Each in turn on the first place whose circuit carries it (`evenly`: where most is left), else where most is left;
    and by how many W too much.
    """
    cells, rest = list(free), dict(left)
    found: dict[int, Cell] = {}
    for booth in booths:
        fitting = (
            cell for cell in cells if not evenly and (not booth.watts or rest[cell.letter] >= booth.watts)
        )
        cell = next(fitting, None) or max(cells, key=lambda cell: rest[cell.letter])
        cells.remove(cell)
        rest[cell.letter] -= booth.watts
        found[booth.pk] = cell
    return found, sum(min(0, left[letter]) - min(0, watts) for letter, watts in rest.items())


def _side_by_side(order: Sequence[Booth], found: Mapping[int, Cell]) -> dict[int, Cell]:
    """Within each circuit the places are handed out anew, in the order of groups and trades."""
    places: dict[str, list[Cell]] = {}
    for cell in sorted(found.values()):
        places.setdefault(cell.letter, []).append(cell)
    return {each.pk: places[found[each.pk].letter].pop(0) for each in order}


def _order(booth: Booth, beside: Mapping[int, str]) -> tuple[bool, str, str, str, int]:
    """Groups in their order, those without one last; within a group by trade and name."""
    group = beside.get(booth.pk, "")
    return (not group, group, booth.trade or "~", booth.exhibitor, booth.pk)


def _of_a_group(booth: Booth) -> str:
    if booth.group:
        return booth.group.sort_key
    return f"~{booth.partner_group.sort_key}" if booth.partner_group else ""
