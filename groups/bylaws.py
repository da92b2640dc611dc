"""会則: a file per version, valid from a day until the next one; who may see it fetches it."""

import datetime
from typing import Any

from django.core.files.base import File
from django.db import transaction

from groups.models import Bylaws, Group
from iri_exchange.lib import history, uploads

NAME_LENGTH = 200


@transaction.atomic
def register(*, group: Group, upload: "File[Any]", valid_from: datetime.date, note: str, by: Any) -> Bylaws:
    """Keep a PDF as the by-laws from a day on. Raises ValidationError for another file, and for a day that has one."""
    content = uploads.pdf_bytes(upload)
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)  # two files for one day wait in a queue
    bylaws = Bylaws(
        group=group,
        valid_from=valid_from,
        filename=_file_name(upload.name or ""),
        content=content,
        size=len(content),
        note=note,
        uploaded_by=by,
    )
    bylaws.full_clean()
    with history.in_step("会則の登録"):
        bylaws.save()
    return bylaws


@transaction.atomic
def remove(*, bylaws: Bylaws) -> None:
    """A file registered by mistake is gone; that it was there stays in the history."""
    with history.in_step("会則の取り消し"):
        bylaws.delete()


def in_force(group: Group, day: datetime.date) -> Bylaws | None:
    """The by-laws of a day, without the file."""
    versions = Bylaws.objects.filter(group=group, valid_from__lte=day).defer("content")
    return versions.order_by("valid_from", "pk").last()


def _file_name(name: str) -> str:
    """What of the name can be shown and sent; a name of nothing but hidden signs becomes a plain one."""
    seen = "".join(letter for letter in name if letter.isprintable()).strip()
    stem = seen[: -len(".pdf")] if seen.lower().endswith(".pdf") else seen
    return f"{stem[: NAME_LENGTH - len('.pdf')] or '会則'}.pdf"
