"""The pages of a handover: the list with the day, what will happen, and the way back until the day before."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups.models import Group, Handover
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, japan
from iri_exchange.office.handover import checklist, deciding, telling
from iri_exchange.office.handover.facts import load
from iri_exchange.office.handover.forms import DayForm
from iri_exchange.office.succession import checklist as yearly

RULE, Stage = "groups.hand_over", Group.Stage


@access.allowed(RULE, groups_visible_to, by="slug")
def handover(request: HttpRequest, group: Group) -> HttpResponse:
    """GET shows the list; POST first tells what will happen (`look`), then hands the group over."""
    row = deciding.registered(group)
    if row or group.stage_on(timezone.localdate()) != Stage.LAUNCHED:
        return _after(request, group, row)
    day = load([group])[group.pk].day
    form = DayForm(request.POST or None, group=group, by=request.user, day=day)
    looking = "look" in request.POST
    if form.is_bound and form.is_valid() and not looking and form.act():
        since = japan.wareki(form.cleaned_data["since"])
        messages.success(
            request, f"{group.name}は、{since}から自主運営になります。役員と職員にお知らせします。"
        )
        return redirect("handover", group.slug)
    if looking and form.is_valid():
        return render(request, "office/handover_look.html", {"form": form, **_foreseen(form)})
    context = {"group": group, "form": form, "items": form.items, "gaps": form.gaps, "day": form.day}
    return render(request, "office/handover.html", context)


@access.allowed(RULE, groups_visible_to, by="slug")
def handover_take_back(request: HttpRequest, group: Group) -> HttpResponse:
    """GET tells what will happen; POST takes the handover back."""
    if request.method == "POST":
        try:
            deciding.take_back(group=group, by=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            said = f"{group.name}の自主運営への移行を取り消しました。役員と職員にお知らせします。"
            messages.success(request, said)
        return redirect("handover", group.slug)
    row = deciding.registered(group)
    if row is None or row.since <= timezone.localdate():
        messages.info(request, "取り消せる予定は、ありません。")
        return redirect("handover", group.slug)
    context = {"group": group, "row": row, "told": telling.both_sides(group, row.since)}
    return render(request, "office/handover_take_back.html", context)


@require_POST
@access.allowed(RULE, groups_visible_to, by="slug")
def handover_adviser(request: HttpRequest, group: Group) -> HttpResponse:
    """The group said that it needs its adviser no longer."""
    try:
        deciding.adviser_is_not_wanted(group=group, by=request.user)
        messages.success(request, "助言者の継続は要らないことを、書きとめました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("handover", group.slug)


@require_safe
@access.allowed("groups.see_readiness", groups_visible_to, by="slug")
def group_readiness(request: HttpRequest, group: Group) -> HttpResponse:
    """Of a group in its launch year, what the handover needs; of one that runs itself, what the turn of its year does."""
    stage = group.stage_on(timezone.localdate())
    row = deciding.registered(group) if stage == Stage.LAUNCHED else None
    made_by = {str(Stage.LAUNCHED): checklist.items, str(Stage.SELF_MANAGED): yearly.items}.get(stage)
    context = {
        "group": group,
        "stage": stage,
        "row": row,
        "items": made_by(group, request.user) if made_by else [],
        "day": load([group])[group.pk].day if stage == Stage.LAUNCHED else None,
    }
    return render(request, "office/group_readiness.html", context)


def _after(request: HttpRequest, group: Group, row: Any) -> HttpResponse:
    """Once it is decided, or where nothing can be decided: how it stands."""
    today = timezone.localdate()
    context = {
        "group": group,
        "row": row,
        "stage": group.stage_on(today),
        "is_ahead": bool(row and row.since > today),
        "handover": Handover.objects.filter(group=group).select_related("decided_by__person").first(),
        "items": checklist.items(group, request.user) if row and row.since > today else [],
    }
    return render(request, "office/handover_decided.html", context)


def _foreseen(form: DayForm) -> dict[str, Any]:
    group, since = form.group, form.cleaned_data["since"]
    members = telling.members_of(group, since)
    officers = telling.officers_of(group, since)
    return {
        "group": group,
        "since": since,
        "items": form.items,
        "gaps": form.gaps,
        "told": telling.both_sides(group, since),
        "officers": officers,
        "others": telling.reached([each for each in members if each not in officers]),
        "left_out": checklist.left_out(group, since),
    }
