"""A meeting is planned, and put right: its facts, its deadlines, who else is invited, its agenda."""

import datetime
from typing import Any

from crispy_forms.layout import Field, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone

from events.forms.planning_agenda import rows_of
from events.forms.redrawn import Redrawn
from events.joining import offers
from events.models import InvitedGroup, Meeting, OfferAnswer
from events.planning import agenda, making
from events.planning.beginning import agenda_like, as_usual, end_of, like, moment
from events.planning.people import members_of
from groups.forms.parts import plain_helper
from groups.models import Group
from groups.unnamed import masked
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
Stage, Answer = Group.Stage, InvitedGroup.State


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
        label="いっしょに開くグループ", queryset=Group.objects.none(), required=False, widget=forms.CheckboxSelectMultiple,
        help_text="選んだグループの役員の方に、いっしょに開きませんかとたずねます。「いっしょに開く」と答えたグループの会員に、案内が届きます。議事録は見えません。",
    )  # fmt: skip
    shown_invited = LineField(required=False, widget=forms.HiddenInput)
    open_seats = NumberField(
        label="ほかのグループの方の席（人）", required=False, reader=japan.whole_number,
        help_text="入れると、案内を送ったあと、掲示板に出ます。どのグループの会員も、1人ずつ席をとれます。",
    )  # fmt: skip

    class Meta:
        model = Meeting
        fields: tuple[str, ...] = (
            "number", "title", "place", "address", "online_url", "fee", "capacity", "open_seats", "note", "has_party",
            "party_time", "party_place", "party_fee",
        )  # fmt: skip

    def __init__(self, data: Any = None, *, group: Group, user: Any, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.group, self.user = group, user
        self.redrawn = bool(data and "more" in data)
        today = timezone.localdate()
        others = Group.objects.as_of(today).filter(stage__in=[Stage.LAUNCHED, Stage.SELF_MANAGED])
        self.fields["invited"].queryset = others.exclude(pk=group.pk)  # type: ignore[attr-defined]
        self.fields["invited"].label_from_instance = self.called  # type: ignore[attr-defined]
        self.fields["title"].required = False
        self.fields["title"].help_text = "空けておくと、種類の名前（定例会など）になります。"
        self.fields["online_url"].help_text = "会員にだけ見えます。https:// から始まる住所。"
        self.fields["address"].help_text = "入れると、地図へのリンクが出ます。"
        self.helper = plain_helper()
        self.helper.layout = Layout(*self.sections())
        self.members = masked(members_of(group, today), user)
        self.rows = rows_of(data, self.lines(), self.members, more=self.redrawn)

    def sections(self) -> list[Any]:
        return [
            section("いつ", "day", pair("start", "end"), "last_day", "reply_by"),
            section("なにを", "number", "title", "note"),
            section("どこで", "place", "address", "online_url"),
            section("会費と定員", pair("fee", "capacity"), "open_seats"),
            section(
                "懇親会", "has_party", pair("party_time", "party_fee"), "party_place", "party_by"
            ),
            Field("invited", template="events/_invited_field.html"),
            "shown_invited",
        ]  # fmt: skip

    def lines(self) -> list[agenda.Line]:
        """With which lines the agenda begins."""
        return []

    def called(self, group: Group) -> str:
        """How a group that can be asked is called."""
        return str(group)

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

    def __init__(
        self,
        data: Any = None,
        *,
        group: Group,
        source: Meeting | None,
        hand: OfferAnswer | None = None,
        **kwargs: Any,
    ) -> None:
        self.source, self.hand = source, hand
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
            with transaction.atomic():
                made = making.plan(
                    group=self.group, invited=self.cleaned_data["invited"], by=self.user, lines=self.rows.lines,
                    **self.facts,
                )  # fmt: skip
                if self.hand:
                    offers.planned(answer=self.hand, meeting=made)
                return made
        except ValidationError as error:
            self.refuse(error)
            return None
