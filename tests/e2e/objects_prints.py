"""What stands in the addresses of long prints of one group: the secretary's 引き継ぎ帳, the office's archive."""

from typing import Any

from django.utils import timezone

from groups import book as member_book
from groups.models import Group, Printout
from groups.rosters.building import Variant
from iri_exchange.office.archive import ask_for_archive, make_archive
from iri_exchange.office.handover_book import ask_for_book, make_book
from members.models import User
from tests.e2e.portal import ROLES
from tests.house.portal.print_objects import dissolved


def printed(group: Group) -> dict[str, Any]:
    """Finished ones."""
    secretary, staff = (User.objects.get(email=ROLES[role]) for role in ("secretary", "staff"))
    book = ask_for_book(group=group, by=secretary, receiver="濵田 隆")
    make_book(printout_pk=book.pk)
    ended = dissolved(group, staff)
    archive = ask_for_archive(group=ended, by=staff)
    make_archive(printout_pk=archive.pk)
    return {
        "groups/<slug:slug>/book/:pk": book.pk,
        "office/archive/:slug": ended.slug,
        "office/archive/:pk": archive.pk,
    }


def make_printout(by: User, state: str, group: Group) -> Printout:
    """A book as it stands at some place of its way; the finished one has its file."""
    order = member_book.Order(
        Variant.MEMBER, timezone.localdate(), (group.pk,), False, "年度はじめの控え", "濵田 隆"
    )
    printout = Printout.objects.create(
        kind=Printout.Kind.BOOK, made_by=by, options=order.as_json(), steps_total=28, steps_done=6
    )
    if state == "done":
        member_book.make_book(printout_pk=printout.pk)
        return printout
    Printout.objects.filter(pk=printout.pk).update(
        state=state, finished_at=None if state in Printout.OPEN else timezone.now()
    )
    return printout
