"""引き継ぎ帳: ask for one, watch it being made, fetch it. Whoever asked has it alone, for as long as they may ask."""

from typing import Any

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups import handing_on, printouts
from groups.models import Group, Printout
from groups.models.printing import KEPT_FOR
from groups.standing import standing
from groups.visibility import groups_visible_to, printouts_visible_to
from iri_exchange.lib import access
from iri_exchange.office import printing
from iri_exchange.office.handover_book.forms import HandoverBookForm
from iri_exchange.office.handover_book.making import ask_for_book
from iri_exchange.office.handover_book.order import Order


def handover_books_visible_to(user: Any) -> QuerySet[Printout]:
    """One's own, of the groups of which one may make one today: the rule, as a selection."""
    who = standing(user)
    may = Q(group__in=who.runs)
    if who.is_staff:
        stages = (Group.Stage.FORMING, Group.Stage.LAUNCHED)
        institutes = Group.objects.as_of(who.day).filter(stage__in=stages)
        may |= Q(group__in=institutes.order_by().values("pk"))
    return printouts_visible_to(user).filter(may, kind=Printout.Kind.HANDOVER)


@access.allowed("groups.make_handover_book", groups_visible_to, by="slug")
def handover_book(request: HttpRequest, group: Group) -> HttpResponse:
    """What is in it, for whom it is to be, and what one had made these days."""
    form = HandoverBookForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        printout = form.act(group=group, by=request.user)  # type: ignore[arg-type]
        return redirect("handover_book_copy", group.slug, printout.pk)
    printed = handover_books_visible_to(request.user).filter(group=group)
    context = {
        "group": group,
        "form": form,
        "printouts": [(printout, Order.from_json(printout.options)) for printout in printed],
        "left_out": len(handing_on.left_out(group, timezone.localdate())),
        "kept_days": KEPT_FOR.days,
    }
    return render(request, "iri_exchange/handover_book.html", context)


@require_safe
@access.allowed("groups.fetch_handover_book", handover_books_visible_to)
def handover_book_copy(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    """One book: how far it is, and then where to fetch it."""
    group = _group(printout, slug)
    context = {
        **printing.progress_of(request, printout),
        "group": group,
        "order": Order.from_json(printout.options),
    }
    return render(request, "iri_exchange/handover_book_copy.html", context)


@require_safe
@access.allowed("groups.fetch_handover_book", handover_books_visible_to)
def handover_book_file(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    """The file. The copy was logged before it was made."""
    group = _group(printout, slug)
    if printout.state != Printout.State.DONE:
        return redirect("handover_book_copy", group.slug, printout.pk)
    return printing.served(request, printout, "application/pdf")


@require_POST
@access.allowed("groups.fetch_handover_book", handover_books_visible_to)
def handover_book_stop(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    group = _group(printout, slug)
    if printouts.stop(printout=printout):
        messages.success(request, "引き継ぎ帳を作るのを取りやめました。")
    return redirect("handover_book_copy", group.slug, printout.pk)


@require_POST
@access.allowed("groups.fetch_handover_book", handover_books_visible_to)
def handover_book_again(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    """The same once more, as it is now: another copy with a number of its own."""
    group, order = _group(printout, slug), Order.from_json(printout.options)
    again = ask_for_book(
        group=group,
        by=request.user,  # type: ignore[arg-type]
        receiver=order.receiver,
        purpose=order.purpose,
    )
    return redirect("handover_book_copy", group.slug, again.pk)


def _group(printout: Printout, slug: str) -> Group:
    """The group of the address. Raises Http404 where the print is another group's."""
    if printout.group is None or printout.group.slug != slug:
        raise Http404
    return printout.group
