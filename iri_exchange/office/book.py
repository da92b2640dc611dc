"""The book of all groups: ask for it, watch it being made, fetch it. Whoever asked for one has it alone."""

import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups.book import Order, ask_for_book, stop_printout
from groups.models import Group, Printout
from groups.models.printing import KEPT_FOR
from groups.visibility import printouts_visible_to
from iri_exchange.lib import access
from iri_exchange.office.book_form import BookForm

# The worker tells how far it is every few seconds.
STUCK_AFTER = datetime.timedelta(minutes=2)


@access.allowed("office.work")
def office_book(request: HttpRequest) -> HttpResponse:
    """What is to be printed, and what one had printed these days."""
    form = BookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("office_book_copy", form.act(by=request.user).pk)  # type: ignore[arg-type]
    printouts = list(printouts_visible_to(request.user).filter(kind=Printout.Kind.BOOK))
    context = {
        "form": form,
        "printouts": [(printout, Order.from_json(printout.options)) for printout in printouts],
        "kept_days": KEPT_FOR.days,
    }
    return render(request, "iri_exchange/office_book.html", context)


@require_safe
@access.allowed("office.work", printouts_visible_to)
def office_book_copy(request: HttpRequest, printout: Printout) -> HttpResponse:
    """One book: how far it is, and then where to fetch it."""
    share = printout.steps_done / printout.steps_total if printout.steps_total else 0
    context = {
        "printout": printout,
        "order": Order.from_json(printout.options),
        "open": printout.state in Printout.OPEN,
        "tens": int(share * 10) * 10,
        "stuck": timezone.now() - (printout.moved_at or printout.asked_at) > STUCK_AFTER,
        "still": "still" in request.GET,
        "gone_on": timezone.localdate(printout.finished_at + KEPT_FOR) if printout.finished_at else None,
    }
    return render(request, "iri_exchange/office_book_copy.html", context)


@require_safe
@access.allowed("office.work", printouts_visible_to)
def office_book_file(request: HttpRequest, printout: Printout) -> HttpResponse:
    """The file. The copy was logged before it was made."""
    if printout.state != Printout.State.DONE:
        return redirect("office_book_copy", printout.pk)
    headers = {
        "Content-Disposition": content_disposition_header(False, printout.filename) or "",
        "Cache-Control": "private, no-store",
    }
    content = bytes(printout.content) if request.method == "GET" else b""
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
@access.allowed("office.work", printouts_visible_to)
def office_book_stop(request: HttpRequest, printout: Printout) -> HttpResponse:
    if stop_printout(printout=printout):
        messages.success(request, "名簿を作るのを取りやめました。")
    return redirect("office_book_copy", printout.pk)


@require_POST
@access.allowed("office.work", printouts_visible_to)
def office_book_again(request: HttpRequest, printout: Printout) -> HttpResponse:
    """The same once more, as it is now: another copy with a number of its own."""
    order = Order.from_json(printout.options)
    again = ask_for_book(
        by=request.user,  # type: ignore[arg-type]
        variant=order.variant,
        day=order.day,
        groups=None if order.whole else Group.objects.filter(pk__in=order.group_ids),
        purpose=order.purpose,
        receiver=order.receiver,
    )
    return redirect("office_book_copy", again.pk)
