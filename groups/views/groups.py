"""The groups: their list, their public faces, and writing them down."""

from collections import Counter

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from groups import faces, lifecycle
from groups.counting import with_member_count
from groups.filters import GroupFilter
from groups.forms import GroupForm, NewGroupForm
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked


@access.public
@asked.knows(GroupFilter)
def group_list(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    visible = with_member_count(groups_visible_to(request.user), today)
    chosen = GroupFilter(request.GET, visible)
    groups = list(chosen.qs)
    total = {"groups": len(groups), "members": sum(group.member_count for group in groups)}
    context = {"filter": chosen, "groups": groups, "total": total, "today": today}
    return render(request, "groups/group_list.html", context)


@access.visible(groups_visible_to, by="slug")
def group(request: HttpRequest, group: Group) -> HttpResponse:
    today = timezone.localdate()
    inside = request.user.has_perm("groups.see_members", group)
    officers = faces.officers(group, today, request.user, by_name=inside)
    counted = with_member_count(Group.objects.filter(pk=group.pk), today).get()
    context = {
        "group": group,
        "today": today,
        "member_count": counted.member_count,  # type: ignore[attr-defined]
        "stations": faces.time_line(group, today),
        "trades": faces.trades(group, today),
        "public_companies": faces.public_companies(group),
        "officers": officers,
        "board": {} if inside else dict(Counter(seat.role for seat in officers)),
        "advisers": group.advisers.on(today).select_related("person") if inside else [],
    }
    return render(request, "groups/group.html", context)


@access.allowed("groups.add_group")
def group_new(request: HttpRequest) -> HttpResponse:
    form = NewGroupForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (made := form.act(lifecycle.found)):
        messages.success(request, f"{made.name}を登録しました。つぎに、名簿を取り込むと会員が入ります。")
        return redirect("group", made.slug)
    return render(request, "groups/group_new.html", {"form": form})


@access.allowed("groups.edit_group", groups_visible_to, by="slug")
def group_edit(request: HttpRequest, group: Group) -> HttpResponse:
    registers = request.user.has_perm("groups.add_group")
    name = group.name
    form = GroupForm(request.POST or None, request.FILES or None, instance=group, registers=registers)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, f"{group.name}の内容を保存しました。")
        return redirect("group", group.slug)
    return render(request, "groups/group_edit.html", {"form": form, "group": group, "name": name})


@access.visible(groups_visible_to, by="slug")
def group_logo(request: HttpRequest, group: Group) -> FileResponse:
    """The uploaded logo, drawn anew as PNG when it came."""
    try:
        return FileResponse(group.logo.open("rb"), content_type="image/png")
    except (ValueError, FileNotFoundError) as nothing:
        raise Http404 from nothing
