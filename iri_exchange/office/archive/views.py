"""解散したグループの記録: ask for it, watch it being made, fetch it. Whoever asked has it alone."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups import printouts
from groups.models import Group, Printout
from groups.models.printing import KEPT_FOR
from groups.standing import standing
from groups.visibility import groups_visible_to, printouts_visible_to
from iri_exchange.lib import access
from iri_exchange.office import printing
from iri_exchange.office.archive import papers
from iri_exchange.office.archive.making import ask_for_archive, last_day_of


def archives_visible_to(user: Any) -> QuerySet[Printout]:
    """One's own, of groups that are dissolved today; staff alone have any."""
    ended = Group.objects.as_of(standing(user).day).filter(stage=Group.Stage.DISSOLVED)
    rows = printouts_visible_to(user).filter(kind=Printout.Kind.ARCHIVE)
    return rows.filter(group__in=ended.order_by().values("pk"))


@access.allowed("groups.make_archive", groups_visible_to, by="slug")
def group_archive(request: HttpRequest, group: Group) -> HttpResponse:
    """What goes into it, and those one had made these days."""
    if request.method == "POST":
        printout = ask_for_archive(group=group, by=request.user)  # type: ignore[arg-type]
        return redirect("group_archive_copy", group.slug, printout.pk)
    entrusted = papers.is_entrusted(group)
    context = {
        "group": group,
        "last_day": last_day_of(group),
        "entrusted": entrusted,
        "bylaws": group.bylaws.count(),
        "minutes": papers.minutes_kept(group, entrusted=entrusted).count(),
        "files": papers.files_kept(group, entrusted=entrusted).count(),
        "printouts": archives_visible_to(request.user).filter(group=group),
        "kept_days": KEPT_FOR.days,
    }
    return render(request, "iri_exchange/group_archive.html", context)


@require_safe
@access.allowed("office.work", archives_visible_to)
def group_archive_copy(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    """One archive: how far it is, and then where to fetch it."""
    group = _group(printout, slug)
    context = {**printing.progress_of(request, printout), "group": group}
    return render(request, "iri_exchange/group_archive_copy.html", context)


@require_safe
@access.allowed("office.work", archives_visible_to)
def group_archive_file(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    """The file, to be put away. The copy was logged before it was made."""
    group = _group(printout, slug)
    if printout.state != Printout.State.DONE:
        return redirect("group_archive_copy", group.slug, printout.pk)
    return printing.served(request, printout, "application/zip", saved=True)


@require_POST
@access.allowed("office.work", archives_visible_to)
def group_archive_stop(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    group = _group(printout, slug)
    if printouts.stop(printout=printout):
        messages.success(request, "記録をまとめるのを取りやめました。")
    return redirect("group_archive_copy", group.slug, printout.pk)


@require_POST
@access.allowed("office.work", archives_visible_to)
def group_archive_again(request: HttpRequest, printout: Printout, slug: str) -> HttpResponse:
    """Once more, as it is now: another copy with a number of its own."""
    group = _group(printout, slug)
    again = ask_for_archive(group=group, by=request.user)  # type: ignore[arg-type]
    return redirect("group_archive_copy", group.slug, again.pk)


def _group(printout: Printout, slug: str) -> Group:
    """The group of the address. Raises Http404 where the print is another group's."""
    if printout.group is None or printout.group.slug != slug:
        raise Http404
    return printout.group
