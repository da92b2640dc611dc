"""A meeting is planned, and put right: its facts, its deadlines, who else is invited, its agenda."""

import datetime
from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from events.forms.planning_agenda import rows_of
from events.forms.redrawn import Redrawn
from events.models import Meeting, Notice
from events.planning import agenda, making
from events.planning.beginning import agenda_like, as_usual, end_of, like, moment
from events.planning.people import members_of
from events.telling import changes
from groups.forms.parts import StoredField, plain_helper
from groups.models import Group
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, HourField, LineField, RecordsField
from iri_exchange.lib.versions import Versioned
from members.forms import NumberField, pair, section

# What is no column of the record, as the columns it would be.
DAYS, HOURS = ("day", "last_day", "reply_by", "party_by"), ("start", "end")
WHEN: dict[str, Any] = {name: models.DateField() for name in DAYS} | {
    name: models.TimeField() for name in HOURS
}
PARTY = ("party_time", "party_place", "party_fee", "party_by")
PLACES = {"starts_at": "day", "ends_at": "end", "reply_until": "reply_by", "party_until": "party_by"}
NOT_BOTH = "懇親会の内容が入っています。懇親会があるときは印をつけ、ないときは内容を消してください。"
NOT_OURS = "この日には、グループが自分で運営しています。会合は、グループの役員が予定します。"
EXAMPLE = "例：2026-12-09、R8.12.9"
Stage = Group.Stage


class MeetingForm(Redrawn, Versioned):
    """What every meeting has. `more`: another few rows of the agenda are asked for, and nothing is saved."""

    lock = "group"
    number = NumberField(label="第n回", required=False, reader=japan.whole_number)
    day = DayFormField(label="日", help_text=EXAMPLE)
    start = HourField(label="始まり")
    end = HourField(label="終わり")
    last_day = DayFormField(label="終わりの日", required=False, help_text="泊まりのときだけ入れます。")
    fee = NumberField(label="会費（円）", required=False, reader=japan.whole_number)
    capacity = NumberField(label="定員（人）", required=False, reader=japan.whole_number)
    reply_by = DayFormField(
        label="お返事の期限",
        required=False,
        help_text="この日の終わりまで受け付けます。会合の前の日までにします。",
    )
    party_time = HourField(label="懇親会の始まり", required=False)
    party_fee = NumberField(label="懇親会の会費（円）", required=False, reader=japan.whole_number)
    party_by = DayFormField(
        label="懇親会のお返事の期限", required=False, help_text="会合と同じなら、空けておきます。"
    )
    invited = RecordsField(
        label="招くグループ", queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="選んだグループの会員にも、案内が届きます。議事録は見えません。",
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = (
            "number", "title", "place", "address", "online_url", "fee", "capacity", "note", "has_party",
            "party_time", "party_place", "party_fee",
        )  # fmt: skip

    def __init__(self, data: Any = None, *, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.group, self.user = group, user
        self.redrawn = bool(data and "more" in data)
        today = timezone.localdate()
        others = Group.objects.as_of(today).filter(stage__in=[Stage.LAUNCHED, Stage.SELF_MANAGED])
        self.fields["invited"].queryset = others.exclude(pk=group.pk)  # type: ignore[attr-defined]
        self.fields["title"].required = False
        self.fields["title"].help_text = "空けておくと、種類の名前（定例会など）になります。"
        self.fields["online_url"].help_text = "会員にだけ見えます。https:// から始まる住所。"
        self.fields["address"].help_text = "入れると、地図へのリンクが出ます。"
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.sections())
        self.members = members_of(group, today)
        self.rows = rows_of(data, self.lines(), self.members, more=self.redrawn)

    def sections(self) -> list[Any]:
        return [
            section("いつ", "day", pair("start", "end"), "last_day", "reply_by"),
            section("なにを", "number", "title", "note"),
            section("どこで", "place", "address", "online_url"),
            section("会費と定員", pair("fee", "capacity")),
            section(
                "懇親会", "has_party", pair("party_time", "party_fee"), "party_place", "party_by"
            ),
            Field("invited", template="events/_invited_field.html"),
        ]  # fmt: skip

    def lines(self) -> list[agenda.Line]:
        """With which lines the agenda begins."""
        return []

    # ── what is sent ──
    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        self._check_hours(values)
        self._check_deadlines(values)
        if not values.get("has_party") and any(values.get(name) for name in PARTY):
            self.add_error("has_party", ValidationError(NOT_BOTH, code="party"))
        if not self.rows.is_valid():
            for sentence in self.rows.faults or self.rows.non_form_errors():
                self.add_error(None, ValidationError(sentence))
        return values

    def _check_hours(self, values: dict[str, Any]) -> None:
        if not (values.get("day") and values.get("start") and values.get("end")):
            return
        values["starts_at"] = moment(values["day"], values["start"])
        values["ends_at"] = moment(values.get("last_day") or values["day"], values["end"])
        if values["ends_at"] <= values["starts_at"]:
            which = "last_day" if values.get("last_day") and values["last_day"] < values["day"] else "end"
            self.add_error(which, ValidationError("終わりを、始まりより後にしてください。", code="order"))
        there = Meeting(group=self.group, starts_at=values["starts_at"])
        if not self.user.has_perm("events.run_meeting", there):
            self.add_error("day", ValidationError(NOT_OURS, code="not_ours"))

    def _check_deadlines(self, values: dict[str, Any]) -> None:
        day, last = values.get("day"), values.get("reply_by")
        if day and last and last >= day:
            self.add_error("reply_by", ValidationError("会合より前の日にしてください。", code="late"))
        if values.get("party_by") and day and values["party_by"] > day - datetime.timedelta(days=1):
            self.add_error("party_by", ValidationError("会合より前の日にしてください。", code="late"))

    def _post_clean(self) -> None:
        """The verbs check the whole record; here each field is checked alone."""

    # ── what the verbs are asked ──
    @property
    def facts(self) -> dict[str, Any]:
        """As `meetings.plan` and `meetings.move` know them."""
        values = self.cleaned_data
        own = [name for name in self.Meta.fields if name in self.fields]
        facts = {name: values[name] for name in [*own, "starts_at", "ends_at"]}
        facts["title"] = (
            facts["title"] or self.instance.get_kind_display() if self.instance.pk else facts["title"]
        )
        for name, day in (("reply_until", values["reply_by"]), ("party_until", values["party_by"])):
            facts[name] = end_of(day) if day else None
        return facts

    def refuse(self, error: ValidationError) -> None:
        """Beside its field, or at the top of the form."""
        said = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
        for name, sentences in said.items():
            place = PLACES.get(name, name)
            self.add_error(place if place in self.fields else None, ValidationError(sentences))


class NewMeetingForm(MeetingForm):
    """Filled with last month's (`source`), or with what is usual in the group."""

    kind = forms.ChoiceField(label="種類", choices=Meeting.Kind.choices)

    class Meta(MeetingForm.Meta):
        fields = ("kind", *MeetingForm.Meta.fields)

    def __init__(self, data: Any = None, *, group: Group, source: Meeting | None, **kwargs: Any) -> None:
        self.source = source
        initial = like(source) if source else as_usual(group)
        super().__init__(data, group=group, initial=initial | kwargs.pop("initial", {}), **kwargs)
        self.fields["number"].help_text = "空けておくと、定例会には次の番号がつきます。"
        self.fields["kind"].widget.attrs["class"] = "w-m"

    def sections(self) -> list[Any]:
        first, what, *rest = super().sections()
        what.fields.insert(0, "kind")
        return [first, what, *rest]

    def lines(self) -> list[agenda.Line]:
        return agenda_like(self.source) if self.source else []

    def act(self) -> Meeting | None:
        """Let the verb plan it; what it refuses stands in the form."""
        try:
            return making.plan(
                group=self.group, invited=self.cleaned_data["invited"], lines=self.rows.lines, **self.facts
            )
        except ValidationError as error:
            self.refuse(error)
            return None


class ChangeMeetingForm(MeetingForm):
    """A meeting that is planned. Whoever was told of it is told when its day, hours or place become others."""

    words = StoredField(
        Notice, "words", widget=forms.Textarea(attrs={"rows": 3}),
        help_text="日時か会場が変わるときだけ、案内をお送りした方へのお知らせに入ります。",
    )  # fmt: skip
    agenda_version = LineField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: Meeting, **kwargs: Any) -> None:
        self.meeting = instance
        self.agenda_now: list[agenda.Line] = []
        # The version first: what is read after it is at least as new.
        version = agenda.version_of(instance)
        super().__init__(data, group=instance.group, instance=instance, **kwargs)
        self.initial.update(when_of(instance), agenda_version=version)
        self.initial["invited"] = [row.group_id for row in instance.invited_groups.all()]
        self.fields["words"].label = "変更のお知らせに添えることば"
        if instance.state != Meeting.State.ANNOUNCED:
            del self.fields["words"]

    def sections(self) -> list[Any]:
        parts = super().sections()
        words = [section("お知らせ", "words")] if self.meeting.state == Meeting.State.ANNOUNCED else []
        return [*parts, *words, "agenda_version"]

    def lines(self) -> list[agenda.Line]:
        return agenda.lines_of(self.meeting)

    def clean(self) -> dict[str, Any]:
        super().clean()
        sent, now = self.cleaned_data.get("agenda_version"), agenda.version_of(self.meeting)
        if sent and sent != now and agenda.lines_of(self.meeting) != self.rows_sent:
            self.agenda_now = agenda.lines_of(self.meeting)
            data: Any = self.data
            data = data.copy()
            data["agenda_version"] = now
            self.data = data
            self.add_error(
                None,
                ValidationError(
                    "ほかの方が、先に次第を直しました。下に並べた「いまの次第」と見くらべて、もう一度保存してください。",
                    code="agenda",
                ),
            )
        return self.cleaned_data

    @property
    def rows_sent(self) -> list[agenda.Line]:
        return self.rows.lines if self.rows.is_valid() else []

    def act(self) -> changes.Changed | None:
        """Let the verb change it and tell; what it refuses stands in the form."""
        try:
            return changes.change(
                meeting=self.meeting,
                by=self.user,
                words=self.cleaned_data.get("words", ""),
                invited=self.cleaned_data["invited"],
                lines=self.rows.lines,
                **self.facts,
            )
        except ValidationError as error:
            self.refuse(error)
            return None

    # ── two at once: the day and the hours of the form are two columns of the record ──
    def _column(self, name: str) -> Any:
        return WHEN.get(name) or super()._column(name)

    def stored(self, name: str, record: Any) -> Any:
        return when_of(record)[name] if name in WHEN else super().stored(name, record)

    def typed(self, name: str) -> Any:
        values = self.cleaned_data
        if name in values and (name in WHEN or super()._column(name)):
            return values[name]
        return super().typed(name)


def when_of(meeting: Any) -> dict[str, Any]:
    """Day and hours as the form shows them, of a meeting or of a row of its history."""
    start, end = timezone.localtime(meeting.starts_at), timezone.localtime(meeting.ends_at)

    def day(moment: datetime.datetime | None) -> datetime.date | None:
        return timezone.localdate(moment) if moment else None

    return {
        "day": start.date(),
        "start": start.time().replace(second=0, microsecond=0),
        "end": end.time().replace(second=0, microsecond=0),
        "last_day": end.date() if end.date() != start.date() else None,
        "reply_by": day(meeting.reply_until),
        "party_by": day(meeting.party_until),
    }
