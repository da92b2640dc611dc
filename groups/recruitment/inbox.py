"""The inbox of a round: what came in, by number, with what to look at; and how much of each there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from groups.models import Application, RecruitmentRound
from groups.recruitment.beside import Likely, companies_like, with_twins
from groups.recruitment.workbench import TITLES
from iri_exchange.lib.japan import SME_LIMITS

Decision, State = Application.Decision, Application.State
UNDECIDED, UNAPPROVED = "none", "unapproved"
# What to look at, by its name in the address bar.
TWIN, UNMATCHED, OUTSIDE, SIZE, NO_MAIL = "twin", "unmatched", "outside", "size", "no_mail"
FLAGS = {
    TWIN: "同じ企業らしい応募がある",
    UNMATCHED: "名簿と照らし合わせていない",
    OUTSIDE: "都内の事業所を確かめる",
    SIZE: "中小企業かを確かめる",
    NO_MAIL: "連絡先のメールがない",
}
DECISIONS = {
    UNDECIDED: TITLES[""],
    **{decision.value: decision.label for decision in Decision},
    UNAPPROVED: "二人目の確認を待っている",
}


@dataclass(frozen=True)
class Line:
    """A row of the list: the application, what to look at in words, and companies of the directory it may be."""

    application: Any
    flags: Sequence[str]
    likely: Sequence[Likely]


@dataclass(frozen=True)
class Figure:
    """A number, and the question that asks for what it counts."""

    number: int
    label: str
    query: str


def received(round: RecruitmentRound) -> QuerySet[Any]:
    """Everything that has a number, in its order, with `is_twin`."""
    rows = Application.objects.filter(round=round, serial__isnull=False)
    return with_twins(rows, round.fiscal_year).order_by("serial", "pk")


def flagged(rows: QuerySet[Any], flag: str) -> QuerySet[Any]:
    """Those of `received` that have one of FLAGS."""
    return rows.filter(_CONDITIONS[flag])


def decided(rows: QuerySet[Any], decision: str) -> QuerySet[Any]:
    """Those of `received` with one of DECISIONS."""
    if decision == UNDECIDED:
        return rows.filter(decision="", state__in=Application.OPEN)
    if decision == UNAPPROVED:
        return rows.filter(
            approved_by=None, state__in=Application.OPEN, round__needs_two=True, decision__gt=""
        )
    return rows.filter(decision=decision).exclude(state=State.WITHDRAWN)


def lines(applications: Sequence[Any]) -> list[Line]:
    """For the rows of a page; a fixed number of queries."""
    beside = companies_like([each for each in applications if not _is_matched(each)])
    return [Line(each, flags_of(each), beside.get(each.pk, ())) for each in applications]


def flags_of(application: Any) -> list[str]:
    """What to look at, in words; `is_twin` is taken from the row if it is there."""
    flags = {
        TWIN: getattr(application, "is_twin", False),
        UNMATCHED: not _is_matched(application),
        OUTSIDE: application.in_tokyo is not True,
        SIZE: application.sme != "該当",
        NO_MAIL: not application.contact_email,
    }
    return [FLAGS[flag] for flag, is_so in flags.items() if is_so]


def figures(round: RecruitmentRound) -> list[Figure]:
    """How many are in each state and of each decision; one query."""
    rows = Application.objects.filter(round=round, serial__isnull=False)
    is_open = Q(state__in=Application.OPEN)
    counts = rows.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in State if state != State.DRAFT},
        **{
            f"as_{decision.value}": Count("pk", filter=is_open & Q(decision=decision))
            for decision in Decision
        },
        open=Count("pk", filter=is_open & Q(decision="")),
        all=Count("pk"),
    )
    shown = [Figure(counts["all"], "届いた応募", "")]
    shown += [
        Figure(counts[state], str(State(state).label), f"?state={state}")
        for state in State.values
        if counts.get(state)
    ]
    if not round.announced_at:
        shown += [
            Figure(counts[f"as_{each.value}"], f"{each.label}にする", f"?decision={each.value}")
            for each in Decision
        ]
        shown.append(Figure(counts["open"], TITLES[""], f"?decision={UNDECIDED}"))
    return shown


def _is_matched(application: Application) -> bool:
    return application.known_company_id is not None or application.is_new_company


def _is_sme() -> Q:
    """As `japan.sme_hint` says 該当."""
    fits = Q(pk__in=())
    for category, (capital, employees) in SME_LIMITS.items():
        fits |= Q(sme_category=category) & (Q(capital__lte=capital) | Q(employees__lte=employees))
    return fits


_CONDITIONS = {
    TWIN: Q(is_twin=True),
    UNMATCHED: Q(known_company=None, is_new_company=False),
    OUTSIDE: ~Q(in_tokyo=True) | Q(in_tokyo=None),
    SIZE: ~_is_sme() | Q(sme_category=""),
    NO_MAIL: Q(contact_email=""),
}
