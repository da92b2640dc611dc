"""The groups: their list, their public faces, and writing them down."""

from collections import Counter

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from groups import faces, lifecycle
from groups.counting import with_member_count
from groups.forms.filters import GroupFilter
from groups.forms.groups import GroupForm, NewGroupForm
from groups.models import Group
from groups.visibility import groups_visible_to
from groups.visible_records import rounds_visible_to
from iri_exchange.lib import access, asked, versions


@access.public
@asked.knows(GroupFilter)
def group_list(request: HttpRequest) -> HttpResponse:
    visible = with_member_count(groups_visible_to(request.user), timezone.localdate())
    chosen = GroupFilter(request.GET, visible)
    groups = list(chosen.qs)
    total = {"groups": len(groups), "members": sum(group.member_count for group in groups)}
    day = {"today": chosen.day, "another_day": chosen.another_day}
    context = {"filter": chosen, "groups": groups, "total": total, **day}
    return render(request, "groups/group_list.html", context)


@access.visible(groups_visible_to, by="slug")
@asked.knows("date")
def group(request: HttpRequest, group: Group) -> HttpResponse:
    """As it is today, or was on another day: its stage, its members and who led it. Days to come are for insiders."""
    today, inside = timezone.localdate(), request.user.has_perm("groups.see_members", group)
    day = asked.day(request) if inside else min(asked.day(request), today)
    officers = faces.officers(group, day, request.user, by_name=inside)
    counted = with_member_count(Group.objects.filter(pk=group.pk), day).as_of(day)  # type: ignore[attr-defined]
    stage, member_count = counted.values_list("stage", "member_count").get()
    context = {
        "group": group,
        "today": day,
        "another_day": day if day != today else None,
        "stage": stage,
        "member_count": member_count,
        "stations": faces.time_line(group, today, inside=inside),
        "standing_still": faces.standing_still(group, day),
        "trades": faces.trades(group, day),
        "public_companies": faces.public_companies(group) if day == today else 0,
        "officers": officers,
        "board": {} if inside else dict(Counter(seat.role for seat in officers)),
        "advisers": faces.advisers(group, day, request.user) if inside else [],
        "call": rounds_visible_to(request.user).filter(group=group).first()
        if stage == Group.Stage.FORMING
        else None,
    }
    return render(request, "groups/group.html", context)


@access.allowed("groups.add_group")
def group_new(request: HttpRequest) -> HttpResponse:
    form = NewGroupForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (made := form.act(lifecycle.found)):
        messages.success(request, f"{made.name}を登録しました。次に、名簿を取り込むと会員が入ります。")
        return redirect("group", made.slug)
    return render(request, "groups/group_new.html", {"form": form})


@access.allowed("groups.edit_group", groups_visible_to, by="slug")
@versions.in_turn
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
