"""Bring a roster in: choose the file, look at what it would do, import exactly that."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from groups.import_forms import RosterFileForm, read_answers
from groups.importing import Report, commit_batch, discard_batch, import_roster, keep_upload
from groups.models import Group, ImportBatch
from groups.visibility import groups_visible_to, import_batches_visible_to
from iri_exchange.lib import access

ANSWERED = "お答えを入れて読み直しました。お確かめのうえ、取り込んでください。"
CHANGED_MEANWHILE = "確かめたあとに名簿が変わったので、取り込まずに読み直しました。もう一度お確かめください。"


@access.allowed("groups.import_roster", groups_visible_to, by="slug")
def roster_import(request: HttpRequest, group: Group) -> HttpResponse:
    form = RosterFileForm(request.POST, request.FILES) if request.method == "POST" else RosterFileForm()
    if form.is_valid():
        upload = form.cleaned_data["file"]
        batch = keep_upload(group=group, filename=upload.name, content=form.content, by=request.user)  # type: ignore[arg-type]
        return redirect("import_preview", batch.pk)
    batches = import_batches_visible_to(request.user).filter(group=group).defer("content")[:10]
    return render(request, "groups/roster_import.html", {"group": group, "form": form, "batches": batches})


@access.allowed("groups.import_roster", import_batches_visible_to)
def import_preview(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if batch.state != ImportBatch.State.PREVIEWED:
        return render(request, "groups/import_done.html", {"batch": batch, "group": batch.group})
    report = import_roster(
        group=batch.group, content=bytes(batch.content), filename=batch.filename, commit=False
    )
    return render(request, "groups/import_preview.html", _preview(batch, report))


@require_POST
@access.allowed("groups.import_roster", import_batches_visible_to)
def import_commit(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    answers = read_answers(request.POST)
    report = commit_batch(batch=batch, shown=request.POST.get("shown", ""), answers=answers)
    if report is None:
        return redirect("import_preview", batch.pk)
    if report.committed:
        messages.success(request, f"{batch.filename}を取り込みました。")
        return redirect("group_members", batch.group.slug)
    messages.warning(request, ANSWERED if answers else CHANGED_MEANWHILE)
    return render(request, "groups/import_preview.html", _preview(batch, report, answers))


@require_POST
@access.allowed("groups.import_roster", import_batches_visible_to)
def import_discard(request: HttpRequest, batch: ImportBatch) -> HttpResponse:
    if not discard_batch(batch=batch):
        return redirect("import_preview", batch.pk)
    messages.success(request, f"{batch.filename}の取込を取りやめました。名簿は変わっていません。")
    return redirect("roster_import", batch.group.slug)


def _preview(batch: ImportBatch, report: Report, answers: dict[int, int] | None = None) -> dict[str, Any]:
    return {"batch": batch, "group": batch.group, "report": report, "answers": answers or {}}
