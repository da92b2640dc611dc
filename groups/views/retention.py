"""What the office soon keeps no longer: the candidates, before they are forgotten."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.recruitment import retention
from iri_exchange.lib import access, asked

SHOWN = 50
SOON = datetime.timedelta(days=60)


@require_safe
@access.allowed("recruitment.run")
@asked.knows()
def office_retention(request: HttpRequest) -> HttpResponse:
    kinds = [
        {
            "kind": kind,
            "count": kind.rows.count(),
            "rows": [(row, kind.forgotten_at(row)) for row in kind.rows[:SHOWN]],
        }
        for kind in retention.due(timezone.now() + SOON)
    ]
    context = {"kinds": kinds, "today": timezone.localdate(), "shown": SHOWN, "soon": SOON.days}
    return render(request, "groups/office_retention.html", context)
