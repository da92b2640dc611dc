"""The founding workbench: decisions in columns, the waiting list in order, scenarios beside them."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from groups.forms.reviewing import PlaceForm, ScenarioForm
from groups.models import Application, RecruitmentRound, Scenario
from groups.recruitment import deciding, scenarios, workbench
from groups.visible_records import applications_visible_to, rounds_visible_to, scenarios_visible_to
from iri_exchange.lib import access, asked

GONE = "この応募は、この募集にはありません。ページを開きなおしてください。"


@access.allowed("recruitment.run", rounds_visible_to)
@asked.knows()
def round_workbench(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """GET shows the decisions, POST puts them aside as a scenario under a name."""
    form = ScenarioForm(request.POST or None, round=round)
    if request.method == "POST" and form.is_valid() and (kept := form.act(request.user)):
        messages.success(request, f"いまの採否を「{kept.name}」として残しました。")
        return redirect("scenario_board", kept.pk)
    rows = list(workbench.candidates(round))
    board = workbench.board(round, rows, workbench.places_of(rows))
    context = {"round": round, "board": board, "form": form, "scenarios": round.scenarios.all()}
    return render(request, "groups/round_workbench.html", context)


@require_POST
@access.allowed("recruitment.run", rounds_visible_to)
def round_place(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """One press: a candidate goes to another column."""
    form = PlaceForm(request.POST, applications=workbench.candidates(round))
    back = reverse("round_workbench", args=[round.pk])
    return _press(request, form, back, lambda: form.decide(request.user))


@require_POST
@access.allowed("recruitment.run", applications_visible_to)
def review_in_line(request: HttpRequest, application: Application) -> HttpResponse:
    """One place up or down on the waiting list."""
    to = deciding.UP if request.POST.get("to") == deciding.UP else deciding.DOWN
    _try(request, lambda: deciding.move_in_line(application=application, to=to))
    board = reverse("round_workbench", args=[application.round_id])
    return redirect(f"{board}#c{application.pk}")


@access.allowed("recruitment.run", scenarios_visible_to)
@asked.knows()
def scenario_board(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """GET shows the scenario as the decisions are shown, POST puts a copy aside under another name."""
    round = scenario.round
    form = ScenarioForm(request.POST or None, round=round, like=scenario)
    if request.method == "POST" and form.is_valid() and (kept := form.act(request.user)):
        messages.success(request, f"「{scenario.name}」を写して、「{kept.name}」をつくりました。")
        return redirect("scenario_board", kept.pk)
    rows = list(workbench.candidates(round))
    board = workbench.board(round, rows, scenarios.places_in(scenario))
    context = {"round": round, "board": board, "form": form, "scenario": scenario}
    return render(request, "groups/round_workbench.html", context | {"scenarios": round.scenarios.all()})


@require_POST
@access.allowed("recruitment.run", scenarios_visible_to)
def scenario_place(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """As `round_place`, in the scenario alone."""
    form = PlaceForm(request.POST, applications=workbench.candidates(scenario.round))
    back = reverse("scenario_board", args=[scenario.pk])
    return _press(request, form, back, lambda: scenarios.place(scenario=scenario, **form.cleaned_data))


@access.allowed("recruitment.run", scenarios_visible_to)
def scenario_take(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    """GET says which decisions would change, POST changes them."""
    if request.method == "POST":

        def take() -> None:
            changed = scenarios.take_over(scenario=scenario, by=request.user)
            messages.success(request, f"「{scenario.name}」を採否にしました。{changed}件が変わりました。")

        _try(request, take)
        return redirect("round_workbench", scenario.round_id)
    found = scenarios.compare(scenario.round, None, scenario)
    context = {"round": scenario.round, "scenario": scenario, "found": found}
    return render(request, "groups/scenario_take.html", context)


@require_POST
@access.allowed("recruitment.run", scenarios_visible_to)
def scenario_forget(request: HttpRequest, scenario: Scenario) -> HttpResponse:
    scenarios.forget(scenario=scenario)
    messages.success(request, f"「{scenario.name}」を消しました。採否は、そのままです。")
    return redirect("round_workbench", scenario.round_id)


@require_safe
@access.allowed("recruitment.run", rounds_visible_to)
@asked.knows("one", "other")
def round_compare(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """Two of the scenarios and the decisions side by side."""
    kept = {str(each.pk): each for each in round.scenarios.all()}
    one, other = (asked.choice(request, name, kept) for name in ("one", "other"))
    context = {"round": round, "scenarios": kept.values(), "one": one, "other": other}
    context["found"] = scenarios.compare(round, kept.get(one), kept.get(other))
    return render(request, "groups/round_compare.html", context)


def _press(request: HttpRequest, form: PlaceForm, back: str, verb: Callable[[], Any]) -> HttpResponse:
    """Back to the card that was moved."""
    if not form.is_valid():
        messages.error(request, GONE)
        return redirect(back)
    _try(request, verb)
    return redirect(f"{back}#c{form.cleaned_data['application'].pk}")


def _try(request: HttpRequest, verb: Callable[[], Any]) -> None:
    try:
        verb()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
