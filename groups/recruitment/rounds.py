"""The yearly call for members: planned, corrected, copied from last year's; and what stands open on a day."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from groups import lifecycle
from groups.models import Application, Group, Office, RecruitmentRound
from iri_exchange.lib import japan, working_days

MOVED = ("opens_on", "closes_on", "results_on", "launch_on")
KEPT = ("capacity", "text", "needs_two")
PHASES = ("open", "before", "closed", "announced")
ANNOUNCED = "結果をお知らせした募集は、もう直せません。"


# ── verbs ────────────────────────────────────────────────────────────────────
@transaction.atomic
def plan(*, fiscal_year: int, office: Office, group: Group | None = None, **fields: Any) -> RecruitmentRound:
    """Write down the call of a year and an office; without a forming `group`, one is made for it.

    Raises ValidationError with sentences per field.
    """
    Office.objects.select_for_update().get(pk=office.pk)  # Two of one office wait for each other.
    planned = RecruitmentRound(fiscal_year=fiscal_year, office=office, group=group, **fields)
    planned.full_clean()
    _check_days(planned)
    _check_group(planned)
    planned.group = group or _forming_group(planned)
    planned.save()
    return planned


@transaction.atomic
def change(*, round: RecruitmentRound, **fields: Any) -> RecruitmentRound:
    """Correct a call before its results are announced; year and office stay.

    Raises ValidationError with sentences per field: what was received stays inside of it.
    """
    stored = RecruitmentRound.objects.select_for_update().get(pk=round.pk)
    if stored.announced_at:
        raise ValidationError(ANNOUNCED, code="announced")
    for name, value in fields.items():
        setattr(stored, name, value)
    stored.full_clean()
    _check_days(stored)
    _check_group(stored)
    _check_received(stored)
    stored.save(update_fields=[*fields])
    return stored


@transaction.atomic
def copy(*, round: RecruitmentRound) -> RecruitmentRound:
    """Next year's call as this one: each date on the same day a year later, or on the next working day.

    Raises ValidationError if next year's is there already.
    """
    year = round.fiscal_year + 1
    if RecruitmentRound.objects.filter(fiscal_year=year, office=round.office).exists():
        raise ValidationError(
            f"{japan.fiscal_year_label(year)}の{round.office}の募集は、もうあります。その募集を直してください。",
            code="there",
        )
    days: dict[str, Any] = {
        name: working_days.a_year_later(day) if (day := getattr(round, name)) else None for name in MOVED
    }
    kept = {name: getattr(round, name) for name in KEPT}
    return plan(fiscal_year=year, office=round.office, **days, **kept)


def _forming_group(planned: RecruitmentRound) -> Group:
    """A group with a working name; its own name it gets when it is launched."""
    year, office = planned.fiscal_year, planned.office
    name, slug = f"{japan.fiscal_year_label(year)} {office.short_name}グループ", f"{office.slug}-{year}"
    if Group.objects.filter(Q(name=name) | Q(slug=slug)).exists():
        raise ValidationError(
            {
                "group": f"「{name}」は、もう登録されています。一覧にあれば選び、なければそのグループの段階を確かめてください。"
            }
        )
    return lifecycle.found(
        stage=Group.Stage.FORMING,
        since=min(timezone.localdate(), planned.opens_on),
        name=name,
        slug=slug,
        number_prefix=f"{office.slug[:1].upper()}{year % 100:02}",
        founded_year=year,
        office=office,
        capacity=planned.capacity,
    )


def _check_days(planned: RecruitmentRound) -> None:
    """In the order in which things happen, within the year."""
    wrong: dict[str, str] = {}
    year, label = planned.fiscal_year, japan.fiscal_year_label(planned.fiscal_year)
    if japan.fiscal_year(planned.closes_on) != year:
        wrong["closes_on"] = f"{label}の募集です。{label}のうちの日を入れてください。"
    if planned.results_on and planned.results_on <= planned.closes_on:
        wrong["results_on"] = "受付の終わりより後の日を入れてください。"
    if planned.launch_on and planned.launch_on <= (planned.results_on or planned.closes_on):
        wrong["launch_on"] = "結果をお知らせする日より後の日を入れてください。"
    elif planned.launch_on and japan.fiscal_year(planned.launch_on) != year:
        wrong["launch_on"] = f"発会式は、{label}のうちの日にしてください。"
    if wrong:
        raise ValidationError(wrong)


def _check_group(planned: RecruitmentRound) -> None:
    if planned.group and planned.group.stage_on(timezone.localdate()) != Group.Stage.FORMING:
        raise ValidationError({"group": "準備の段階のグループを選んでください。"})


def _check_received(stored: RecruitmentRound) -> None:
    """Neither the days nor the capacity fall below what is there; staff may enter papers on any day."""
    wrong: dict[str, str] = {}
    received = received_in(stored)
    online = received.filter(route=Application.Route.WEB).aggregate(first=Min("sent_at"), last=Max("sent_at"))
    if online["first"]:
        first, last = (timezone.localdate(online[name]) for name in ("first", "last"))
        if first < stored.opens_on:
            wrong["opens_on"] = (
                f"{japan.wareki(first)}に受け付けた応募があります。この日か、その前の日にしてください。"
            )
        if last > stored.closes_on:
            wrong["closes_on"] = (
                f"{japan.wareki(last)}に受け付けた応募があります。この日か、その後の日にしてください。"
            )
    accept = Application.Decision.ACCEPT
    chosen = received.filter(state__in=Application.OPEN, decision=accept).count()
    if stored.capacity < chosen:
        wrong["capacity"] = (
            f"採択と決めた応募が{chosen}件あります。{chosen}以上にするか、先に採否を見直してください。"
        )
    if wrong:
        raise ValidationError(wrong)


# ── reads ────────────────────────────────────────────────────────────────────
@dataclass(frozen=True)
class Open:
    """A call as everybody may know it on a day: `phase` is before, open, closed or announced."""

    round: RecruitmentRound
    phase: str

    @property
    def takes(self) -> bool:
        return self.phase == "open"


def received_in(round: RecruitmentRound) -> QuerySet[Application]:
    """The applications that bear a number."""
    return round.applications.filter(serial__isnull=False)


def phase_of(round: RecruitmentRound, today: datetime.date) -> str:
    """Days begin and end in Japan, so this changes by itself, to the second."""
    if round.announced_at:
        return "announced"
    if today < round.opens_on:
        return "before"
    return "open" if round.takes_on(today) else "closed"


def as_open(rounds: Iterable[RecruitmentRound], today: datetime.date) -> list[Open]:
    """Those that take applications first, those that are over last; otherwise as they came."""
    found = [Open(each, phase_of(each, today)) for each in rounds]
    return sorted(found, key=lambda each: PHASES.index(each.phase))


def of_year(year: int) -> QuerySet[RecruitmentRound]:
    """All offices' calls of a fiscal year, in the order of the offices."""
    return (
        RecruitmentRound.objects.filter(fiscal_year=year).select_related("office").order_by("office__order")
    )


def in_view(today: datetime.date) -> dict[int, list[Open]]:
    """{fiscal year: its calls}, the nearest first: this fiscal year's and those to come. One query.

    A year whose results are all announced is left out once the next one is planned.
    """
    rows = RecruitmentRound.objects.filter(fiscal_year__gte=japan.fiscal_year(today)).select_related("office")
    years: dict[int, list[Open]] = {}
    for each in as_open(rows.order_by("fiscal_year", "office__order", "pk"), today):
        years.setdefault(each.round.fiscal_year, []).append(each)
    years = dict(sorted(years.items()))
    live = {year: calls for year, calls in years.items() if any(call.phase != "announced" for call in calls)}
    return live or years


def with_counts(rounds: QuerySet[RecruitmentRound]) -> QuerySet[Any]:
    """Annotate `received` and, of those, `undecided` (nobody has decided) and `chosen` (採択); the newest year first."""
    number = Q(applications__serial__isnull=False)
    waiting = number & Q(applications__state__in=Application.OPEN, applications__decision="")
    chosen = number & (
        Q(applications__state=Application.State.ACCEPTED)
        | Q(applications__state__in=Application.OPEN, applications__decision=Application.Decision.ACCEPT)
    )
    return rounds.annotate(
        received=Count("applications", filter=number),
        undecided=Count("applications", filter=waiting),
        chosen=Count("applications", filter=chosen),
    ).order_by("-fiscal_year", "office__order", "pk")


def free_groups(round: RecruitmentRound | None = None) -> QuerySet[Group]:
    """The forming groups that no call fills yet, and the one that this call fills."""
    forming: QuerySet[Group] = Group.objects.as_of(timezone.localdate()).filter(stage=Group.Stage.FORMING)
    own = Q(recruitment_round=round) if round else Q(pk__in=())
    return forming.filter(Q(recruitment_round__isnull=True) | own)
