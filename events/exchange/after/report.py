"""The result report of a joint exchange: tables of numbers, from which the page, the PDF and the XLSX are all made.

Nothing in it is personal: people and booths are counted, never named. What was said is told without names.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Avg, Count, Q, QuerySet, Sum

from events.exchange.after import asked
from events.exchange.after.tables import Cell, Table, rate
from events.models import Booth, Feedback, JointExchange, Registration, TablePlan
from iri_exchange.lib import japan
from iri_exchange.lib.japan.industry import INDUSTRIES

Kind, State = Registration.Kind, Registration.State
NO_TRADE, NO_GROUP = "業種の記入なし", "どのグループでもない方"
COMPARED = 6  # exchanges at most, the newest last
FORMULA = "割合は、来場÷受付です。当日の受付だけの方も、受付に数えます。"


@dataclass(frozen=True)
class Report:
    """`words`: what the office wrote; `said`: what people wrote in the questionnaire, without names."""

    exchange: JointExchange
    tables: list[Table]
    said: list[str]

    @property
    def title(self) -> str:
        return f"{self.exchange.title}　開催報告（{japan.fiscal_year_label(self.exchange.fiscal_year)}）"

    @property
    def words(self) -> str:
        return self.exchange.report_words


def report_of(exchange: JointExchange) -> Report:
    """As it stands now."""
    tables = [
        _kinds(exchange),
        _states(exchange),
        _groups(exchange),
        _trades(exchange),
        _booths(exchange),
        *asked.tables_of(exchange),
        *_seats(exchange),
        *_years(exchange),
    ]
    words = Feedback.objects.filter(registration__exchange=exchange).exclude(words="")
    return Report(exchange, tables, list(words.order_by("answered_at", "pk").values_list("words", flat=True)))


def _entries(exchange: JointExchange, *by: str) -> list[dict[str, Any]]:
    """Of those who have a place: how many, and how many of them came."""
    rows = Registration.objects.filter(exchange=exchange).coming().order_by()
    return list(rows.values(*by).annotate(entered=Count("pk"), came=Count("arrived_at")))


def _kinds(exchange: JointExchange) -> Table:
    of = {row["kind"]: row for row in _entries(exchange, "kind")}
    rows = [_rated(kind.label, of[kind]) for kind in Kind if kind in of]
    return Table(
        "kinds",
        "種類ごとの参加",
        ("種類", "受付", "来場", "割合"),
        [*rows, _sum(rows)] if rows else [],
        FORMULA,
        charted=2,
        summed=True,
    )


def _states(exchange: JointExchange) -> Table:
    found = Counter(Registration.objects.filter(exchange=exchange).order_by().values_list("state", flat=True))
    rows: list[Sequence[Cell]] = [(state.label, found[state]) for state in State if found[state]]
    return Table("states", "申込のいまの状態", ("状態", "人数"), rows)


def _groups(exchange: JointExchange) -> Table:
    """In the order in which the groups were founded, then those of the partner corporation."""
    names = ("group__name", "group__founded_year", "partner_group__name")
    entered = _entries(exchange, *names)
    shown = _accepted(exchange).filter(company=None)
    booths = Counter(shown.values_list("group__name", "partner_group__name"))
    there = {tuple(row[name] for name in names) for row in entered}
    alone = set(shown.values_list(*names)) - there
    entered += [dict(zip(names, each, strict=True)) | {"entered": 0, "came": 0} for each in alone]
    entered.sort(key=_place)
    rows: list[Sequence[Cell]] = []
    for row in entered:
        ours, theirs = row["group__name"], row["partner_group__name"]
        name = str(ours or (f"公社　{theirs}" if theirs else NO_GROUP))
        rows.append((*_rated(name, row), booths[ours, theirs] if ours or theirs else ""))
    return Table("groups", "グループごとの参加", ("グループ", "受付", "来場", "割合", "グループの出展"), rows)


def _place(row: dict[str, Any]) -> tuple[bool, bool, int, str]:
    ours, theirs = row["group__name"], row["partner_group__name"]
    return ours is None, theirs is None, row["group__founded_year"] or 0, str(ours or theirs or "")


def _trades(exchange: JointExchange) -> Table:
    of = {str(row["trade"]): row for row in _entries(exchange, "trade")}
    booths = Counter(_accepted(exchange).values_list("trade", flat=True))
    labels = {**INDUSTRIES, "": NO_TRADE}
    none = {"entered": 0, "came": 0}
    rows = [
        (*_rated(label, of.get(key, none)), booths[key])
        for key, label in labels.items()
        if key in of or booths[key]
    ]
    return Table("trades", "業種ごとの参加と出展", ("業種", "受付", "来場", "割合", "出展"), rows)


EXHIBITORS = (
    ("企業", Q(company__isnull=False)),
    ("グループ", Q(group__isnull=False)),
    ("公社のグループ", Q(partner_group__isnull=False)),
    ("合計", Q()),
)


def _booths(exchange: JointExchange) -> Table:
    """Sums only, and none from which one exhibitor's own could be read: what they made of it is theirs."""
    sums = {"told": Count("result_at"), "cards": Sum("cards"), "talks": Sum("talks"), "booths": Count("pk")}
    found = [(label, _accepted(exchange).filter(which).aggregate(**sums)) for label, which in EXHIBITORS]
    *parts, (_, whole) = found
    shows_parts = all(each["told"] != 1 for _, each in parts)
    rows: list[Sequence[Cell]] = []
    for label, each in found:
        shown = whole["told"] != 1 if each is whole else shows_parts
        told = (each["cards"] or 0, each["talks"] or 0) if shown else ("―", "―")
        if each["booths"]:
            rows.append((label, each["booths"], each["told"], *told))
    head = ("出展者", "出展", "結果の回答", "交換した名刺", "続いている商談・相談")
    note = "名刺と商談・相談は、結果をお答えの出展者の合計です。お答えが1件だけで、その出展者の数が分かってしまうときは「―」にします。"
    return Table("booths", "出展とその結果", head, rows, note, summed=True)


def _seats(exchange: JointExchange) -> list[Table]:
    plan = TablePlan.objects.filter(exchange=exchange, state=TablePlan.State.DONE).first()
    if plan is None:
        return []
    rows: list[Sequence[Cell]] = [
        ("回数（回）", exchange.table_rounds),
        ("席を決めた方（名）", plan.people),
        ("二度会った組", plan.repeats),
        ("同じグループ・企業で同席した組", plan.same_house),
        ("会いたい方の希望（うち、かなったもの）", f"{plan.wishes_total}（{plan.wishes_met}）"),
    ]
    return [Table("tables", "分散会", ("項目", "数"), rows)]


def _years(exchange: JointExchange) -> list[Table]:
    """Up to this one; none where there is nothing to compare with."""
    earlier = JointExchange.objects.filter(fiscal_year__lte=exchange.fiscal_year)
    earlier = earlier.filter(state__in=[JointExchange.State.HELD, JointExchange.State.PUBLISHED])
    came = Q(registrations__arrived_at__isnull=False)
    counted = earlier.annotate(
        came=Count("registrations", filter=came),
        members=Count("registrations", filter=came & Q(registrations__kind=Kind.MEMBER)),
        partners=Count("registrations", filter=came & Q(registrations__kind=Kind.PARTNER)),
        public=Count("registrations", filter=came & Q(registrations__kind=Kind.PUBLIC)),
    ).order_by("-fiscal_year")[:COMPARED]
    years = list(counted)[::-1]
    if len(years) < 2:
        return []
    accepted = Booth.objects.filter(exchange__in=years, state=Booth.State.ACCEPTED).order_by()
    booths = Counter(accepted.values_list("exchange", flat=True))
    liked = Feedback.objects.filter(registration__exchange__in=years).order_by()
    mean = dict(liked.values_list("registration__exchange").annotate(mean=Avg("satisfaction")))
    rows: list[Sequence[Cell]] = [
        (
            japan.fiscal_year_label(year.fiscal_year),
            year.came,
            year.members,
            year.partners,
            year.public,
            booths[year.pk],
            f"{mean[year.pk]:.1f}" if year.pk in mean else "―",
        )
        for year in years
    ]
    head = ("年度", "来場", "会員", "公社", "一般", "出展", "満足度の平均")
    return [Table("years", "これまでとの比較", head, rows, charted=1)]


def _accepted(exchange: JointExchange) -> QuerySet[Booth]:
    return Booth.objects.filter(exchange=exchange, state=Booth.State.ACCEPTED).order_by()


def _rated(label: str, row: dict[str, Any]) -> tuple[str, int, int, str]:
    return label, row["entered"], row["came"], rate(row["came"], row["entered"])


def _sum(rows: list[tuple[str, int, int, str]]) -> tuple[str, int, int, str]:
    entered, came = sum(row[1] for row in rows), sum(row[2] for row in rows)
    return "合計", entered, came, rate(came, entered)
