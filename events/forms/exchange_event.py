"""The joint exchange is prepared and put right: when, where, who, how many, from when to when."""

import datetime
from typing import Any

from crispy_forms.layout import Layout
from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone

from events.exchange.entering import resizing
from events.exchange.holding import making
from events.models import JointExchange
from events.planning.beginning import end_of, moment
from groups.forms.parts import plain_helper
from groups.models import Office
from iri_exchange.lib import japan
from iri_exchange.lib.fields import DayFormField, HourField, KnownChoice
from iri_exchange.lib.versions import Versioned
from members.forms import NumberField, pair, section

# What is no column of the record, as the columns it would be.
OPENS = {"entry_from": "registration_from", "call_from": "booths_from"}
SHUTS = {"entry_until": "registration_until", "call_until": "booths_until"}
DAYS = ("day", *OPENS, *SHUTS)
WHEN: dict[str, Any] = {name: models.DateField() for name in DAYS} | {
    name: models.TimeField() for name in ("start", "end")
}
# Where a refusal about a column stands in the form.
PLACES = {column: name for name, column in (OPENS | SHUTS).items()} | {
    "starts_at": "start",
    "ends_at": "end",
    "fiscal_year": "day",
}
PARTY = ("party_time", "party_place", "party_fee")
NOT_BOTH = "懇親会の内容が入っています。懇親会があるときは印をつけ、ないときは内容を消してください。"
EXAMPLE = "例：2027-02-10、R9.2.10"
UNTIL_END = "この日の終わり（23時59分）まで受け付けます。"


class OfficeField(KnownChoice, forms.ModelChoiceField):
    """One of the offices."""


def _number(label: str, **kwargs: Any) -> NumberField:
    return NumberField(label=label, reader=japan.whole_number, **kwargs)


class ExchangeForm(Versioned):
    """All facts of one joint exchange; the fiscal year follows from the day."""

    day = DayFormField(label="日", help_text=EXAMPLE)
    start = HourField(label="始まり")
    end = HourField(label="終わり")
    office = OfficeField(
        label="問い合わせを受ける拠点", queryset=Office.objects.all(), empty_label="選んでください"
    )
    member_capacity = _number("会員の定員（人）", help_text="公社のグループの方も、ここに入ります。")
    public_capacity = _number("一般の方の定員（人）", help_text="一般の方を受けないときは、0。")
    entry_from = DayFormField(label="参加申込の始まり")
    entry_until = DayFormField(label="参加申込の締切", help_text=UNTIL_END)
    call_from = DayFormField(label="出展の募集の始まり")
    call_until = DayFormField(label="出展の募集の締切", help_text=UNTIL_END)
    party_time = HourField(label="懇親会の始まり", required=False)
    party_fee = _number("懇親会の会費（円）", required=False)
    table_rounds = _number("分散会の回数", help_text="分散会を開かないときは、0。")
    table_seats = _number("一つの卓の人数")
    table_minutes = _number("分散会の一回の長さ（分）")

    class Meta:
        model = JointExchange
        fields: tuple[str, ...] = (
            "title", "theme", "introduction", "organisers", "place", "address", "way", "office", "member_capacity",
            "public_capacity", "has_party", "party_time", "party_place", "party_fee", "table_rounds", "table_seats",
            "table_minutes",
        )  # fmt: skip

    def __init__(
        self, data: Any = None, *, by: Any, source: JointExchange | None = None, **kwargs: Any
    ) -> None:
        super().__init__(data, **kwargs)
        self.by, self.source = by, source
        if self.instance.starts_at:
            self.initial.update(when_of(self.instance))
        self.fields["address"].help_text = "入れると、地図へのリンクが出ます。"
        self.fields["office"].widget.attrs["class"] = "w-m"
        self.helper = plain_helper()
        self.helper.layout = Layout(
            section("いつ", "day", pair("start", "end")),
            section("なにを", "title", "theme", "introduction", "organisers"),
            section("どこで", "place", "address", "way", "office"),
            section(
                "参加申込", pair("member_capacity", "public_capacity"), pair("entry_from", "entry_until")
            ),
            section("出展", pair("call_from", "call_until")),
            section("分散会", pair("table_rounds", "table_seats"), "table_minutes"),
            section("懇親会", "has_party", pair("party_time", "party_fee"), "party_place"),
        )

    # ── what is sent ──
    def clean(self) -> dict[str, Any]:
        super().clean()
        values = self.cleaned_data
        if values.get("start") and values.get("end") and values["end"] <= values["start"]:
            self.add_error("end", ValidationError("終わりを、始まりより後にしてください。", code="order"))
        for first, last in zip(OPENS, SHUTS, strict=True):
            if values.get(first) and values.get(last) and values[last] < values[first]:
                self.add_error(
                    last, ValidationError("締切を、始まりより後の日にしてください。", code="order")
                )
        self._check_the_day(values)
        if not values.get("has_party") and any(values.get(name) for name in PARTY):
            self.add_error("has_party", ValidationError(NOT_BOTH, code="party"))
        return values

    def _check_the_day(self, values: dict[str, Any]) -> None:
        day = values.get("day")
        if day and values.get("entry_until") and values["entry_until"] >= day:
            self.add_error(
                "entry_until", ValidationError("合同交流会より前の日にしてください。", code="late")
            )
        if day and values.get("call_until") and values["call_until"] >= day:
            self.add_error("call_until", ValidationError("合同交流会より前の日にしてください。", code="late"))
        others = JointExchange.objects.exclude(pk=self.instance.pk)
        if day and others.filter(fiscal_year=japan.fiscal_year(day)).exists():
            self.add_error("day", ValidationError(making.ONE_A_YEAR, code="unique"))

    def _post_clean(self) -> None:
        """The verbs check the whole record; here each text is checked alone."""
        for name in self.Meta.fields:
            column = self.Meta.model._meta.get_field(name)
            if isinstance(column, models.CharField | models.TextField) and name in self.cleaned_data:
                try:
                    column.clean(self.cleaned_data[name], self.instance)
                except ValidationError as error:
                    self.add_error(name, error)

    @property
    def facts(self) -> dict[str, Any]:
        """As the verbs take them. A moment whose day stays keeps its hour."""
        values = self.cleaned_data
        day = values["day"]
        found = {name: values[name] for name in self.Meta.fields}
        found["starts_at"], found["ends_at"] = moment(day, values["start"]), moment(day, values["end"])
        for name, column in OPENS.items():
            found[column] = self._kept_moment(column, values[name]) or moment(values[name], datetime.time(0))
        for name, column in SHUTS.items():
            found[column] = self._kept_moment(column, values[name]) or end_of(values[name])
        return found

    def _kept_moment(self, column: str, day: datetime.date) -> datetime.datetime | None:
        at: datetime.datetime | None = getattr(self.instance, column)
        return at if at and timezone.localdate(at) == day else None

    def make(self) -> JointExchange | None:
        """The new one; None if the verb refused it, which stands in the form."""
        try:
            return making.make(by=self.by, source=self.source, **self.facts)
        except ValidationError as error:
            self._refuse(error)
            return None

    def change(self) -> resizing.Changed | None:
        """What became of it; None if the verb refused it."""
        try:
            return resizing.change(exchange=self.instance, by=self.by, **self.facts)
        except ValidationError as error:
            self._refuse(error)
            return None

    def _refuse(self, error: ValidationError) -> None:
        by_field = error.message_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.messages}
        for column, sentences in by_field.items():
            name = PLACES.get(column, column)
            self.add_error(name if name in self.fields else None, ValidationError(sentences))

    # ── two at once: days and hours of the form are columns of the record ──
    def _column(self, name: str) -> Any:
        return WHEN.get(name) or super()._column(name)

    def stored(self, name: str, record: Any) -> Any:
        return when_of(record)[name] if name in WHEN else super().stored(name, record)

    def typed(self, name: str) -> Any:
        values = self.cleaned_data
        if name == "office":
            return values["office"].pk if values.get("office") else None
        return values[name] if name in values else super().typed(name)


def when_of(exchange: Any) -> dict[str, Any]:
    """Days and hours as the form shows them, of an exchange or of a row of its history."""
    start, end = timezone.localtime(exchange.starts_at), timezone.localtime(exchange.ends_at)
    days = {name: timezone.localdate(getattr(exchange, column)) for name, column in (OPENS | SHUTS).items()}
    hours = {"start": start.time(), "end": end.time()}
    return {
        "day": start.date(),
        **{name: time.replace(second=0, microsecond=0) for name, time in hours.items()},
        **days,
    }
