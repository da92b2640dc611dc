"""A new member of a group, in two steps: whom one means, and then the rest."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from groups import admitting
from groups.forms.joining import FORMS, JoinForm, KnownCompanyForm, KnownPersonForm, LookForm
from groups.models import Group
from groups.visibility import companies_visible_to, groups_visible_to, people_visible_to
from iri_exchange.lib import access, asked


@access.allowed("groups.keep_members", groups_visible_to, by="slug")
@asked.knows("q", "company", "person", "new")
def member_new(request: HttpRequest, group: Group) -> HttpResponse:
    """The address bar says whom one means (`company`, `person`: a record, `new`: a kind); without that, one looks."""
    about: dict[str, Any] = {"group": group, "user": request.user}
    form = _form_for(request, about)
    if form is None:
        return _look(request, group)
    if known := form.known:
        messages.warning(request, f"{known.member.name}は、もう{known.number}として登録されています。")
        return redirect("membership", known.pk)
    if request.method == "POST" and form.is_valid() and (made := form.act()):
        messages.success(request, f"{made.member.name}を会員に加えました。会員番号は{made.number}です。")
        return redirect("membership", made.pk)
    context = {"group": group, "form": form, "number": admitting.next_number(group)}
    return render(request, "groups/member_new.html", context)


LONGEST = 10  # digits of a number in the address bar
KNOWN: dict[str, tuple[Any, Any]] = {
    "company": (KnownCompanyForm, companies_visible_to),
    "person": (KnownPersonForm, people_visible_to),
}


def _form_for(request: HttpRequest, about: dict[str, Any]) -> JoinForm | None:
    data = request.POST or None
    for name, (form, visible) in KNOWN.items():
        if record := _record(request, name, visible):
            known: JoinForm = form(data, record=record, **about)
            return known
    kind = asked.choice(request, "new", FORMS)
    typed = asked.text(request, "q")
    return FORMS[kind](data, initial=_typed(kind, typed), **about) if kind else None


def _record(request: HttpRequest, name: str, visible: Any) -> Any:
    """What the address bar names, if the reader may see it; else the page says that there is no such thing."""
    typed = request.GET.get(name, "")
    number = int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < LONGEST else 0
    record = visible(request.user).filter(pk=number).first() if number else None
    if typed and record is None:
        messages.warning(request, asked.UNKNOWN)
    return record


def _typed(kind: str, typed: str) -> dict[str, str]:
    """What was looked for is the new record's name."""
    if kind == "company":
        return {"c_name": typed}
    family, _, given = typed.replace("　", " ").partition(" ")
    return {"c_family_name": family, "c_given_name": given.strip()}


def _look(request: HttpRequest, group: Group) -> HttpResponse:
    form = LookForm(request.GET if "q" in request.GET else None)
    found: tuple[list[Any], list[Any]] = ([], [])
    looked = form.is_bound and form.is_valid()
    if looked:
        found = admitting.find(form.cleaned_data["q"], group=group, user=request.user)
    context = {"group": group, "form": form, "looked": looked, "companies": found[0], "people": found[1]}
    return render(request, "groups/member_new_look.html", context)
