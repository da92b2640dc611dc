"""The forms of the steps before a launch: the name, the ceremony, the people, the rule of the meetings and their days."""

import datetime
from collections.abc import Iterator
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from events.meeting_dates import Rule, proposed
from groups import advising, leading
from groups.forms.groups import WEEKS, plain_slug
from groups.forms.newcomer import NEW, NewcomerForm
from groups.forms.officers import PersonField
from groups.forms.parts import plain_helper
from groups.models import Group, OfficerTerm
from iri_exchange.lib import uploads
from iri_exchange.lib.fields import DayFormField, HourField, LineField
from iri_exchange.lib.versions import Versioned
from iri_exchange.office import launching
from iri_exchange.office.launching import Times
from members.forms import pair, section

Role = OfficerTerm.Role
USUAL_START, USUAL_END = datetime.time(15), datetime.time(17)
CHOOSE = "選んでください。"
NO_FAMILY_NAME = "新しい助言者の氏を入れるか、ほかの欄も空けてください。"
MOST_DAYS = 24
OFFICERS = {"chair": Role.CHAIR, "secretary": Role.SECRETARY}


class NameForm(Versioned):
    """What the group is called, in words and in addresses, and how it looks. The working name makes way for its own."""

    class Meta:
        model = Group
        fields = ("name", "kana", "slug", "number_prefix", "introduction", "room", "mark", "logo")
        widgets: ClassVar = {"room": forms.RadioSelect, "mark": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kana"].required = True
        self.fields["slug"].help_text = "半角の英小文字と数字、ハイフン。発会のあとは変えません。例：tama24"
        self.fields["logo"].widget.attrs["accept"] = "image/png,image/jpeg"
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        self.helper.layout = Layout(
            section("名前", "name", "kana", "slug", "number_prefix", "introduction"),
            section(
                "色と図案",
                Field("room", template="groups/_room_keys.html"),
                Field("mark", template="groups/_mark_keys.html"),
                "logo",
            ),
        )

    def clean_slug(self) -> str:
        return plain_slug(self.cleaned_data["slug"])

    def clean_logo(self) -> Any:
        upload = self.cleaned_data["logo"]
        return uploads.as_png(upload) if upload and "logo" in self.changed_data else upload

    def act(self) -> Group:
        """Only what is asked is written, and the keys derived from it."""
        return _saved(self, "search_key", "sort_key")


class CeremonyForm(forms.Form):
    """発会式: proposed for the day that the round planned."""

    day = DayFormField(
        label="発会式の日", help_text="この日から、発足年度が始まります。例：2027-07-09、R9.7.9"
    )
    start = HourField(label="始まり")
    end = HourField(label="終わり")
    place = LineField(
        label="会場",
        max_length=80,
        error_messages={"required": "会場を入れてください。"},
        help_text="例：多摩テクノプラザ 大会議室",
    )
    address = LineField(label="会場の住所", max_length=160, required=False)

    def __init__(self, *args: Any, group: Group, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        self.initial = self._as_planned() or self._as_usual()
        self.helper = plain_helper()
        self.helper.layout = Layout("day", pair("start", "end"), "place", "address")

    def _as_planned(self) -> dict[str, Any]:
        planned = launching.ceremony_of(self.group)
        if planned is None:
            return {}
        start, end = timezone.localtime(planned.starts_at), timezone.localtime(planned.ends_at)
        when = {"day": planned.day, "start": start.time(), "end": end.time()}
        return {**when, "place": planned.place, "address": planned.address}

    def _as_usual(self) -> dict[str, Any]:
        call, office = getattr(self.group, "recruitment_round", None), self.group.office
        where = {"place": office.name, "address": office.address}
        return {"day": call and call.launch_on, "start": USUAL_START, "end": USUAL_END, **where}

    def clean(self) -> dict[str, Any]:
        super().clean()
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and end <= start:
            self.add_error(
                "end", ValidationError("終わりの時刻を、始まりより後にしてください。", code="order")
            )
        return self.cleaned_data

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands in the form."""
        try:
            launching.set_ceremony(group=self.group, times=Times(**self.cleaned_data), by=self.by)
        except ValidationError as error:
            self.add_error("day", ValidationError(error.messages))
            return False
        return True


class PeopleForm(NewcomerForm):
    """Who leads the group from its launch on, if that is known, and who advises it: somebody known, or somebody new."""

    may_be_nobody = True
    chair = PersonField(label="代表幹事", queryset=None, required=False, empty_label="まだ決めない")
    secretary = PersonField(label="事務局", queryset=None, required=False, empty_label="まだ決めない")

    def __init__(self, *args: Any, group: Group, by: Any, day: datetime.date, **kwargs: Any) -> None:
        self.group, self.by = group, by
        super().__init__(*args, known=advising.those_known(), **kwargs)
        self.fields["person"].label = "助言者"
        self.fields["person"].empty_label = "まだ決めない、または新しい方を下に書く"  # type: ignore[attr-defined]
        for name, role in OFFICERS.items():
            self.fields[name].queryset = leading.candidates(group, day)  # type: ignore[attr-defined]
            self.fields[name].widget.attrs["class"] = "w-m"
            self.initial[name] = launching.officer_of(group, role)
        adviser = group.advisers.select_related("person").first()
        self.initial["person"] = adviser and adviser.person
        self.order_fields([*OFFICERS, "person"])

    def clean(self) -> dict[str, Any]:
        super().clean()
        typed = any(self.cleaned_data.get(name) for name in NEW)
        if typed and not self.names_somebody and "family_name" not in self.errors:
            self.add_error("family_name", ValidationError(NO_FAMILY_NAME, code="required"))
        return self.cleaned_data

    @property
    def officers(self) -> Iterator[Any]:
        return (self[name] for name in OFFICERS)

    @property
    def adviser(self) -> Iterator[Any]:
        return (field for field in self if field.name not in OFFICERS)

    def act(self) -> bool:
        """Whether the verb took it; what it refuses stands at the top of the form."""
        try:
            self._name()
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True

    @transaction.atomic
    def _name(self) -> None:
        adviser = self.someone(timezone.localdate()) if self.names_somebody else None
        officers: dict[str, Any] = {role: self.cleaned_data[name] for name, role in OFFICERS.items()}
        launching.name_people(group=self.group, officers=officers, adviser=adviser, by=self.by)


class RuleForm(Versioned):
    """第n曜日, the time and the place: from these the days are proposed."""

    prefix = "rule"
    meeting_week = forms.TypedChoiceField(
        label="定例会の週", choices=WEEKS[1:], coerce=int, error_messages={"required": CHOOSE}
    )
    meeting_weekday = forms.TypedChoiceField(
        label="定例会の曜日", choices=Group.Weekday.choices, coerce=int, error_messages={"required": CHOOSE}
    )
    meeting_time = HourField(label="定例会の時刻")

    class Meta:
        model = Group
        fields = ("meeting_week", "meeting_weekday", "meeting_time", "meeting_place")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = {"meeting_week": 2, "meeting_weekday": 2, "meeting_time": USUAL_START}
        for name, value in usual.items():
            if self.initial.get(name) is None:
                self.initial[name] = value
        self.initial["meeting_place"] = self.initial.get("meeting_place") or self.instance.office.name
        for name in ("meeting_week", "meeting_weekday"):
            self.fields[name].widget.attrs["class"] = "w-m"
        self.fields["meeting_place"].help_text = "ふだんの会場。空けておいてもかまいません。"
        self.helper = plain_helper()
        self.helper.layout = Layout(pair("meeting_week", "meeting_weekday"), "meeting_time", "meeting_place")

    def act(self) -> Group:
        """As `NameForm.act`."""
        return _saved(self)


class DaysForm(forms.Form):
    """One line for each meeting: planned already, or proposed by the rule; an empty one is no meeting."""

    def __init__(
        self, *args: Any, group: Group, by: Any, launch: datetime.date, anew: bool = False, **kwargs: Any
    ) -> None:
        """`anew`: the days that the rule gives, though others are planned."""
        super().__init__(*args, **kwargs)
        self.group, self.by = group, by
        self.planned = [] if anew else [meeting.day for meeting in launching.regular_of(group)]
        days = self.planned or self._proposed(launch)
        sent = sum(name.startswith("day_") for name in self.data)
        for place in range(min(max(len(days) + 1, sent), MOST_DAYS)):
            day = days[place] if place < len(days) else None
            self.fields[f"day_{place + 1}"] = DayFormField(
                label=f"第{place + 1}回" if day else "もう1回ふやすとき", required=False, initial=day
            )
        self.helper = plain_helper()

    @property
    def is_blank(self) -> bool:
        """No day is there: the rule comes first."""
        return not any(self[name].value() for name in self.fields)

    def _proposed(self, launch: datetime.date) -> list[datetime.date]:
        week, weekday = self.group.meeting_week, self.group.meeting_weekday
        if week is None or weekday is None:
            return []
        return proposed(Rule(week, weekday), after=launch, until=launching.end_of_year(launch))

    def clean(self) -> dict[str, Any]:
        super().clean()
        seen: set[datetime.date] = set()
        for name, day in list(self.cleaned_data.items()):
            if day in seen:
                self.add_error(name, ValidationError("同じ日が、2度あります。", code="twice"))
            if day:
                seen.add(day)
        if not (seen or self.errors):
            self.add_error(None, ValidationError("定例会の日を、1つは入れてください。", code="required"))
        return self.cleaned_data

    def act(self) -> bool:
        """As `PeopleForm.act`."""
        days = [day for day in self.cleaned_data.values() if day]
        try:
            launching.plan_meetings(group=self.group, days=days, by=self.by)
        except ValidationError as error:
            self.add_error(None, ValidationError(error.messages))
            return False
        return True


def _saved(form: Versioned, *derived: str) -> Group:
    """Only what is asked is written: numbers may have been given out meanwhile."""
    group: Group = form.instance
    group.save(update_fields=[*form.fields, *derived])
    return group
