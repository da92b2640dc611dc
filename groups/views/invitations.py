"""Inviting people to a login: one from their page, the members of a group together."""

from itertools import takewhile

from allauth.core import ratelimit
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from groups.invitees import invitees
from groups.models import Group
from groups.visibility import groups_visible_to, people_visible_to
from iri_exchange.lib import access
from members import accounts, invitations
from members.account_forms import AddressForm
from members.bounces import suppression_of
from members.models import Invitation, Person


@access.allowed("members.invite_person", people_visible_to)
def person_invitation(request: HttpRequest, person: Person) -> HttpResponse:
    """Where the letter goes is looked at once more before it goes."""
    form = AddressForm(request.POST or None, initial={"email": person.email})
    if request.method == "POST" and form.is_valid():
        if limited := ratelimit.consume_or_429(request, action="invite_people"):
            return limited
        try:
            sent = invitations.invite(person=person, email=form.cleaned_data["email"], by=request.user)
        except ValidationError as error:
            form.add_error("email", ValidationError(error.messages))
        else:
            _say_where_it_went(request, sent)
            return redirect("person", person.pk)
    context = {
        "person": person,
        "form": form,
        "login": invitations.login_states([person.pk])[person.pk],
        "taken": bool(person.email) and accounts.address_is_taken(person.email),
        "sent": person.invitations.select_related("made_by__person"),
    }
    return render(request, "members/person_invitation.html", context)


def _say_where_it_went(request: HttpRequest, sent: Invitation) -> None:
    if stop := suppression_of(sent.email):
        text = f"{sent.email} へは、手紙を止めてあります。{stop.why}別のアドレスへ送るか、事務局の「手紙」で再開してください。"
        messages.error(request, text)
    else:
        messages.success(request, f"{sent.person.name}さんへの招待を、{sent.email} へお送りしました。")


@require_POST
@access.allowed("members.invite_person", people_visible_to)
def person_invitation_revoke(request: HttpRequest, person: Person) -> HttpResponse:
    invitations.revoke(person=person)
    messages.success(request, f"{person.name}さんへの招待を取り消しました。リンクは、もう開けません。")
    return redirect("person", person.pk)


@access.allowed("groups.invite_members", groups_visible_to, by="slug")
def group_invitations(request: HttpRequest, group: Group) -> HttpResponse:
    rows = invitees(group, request.user)
    if request.method == "POST":
        chosen = set(request.POST.getlist("person"))
        _invite(request, [row.person for row in rows if not row.why_not and str(row.person.pk) in chosen])
        return redirect("group_invitations", group.slug)
    context = {"group": group, "rows": rows, "open": sum(not row.why_not for row in rows)}
    return render(request, "members/group_invitations.html", context)


def _invite(request: HttpRequest, people: list[Person]) -> None:
    """Each letter counts: one inviter sends so many in an hour, whether one by one or together."""
    if not people:
        messages.error(request, "だれにもお送りしていません。招待する方に印をつけてください。")
        return
    within = list(takewhile(lambda _: ratelimit.consume(request, action="invite_people"), people))
    sent = invitations.invite_all(people=within, by=request.user)
    if sent:
        messages.success(request, f"{len(sent)}人に招待をお送りしました。")
    if failed := len(within) - len(sent):
        text = f"{failed}人には、お送りできませんでした。メールアドレスが正しいか、ログインができていないか、お確かめください。"
        messages.error(request, text)
    if later := len(people) - len(within):
        text = f"{later}人には、まだお送りしていません。1時間に送れる数をこえたので、しばらくたってから、もう一度お試しください。"
        messages.error(request, text)
