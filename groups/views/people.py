"""People: what a reader may know of one, and correcting it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from groups.profiles import person_profile
from groups.visibility import people_visible_to
from iri_exchange.lib import access, versions
from members import directory, invitations
from members.forms import PersonForm
from members.models import Person


@access.visible(people_visible_to)
def person(request: HttpRequest, person: Person) -> HttpResponse:
    profile = person_profile(person, request.user)
    may_invite = request.user.has_perm("members.invite_person", person)
    login = invitations.login_states([person.pk])[person.pk] if may_invite else None
    return render(request, "groups/person.html", {"person": person, "profile": profile, "login": login})


@access.allowed("members.edit_person", people_visible_to)
@versions.in_turn
def person_edit(request: HttpRequest, person: Person) -> HttpResponse:
    today, name = timezone.localdate(), person.name
    form = PersonForm(request.POST or None, instance=person, company=person.company_on(today))
    if request.method == "POST" and form.is_valid():
        confirmed = today if form.cleaned_data["confirmed"] else None
        was_invited = person.invitations.open().exists()
        directory.change_person(person=person, confirmed_on=confirmed)
        messages.success(request, f"{person.name}さんの内容を保存しました。")
        if was_invited and not person.invitations.open().exists():
            messages.warning(request, invitations.WENT_TO_THE_OLD_ADDRESS)
        return redirect("person", person.pk)
    return render(request, "groups/person_edit.html", {"form": form, "person": person, "name": name})
