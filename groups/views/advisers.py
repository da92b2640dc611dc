"""The advisers of a group, past and present; one more year is asked for by the group and answered by the office."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups import advising
from groups.forms.advisers import AcceptForm, AskForm, CommissionForm, DeclineForm, TermForm
from groups.models import Adviser, AdviserRequest, Group
from groups.visibility import groups_visible_to, people_visible_to
from groups.visible_records import adviser_requests_visible_to, adviser_terms_visible_to
from iri_exchange.lib import access, versions


@require_safe
@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_advisers(request: HttpRequest, group: Group) -> HttpResponse:
    return _page(request, group, AskForm(group=group, by=request.user))


@require_POST
@access.allowed("groups.ask_for_adviser", groups_visible_to, by="slug")
def adviser_request(request: HttpRequest, group: Group) -> HttpResponse:
    form = AskForm(request.POST, group=group, by=request.user)
    if form.is_valid() and form.act():
        messages.success(request, "助言者の継続を、事務局にお願いしました。お返事は、このページに出ます。")
        return redirect("group_advisers", group.slug)
    return _page(request, group, form)


@access.allowed("groups.commission_adviser", groups_visible_to, by="slug")
def adviser_new(request: HttpRequest, group: Group) -> HttpResponse:
    form = CommissionForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid() and (term := form.act()):
        messages.success(request, f"{term.person.name}さんを助言者として登録しました。")
        return redirect("group_advisers", group.slug)
    return render(request, "groups/adviser_new.html", {"group": group, "form": form})


@access.allowed("groups.commission_adviser", adviser_terms_visible_to)
@versions.in_turn
def adviser_term(request: HttpRequest, term: Adviser) -> HttpResponse:
    """GET shows the days, POST puts them right, or takes a term back that nobody has counted on yet."""
    name, group, may_withdraw = term.person.name, term.group, advising.may_be_withdrawn(term)
    taking_back = request.method == "POST" and "withdraw" in request.POST
    form = TermForm(None if taking_back else request.POST or None, instance=term)
    if taking_back and (said := _withdrawn(request, term)):
        messages.success(request, said)
        return redirect("group_advisers", group.slug)
    if form.is_bound and form.is_valid() and form.act():
        messages.success(request, f"{name}さんの任期を保存しました。")
        return redirect("group_advisers", group.slug)
    context = {"group": group, "term": term, "name": name, "form": form, "may_withdraw": may_withdraw}
    return render(request, "groups/adviser_term.html", context)


@access.allowed("groups.commission_adviser", adviser_requests_visible_to)
def adviser_answer(request: HttpRequest, asked: AdviserRequest) -> HttpResponse:
    """GET shows the group's wish, POST says yes with a term, or no with a sentence."""
    declining = request.method == "POST" and "decline" in request.POST
    data = request.POST or None
    accept = AcceptForm(None if declining else data, request=asked, by=request.user)
    decline = DeclineForm(data if declining else None, request=asked, by=request.user)
    form = decline if declining else accept
    if form.is_bound and form.is_valid() and form.act():
        messages.success(request, f"{asked.group.name}にお返事しました。")
        return redirect("group_advisers", asked.group.slug)
    context = {"group": asked.group, "asked": asked, "form": accept, "decline": decline}
    return render(request, "groups/adviser_answer.html", context)


@require_POST
@access.allowed("groups.withdraw_request", adviser_requests_visible_to)
def adviser_request_withdraw(request: HttpRequest, asked: AdviserRequest) -> HttpResponse:
    try:
        advising.take_request_back(request=asked, by=request.user)
        messages.success(request, "お願いを取り下げました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("group_advisers", asked.group.slug)


def _withdrawn(request: HttpRequest, term: Adviser) -> str:
    said = f"{term.person.name}さんの登録を取り消しました。"
    try:
        advising.withdraw(term=term)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return ""
    return said


def _page(request: HttpRequest, group: Group, form: AskForm) -> HttpResponse:
    today = timezone.localdate()
    terms = list(group.advisers.select_related("person"))
    with_page, known = _known(terms, group, request.user)
    requests = adviser_requests_visible_to(request.user).filter(group=group)
    waits = [each for each in requests if each.state in ("asked", "accepted")]
    context: dict[str, Any] = {
        "group": group,
        "form": form,
        "now": [term for term in terms if term.until is None or term.until >= today],
        "before": [term for term in terms if term.until and term.until < today],
        "with_page": with_page,
        "known": known,
        "requests": requests,
        "year": (year := advising.year_to_ask_for(group, today)),
        "asked_already": any(each.fiscal_year == year for each in waits),
        "today": today,
    }
    return render(request, "groups/group_advisers.html", context)


def _known(terms: list[Adviser], group: Group, user: Any) -> tuple[set[int], set[int]]:
    """(whose page the reader may open, whose name they may know): as with officers, who keeps the register knows all."""
    visible = people_visible_to(user).filter(adviser_terms__in=terms)
    with_page = set(visible.values_list("pk", flat=True))
    keeps = user.has_perm("groups.appoint_officers", group)
    return with_page, {term.person_id for term in terms} if keeps else with_page
