"""What the pages of all long prints have in common: how far one is, and its file."""

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.http import content_disposition_header

from groups.models import Printout
from groups.models.printing import KEPT_FOR

# The worker tells how far it is every few seconds.
STUCK_AFTER = datetime.timedelta(minutes=2)


def progress_of(request: HttpRequest, printout: Printout) -> dict[str, Any]:
    """What the page of one print tells beside what it is of."""
    share = printout.steps_done / printout.steps_total if printout.steps_total else 0
    return {
        "printout": printout,
        "open": printout.state in Printout.OPEN,
        "tens": int(share * 10) * 10,
        "stuck": timezone.now() - (printout.moved_at or printout.asked_at) > STUCK_AFTER,
        "still": "still" in request.GET,
        "gone_on": timezone.localdate(printout.finished_at + KEPT_FOR) if printout.finished_at else None,
    }


def served(
    request: HttpRequest, printout: Printout, content_type: str, *, saved: bool = False
) -> HttpResponse:
    """The file of a finished one, to be opened or (`saved`) to be put away. HEAD reads no file."""
    headers = {
        "Content-Disposition": content_disposition_header(saved, printout.filename) or "",
        "Cache-Control": "private, no-store",
    }
    content = bytes(printout.content) if request.method == "GET" else b""
    return HttpResponse(content, content_type=content_type, headers=headers)
