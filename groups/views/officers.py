"""The officers of a group, past and present: for the group; their terms begin and end here."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.forms.officers import EndForm, OfficerForm, WithdrawForm
from groups.leading import may_be_withdrawn, without_officers
from groups.models import Group, OfficerTerm
from groups.officers import in_force, terms_of
from groups.visibility import groups_visible_to, officer_terms_visible_to
from iri_exchange.lib import access, asked


@require_safe
@access.allowed("groups.see_members", groups_visible_to, by="slug")
@asked.knows("date")
def group_officers(request: HttpRequest, group: Group) -> HttpResponse:
    today, day = timezone.localdate(), asked.day(request)
    now, before = terms_of(group, today, request.user)
    if day != today:
        now, before = in_force(day, [*now, *before]), []
    context = {"group": group, "now": now, "before": before, "today": today, "day": day}
    context["another_day"] = day if day != today else None
    return render(
        request, "groups/group_officers.html", context | {"alone": without_officers([group], today)}
    )


@access.allowed("groups.appoint_officers", groups_visible_to, by="slug")
def officer_new(request: HttpRequest, group: Group) -> HttpResponse:
    form = OfficerForm(request.POST or None, group=group, user=request.user)
    if request.method == "POST" and form.is_valid() and (term := form.act()):
        messages.success(request, f"{term.person.name}さんを{term.get_role_display()}として登録しました。")
        return redirect("group_officers", group.slug)
    return render(request, "groups/officer_new.html", {"group": group, "form": form})


@access.allowed("groups.end_officer_term", officer_terms_visible_to)
def officer_end(request: HttpRequest, term: OfficerTerm) -> HttpResponse:
    """GET asks for the last day and says what it means, POST ends the term, or takes it back where it may be."""
    asked, taking_back = request.POST or None, "withdraw" in request.POST
    ending = EndForm(None if taking_back else asked, term=term)
    withdrawing = WithdrawForm(asked if taking_back else None, term=term)
    form = withdrawing if taking_back else ending
    group = term.group
    if request.method == "POST" and form.is_valid() and (said := form.act()):
        messages.success(request, said)
        return redirect("group", group.slug)
    context = {"group": group, "term": term, "form": ending, "withdrawing": withdrawing}
    context |= {"may_withdraw": may_be_withdrawn(term), "today": timezone.localdate()}
    return render(request, "groups/officer_end.html", context)
