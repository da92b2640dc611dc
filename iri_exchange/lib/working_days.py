"""Days on which the institute works: no weekend, no holiday (国民の祝日), no turn of the year.

The holidays come from jpholiday, which knows the law (国民の祝日に関する法律) with its substitute days; the turn of the
year is that of public bodies (行政機関の休日に関する法律: 29 December to 3 January).
"""

import datetime

ONE_DAY = datetime.timedelta(days=1)
SATURDAY = 5
# (month, day) of the turn of the year.
TURN_OF_THE_YEAR = frozenset([(12, 29), (12, 30), (12, 31), (1, 1), (1, 2), (1, 3)])


def closed_for(day: datetime.date) -> str:
    """Why the institute does not work on a day: 憲法記念日, 年末年始, 土曜日, 日曜日; "" if it does."""
    if holiday := _holiday(day):
        return holiday
    if (day.month, day.day) in TURN_OF_THE_YEAR:
        return "年末年始"
    return "" if day.weekday() < SATURDAY else "土曜日" if day.weekday() == SATURDAY else "日曜日"


def is_working_day(day: datetime.date) -> bool:
    return not closed_for(day)


def next_working_day(day: datetime.date) -> datetime.date:
    """The day itself, or the first one after it on which the institute works."""
    while not is_working_day(day):
        day += ONE_DAY
    return day


def a_year_later(day: datetime.date) -> datetime.date:
    """The same day of the next year, or the next working day; the end of February stays one."""
    last_of_february = (day.month, day.day) == (2, 29)
    return next_working_day(day.replace(year=day.year + 1, day=28 if last_of_february else day.day))


def _holiday(day: datetime.date) -> str:
    # Here, so that what never asks for a holiday does not load fifty of them.
    import jpholiday

    return jpholiday.is_holiday_name(day) or ""
