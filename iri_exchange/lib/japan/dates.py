"""Dates the Japanese way: eras, fiscal years, weekdays, and reading what people type.

Eras are data: when the next one comes, add a line to ERAS. Starts are those of the era name laws
(平成 昭和64年政令第1号, 令和 平成31年政令第143号).
"""

import datetime
import math
import re
from typing import NamedTuple

from iri_exchange.lib.japan.text import half_width


class Era(NamedTuple):
    """An era by its name, its letter in lists (H24.7) and its first day."""

    name: str
    letter: str
    start: datetime.date


# In order. The older two serve companies that were founded then.
ERAS: tuple[Era, ...] = (
    Era("明治", "M", datetime.date(1868, 10, 23)),
    Era("大正", "T", datetime.date(1912, 7, 30)),
    Era("昭和", "S", datetime.date(1926, 12, 25)),
    Era("平成", "H", datetime.date(1989, 1, 8)),
    Era("令和", "R", datetime.date(2019, 5, 1)),
)

_WEEKDAYS = "月火水木金土日"
_EXAMPLE = "例：2026年7月1日、R8.7.1"

# Outside of these years a date is a slip of the finger, and arithmetic with it may overflow.
_FIRST_YEAR, _LAST_YEAR = 1868, 2099
# Excel counts days from here; the serial numbers of 1954 to 2099 are the ones taken for dates.
_EXCEL_EPOCH = datetime.date(1899, 12, 30)
_FIRST_SERIAL = (datetime.date(1954, 1, 1) - _EXCEL_EPOCH).days
_LAST_SERIAL = (datetime.date(_LAST_YEAR, 12, 31) - _EXCEL_EPOCH).days

_TIME_OF_DAY = re.compile(r"[T ]\s*[0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?(Z|[+-][0-9:]+)?$")
_NOTE = re.compile(r"\([^()]*\)")
_SERIAL = re.compile(r"[0-9]{5}(\.[0-9]+)?")
_EIGHT_DIGITS = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_ERA_AND_SIX_DIGITS = re.compile(r"([a-z])([0-9]{2})([0-9]{2})([0-9]{2})", re.IGNORECASE)
_WRITTEN = re.compile(
    r"(?:(?P<era>[a-z]|(?:(?!元)[一-龠]){1,2})\.?)?(?P<year>[0-9]{1,4}|元)[年./-](?P<month>[0-9]{1,2})"
    r"(?:月?|[月./-](?P<day>[0-9]{1,2})日?)",
    re.IGNORECASE,
)


def wareki(day: datetime.date) -> str:
    """令和8年12月10日"""
    return f"{_year_label(day)}{day.month}月{day.day}日"


def full_date(day: datetime.date) -> str:
    """令和8年（2026年）12月10日（木）"""
    weekday = _WEEKDAYS[day.weekday()]
    return f"{_year_label(day)}（{day.year}年）{day.month}月{day.day}日（{weekday}）"


def short_date(day: datetime.date) -> str:
    """12/10 木"""
    return f"{day.month}/{day.day} {_WEEKDAYS[day.weekday()]}"


def month_day(day: datetime.date) -> str:
    """12月10日（木）, where the year is plain"""
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def era_month(day: datetime.date) -> str:
    """H24.7, as rosters print the month of joining."""
    era = _era_of(day)
    year = f"{era.letter}{_year_in(era, day.year)}" if era else str(day.year)
    return f"{year}.{day.month}"


def era_year(year: int) -> str:
    """令和8年 for 2026. A year of two eras bears the later one, as its last day does: 2019 is 令和元年."""
    return _year_label(datetime.date(year, 12, 31))


def fiscal_year_label(year: int) -> str:
    """令和8年度 for the fiscal year that begins in 2026; 2019 is 令和元年度 (ours)."""
    return f"{era_year(year)}度"


def fiscal_year(day: datetime.date, first_month: int = 4) -> int:
    """The calendar year in which the day's fiscal year began: 2027-02-05 belongs to 2026."""
    return day.year if day.month >= first_month else day.year - 1


def parse_date(value: str | float | datetime.date) -> datetime.date:
    """The day meant by a cell or an input.

    Understands ISO, 2012/7/8, 2012年7月8日, H25.7.1, 平25.7.1, H250701, 令和元年5月1日, 20120708 and Excel's
    day numbers of 1954 to 2099, in full-width too, with a weekday in brackets or a time of day behind. Raises
    ValueError with a plain sentence when it is no date, no such day exists, or only the month is given.
    """
    if isinstance(value, datetime.datetime):
        day = value.date()
    elif isinstance(value, datetime.date):
        day = value
    elif isinstance(value, str):
        day = _parse_text(value)
    else:
        day = _parse_number(value)
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise ValueError(f"{day.year}年は日付として扱えません。年を確かめてください。{_EXAMPLE}")
    return day


def parse_month(text: str) -> datetime.date:
    """The first day of the month that a text gives without a day (2013年7月, H25.7), or ValueError."""
    plain = _plain(text)
    written = _WRITTEN.fullmatch(plain)
    if not written or written["day"]:
        raise ValueError(f"「{text.strip()[:40]}」は年月として読めません。例：2026年7月、R8.7")
    return parse_date(f"{plain.removesuffix('月')}.1")


def _plain(text: str) -> str:
    return re.sub(r"\s", "", _NOTE.sub("", _TIME_OF_DAY.sub("", half_width(text))))


def _parse_text(text: str) -> datetime.date:
    shown = text.strip()[:40]
    plain = _plain(text)
    if _SERIAL.fullmatch(plain):
        return _parse_number(float(plain))
    if found := _EIGHT_DIGITS.fullmatch(plain):
        return _existing_day(shown, *map(int, found.groups()))
    if found := _ERA_AND_SIX_DIGITS.fullmatch(plain):
        return _day_of_era(shown, found[1], int(found[2]), int(found[3]), int(found[4]))
    written = _WRITTEN.fullmatch(plain)
    if not written:
        raise ValueError(f"「{shown}」は日付として読めません。{_EXAMPLE}")
    year, era = written["year"], written["era"]
    if not era and len(year) != 4:
        raise ValueError(f"「{shown}」の年は、4けたの西暦か、元号を付けて入れてください。{_EXAMPLE}")
    if not written["day"]:
        raise ValueError(f"「{shown}」には日がありません。日まで入れてください。{_EXAMPLE}")
    month, day = int(written["month"]), int(written["day"])
    if era:
        return _day_of_era(shown, era, 1 if year == "元" else int(year), month, day)
    return _existing_day(shown, int(year), month, day)


def _parse_number(number: float) -> datetime.date:
    """Excel's day number, or eight digits such as 20120708."""
    if math.isfinite(number) and _FIRST_SERIAL <= number < _LAST_SERIAL + 1:
        return _EXCEL_EPOCH + datetime.timedelta(days=int(number))
    if found := _EIGHT_DIGITS.fullmatch(f"{number:.0f}"):
        return _existing_day(found[0], *map(int, found.groups()))
    raise ValueError(f"「{number:g}」は日付として読めません。{_EXAMPLE}")


def _existing_day(shown: str, year: int, month: int, day: int) -> datetime.date:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise ValueError(f"「{shown}」という日付はありません。暦を確かめてください。") from None


def _day_of_era(shown: str, name: str, year: int, month: int, day: int) -> datetime.date:
    """The day in the era, whose first and last calendar years count whole: 平成31年12月 was printed."""
    era = next((era for era in ERAS if name.upper() == era.letter or name in (era.name, era.name[0])), None)
    if era is None:
        raise ValueError(f"「{shown}」の元号が分かりません。{_EXAMPLE}")
    later_starts = (other.start.year for other in ERAS if other.start > era.start)
    western = era.start.year + year - 1
    if not era.start.year <= western <= min(later_starts, default=_LAST_YEAR):
        raise ValueError(f"「{shown}」：{era.name}{year}年はありません。元号と年を確かめてください。")
    return _existing_day(shown, western, month, day)


def _era_of(day: datetime.date) -> Era | None:
    """The era of the day; none before the first."""
    return max((era for era in ERAS if era.start <= day), key=lambda era: era.start, default=None)


def _year_in(era: Era, year: int) -> int:
    return year - era.start.year + 1


def _year_label(day: datetime.date) -> str:
    era = _era_of(day)
    if era is None:
        return f"{day.year}年"
    number = _year_in(era, day.year)
    return f"{era.name}{'元' if number == 1 else number}年"
