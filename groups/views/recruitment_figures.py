"""The figures of a call for members."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.models import RecruitmentRound
from groups.recruitment.daily_drawing import drawing_of
from groups.recruitment.statistics import figures_of
from groups.visible_records import rounds_visible_to
from iri_exchange.lib import access


@require_safe
@access.allowed("recruitment.run", rounds_visible_to)
def round_figures(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    figures = figures_of(round)
    context = {
        "round": round,
        "figures": figures,
        "drawing": drawing_of(figures.days) if figures.busy_days else None,
        "today": timezone.localdate(),
    }
    return render(request, "groups/round_figures.html", context)
