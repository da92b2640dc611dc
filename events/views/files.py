"""The group's library: who is inside finds it, who runs the meetings fills it, the file itself goes to who may see it."""

from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import content_disposition_header, quote_etag
from django.views.decorators.http import require_POST, require_safe

from events import library
from events.forms.files import FileEditForm, GroupFileForm, MeetingFileForm
from events.library import files_visible_to
from events.models import LibraryFile, Meeting
from events.visibility import meetings_visible_to
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked, uploads, versions

SHOWN = 12  # of each kind on the first page
KEPT = "{}件を資料に登録しました。"


@require_safe
@access.allowed("events.see_meetings", groups_visible_to, by="slug")
@asked.knows("kind", "page")
def group_files(request: HttpRequest, group: Group) -> HttpResponse:
    return _library(request, group, GroupFileForm(group=group, by=request.user))


@require_POST
@access.allowed("events.run_meetings", groups_visible_to, by="slug")
def group_file_new(request: HttpRequest, group: Group) -> HttpResponse:
    form = GroupFileForm(request.POST, request.FILES, group=group, by=request.user)
    if form.is_valid() and (kept := form.act()):
        messages.success(request, KEPT.format(len(kept)))
        return redirect("group_files", group.slug)
    return _library(request, group, form)


@require_safe
@access.allowed("events.see_notice", meetings_visible_to)
def meeting_files(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    return _of_meeting(request, meeting, MeetingFileForm(meeting=meeting, by=request.user))


@require_POST
@access.allowed("events.run_meeting", meetings_visible_to)
def meeting_file_new(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    form = MeetingFileForm(request.POST, request.FILES, meeting=meeting, by=request.user)
    if form.is_valid() and (kept := form.act()):
        messages.success(request, KEPT.format(len(kept)))
        return redirect("meeting_files", meeting.pk)
    return _of_meeting(request, meeting, form)


@require_safe
@access.visible(files_visible_to)
def file(request: HttpRequest, file: LibraryFile) -> HttpResponse:
    """A picture opens where one is; a PDF is saved, never opened inside the portal."""
    is_picture = file.format != LibraryFile.Format.PDF
    headers = {
        "Content-Disposition": content_disposition_header(not is_picture, library.served_name(file)) or "",
        "Cache-Control": "private, no-cache" if is_picture else "private, no-store",
    }
    if is_picture and (known := _known_already(request, file, "whole")):
        return known
    content = bytes(file.content) if request.method == "GET" else b""
    answer = HttpResponse(
        content, content_type=library.MIME[LibraryFile.Format(file.format)], headers=headers
    )
    return _with_etag(answer, file, "whole") if is_picture else answer


@require_safe
@access.visible(files_visible_to)
def file_preview(request: HttpRequest, file: LibraryFile) -> HttpResponse:
    """A picture small enough for a page of many; a PDF has none."""
    if file.format == LibraryFile.Format.PDF:
        return redirect("file", file.pk)
    if known := _known_already(request, file, "small"):
        return known
    content = uploads.preview(bytes(file.content)) if request.method == "GET" else b""
    answer = HttpResponse(content, content_type="image/jpeg", headers={"Cache-Control": "private, no-cache"})
    return _with_etag(answer, file, "small")


@access.allowed("events.keep_file", files_visible_to)
@versions.in_turn
def file_edit(request: HttpRequest, file: LibraryFile) -> HttpResponse:
    form = FileEditForm(request.POST or None, instance=file)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "資料の題名などを保存しました。")
        return _back(file)
    return render(request, "events/file_edit.html", {"group": file.group, "file": file, "form": form})


@require_POST
@access.allowed("events.keep_file", files_visible_to)
def file_remove(request: HttpRequest, file: LibraryFile) -> HttpResponse:
    title = file.title
    library.remove(file=file)
    messages.success(request, f"「{title}」を資料から消しました。")
    return _back(file)


def _back(file: LibraryFile) -> HttpResponse:
    if file.meeting_id:
        return redirect("meeting_files", file.meeting_id)
    return redirect("group_files", file.group.slug)


def _library(request: HttpRequest, group: Group, form: GroupFileForm) -> HttpResponse:
    """Each kind with its newest; or all of one kind."""
    kinds = dict(LibraryFile.Kind.choices)
    rows = files_visible_to(request.user).filter(group=group)
    counted = dict(rows.order_by().values_list("kind").annotate(Count("pk")))
    kind = asked.choice(request, "kind", kinds)
    context: dict[str, Any] = {"group": group, "form": form, "counted": sum(counted.values()), "kind": kind}
    if kind:
        context["kind_name"] = kinds[kind]
        context["page"] = asked.page(rows.filter(kind=kind), request.GET.get("page", ""))
    else:
        context["kinds"] = [
            (key, label, counted[key], list(rows.filter(kind=key)[:SHOWN]))
            for key, label in kinds.items()
            if counted.get(key)
        ]
    return render(request, "events/group_files.html", context)


def _of_meeting(request: HttpRequest, meeting: Meeting, form: MeetingFileForm) -> HttpResponse:
    files = list(files_visible_to(request.user).filter(meeting=meeting).select_related("agenda_item"))
    context = {"group": meeting.group, "meeting": meeting, "form": form, "files": files}
    return render(request, "events/meeting_files.html", context)


def _tag(file: LibraryFile, size: str) -> str:
    return quote_etag(f"{file.pk}-{file.uploaded_at:%Y%m%d%H%M%S%f}-{size}")


def _known_already(request: HttpRequest, file: LibraryFile, size: str) -> HttpResponse | None:
    """304 for a browser that holds it; whether it may see it was asked before."""
    if "HTTP_IF_NONE_MATCH" not in request.META:
        return None
    answer = get_conditional_response(request, etag=_tag(file, size))
    if answer is not None:
        answer["Cache-Control"] = "private, no-cache"
    return answer


def _with_etag(answer: HttpResponse, file: LibraryFile, size: str) -> HttpResponse:
    answer["ETag"] = _tag(file, size)
    patch_vary_headers(answer, ["Cookie"])
    return answer
