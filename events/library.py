"""資料: the group's PDFs and pictures. They lie in the database, and whoever may see one fetches it through a view."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from events.models import AgendaItem, LibraryFile, Meeting
from events.visibility import INSTITUTES, concerns_guest, was_told_to_guests, with_stage
from groups.models import Group
from groups.standing import standing
from iri_exchange.lib import history, uploads

Kind, Format = LibraryFile.Kind, LibraryFile.Format
NAME_LENGTH, TITLE_LENGTH = 200, 100
# All files of one group together; they go into every backup.
MOST_BYTES = 500 * 1024 * 1024
FULL = "このグループの資料がいっぱいです（合わせて500MBまで）。古い資料を消してから、登録してください。"
NO_PICTURE = "写真には、画像（JPEGやPNG）を選んでください。PDFは、ほかの種類で登録できます。"
NOT_OURS = "この会合の資料としては、登録できません。"
MIME = {Format.PDF: "application/pdf", Format.PNG: "image/png", Format.JPEG: "image/jpeg"}


@transaction.atomic
def keep(
    *,
    group: Group,
    upload: "File[Any]",
    kind: str,
    title: str,
    by: Any,
    meeting: Meeting | None = None,
    agenda_item: AgendaItem | None = None,
    is_open: bool = False,
) -> LibraryFile:
    """Keep a PDF as it came, or a picture drawn anew; without a title it bears the file's name.

    Raises ValidationError for anything else, for a file too large, and for one more than the group has room for.
    """
    shape, content = _read(upload, kind)
    _find_room(group, len(content))
    if (meeting and meeting.group_id != group.pk) or (
        agenda_item and (meeting is None or agenda_item.meeting_id != meeting.pk)
    ):
        raise ValidationError(NOT_OURS, code="elsewhere")
    name = _visible(upload.name or "")
    file = LibraryFile(
        group=group,
        meeting=meeting,
        agenda_item=agenda_item,
        kind=kind,
        title=title or _stem(name)[:TITLE_LENGTH] or Kind(kind).label,
        filename=f"{_stem(name)[: NAME_LENGTH - 5] or '資料'}.{_ending(shape)}",
        format=shape,
        content=content,
        size=len(content),
        # What is shown with a notice is that of a meeting.
        is_open=is_open and meeting is not None,
        uploaded_by=by,
    )
    file.full_clean()
    with history.in_step("資料の登録"):
        file.save()
    return file


@transaction.atomic
def rename(
    *, file: LibraryFile, title: str, kind: str | None = None, is_open: bool | None = None
) -> LibraryFile:
    """Another title, or another kind; shown with the notice or no longer. The file itself stays as it is.

    Raises ValidationError for a PDF that is to be a photograph.
    """
    kind = kind or file.kind
    if kind == Kind.PHOTO and file.format == Format.PDF:
        raise ValidationError({"kind": NO_PICTURE}, code="no_picture")
    file.title, file.kind = title, kind
    if is_open is not None:
        file.is_open = is_open and file.meeting_id is not None
    file.full_clean(exclude=["content"])
    with history.in_step("資料の題名などの変更"):
        file.save(update_fields=["title", "kind", "is_open"])
    return file


@transaction.atomic
def remove(*, file: LibraryFile) -> None:
    """The file is gone; that it was there, and who removed it, stays in the history."""
    with history.in_step("資料を消す"):
        file.delete()


def files_visible_to(user: Any) -> QuerySet[LibraryFile]:
    """Insiders see all of their groups; guests of a meeting what comes with its notice; staff what was the
    institute's on the day of the meeting, or (of the group itself) is today. Without the files themselves.
    """
    files = LibraryFile.objects.select_related("group", "meeting__group", "uploaded_by__person").defer(
        "content"
    )
    who = standing(user)
    seen = Q(group__in=who.insider_of)
    if who.member_of:
        told = Meeting.objects.filter(was_told_to_guests())
        invited = told.filter(concerns_guest(user))
        seen |= Q(is_open=True, meeting__in=invited.values("pk"))
    if who.is_staff:
        held = with_stage(Meeting.objects.order_by()).filter(stage_then__in=INSTITUTES)
        groups = Group.objects.as_of(timezone.localdate()).filter(stage__in=INSTITUTES)
        seen |= Q(meeting__in=held.values("pk"))
        seen |= Q(meeting=None, group__in=groups.order_by().values("pk"))
    return files.filter(seen)


def served_name(file: LibraryFile) -> str:
    """What the file is called where it is saved: by its title, which says more than the name it came with."""
    plain = "".join("_" if letter in '\\/:*?"<>|' else letter for letter in file.title)
    return f"{plain}.{_ending(file.format)}"


def _find_room(group: Group, size: int) -> None:
    Group.objects.select_for_update(no_key=True).get(pk=group.pk)  # two at once count one after the other
    held = LibraryFile.objects.filter(group=group).aggregate(held=Sum("size"))["held"] or 0
    if held + size > MOST_BYTES:
        raise ValidationError(FULL, code="full")


def _read(upload: "File[Any]", kind: str) -> tuple[str, bytes]:
    """(format, content). What begins as a PDF is one; all else is a picture, or refused as none."""
    if not upload.size:
        raise ValidationError("ファイルが空です。別のファイルを選んでください。", code="empty")
    upload.seek(0)
    if upload.read(5) != b"%PDF-":
        if (upload.name or "").lower().endswith(".pdf"):
            uploads.pdf_bytes(upload)  # says what is wrong with it
        return _picture(upload)
    if kind == Kind.PHOTO:
        raise ValidationError(NO_PICTURE, code="no_picture")
    return Format.PDF, uploads.pdf_bytes(upload)


def _picture(upload: "File[Any]") -> tuple[str, bytes]:
    try:
        return uploads.photograph(upload)
    except ValidationError as error:
        if error.code == "invalid":
            raise ValidationError(
                "PDFか画像（JPEG、PNG、GIF、WebP）を選んでください。ワードやエクセルは、PDFにすると登録できます。",
                code="invalid",
            ) from error
        raise


def _visible(name: str) -> str:
    return "".join(letter for letter in name if letter.isprintable()).strip()


def _stem(name: str) -> str:
    stem, _, ending = name.rpartition(".")
    return (stem if stem and len(ending) <= 4 else name).strip()


def _ending(shape: str) -> str:
    return "jpg" if shape == Format.JPEG else shape
