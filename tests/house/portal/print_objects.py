"""Long prints of one group, as they stand in addresses; see `objects`."""

import datetime
import io
from typing import Any

import pikepdf
from django.utils import timezone

from groups import lifecycle
from groups.models import Dissolution, Group, Printout
from iri_exchange.office.handover_book import Order
from tests.conftest import Actor


def prints_of(group: Group, staff: Actor) -> dict[str, Any]:
    """An officer's handover book, and the office's archive of a group that ended. The same print stands there twice:
    as an address of the URLconf names it, and filled in with its group.
    """
    officer = group.officer_terms.get(until=None).person
    book = _printed(Printout.Kind.HANDOVER, group, officer.users.first() or staff.user, Order().as_json())
    ended = dissolved(group, staff.user)
    archive = _printed(Printout.Kind.ARCHIVE, ended, staff.user, {})
    return {
        "groups/<slug:slug>/book/:pk": book.pk,
        f"groups/{group.slug}/book/:pk": book.pk,
        "office/archive/:slug": ended.slug,
        "office/archive/:pk": archive.pk,
        f"office/archive/{ended.slug}/:pk": archive.pk,
    }


def dissolved(group: Group, by: Any) -> Group:
    """A group that nobody is in any more."""
    ended = lifecycle.found(
        stage=Group.Stage.LAUNCHED,
        since=datetime.date(1990, 7, 1),
        name=f"{group}のまえの会",
        kana="マエノカイ",
        slug=f"{group.slug}-past",
        number_prefix="PA",
        founded_year=1990,
        office=group.office,
    )
    ended.stages.create(state=Group.Stage.DISSOLVED, since=datetime.date(2020, 4, 1))
    Dissolution.objects.create(
        group=ended, reason="会員が少なくなった。", decided_at=timezone.now(), decided_by=by
    )
    return ended


def _printed(kind: str, group: Group, by: Any, options: dict[str, Any]) -> Printout:
    return Printout.objects.create(
        kind=kind,
        group=group,
        options=options,
        made_by=by,
        state=Printout.State.DONE,
        finished_at=timezone.now(),
        content=pdf() if kind == Printout.Kind.HANDOVER else b"PK",
    )


def pdf() -> bytes:
    """A page with nothing on it."""
    content = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        made.add_blank_page()
        made.save(content)
    return content.getvalue()
