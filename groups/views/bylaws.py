"""The by-laws of a group: for the group, and for the office."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups import bylaws as verbs
from groups.forms.bylaws import BylawsForm
from groups.models import Bylaws, Group
from groups.visibility import groups_visible_to
from groups.visible_records import bylaws_visible_to
from iri_exchange.lib import access


@require_safe
@access.allowed("groups.see_bylaws", groups_visible_to, by="slug")
def group_bylaws(request: HttpRequest, group: Group) -> HttpResponse:
    return _page(request, group, BylawsForm(group=group, by=request.user))


@require_POST
@access.allowed("groups.keep_bylaws", groups_visible_to, by="slug")
def bylaws_new(request: HttpRequest, group: Group) -> HttpResponse:
    form = BylawsForm(request.POST, request.FILES, group=group, by=request.user)
    if form.is_valid() and form.act():
        messages.success(request, "会則を登録しました。グループの会員が、このページから開けます。")
        return redirect("group_bylaws", group.slug)
    return _page(request, group, form)


@require_safe
@access.visible(bylaws_visible_to)
def bylaws_file(request: HttpRequest, bylaws: Bylaws) -> HttpResponse:
    """The file as it came, to be saved, never opened inside the portal."""
    name = f"{bylaws.group.name}_会則_{bylaws.valid_from:%Y%m%d}.pdf"
    headers = {
        "Content-Disposition": content_disposition_header(True, name) or "",
        "Cache-Control": "private, no-store",
    }
    content = bytes(bylaws.content) if request.method == "GET" else b""
    return HttpResponse(content, content_type="application/pdf", headers=headers)


@require_POST
@access.allowed("groups.remove_bylaws", bylaws_visible_to)
def bylaws_remove(request: HttpRequest, bylaws: Bylaws) -> HttpResponse:
    verbs.remove(bylaws=bylaws)
    messages.success(request, "会則の登録を取り消しました。")
    return redirect("group_bylaws", bylaws.group.slug)


def _page(request: HttpRequest, group: Group, form: BylawsForm) -> HttpResponse:
    now = verbs.in_force(group, timezone.localdate())
    versions = bylaws_visible_to(request.user).filter(group=group)
    context = {"group": group, "form": form, "versions": versions, "now": now, "today": timezone.localdate()}
    return render(request, "groups/group_bylaws.html", context)
