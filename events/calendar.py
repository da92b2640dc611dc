"""The programme's year, April to March: its periods, its goal, and where in it a day stands.

Data and geometry of the year line; templates/_components/year_line.html draws it. Positions are per cent
of the line's width, so that the drawing fits any page without scaling its letters; pixels are used only
for what keeps its size. The periods come from the programme itself and are the same every year.
"""

import calendar
import datetime
from dataclasses import dataclass

from iri_exchange.lib import japan

FIRST_MONTH = 4
EXCHANGE_MONTH = 2
# The flag keeps inside the line on a page as narrow as this; at both ends it leans inwards.
NARROWEST = 288
FLAG_HALF_WIDTH = 68
FLAG_TIP_HALF_WIDTH = 7


@dataclass(frozen=True)
class Period:
    """A part of the year, from the first of one month to the end of another."""

    label: str
    first: int
    last: int


PERIODS = (
    Period("募集", 4, 5),
    Period("審査", 6, 6),
    Period("発会", 7, 7),
    Period("毎月の定例会", 8, 3),
)


@dataclass(frozen=True)
class Span:
    """A stretch of the line with its words; all three places in per cent."""

    label: str
    start: float
    end: float

    @property
    def middle(self) -> float:
        return round((self.start + self.end) / 2, 2)

    @property
    def width(self) -> float:
        return round(self.end - self.start, 2)


@dataclass(frozen=True)
class Month(Span):
    """A cell of the scale; `filled` is how much of it has passed, in per cent of the line."""

    filled: float
    is_here: bool


@dataclass(frozen=True)
class Flag:
    """The flag over today: its outline as path data in pixels around today, the middle of its words."""

    outline: str
    middle: float


@dataclass(frozen=True)
class YearLine:
    today: datetime.date
    fiscal_year: int
    now: float
    period: Period
    months: list[Month]
    spans: list[Span]
    flag: Flag
    goal: float
    ahead: Span | None

    @property
    def says(self) -> str:
        """The second sentence under the line: what comes next. The first one names the period."""
        return _says(self.today.month, self.period.label)


def year_line(today: datetime.date) -> YearLine:
    """Everything the drawing needs for one day."""
    now, goal = position(today), _middle_of(EXCHANGE_MONTH)
    left = months_until(EXCHANGE_MONTH, today.month)
    return YearLine(
        today=today,
        fiscal_year=japan.fiscal_year(today, FIRST_MONTH),
        now=now,
        period=next(period for period in PERIODS if _order(today.month) <= _order(period.last)),
        months=[_month(order, now) for order in range(12)],
        spans=[
            Span(period.label, _start(_order(period.first)), _start(_order(period.last) + 1))
            for period in PERIODS
        ],
        flag=_flag(now),
        goal=goal,
        # Nearer than this, the words would not fit between today and the goal.
        ahead=Span(f"あと{left}か月", now, goal) if left >= 2 else None,
    )


def position(day: datetime.date) -> float:
    """Where a day begins on the line: 0 on 1 April, just under 100 on 31 March."""
    days = calendar.monthrange(day.year, day.month)[1]
    return round((_order(day.month) + (day.day - 1) / days) / 12 * 100, 2)


def months_until(month: int, from_month: int) -> int:
    """Months to go within the fiscal year; negative when the month has passed."""
    return _order(month) - _order(from_month)


def _order(month: int) -> int:
    """0 for April … 11 for March."""
    return (month - FIRST_MONTH) % 12


def _start(order: int) -> float:
    return round(order / 12 * 100, 2)


def _middle_of(month: int) -> float:
    return round((_order(month) + 0.5) / 12 * 100, 2)


def _month(order: int, now: float) -> Month:
    number = (order + FIRST_MONTH - 1) % 12 + 1
    start, end = _start(order), _start(order + 1)
    filled = round(min(max(now - start, 0), end - start), 2)
    return Month(str(number), start, end, filled, is_here=start <= now < end)


def _flag(now: float) -> Flag:
    """Leans inwards near the ends, just enough on the narrowest page; its tip always points at today."""
    room_left, room_right = now / 100 * NARROWEST, (100 - now) / 100 * NARROWEST
    lean = max(FLAG_HALF_WIDTH - room_left, 0) - max(FLAG_HALF_WIDTH - room_right, 0)
    left, right = round(lean - FLAG_HALF_WIDTH, 1), round(lean + FLAG_HALF_WIDTH, 1)
    tip_left, tip_right = max(-FLAG_TIP_HALF_WIDTH, left), min(FLAG_TIP_HALF_WIDTH, right)
    outline = f"M{left:g} 0H{right:g}V24H{tip_right:g}L0 34 {tip_left:g} 24H{left:g}z"
    return Flag(outline, round(lean, 1))


def _says(month: int, period: str) -> str:
    if period == "募集":
        return "新しいグループの会員を募集しています。新しいグループは7月に発会します。"
    if period == "審査":
        return "申し込まれた方を審査しています。新しいグループは7月に発会します。"
    if period == "発会":
        return "新しいグループが集まり、名称と役員を決めます。8月から毎月、定例会を開きます。"
    left = months_until(EXCHANGE_MONTH, month)
    if left < 0:
        return "4月から新しい年度です。新しいグループの会員の募集が始まります。"
    if left == 0:
        return "今月は、すべてのグループが集まる合同交流会の月です。"
    if left == 1:
        return "来月は、すべてのグループが集まる合同交流会の月です。"
    return f"すべてのグループが集まる2月の合同交流会まで、あと{left}か月です。"
