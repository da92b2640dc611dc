"""What the office soon keeps no longer: applications and joint exchanges, before they are forgotten."""

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.exchange.after import retention as exchanges
from groups.recruitment import retention
from iri_exchange.lib import access, asked

SHOWN = 50
SOON = datetime.timedelta(days=60)


@require_safe
@access.allowed("recruitment.run")
@asked.knows()
def office_retention(request: HttpRequest) -> HttpResponse:
    soon = timezone.now() + SOON
    kinds = [
        {
            "kind": kind,
            "count": kind.rows.count(),
            "rows": [(row, kind.forgotten_at(row)) for row in kind.rows[:SHOWN]],
        }
        for kind in retention.due(soon)
    ]
    context = {
        "kinds": kinds,
        "exchanges": exchanges.by_exchange(soon),
        "exchange_label": exchanges.LABEL,
        "exchange_term": exchanges.TERM,
        "exchange_count": exchanges.count_due(soon),
        "today": timezone.localdate(),
        "shown": SHOWN,
        "soon": SOON.days,
    }
    return render(request, "iri_exchange/office_retention.html", context)
