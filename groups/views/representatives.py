"""Who attends for a member company."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups import endings, representing
from groups.forms.representatives import DaysForm, EndForm, RepresentativeForm, SuccessorForm
from groups.membership_record import record
from groups.models import Membership, Representative
from groups.unnamed import unnamed_to
from groups.visibility import memberships_kept_by, representatives_kept_by
from iri_exchange.lib import access, versions

MAY = "groups.change_membership"


@require_safe
@access.allowed(MAY, memberships_kept_by)
def representatives(request: HttpRequest, membership: Membership) -> HttpResponse:
    if membership.pk in unnamed_to(request.user):
        return redirect("membership", membership.pk)  # which says what to do
    context = {"membership": membership, "group": membership.group}
    return render(
        request, "groups/representatives.html", context | {"record": record(membership, request.user)}
    )


@access.allowed(MAY, memberships_kept_by)
def representative_new(request: HttpRequest, membership: Membership) -> HttpResponse:
    if membership.pk in unnamed_to(request.user):
        return redirect("membership", membership.pk)
    form = RepresentativeForm(request.POST or None, membership=membership, user=request.user)
    if request.method == "POST" and form.is_valid() and (term := form.act()):
        messages.success(request, f"{term.person.name}さんを登録者にしました。")
        return redirect("representatives", membership.pk)
    context = {"membership": membership, "group": membership.group, "form": form}
    return render(request, "groups/representative_new.html", context)


@access.allowed(MAY, representatives_kept_by)
def representative_successor(request: HttpRequest, term: Representative) -> HttpResponse:
    form = SuccessorForm(request.POST or None, term=term, user=request.user)
    if request.method == "POST" and form.is_valid() and (said := form.act()):
        messages.success(request, said)
        return redirect("representatives", term.membership_id)
    context = {"membership": term.membership, "group": term.membership.group, "term": term, "form": form}
    return render(request, "groups/representative_successor.html", context)


@access.allowed(MAY, representatives_kept_by)
@versions.in_turn
def representative_end(request: HttpRequest, term: Representative) -> HttpResponse:
    """The term ends, or its days are put right."""
    if request.method == "POST":
        endings.lock(term.membership.group_id, term.membership)  # before the form locks the term
    correcting, asked = "days" in request.POST, request.POST or None
    ending = EndForm(None if correcting else asked, term=term)
    days = DaysForm(asked if correcting else None, instance=term)
    form = days if correcting else ending
    if request.method == "POST" and form.is_valid() and (said := form.act()):
        messages.success(request, said)
        return redirect("representatives", term.membership_id)
    context = {"membership": term.membership, "group": term.membership.group, "term": term, "form": ending}
    context |= {"days": days, "over": representing.is_over(term)}
    context |= {"may_withdraw": representing.may_be_withdrawn(term)}
    return render(request, "groups/representative_end.html", context)


@require_POST
@access.allowed(MAY, representatives_kept_by)
def representative_first(request: HttpRequest, term: Representative) -> HttpResponse:
    try:
        representing.put_first(term=term)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{term.person.name}さんを、1人目の連絡先にしました。")
    return redirect("representatives", term.membership_id)


@require_POST
@access.allowed(MAY, representatives_kept_by)
def representative_withdraw(request: HttpRequest, term: Representative) -> HttpResponse:
    """A term that was registered by mistake, before anybody counted on it."""
    membership, name = term.membership_id, term.person.name
    try:
        representing.withdraw(term=term)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, f"{name}さんの登録を取り消しました。")
    return redirect("representatives", membership)
