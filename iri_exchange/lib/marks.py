"""Drawn marks: simple emblems a group may take until it has a logo of its own. Ours, no borrowed pictures.

Each is the inside of an SVG of 64 × 64 units that draws in `currentColor`. The key is stored with the
group: a mark may be drawn better, but its key stays.
"""

from dataclasses import dataclass
from math import cos, pi, sin

from iri_exchange.lib.drawing import (
    CENTRE,
    at,
    box,
    dot,
    hole,
    line,
    polygon,
    ring,
    solid,
    spokes,
    star,
    teeth,
    through,
)


@dataclass(frozen=True)
class Mark:
    label: str
    shapes: str


def _dots() -> str:
    places = [10 + 11 * k for k in range(5)]
    return "".join(dot(x, y, 2.2 if (x + y) % 2 else 4.2) for y in places for x in places)


def _plaza() -> str:
    houses = "".join(box(x, y, 7, 7) for x in (18, 28.5) for y in (18, 28.5, 39))
    return line(polygon(6, 28.5)) + solid(houses) + line(box(40, 24.25, 5, 5), box(40, 34.75, 5, 5), width=2)


def _seigaiha() -> str:
    """Wave scales: three arcs one inside the other, in rows that lean on each other."""
    arcs = "".join(
        f"M{x - r} {y}a{r} {r} 0 0 1 {2 * r} 0"
        for y, row in ((24, (32,)), (38, (18, 46)), (52, (32,)))
        for x in row
        for r in (13, 8, 3)
    )
    return line(arcs, width=2.6)


def _spiral() -> str:
    turns = [k / 40 for k in range(131)]
    return line(through([at(t, 2 + 7.6 * t) for t in turns], closed=False), width=4)


def _knot() -> str:
    """A trefoil, the closed line that cannot be undone."""
    angles = [2 * pi * k / 90 for k in range(90)]
    curve = [
        (
            CENTRE + 8.8 * (sin(a) + 2 * sin(2 * a)),
            CENTRE - 8.8 * (cos(a) - 2 * cos(2 * a)),
        )
        for a in angles
    ]
    return line(through(curve), width=4.2)


def _fan() -> str:
    pivot, leaves = (32.0, 46.0), 7
    spread = [-0.2 + 0.4 * k / leaves for k in range(leaves + 1)]
    rim = [at(t, 33, pivot) for t in spread]
    inner = [at(t, 15, pivot) for t in reversed(spread)]
    ribs = "".join(through([at(t, 4, pivot), at(t, 33, pivot)], closed=False) for t in spread)
    return line(through(rim + inner), width=2.4) + line(ribs, width=1.8) + dot(*pivot, 3.4)


def _loom() -> str:
    """Over and under: each thread is broken where another one passes above it."""
    threads = ""
    for row in range(4):
        for column in range(4):
            x, y = 6 + 14 * column, 6 + 14 * row
            threads += box(x - 1.5, y + 2.5, 13, 5) if (row + column) % 2 else box(x + 2.5, y - 1.5, 5, 13)
    return solid(threads)


def _network() -> str:
    outer = [at(k / 5, 23) for k in range(5)]
    return (
        line(spokes(5, 0, 23), through(outer), width=2)
        + dot(32, 32, 7)
        + "".join(dot(x, y, 5) for x, y in outer)
    )


def _flow() -> str:
    paths = "".join(f"M12 {y}h8c10 0 10 {32 - y} 20 {32 - y}h12" for y in (12, 32, 52))
    return line(paths) + "".join(dot(10, y, 4.5) for y in (12, 32, 52)) + solid("M46 22l14 10-14 10z")


def _river() -> str:
    return line(*(f"M{x} 4c-9 11 9 17 0 28s9 17 0 28" for x in (16, 32, 48)), width=6)


def _blocks() -> str:
    full = solid(
        box(7, 40, 15, 15),
        box(24.5, 40, 15, 15),
        box(42, 40, 15, 15),
        box(15.75, 22.5, 15, 15),
    )
    return full + line(box(34.75, 24, 12, 12), box(26, 6.5, 12, 12))


def _gear_t() -> str:
    return (
        line(spokes(24, 24, 30), width=3.2)
        + ring(32, 32, 20.5, 1.5)
        + line("M17 25h30M32 25v21", width=6.5)
        + line("M13 39c5-4 8 4 13 0m12 0c5-4 8 4 13 0", width=2.2)
    )


def _no_mark() -> str:
    """A dashed ring: this group has not chosen yet."""
    dashes = [through([at((k + part / 6) / 14, 25) for part in range(4)], closed=False) for k in range(14)]
    return line(*dashes) + line("M32 20v24M20 32h24")


def _geta() -> str:
    board = "M7 22a9 9 0 019-9h32a9 9 0 019 9v9H7z"
    strap = "M18.5 26c6-8 21-8 27 0l-2.4 1.8c-5-6.4-17.2-6.4-22.2 0z"
    return solid(board, strap) + solid(box(15, 34, 9, 18), box(40, 34, 9, 18))


def _bridge() -> str:
    water = "M8 55" + "c4-3 8 3 12 0s8 3 12 0" * 2
    return line("M4 46h56M10 46c0-30 44-30 44 0", width=4) + line(
        "M20 46V31M32 46V24M44 46V31", water, width=2.4
    )


def _leaf() -> str:
    vein = "M18 44C26 32 34 25 45 19 35 27 28 34 21 45z"
    return solid("M54 9C26 8 9 22 12 47l-5 8 4 2 5-7c24 3 39-13 38-41z", vein)


def _bolt() -> str:
    thread = "".join(f"M24 {y}l16-4v4l-16 4z" for y in (29, 37, 45))
    return solid(box(17, 5, 30, 14)) + solid(f"M24 21h16v30l-8 8-8-8z{thread}")


def _prism() -> str:
    return line("M32 10l21 38H11z", width=4) + line("M2 39l20-8M43 30l20 1M45 34l17 9M47 38l12 16", width=2.4)


def _mountain() -> str:
    snow = "M25 18l-6.6 13 3.6 3 3-3 3 3 3.6-3z"
    return solid("M3 54L25 11l9 17.5 6-8.5 21 34z", snow)


def _tree() -> str:
    crown = dot(32, 19, 13) + dot(20, 33, 12) + dot(44, 33, 12)
    return crown + solid(box(20, 30, 24, 15), box(29, 45, 6, 15))


def _seed() -> str:
    leaves = "M31 38C31 22 21 14 5 14c0 16 10 25 26 24zM33 31c0-14 10-23 27-23 0 16-10 24-27 23z"
    return line("M32 60V34", width=4) + solid(leaves)


def _kite() -> str:
    return line("M32 4l18 20-18 22-18-22zM32 4v42M14 24h36") + line("M32 46c8 5-8 8 0 14", width=2.4)


def _anchor() -> str:
    shank = line("M32 18v38M20 27h24M9 38c2 24 44 24 46 0", width=4.4)
    return ring(32, 12, 6, 3.6) + shank + solid("M4 44l5-10 8 8zM60 44l-5-10-8 8z")


def _lantern() -> str:
    body = line("M23 13c-14 9-14 29 0 38h18c14-9 14-29 0-38z") + line(
        "M15 23.5h34M13 32h38M15 40.5h34", width=2.2
    )
    return solid(box(23, 6, 18, 5), box(23, 53, 18, 5)) + body


def _compass() -> str:
    needle = solid("M44 20L36 36 20 44l8-16z", hole(32, 32, 3.5))
    return ring(32, 32, 26) + line(spokes(4, 20, 26)) + needle


def _flask() -> str:
    glass = line("M24 8h16M27 8v16L11 50a5 5 0 004 7h34a5 5 0 004-7L37 24V8", width=3.4)
    return glass + solid("M20 40c6-4 10 4 16 0 3-2 6-1 8 0l7 11a3 3 0 01-2 4H15a3 3 0 01-2-4z")


def _sunrise() -> str:
    rays = "".join(
        through([at(t / 9.5, 23, (32, 46)), at(t / 9.5, 32, (32, 46))], closed=False) for t in range(-2, 3)
    )
    return solid("M14 46a18 18 0 0136 0z") + line("M4 52h56M14 59h36", rays)


NO_MARK = Mark("図案なし", _no_mark())

MARKS: dict[str, Mark] = {
    "gear_t": Mark("歯車とT", _gear_t()),
    "plaza": Mark("六角の広場", _plaza()),
    "rings": Mark("二つの輪", ring(24, 27, 17, 4) + ring(40, 37, 17, 4) + dot(32, 32, 4)),
    "geta": Mark("下駄", _geta()),
    "dots": Mark("点の格子", _dots()),
    "gear": Mark("歯車", solid(teeth(10, 29, 22.5), hole(32, 32, 9))),
    "nut": Mark("ナット", solid(polygon(6, 29, 1 / 12), hole(32, 32, 14)) + ring(32, 32, 10, 2)),
    "bolt": Mark("ボルト", _bolt()),
    "loom": Mark("織り", _loom()),
    "flask": Mark("フラスコ", _flask()),
    "prism": Mark("プリズム", _prism()),
    "crystal": Mark(
        "結晶",
        line(polygon(6, 27), spokes(3, 0, 27, 1 / 6), width=3.4) + dot(32, 32, 5),
    ),
    "blocks": Mark("積み木", _blocks()),
    "steps": Mark("階段", solid("M6 56V46h13V35h13V24h13V13h13v43z")),
    "wheel": Mark(
        "車輪",
        ring(32, 32, 25, 5) + line(spokes(8, 8, 24), width=2.8) + ring(32, 32, 7, 4),
    ),
    "compass": Mark("羅針", _compass()),
    "anchor": Mark("いかり", _anchor()),
    "bridge": Mark("橋", _bridge()),
    "mountain": Mark("山", _mountain()),
    "river": Mark("川", _river()),
    "waves": Mark("青海波", _seigaiha()),
    "sunrise": Mark("朝日", _sunrise()),
    "tree": Mark("木", _tree()),
    "leaf": Mark("葉", _leaf()),
    "seed": Mark("芽", _seed()),
    "fan": Mark("扇", _fan()),
    "lantern": Mark("提灯", _lantern()),
    "kite": Mark("凧", _kite()),
    "knot": Mark("結び", _knot()),
    "network": Mark("つながり", _network()),
    "flow": Mark("合流", _flow()),
    "arrows": Mark(
        "行き交う矢",
        line("M8 23h34M56 41H22", width=5) + solid("M40 11l18 12-18 12zM24 29L6 41l18 12z"),
    ),
    "spiral": Mark("渦", _spiral()),
    "star": Mark(
        "八角の星",
        line(polygon(4, 28), polygon(4, 28, 1 / 8), width=3.4) + dot(32, 32, 5),
    ),
    "burst": Mark("火花", solid(star(12, 30, 15), hole(32, 32, 7))),
}


def mark_choices() -> list[tuple[str, str]]:
    """(key, label) of every mark: a callable, so that a new mark needs no migration."""
    return [(key, mark.label) for key, mark in MARKS.items()]
