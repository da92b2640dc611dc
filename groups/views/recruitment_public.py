"""The call for members as everybody sees it: it opens and closes by itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.recruitment import rounds
from iri_exchange.lib import access


@require_safe
@access.public
def recruitment(request: HttpRequest) -> HttpResponse:
    """What it is, who may join, and when; the calls of all offices."""
    today = timezone.localdate()
    return render(
        request, "groups/recruitment.html", {"years": rounds.in_view(today).items(), "today": today}
    )


@require_safe
@access.public
def recruitment_year(request: HttpRequest, year: int) -> HttpResponse:
    today = timezone.localdate()
    calls = rounds.as_open(rounds.of_year(year), today)
    if not calls:
        raise Http404
    context = {"year": year, "calls": calls, "today": today, "takes": any(call.takes for call in calls)}
    return render(request, "groups/recruitment_year.html", context)
