"""Small SVG shapes on a sheet of 64 × 64 units, all in `currentColor`; the drawn marks are made of them.

Angles are in turns, clockwise from the top; lengths are in units of the sheet. A hole is cut by the
even-odd rule, so that whatever lies behind shows through, on a screen and on paper.
"""

from collections.abc import Iterable
from math import cos, pi, sin

CENTRE = 32.0
Point = tuple[float, float]


def number(value: float) -> str:
    """At most two decimals, and none where none are needed."""
    return f"{round(value, 2) + 0:g}"


def at(turn: float, radius: float, centre: Point = (CENTRE, CENTRE)) -> Point:
    """The point at an angle and a distance from a centre."""
    return centre[0] + radius * sin(2 * pi * turn), centre[1] - radius * cos(2 * pi * turn)


def through(points: Iterable[Point], *, closed: bool = True) -> str:
    """Path data through the points, in straight lines."""
    return "M" + "L".join(f"{number(x)} {number(y)}" for x, y in points) + ("z" if closed else "")


def polygon(corners: int, radius: float, turn: float = 0, centre: Point = (CENTRE, CENTRE)) -> str:
    """Path data of a regular polygon with a corner at `turn`."""
    return through(at(turn + k / corners, radius, centre) for k in range(corners))


def star(points: int, outer: float, inner: float) -> str:
    """Path data of a star: as many corners far out as close in."""
    return through(at(k / points / 2, inner if k % 2 else outer) for k in range(2 * points))


def teeth(count: int, outer: float, inner: float) -> str:
    """Path data of a gear wheel's rim; a tooth is narrower at its head."""
    corners = [(-0.29, inner), (-0.17, outer), (0.17, outer), (0.29, inner)]
    return through(at((k + shift) / count, radius) for k in range(count) for shift, radius in corners)


def spokes(count: int, start: float, end: float, turn: float = 0) -> str:
    """Path data of lines between two circles."""
    return "".join(
        through([at(turn + k / count, start), at(turn + k / count, end)], closed=False) for k in range(count)
    )


def hole(x: float, y: float, radius: float) -> str:
    """Path data of a full circle; inside a solid shape it is a hole."""
    r, across = number(radius), number(2 * radius)
    return f"M{number(x - radius)} {number(y)}a{r} {r} 0 1 0 {across} 0a{r} {r} 0 1 0 -{across} 0z"


def solid(*data: str) -> str:
    """A filled shape; what lies inside it twice is a hole."""
    return f'<path d="{"".join(data)}" fill="currentColor" fill-rule="evenodd"/>'


def line(*data: str, width: float = 3) -> str:
    """A drawn line."""
    style = 'fill="none" stroke="currentColor" stroke-linejoin="round"'
    return f'<path d="{"".join(data)}" {style} stroke-width="{number(width)}"/>'


def dot(x: float, y: float, radius: float) -> str:
    return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="currentColor"/>'


def ring(x: float, y: float, radius: float, width: float = 3) -> str:
    return (
        f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" '
        f'fill="none" stroke="currentColor" stroke-width="{number(width)}"/>'
    )


def box(x: float, y: float, width: float, height: float) -> str:
    """Path data of a rectangle."""
    return f"M{number(x)} {number(y)}h{number(width)}v{number(height)}h{number(-width)}z"
