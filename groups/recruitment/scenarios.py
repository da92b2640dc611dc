"""顔ぶれの案: who would be in the group, put aside under a name, changed, compared, and taken over as decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from groups.models import Application, RecruitmentRound, Scenario
from groups.recruitment import deciding
from groups.recruitment.workbench import (
    TITLES,
    UNDECIDED,
    candidates,
    places_of,
    sizes_of,
    trades_of,
)

Decision = Application.Decision
NOW = "いまの採否"


@dataclass(frozen=True)
class Side:
    """One of two sides: how many would become what, and trades and sizes of those accepted."""

    name: str
    counts: Sequence[tuple[str, int]]
    trades: Mapping[str, int]
    sizes: Mapping[str, int]


@dataclass(frozen=True)
class Comparison:
    """`differing`: (application, what becomes of it here, and there), in words; `trades`, `sizes`: (label, here, there)."""

    one: Side
    other: Side
    counts: Sequence[tuple[str, int, int]]
    differing: Sequence[tuple[Application, str, str]]
    trades: Sequence[tuple[str, int, int]]
    sizes: Sequence[tuple[str, int, int]]


@transaction.atomic
def put_aside(*, round: RecruitmentRound, name: str, by: Any, like: Scenario | None = None) -> Scenario:
    """Keep the decisions as they are now, or a copy of another scenario, under a name of its own."""
    places = like.places if like else _stored(places_of(candidates(round)))
    scenario = Scenario(round=round, name=name, places=places, made_by=by)
    scenario.full_clean()
    scenario.save()
    return scenario


@transaction.atomic
def place(*, scenario: Scenario, application: Application, decision: str) -> Scenario:
    """Let something else become of a candidate, in the scenario alone; "" is undecided.

    Raises ValidationError for an application of another round, and for what cannot become of it.
    """
    row = Scenario.objects.select_for_update(no_key=True).get(pk=scenario.pk)
    if decision not in TITLES:
        raise ValidationError("採択・補欠・不採択のどれかを選んでください。", code="unknown_decision")
    if application.round_id != row.round_id:
        raise ValidationError("この応募は、別の募集のものです。", code="other_round")
    others = {key: value for key, value in row.places.items() if key != str(application.pk)}
    row.places = others | ({str(application.pk): decision} if decision else {})
    row.save(update_fields=["places"])
    return row


@transaction.atomic
def take_over(*, scenario: Scenario, by: Any) -> int:
    """Make the scenario the decisions of the round; how many of them changed.

    Who is undecided there becomes undecided. Raises ValidationError as `deciding.decide` does, and then nothing has changed.
    """
    wanted = places_in(scenario)
    round = RecruitmentRound.objects.select_for_update(no_key=True).get(pk=scenario.round_id)
    rows = [each for each in candidates(round) if each.decision != wanted.get(each.pk, UNDECIDED)]
    # Places become free before others are taken.
    for row in sorted(rows, key=lambda each: wanted.get(each.pk) == Decision.ACCEPT):
        if decision := wanted.get(row.pk):
            deciding.decide(application=row, decision=decision, by=by)
        else:
            deciding.undecide(application=row)
    return len(rows)


@transaction.atomic
def forget(*, scenario: Scenario) -> None:
    """The scenario is deleted; the decisions stay as they are."""
    scenario.delete()


def places_in(scenario: Scenario) -> dict[int, str]:
    """What would become of each candidate, by its id."""
    return {int(key): decision for key, decision in scenario.places.items() if decision in TITLES}


def compare(round: RecruitmentRound, one: Scenario | None, other: Scenario | None) -> Comparison:
    """Two scenarios of a round side by side; None stands for the decisions as they are now."""
    rows = list(candidates(round))
    here, there = (places_in(each) if each else places_of(rows) for each in (one, other))
    left, right = _side(one, rows, here), _side(other, rows, there)
    return Comparison(
        one=left,
        other=right,
        counts=[(label, a, b) for (label, a), (_, b) in zip(left.counts, right.counts, strict=True)],
        differing=[
            (each, TITLES[here.get(each.pk, UNDECIDED)], TITLES[there.get(each.pk, UNDECIDED)])
            for each in rows
            if here.get(each.pk, UNDECIDED) != there.get(each.pk, UNDECIDED)
        ],
        trades=_beside(left.trades, right.trades),
        sizes=_beside(left.sizes, right.sizes),
    )


def _side(scenario: Scenario | None, rows: Sequence[Application], places: Mapping[int, str]) -> Side:
    accepted = [each for each in rows if places.get(each.pk) == Decision.ACCEPT]
    counts = [
        (title, sum(places.get(each.pk, UNDECIDED) == decision for each in rows))
        for decision, title in TITLES.items()
    ]
    return Side(
        scenario.name if scenario else NOW, counts, dict(trades_of(accepted)), dict(sizes_of(accepted))
    )


def _beside(one: Mapping[str, int], other: Mapping[str, int]) -> list[tuple[str, int, int]]:
    """Every label of either side, in the order of the first."""
    return [(label, one.get(label, 0), other.get(label, 0)) for label in {**one, **other}]


def _stored(places: Mapping[int, str]) -> dict[str, str]:
    return {str(pk): decision for pk, decision in places.items() if decision}
