"""The book of all groups: ask for it, watch it being made, fetch it. Whoever asked for one has it alone."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.book import Order, ask_for_book, stop_printout
from groups.models import Group, Printout
from groups.models.printing import KEPT_FOR
from groups.visibility import printouts_visible_to
from iri_exchange.lib import access
from iri_exchange.office import printing
from iri_exchange.office.book_form import BookForm


def books_visible_to(user: Any) -> QuerySet[Printout]:
    """One's own books of all groups."""
    return printouts_visible_to(user).filter(kind=Printout.Kind.BOOK)


@access.allowed("office.work")
def office_book(request: HttpRequest) -> HttpResponse:
    """What is to be printed, and what one had printed these days."""
    form = BookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return redirect("office_book_copy", form.act(by=request.user).pk)  # type: ignore[arg-type]
    printouts = books_visible_to(request.user)
    context = {
        "form": form,
        "printouts": [(printout, Order.from_json(printout.options)) for printout in printouts],
        "kept_days": KEPT_FOR.days,
    }
    return render(request, "iri_exchange/office_book.html", context)


@require_safe
@access.allowed("office.work", books_visible_to)
def office_book_copy(request: HttpRequest, printout: Printout) -> HttpResponse:
    """One book: how far it is, and then where to fetch it."""
    context = {**printing.progress_of(request, printout), "order": Order.from_json(printout.options)}
    return render(request, "iri_exchange/office_book_copy.html", context)


@require_safe
@access.allowed("office.work", books_visible_to)
def office_book_file(request: HttpRequest, printout: Printout) -> HttpResponse:
    """The file. The copy was logged before it was made."""
    if printout.state != Printout.State.DONE:
        return redirect("office_book_copy", printout.pk)
    return printing.served(request, printout, "application/pdf")


@require_POST
@access.allowed("office.work", books_visible_to)
def office_book_stop(request: HttpRequest, printout: Printout) -> HttpResponse:
    if stop_printout(printout=printout):
        messages.success(request, "名簿を作るのを取りやめました。")
    return redirect("office_book_copy", printout.pk)


@require_POST
@access.allowed("office.work", books_visible_to)
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
