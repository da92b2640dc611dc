"""One search over everything, and the searches that somebody keeps."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Page
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from groups import hit_list
from groups.finding import KINDS, Asked
from groups.forms.search import KeepForm, SearchForm
from groups.visible_records import saved_searches_of
from iri_exchange.lib import access, asked
from members import searches
from members.models import SavedSearch


@access.public
@asked.knows(*SearchForm.base_fields, "page")
def search(request: HttpRequest) -> HttpResponse:
    """Groups, companies and people that the reader may see; a few of each kind, or all of one."""
    form = SearchForm(request.GET, user=request.user)
    asked.choice(request, "kind", KINDS)  # a hidden field has no place beside it for what is wrong with it
    keep = KeepForm(initial={"query": form.asked.query, "name": form.asked.q})
    return render(request, "groups/search.html", _found(request, form) | {"keep": keep})


@require_POST
@access.allowed("members.keep_search")
def search_keep(request: HttpRequest) -> HttpResponse:
    """Keeps what the page showed, under a name."""
    form = KeepForm(request.POST)
    if form.is_valid() and (kept := form.act(user=request.user)):
        messages.success(request, f"「{kept.name}」として保存しました。この画面と机から、いつでも開けます。")
        return redirect(f"{reverse('search')}?{kept.query}")
    found = _found(request, form.search(request.user))
    return render(request, "groups/search.html", found | {"keep": form})


@require_POST
@access.allowed("members.keep_search", saved_searches_of)
def search_forget(request: HttpRequest, kept: SavedSearch) -> HttpResponse:
    searches.forget(search=kept)
    messages.success(request, f"保存した条件「{kept.name}」を消しました。")
    return redirect("search")


def _found(request: HttpRequest, form: SearchForm) -> dict[str, Any]:
    wanted, user = form.asked, request.user
    found = hit_list.sections(wanted, user) if wanted.given else []
    shown = [section for section in found if form.only in ("", section.kind)]
    page = None
    if form.only and shown:
        page = asked.page(shown[0].found, request.GET.get("page", ""), hit_list.MANY)
    nothing = bool(wanted.given) and not any(each.found.count() for each in found)
    return {
        "form": form,
        "sections": found,
        "lists": _lists(shown, page, wanted, user),
        "page": page,
        "fewer": hit_list.fewer(wanted, user) if nothing else [],
        "shorter": hit_list.shorter(wanted, user) if nothing and wanted.q else None,
        "nothing": nothing,
        "kept": saved_searches_of(user),
    }


def _lists(
    shown: Iterable[hit_list.Section], page: Page[Any] | None, wanted: Asked, user: Any
) -> list[tuple[hit_list.Section, list[hit_list.Hit]]]:
    """The sections that have hits, each with its lines: those of the page, or a few of each kind."""
    lists = []
    for section in shown:
        rows = page.object_list if page else section.found[: hit_list.FEW]
        if lines := hit_list.hit_list(section.kind, rows, wanted, user):
            lists.append((section, lines))
    return lists
