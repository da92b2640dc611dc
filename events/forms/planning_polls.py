"""日程調整: the days that are proposed, and what somebody answers."""

import datetime
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.models import DatePoll, Meeting, PollAnswer, PollVoter
from events.planning import beginning, polls, year
from events.planning.polls import Started
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group
from iri_exchange.lib.fields import DayFormField, HourField

ROWS = 6
WEEK = datetime.timedelta(days=7)
ANSWER_DAYS = datetime.timedelta(days=10)
CHOOSE = "○△×のどれかを選んでください。"


class PollForm(forms.Form):
    """What for, and up to six times; an empty line is none."""

    kind = forms.ChoiceField(label="種類", choices=Meeting.Kind.choices)
    title = StoredField(DatePoll, "title", help_text="例：1月の定例会")
    place = StoredField(DatePoll, "place")
    note = StoredField(DatePoll, "note", widget=forms.Textarea(attrs={"rows": 3}))
    answer_by = DayFormField(label="お返事の期限", help_text="この日の終わりまで受け付けます。")

    def __init__(self, *args: Any, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        self.fields["kind"].widget.attrs["class"] = "w-m"
        days, hours = self._proposed(), year.usual_hours(group)
        self.initial.update(
            {
                "kind": Meeting.Kind.REGULAR,
                "place": hours["place"],
                "answer_by": timezone.localdate() + ANSWER_DAYS,
            }
        )
        if days:
            self.initial["title"] = f"{days[0].month}月の定例会"
        for place in range(ROWS):
            day = days[place] if place < len(days) else None
            number = place + 1
            self.fields[f"day_{number}"] = DayFormField(label=f"候補{number}", required=False, initial=day)
            for name, label in (("start", "始まり"), ("end", "終わり")):
                self.fields[f"{name}_{number}"] = HourField(label=label, required=False, initial=hours[name])
        self.helper = plain_helper()

    def _proposed(self) -> list[datetime.date]:
        """The day of the rule, and the same weekday in the weeks beside it."""
        day = beginning.next_day(self.group, timezone.localdate())
        near = [day - WEEK, day, day + WEEK] if day else []
        return [each for each in near if each > timezone.localdate()]

    @property
    def main(self) -> Iterator[Any]:
        return (self[name] for name in ("kind", "title", "place", "note", "answer_by"))

    @property
    def table(self) -> Iterator[tuple[int, Any, Any, Any]]:
        for number in range(1, ROWS + 1):
            yield number, self[f"day_{number}"], self[f"start_{number}"], self[f"end_{number}"]

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.times = list(self._times(self.cleaned_data))
        if not (self.times or self.errors):
            self.add_error(None, ValidationError("候補の日を、1つは入れてください。", code="required"))
        return self.cleaned_data

    def _times(self, values: dict[str, Any]) -> Iterator[tuple[datetime.datetime, datetime.datetime]]:
        for number in range(1, ROWS + 1):
            day, start, end = (values.get(f"{name}_{number}") for name in ("day", "start", "end"))
            if day is None:
                continue
            if start is None or end is None:
                self.add_error(f"start_{number}", ValidationError("始まりと終わりの時刻を入れてください。"))
            elif end <= start:
                self.add_error(f"end_{number}", ValidationError("終わりを、始まりより後にしてください。"))
            elif day <= timezone.localdate():
                self.add_error(f"day_{number}", ValidationError("今日より後の日にしてください。"))
            else:
                yield beginning.moment(day, start), beginning.moment(day, end)

    def act(self) -> Started | None:
        """Let the verb ask; what it refuses stands in the form."""
        about = {name: self.cleaned_data[name] for name in ("kind", "title", "place", "note")}
        until = beginning.end_of(self.cleaned_data["answer_by"])
        try:
            return polls.start(group=self.group, by=self.by, times=self.times, answer_until=until, **about)
        except ValidationError as error:
            said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
            for name, sentences in said.items():
                place = {"answer_until": "answer_by"}.get(name, name)
                self.add_error(place if place in self.fields else None, ValidationError(sentences))
            return None


class AnswerForm(forms.Form):
    """○△× for each day, as it was answered before; `by`: who writes it down for the person."""

    comment = StoredField(PollVoter, "comment", widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, voter: PollVoter, by: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.voter, self.by = voter, by
        self.dates = list(voter.poll.dates.all())
        known = dict(voter.answers.values_list("date_id", "mark"))
        for date in self.dates:
            self.fields[f"date_{date.pk}"] = forms.ChoiceField(
                label=f"{timezone.localtime(date.starts_at):%-m/%-d %-H:%M}",
                choices=PollAnswer.Mark.choices,
                widget=forms.RadioSelect,
                initial=known.get(date.pk, ""),
                error_messages={"required": CHOOSE},
            )
        self.initial["comment"] = voter.comment
        self.helper = plain_helper()

    @property
    def table(self) -> Iterator[tuple[Any, Any]]:
        for date in self.dates:
            yield date, self[f"date_{date.pk}"]

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands at the top of the form."""
        marks = {date.pk: self.cleaned_data[f"date_{date.pk}"] for date in self.dates}
        try:
            polls.answer(voter=self.voter, marks=marks, comment=self.cleaned_data["comment"], by=self.by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True
