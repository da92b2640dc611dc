"""The pages on which the office lets a group rest, wake, or end: GET shows what will happen, POST does it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, japan
from iri_exchange.office.endings import resting, undoing
from iri_exchange.office.endings.forms import DissolveForm, EndingForm, RestForm, ReviveForm
from iri_exchange.office.endings.telling import Whom

RULE, Stage = "groups.end_group", Group.Stage


@access.allowed(RULE, groups_visible_to, by="slug")
def group_rest(request: HttpRequest, group: Group) -> HttpResponse:
    form = RestForm(request.POST or None, group=group, by=request.user)
    return _page(request, form, "group_rest", [Stage.SELF_MANAGED], "から休止します")


@access.allowed(RULE, groups_visible_to, by="slug")
def group_revive(request: HttpRequest, group: Group) -> HttpResponse:
    form = ReviveForm(request.POST or None, group=group, by=request.user)
    return _page(request, form, "group_revive", [Stage.DORMANT], "から再開します")


@access.allowed(RULE, groups_visible_to, by="slug")
def group_dissolve(request: HttpRequest, group: Group) -> HttpResponse:
    form = DissolveForm(request.POST or None, group=group, by=request.user)
    before = [stage for stage in Stage if stage != Stage.DISSOLVED]
    return _page(request, form, "group_dissolve", before, "に解散します")


@require_POST
@access.allowed(RULE, groups_visible_to, by="slug")
def group_ending_take_back(request: HttpRequest, group: Group) -> HttpResponse:
    """Whatever of the three lies ahead never comes."""
    try:
        if undoing.ahead(group):
            said = _said_undone(undoing.take_back(group=group, by=request.user))
        else:
            resting.take_back(group=group, by=request.user)
            said = ""
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(
            request,
            f"{group.name}の予定を取り消して、会員にお知らせします。{said}中止にした会合は、中止のままです。",
        )
    return redirect("group", group.slug)


def _said_undone(undone: undoing.Back) -> str:
    kept = f"そのあとに直された{undone.changed}件は、そのままです。" if undone.changed else ""
    return f"会員と任期の記録{undone.back}件を、元に戻しました。{kept}"


def _page(request: HttpRequest, form: EndingForm, page: str, before: list[Any], becomes: str) -> HttpResponse:
    group = form.group
    if request.method == "POST" and form.is_valid() and (told := form.act()):
        day = japan.wareki(form.cleaned_data["since"])
        messages.success(request, f"{group.name}は、{day}{becomes}。{_said(told)}")
        return redirect("group", group.slug)
    state = form.stage()
    ahead = undoing.ahead(group) or resting.ahead(group)
    context = {
        "group": group,
        "form": form,
        "told": form.told,
        "foreseen": form.foreseen(),
        "state": Stage(state).label if state else "未登録",
        "fits": state in before and group.stage_on(timezone.localdate()) != Stage.DISSOLVED,
        "ahead": ahead,
    }
    return render(request, f"office/{page}.html", context)


def _said(told: Whom) -> str:
    letters = f"{len(told.by_letter)}人に、お知らせのメールをお送りします。" if told.by_letter else ""
    by_hand = f"メールの届かない{len(told.by_hand)}人には、お電話でお伝えください。" if told.by_hand else ""
    return letters + by_hand
