"""Bring a roster in: choose the file, look at what it would do, import exactly that, and take it back if need be.

One batch has one address for its whole life; every move is a POST that leads back to it.
"""

import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups.forms.importing import (
    ColumnsForm,
    ReadingForm,
    RosterFileForm,
    SheetForm,
    read_answers,
    reading_form,
)
from groups.importing import Outcome, commit_batch, discard_batch, undo_batch
from groups.importing.browsing import SHOWN, browse
from groups.importing.reading.columns import MAIN
from groups.importing.report import Layout, Report, from_json
from groups.importing.sample import bad_rows_file, sample_file
from groups.models import Group, ImportBatch
from groups.visibility import groups_visible_to, import_batches_visible_to
from iri_exchange.lib import access, asked

State = ImportBatch.State
PAGES = {
    State.READING: "groups/import_working.html",
    State.PREVIEWED: "groups/import_preview.html",
    State.WRITING: "groups/import_working.html",
    State.COMMITTED: "groups/import_done.html",
    State.UNDOING: "groups/import_working.html",
    State.UNDONE: "groups/import_ended.html",
    State.DISCARDED: "groups/import_ended.html",
}
# Who reads tells how far it is every second or so; who writes says nothing until all is written.
STUCK_AFTER = {State.READING: datetime.timedelta(minutes=1), State.WRITING: datetime.timedelta(minutes=5)}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

ANSWERED = "お答えを入れて読み直しました。お確かめのうえ、取り込んでください。"
BEING_WRITTEN = "いま名簿に書きこんでいるところなので、読み直しませんでした。終わるまでお待ちください。"
SAID = {
    Outcome.DONE: "{}を取り込みました。",
    Outcome.CHANGED: "ほかの画面で読み直されていたので、取り込みませんでした。もう一度お確かめください。",
    Outcome.READING: "いまファイルを読んでいるところなので、取り込みませんでした。読み終わったら、お確かめください。",
    Outcome.BLOCKED: "直すところかお聞きしたいことが残っているので、取り込みませんでした。",
}


@access.allowed("groups.import_roster", groups_visible_to, by="slug")
def roster_import(request: HttpRequest, group: Group) -> HttpResponse:
    form = RosterFileForm(request.POST, request.FILES) if request.method == "POST" else RosterFileForm()
    if form.is_valid():
        batch = form.act(group=group, by=request.user)  # type: ignore[arg-type]
        if batch:
            return redirect("import_preview", batch.pk)
    batches = import_batches_visible_to(request.user).filter(group=group).defer("content", "report")[:20]
    context = {"group": group, "form": form, "batches": batches, "labels": [each.label for each in MAIN[1:]]}
    return render(request, "groups/roster_import.html", context)


@require_safe
@access.allowed("groups.import_roster")
def import_sample(request: HttpRequest) -> HttpResponse:
    return _workbook("名簿取込の見本.xlsx", sample_file())


@require_safe
@access.allowed("groups.import_roster", import_batches_visible_to)
@asked.knows("show", "q", "page", "still")
def import_preview(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    return _page(request, batch)


@access.allowed("groups.import_roster", import_batches_visible_to)
def import_read(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """Read again: another sheet, other columns, with answers, or just so."""
    return _read_again(request, batch)


def _read_again(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if request.method != "POST" or not _readable(batch):
        return redirect("import_preview", batch.pk)
    report = _report(batch)
    form = reading_form(request.POST, report.layout if report else None)
    if not form.is_valid() or not form.act(batch=batch, by=request.user):  # type: ignore[arg-type]
        if form.part:
            return _page(request, batch, form)
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    elif batch.state == State.WRITING:
        messages.warning(request, BEING_WRITTEN)
    elif batch.state == State.PREVIEWED and form.chosen.get("answers"):
        messages.success(request, ANSWERED)
    return redirect("import_preview", batch.pk)


@require_POST
@access.allowed("groups.import_roster", import_batches_visible_to)
def import_commit(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The main button of the preview; as long as there are doubts it brings answers, which are looked at first."""
    if read_answers(request.POST):
        return _read_again(request, batch)
    outcome = commit_batch(
        batch=batch,
        shown=request.POST.get("shown", ""),
        leave_bad=bool(request.POST.get("leave_bad")),
        by=request.user,  # type: ignore[arg-type]
    )
    batch.refresh_from_db(fields=["message"])
    if outcome in SAID and not batch.message:
        level = messages.SUCCESS if outcome == Outcome.DONE else messages.WARNING
        messages.add_message(request, level, SAID[outcome].format(batch.filename))
    return redirect("import_preview", batch.pk)


@require_POST
@access.allowed("groups.import_roster", import_batches_visible_to)
def import_discard(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if not discard_batch(batch=batch):
        return redirect("import_preview", batch.pk)
    messages.success(request, f"{batch.filename}の取込を取りやめました。名簿は変わっていません。")
    return redirect("roster_import", batch.group.slug)


@access.allowed("groups.import_roster", import_batches_visible_to)
def import_undo(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """GET says what will happen, POST does it, or names what was built on the import."""
    if not _undoable(batch):
        return redirect("import_preview", batch.pk)
    obstacles: list[str] = []
    if request.method == "POST":
        obstacles = undo_batch(batch=batch, by=request.user)  # type: ignore[arg-type]
        if not obstacles:
            return redirect("import_preview", batch.pk)
    touched = sum(batch.counts.get(kind, 0) for kind in ("new", "changed"))
    context = {"batch": batch, "group": batch.group, "touched": touched, "obstacles": obstacles}
    return render(request, "groups/import_undo.html", context)


@require_safe
@access.allowed("groups.import_roster", import_batches_visible_to)
def import_bad_rows(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    """The rows that could not be taken, with their reasons: the user's own file coming back."""
    report = _report(batch)
    if not (report and report.bad_rows):
        return redirect("import_preview", batch.pk)
    return _workbook(f"{batch.group}_直すところ_第{batch.pk}号.xlsx", bad_rows_file(report))


# ── what the pages are made of ───────────────────────────────────────────────


def _page(request: HttpRequest, batch: ImportBatch, form: ReadingForm | None = None) -> HttpResponse:
    """The batch as it stands; `form` is one that could not be read, with what was typed into it."""
    context: dict[str, Any] = {"batch": batch, "group": batch.group, "undoable": _undoable(batch)}
    if PAGES[State(batch.state)] == "groups/import_working.html":
        context |= _progress(batch) | {"still": "still" in request.GET}
    else:
        context |= _findings(request, batch)
    if form:
        context |= {form.part: form, "wrong": form}
    return render(request, PAGES[State(batch.state)], context)


def _findings(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    """What the reading found, as much of it as the address asks for."""
    report = _report(batch)
    context: dict[str, Any] = {"report": report, "wrong": None}
    if report is None:
        return context
    context["browsing"] = browse(
        report,
        show=asked.choice(request, "show", SHOWN),
        words=asked.text(request, "q"),
        number=request.GET.get("page", ""),
        done=batch.state != State.PREVIEWED,
    )
    return context | (_layout(report, report.layout) if report.layout else {})


def _layout(report: Report, layout: Layout) -> dict[str, Any]:
    """How the file was read. `unread` are the columns of which nothing is taken and nobody has said so."""
    said = {notice.column for notice in report.warnings if notice.row == layout.header_row}
    return {
        "sheet_form": SheetForm(None, layout),
        "columns_form": ColumnsForm(None, layout),
        "read_count": sum(bool(column.key) for column in layout.columns),
        "unread": [column.label for column in layout.columns if not column.key and column.label in said],
    }


def _progress(batch: ImportBatch) -> dict[str, Any]:
    """How far the worker is; `tens` in steps of ten per cent, so that a screen reader is not told all the time."""
    share = batch.rows_done / batch.rows_total if batch.rows_total else 0
    return {"tens": int(share * 10) * 10, "stuck": _stuck(batch)}


def _stuck(batch: ImportBatch) -> bool:
    patience = STUCK_AFTER.get(State(batch.state), STUCK_AFTER[State.WRITING])
    return timezone.now() - (batch.moved_at or batch.uploaded_at) > patience


def _readable(batch: ImportBatch) -> bool:
    """Also one that is being written, once nobody seems to be writing it."""
    return batch.state in (State.READING, State.PREVIEWED) or (batch.state == State.WRITING and _stuck(batch))


def _report(batch: ImportBatch) -> Report | None:
    return from_json(batch.report) if batch.report else None


def _undoable(batch: ImportBatch) -> bool:
    return batch.undoable_until is not None and timezone.now() <= batch.undoable_until


def _workbook(name: str, content: bytes) -> HttpResponse:
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "",
        "Cache-Control": "private, no-store",
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)
