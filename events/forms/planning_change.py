"""A meeting that is planned is put right; whoever was told of it is told of another day, hour or place."""

import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from events.forms.planning import WHEN, Answer, MeetingForm
from events.models import Meeting, Notice
from events.planning import agenda
from events.telling import changes
from groups.forms.parts import StoredField
from groups.models import Group
from iri_exchange.lib.fields import LineField
from members.forms import section


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
        self.answers = dict(instance.invited_groups.values_list("group", "state"))
        # The version first: what is read after it is at least as new.
        version = agenda.version_of(instance)
        super().__init__(data, group=instance.group, instance=instance, **kwargs)
        self.initial.update(when_of(instance), agenda_version=version)
        self.initial["invited"] = [pk for pk, state in self.answers.items() if state != Answer.DECLINED]
        self.initial["shown_invited"] = " ".join(map(str, self.initial["invited"]))
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

    def called(self, group: Group) -> str:
        if group.pk not in self.answers:
            return str(group)
        state = Answer(self.answers[group.pk])
        return f"{group}（{state.label}{'。選ぶと、もう一度たずねます' if state == Answer.DECLINED else ''}）"

    @property
    def shown(self) -> list[int] | None:
        """The groups (ids) that were chosen when the page was drawn, of those that can be chosen; None where it says none."""
        if "shown_invited" not in self.data:
            return None
        known = {str(group.pk): group.pk for group in self.fields["invited"].queryset}  # type: ignore[attr-defined]
        return [known[each] for each in self.cleaned_data["shown_invited"].split() if each in known]

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
                shown=self.shown,
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
