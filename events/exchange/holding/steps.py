"""The year of a joint exchange as the office sees it: its steps, and how many there are of what."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from events.models import Booth, Feedback, JointExchange, Registration, TablePlan
from iri_exchange.lib import japan

State, BoothState, Kind = Registration.State, Booth.State, Registration.Kind
DONE, NOW, AHEAD, OFF = "done", "now", "ahead", "off"
WORDS = {DONE: "済み", NOW: "いま", AHEAD: "これから", OFF: "中止"}


@dataclass(frozen=True)
class Number:
    """One number, its unit, its name, and the list that it counts."""

    number: int
    unit: str
    label: str
    url: str


@dataclass(frozen=True)
class Step:
    """`when` in words; `links` are (words, address), the one that one does now first."""

    label: str
    when: str
    state: str
    numbers: list[Number]
    links: list[tuple[str, str]]

    @property
    def word(self) -> str:
        return WORDS[self.state]


def steps_of(exchange: JointExchange) -> list[Step]:
    """From the preparation to the report; in five queries."""
    about = _About(exchange)
    return [
        about.preparing(),
        about.booths(),
        about.asking(),
        about.registrations(),
        about.tables(),
        about.day(),
        about.after(),
    ]


class _About:
    """What is read once for all steps."""

    def __init__(self, exchange: JointExchange) -> None:
        self.exchange, self.now = exchange, timezone.now()
        rows = exchange.registrations.order_by().values("state", "kind")
        self.rows = list(rows.annotate(many=Count("pk"), here=Count("arrived_at"), asked=Count("invited_at")))
        booths = exchange.booths.order_by().aggregate(
            applied=Count("pk", filter=Q(state=BoothState.APPLIED)),
            accepted=Count("pk", filter=Q(state=BoothState.ACCEPTED)),
            results=Count("pk", filter=Q(result_at__isnull=False)),
        )
        self.booth_counts: dict[str, int] = booths
        self.plan = TablePlan.objects.filter(exchange=exchange).first()
        self.items = exchange.programme.count()
        self.answers = Feedback.objects.filter(registration__exchange=exchange).count()

    def preparing(self) -> Step:
        is_draft = self.exchange.state == JointExchange.State.DRAFT
        links = [
            ("内容を直す", self.url("exchange_edit")),
            ("プログラムを書く", self.url("exchange_programme")),
            ("会場図をつくる", self.url("exchange_floor")),
        ]
        numbers = [Number(self.items, "件", "プログラム", self.url("exchange_programme"))]
        return Step(
            "内容を決めて、公開する",
            self.exchange.get_state_display(),
            NOW if is_draft else DONE,
            numbers,
            links,
        )

    def booths(self) -> Step:
        url, counts = self.url("exchange_office_booths"), self.booth_counts
        numbers = [
            Number(
                counts["applied"], "件", "受付（まだ決めていないもの）", f"{url}?state={BoothState.APPLIED}"
            ),
            Number(counts["accepted"], "件", "出展", f"{url}?state={BoothState.ACCEPTED}"),
        ]
        links = [("出展を受ける・並べる", url), ("会場図", self.url("exchange_floor"))]
        when = _period(self.exchange.booths_from, self.exchange.booths_until)
        state = self.state_of(self.exchange.booths_from, self.exchange.booths_until)
        return Step("出展を募集する", when, state, numbers, links)

    def asking(self) -> Step:
        url = self.url("exchange_registrations")
        numbers = [
            Number(
                sum(row["asked"] for row in self.rows), "名", "ご案内した会員", f"{url}?kind={Kind.MEMBER}"
            ),
            Number(self.many(states=[State.INVITED]), "名", "お返事待ち", f"{url}?state={State.INVITED}"),
        ]
        links = [
            ("会員に案内する", self.url("exchange_invite")),
            ("お返事のない方に、もう一度", self.url("exchange_remind")),
        ]
        if self.is_closed:
            links = [("申込の一覧", url)]
        begins = self.exchange.registration_from
        is_done = any(row["asked"] for row in self.rows)
        state = OFF if self.is_off else DONE if is_done else NOW if begins <= self.now else AHEAD
        return Step("会員に案内する", f"{_day(begins)}から", state, numbers, links)

    def registrations(self) -> Step:
        url = self.url("exchange_registrations")
        numbers = [
            Number(
                self.many([State.CONFIRMED], [kind]),
                "名",
                f"{label}（受付）",
                f"{url}?state=confirmed&kind={kind}",
            )
            for kind, label in Kind.choices
            if kind in (Kind.MEMBER, Kind.PUBLIC) or self.many([State.CONFIRMED], [kind])
        ]
        numbers += [
            Number(self.many([state]), "名", str(state.label), f"{url}?state={state}")
            for state in (State.WAITING, State.OFFERED, State.PENDING, State.CANCELLED)
            if self.many([state])
        ]
        links = [("申込の一覧", url)]
        if not self.is_closed:
            links.append(("事務局が書きとめる", self.url("exchange_registration_new")))
        when = _period(self.exchange.registration_from, self.exchange.registration_until)
        state = self.state_of(self.exchange.registration_from, self.exchange.registration_until)
        return Step("参加申込を受ける", when, state, numbers, links)

    def tables(self) -> Step:
        url, rounds = self.url("exchange_tables"), self.exchange.table_rounds
        numbers = [Number(self.plan.people, "名", "席の決まった方", url)] if self.plan else []
        shown = self.exchange.tables_shown_at
        when = f"{rounds}回・{self.exchange.table_seats}名ずつ" if rounds else "開きません"
        state = DONE if shown or not rounds else NOW if self.plan else AHEAD
        return Step("分散会の席を決める", when, OFF if self.is_off else state, numbers, [("分散会の席", url)])

    def day(self) -> Step:
        url = self.url("exchange_reception")
        here = sum(row["here"] for row in self.rows)
        links = [
            ("受付のページ", url),
            ("名札を刷る", self.url("exchange_badges")),
            ("受付名簿（PDF）", self.url("exchange_reception_pdf")),
        ]
        arrived = f"{self.url('exchange_registrations')}?arrived=yes"
        state = self.state_of(self.exchange.starts_at, self.exchange.ends_at)
        return Step(
            "当日", _day(self.exchange.starts_at), state, [Number(here, "名", "来場", arrived)], links
        )

    def after(self) -> Step:
        url = self.url("exchange_after")
        numbers = [
            Number(self.answers, "件", "アンケートの答え", url),
            Number(self.booth_counts["results"], "件", "出展の結果", url),
        ]
        state = OFF if self.is_off else NOW if self.exchange.ends_at <= self.now else AHEAD
        return Step("お礼・アンケート・報告", "終わったあと", state, numbers, [("結果をまとめる", url)])

    @property
    def is_off(self) -> bool:
        return self.exchange.state == JointExchange.State.CANCELLED

    @property
    def is_closed(self) -> bool:
        """Nobody is asked or entered any more."""
        return self.exchange.state in (JointExchange.State.HELD, JointExchange.State.CANCELLED)

    def url(self, name: str) -> str:
        return reverse(name, args=[self.exchange.fiscal_year])

    def many(self, states: Iterable[str], kinds: Iterable[str] = Kind.values) -> int:
        states, kinds = set(states), set(kinds)
        return sum(row["many"] for row in self.rows if row["state"] in states and row["kind"] in kinds)

    def state_of(self, begins: datetime.datetime, ends: datetime.datetime) -> str:
        if self.is_off:
            return OFF
        return DONE if ends < self.now else NOW if begins <= self.now else AHEAD


def places_of(exchange: JointExchange) -> list[dict[str, Any]]:
    """[{label, taken, capacity}] for members (with the partner's) and for the public; in one query."""
    held = Registration.objects.filter(exchange=exchange).holding_a_place().order_by()
    rows = dict(held.values_list("kind").annotate(many=Count("pk")))
    pools = [
        ("会員・公社のグループ", Registration.OF_MEMBERS, exchange.member_capacity),
        ("一般の方", Registration.OF_THE_PUBLIC, exchange.public_capacity),
    ]
    return [
        {"label": label, "taken": sum(rows.get(kind, 0) for kind in kinds), "capacity": capacity}
        for label, kinds, capacity in pools
    ]


def _day(at: datetime.datetime) -> str:
    return japan.wareki(timezone.localdate(at))


def _period(begins: datetime.datetime, ends: datetime.datetime) -> str:
    return f"{_day(begins)}〜{_day(ends)}"
