"""The page of an election: who leads the group from a day on; then what follows, and after that it is registered."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from groups.models import Group
from groups.officers import officer_terms
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, japan
from iri_exchange.office.succession import telling, turning
from iri_exchange.office.succession.drafting import Plan
from iri_exchange.office.succession.electing import Elected
from iri_exchange.office.succession.forms import BACK, SURE, ElectionForm


@access.allowed("groups.appoint_officers", groups_visible_to, by="slug")
def group_election(request: HttpRequest, group: Group) -> HttpResponse:
    """POST shows what follows; with `sure` it is registered, with `back` the form stands there as it was filled in."""
    form = ElectionForm(request.POST or None, group=group, by=request.user)
    if request.method == "POST" and BACK not in request.POST and form.is_valid():
        if SURE in request.POST and (done := form.act()):
            messages.success(request, _said(done, form))
            return redirect("group_officers", group.slug)
        if (not form.non_field_errors()) and (plan := form.look()):
            return render(request, "office/election_look.html", _shown(form, plan))
    registered = turning.registered_day(group, form.today)
    day = registered or form.today
    context = {"group": group, "form": form, "registered": registered, "day": day}
    context["terms"] = officer_terms(group, day)
    return render(request, "office/group_election.html", context)


def _shown(form: ElectionForm, plan: Plan) -> dict[str, Any]:
    concerned = {*plan.announced, *plan.thanked, *plan.called_off}
    reached = telling.reached(concerned)
    invite = form.cleaned_data["invite"]
    return {
        "group": plan.group,
        "form": form,
        "plan": plan,
        "doubts": form.doubts(plan),
        "inviting": telling.to_be_invited(plan, form.by) if invite else [],
        "letters": len(reached),
        "unreached": sorted(concerned - reached, key=lambda person: person.sort_key),
    }


def _said(done: Elected, form: ElectionForm) -> str:
    if not done.changed:
        return "もう、そのとおりに登録されています。何も変えていません。"
    said = f"{japan.wareki(form.cleaned_data['since'])}からの役員を登録しました。"
    told = f"{done.letters}人に、メールでお知らせします。" if done.letters else ""
    return said + told + (f"{done.invited}人を、ログインに招待しました。" if done.invited else "")
