"""The office says which groups of the partner corporation take part, and who enters them."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from events.exchange.holding import partners
from events.forms.exchange_partners import PartnerGroupForm, PartnerPersonForm
from events.models import PartnerGroup, PartnerTerm
from events.visibility import partner_groups_visible_to, partner_terms_visible_to
from iri_exchange.lib import access
from members import invitations

RUNS = "events.run_exchange"


@access.allowed(RUNS)
def office_partners(request: HttpRequest) -> HttpResponse:
    """The groups and the people; POST adds a group."""
    form = PartnerGroupForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and (group := form.act()):
        messages.success(request, f"{group}を、公社のグループに登録しました。")
        return redirect("office_partners")
    terms = list(partner_terms_visible_to(request.user))
    states = invitations.login_states({each.person_id for each in terms})
    today, groups = timezone.localdate(), list(partner_groups_visible_to(request.user))
    context = {
        "form": form,
        "groups": [each for each in groups if each.is_current],
        "former_groups": [each for each in groups if not each.is_current],
        "people": [
            (each, states[each.person_id]) for each in terms if each.until is None or each.until >= today
        ],
        "former_people": [each for each in terms if each.until and each.until < today],
    }
    return render(request, "events/office_partners.html", context)


@access.allowed(RUNS)
def office_partner_new(request: HttpRequest) -> HttpResponse:
    form = PartnerPersonForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and (made := form.act()):
        messages.success(request, f"{made.person.name}さんを公社の担当に登録しました。")
        return redirect("office_partners")
    return render(request, "events/office_partner_new.html", {"form": form})


@access.allowed(RUNS, partner_terms_visible_to)
def office_partner_end(request: HttpRequest, term: PartnerTerm) -> HttpResponse:
    """GET says what it means, POST ends the term."""
    if request.method == "POST":
        name = term.person.name
        try:
            partners.end(term=term, by=request.user)
            messages.success(request, f"{name}さんは、公社の担当ではなくなりました。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("office_partners")
    return render(request, "events/office_partner_end.html", {"term": term})


@require_POST
@access.allowed(RUNS, partner_groups_visible_to)
def office_partner_group(request: HttpRequest, group: PartnerGroup) -> HttpResponse:
    """Takes the group off the list of those that can be chosen, or puts it back."""
    is_current = not group.is_current
    partners.set_current(group=group, is_current=is_current, by=request.user)
    words = "一覧に戻しました" if is_current else "一覧から外しました。これまでの記録は、残ります"
    messages.success(request, f"{group}を{words}。")
    return redirect("office_partners")
