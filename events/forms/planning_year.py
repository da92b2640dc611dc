"""The whole year: for each month a tick and a day, proposed by the group's rule."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.forms.redrawn import Redrawn
from events.meeting_dates import Rule
from events.models import Meeting
from events.planning import beginning, year
from groups.forms.groups import WEEKS
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group
from iri_exchange.lib.fields import DayFormField, HourField


class Row(NamedTuple):
    """One month on the page: its two fields, or the meeting that is there."""

    first: datetime.date
    meeting: Meeting | None
    tick: Any
    day: Any
    instead_of: str


class YearForm(Redrawn, forms.Form):
    """The rule can be another one than the group's; `again` proposes by it, and plans nothing."""

    week = forms.TypedChoiceField(label="週", choices=WEEKS[1:], coerce=int)
    weekday = forms.TypedChoiceField(label="曜日", choices=Group.Weekday.choices, coerce=int)
    start = HourField(label="始まり")
    end = HourField(label="終わり")
    place = StoredField(Meeting, "place")

    def __init__(self, data: Any = None, *, group: Group, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.group, self.redrawn = group, bool(data and "again" in data)
        rule = self._rule()
        self.initial.update(year.usual_hours(group), week=rule.week, weekday=rule.weekday)
        self.months = year.months_ahead(group, rule)
        for month in self.months:
            if month.meeting is None:
                name = f"{month.first:%Y_%m}"
                self.fields[f"tick_{name}"] = forms.BooleanField(
                    label=f"{month.first.year}年{month.first.month}月に開く",
                    required=False,
                    initial=bool(month.day),
                )
                self.fields[f"day_{name}"] = DayFormField(
                    label=f"{month.first.year}年{month.first.month}月の日", required=False, initial=month.day
                )
        if self.redrawn:
            self._propose_anew()
        for name in ("week", "weekday"):
            self.fields[name].widget.attrs["class"] = "w-m"
        self.helper = plain_helper()

    def _rule(self) -> Rule:
        """What was chosen on the page, else the group's, else that of its latest meeting, else 第2水曜日."""
        sent = [self.data.get(name, "") for name in ("week", "weekday")]
        if sent[0] in "12345" and sent[1] in "01234" and all(len(each) == 1 for each in sent):
            return Rule(int(sent[0]), int(sent[1]))
        last = beginning.last_of(self.group)
        return beginning.groups_rule(self.group) or (beginning.rule_of(last) if last else Rule(2, 2))

    def _propose_anew(self) -> None:
        """The days follow the rule that was chosen; what else was typed stays."""
        data: Any = self.data
        data = data.copy()
        for name, field in self.fields.items():
            if name.startswith("day_"):
                data[name] = f"{field.initial:%Y-%m-%d}" if field.initial else ""
            elif name.startswith("tick_"):
                data.pop(name, None)
                if field.initial:
                    data[name] = "on"
        self.data = data

    @property
    def table(self) -> Iterator[Row]:
        """The months in their order."""
        for month in self.months:
            name = f"{month.first:%Y_%m}"
            tick, day = (None, None) if month.meeting else (self[f"tick_{name}"], self[f"day_{name}"])
            yield Row(month.first, month.meeting, tick, day, month.instead_of)

    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", ValidationError("終わりを、始まりより後にしてください。", code="order"))
        self.days = list(self._days(values))
        if not (self.days or self.errors):
            self.add_error(None, ValidationError("開く月に、1つは印をつけてください。", code="required"))
        return values

    def _days(self, values: dict[str, Any]) -> Iterator[datetime.date]:
        seen: set[datetime.date] = set()
        for name in [each for each in self.fields if each.startswith("tick_")]:
            other = name.replace("tick_", "day_")
            day = values.get(other)
            if not values.get(name) or other in self.errors:
                continue
            if day is None:
                self.add_error(other, ValidationError("日を入れるか、印を外してください。", code="required"))
            elif day in seen or day <= timezone.localdate():
                said = "同じ日が、2度あります。" if day in seen else "今日より後の日にしてください。"
                self.add_error(other, ValidationError(said, code="day"))
            else:
                seen.add(day)
                yield day

    def act(self) -> Any:
        """Let the verb plan them; what it refuses stands at the top of the form."""
        values = self.cleaned_data
        try:
            return year.plan_year(
                group=self.group,
                days=self.days,
                start=values["start"],
                end=values["end"],
                place=values["place"],
            )
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return None
