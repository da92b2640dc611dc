"""The steps that launch a group, each at its own address, and the page that launches it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups.models import Group
from groups.visible_records import groups_at_launch
from iri_exchange.lib import access, japan, versions
from iri_exchange.office import launching
from iri_exchange.office.launching_forms import CeremonyForm, DaysForm, NameForm, PeopleForm, RuleForm
from iri_exchange.office.launching_words import hints, progress

View = Callable[..., HttpResponseBase]
RULE, NOT_INVITED = "recruitment.run", "not_invited_at_launch"


def before_launch(view: View) -> View:
    """A step, as long as no launch is registered; after that there is only the last page."""

    @wraps(view)
    def step(request: HttpRequest, group: Group) -> HttpResponseBase:
        if launching.launch_of(group):
            messages.info(request, "発会は、もう登録されています。")
            return redirect("launch_look", group.slug)
        return view(request, group)

    return step


def with_a_day(view: View) -> View:
    """A step that needs to know the day of the launch."""

    @wraps(view)
    def step(request: HttpRequest, group: Group) -> HttpResponseBase:
        if launching.ceremony_of(group):
            return view(request, group)
        messages.warning(request, "先に、発会式の日を決めてください。")
        return redirect("launch_ceremony", group.slug)

    return step


@require_safe
@access.allowed(RULE, groups_at_launch, by="slug")
def launch_start(request: HttpRequest, group: Group) -> HttpResponse:
    """On to the first step that is not done."""
    gaps = [] if launching.launch_of(group) else launching.missing(group)
    return redirect(
        min((gap.step for gap in gaps), key=launching.STEPS.index, default="launch_look"), group.slug
    )


@access.allowed(RULE, groups_at_launch, by="slug")
@before_launch
@versions.in_turn
def launch_name(request: HttpRequest, group: Group) -> HttpResponse:
    form = NameForm(request.POST or None, request.FILES or None, instance=group)
    if request.method == "POST" and form.is_valid() and (named := form.act()):
        return redirect("launch_ceremony", named.slug)
    # What is typed stands in the form alone; the head of the page shows what is stored.
    group = groups_at_launch(request.user).get(pk=group.pk)
    return _page(request, group, "launch_name", form=form)


@access.allowed(RULE, groups_at_launch, by="slug")
@before_launch
def launch_ceremony(request: HttpRequest, group: Group) -> HttpResponse:
    form = CeremonyForm(request.POST or None, group=group, by=request.user)
    if request.method == "POST" and form.is_valid() and form.act():
        return redirect("launch_people", group.slug)
    return _page(request, group, "launch_ceremony", form=form)


@access.allowed(RULE, groups_at_launch, by="slug")
@before_launch
@with_a_day
def launch_people(request: HttpRequest, group: Group) -> HttpResponse:
    day = launching.day_of(group)
    form = PeopleForm(request.POST or None, group=group, by=request.user, day=day)
    if request.method == "POST" and form.is_valid() and form.act():
        return redirect("launch_meetings", group.slug)
    return _page(request, group, "launch_people", form=form, day=day)


@access.allowed(RULE, groups_at_launch, by="slug")
@before_launch
@with_a_day
@versions.in_turn
def launch_meetings(request: HttpRequest, group: Group) -> HttpResponse:
    """Two forms: the rule, from which days are proposed, and the days."""
    ruling = any(name.startswith(f"{RuleForm.prefix}-") for name in request.POST)
    rule = RuleForm(request.POST if ruling else None, instance=group)
    if ruling and rule.is_valid() and rule.act():
        return redirect(f"{request.path}?new=1#days")
    sent = None if ruling else request.POST or None
    about: dict[str, Any] = {"group": group, "by": request.user, "launch": launching.day_of(group)}
    days = DaysForm(sent, anew="new" in request.GET, **about)
    if sent and days.is_valid() and days.act():
        return redirect("launch_invitations", group.slug)
    return _page(request, group, "launch_meetings", rule=rule, days=days, form=rule if ruling else days)


@access.allowed(RULE, groups_at_launch, by="slug")
@before_launch
@with_a_day
def launch_invitations(request: HttpRequest, group: Group) -> HttpResponse:
    """Who is to be invited: everybody who can be, unless the reader says otherwise; kept until the launch."""
    rows = launching.invitees_of(group, request.user)
    if request.method == "POST":
        chosen = set(request.POST.getlist("person"))
        left_out = [row.person.pk for row in rows if not row.why_not and str(row.person.pk) not in chosen]
        request.session[NOT_INVITED] = {**request.session.get(NOT_INVITED, {}), str(group.pk): left_out}
        return redirect("launch_look", group.slug)
    inviting = _inviting(request, group)
    told = {"rows": [(row, row.person.pk in inviting) for row in rows], "open": len(inviting)}
    return _page(request, group, "launch_invitations", **told)


@access.allowed(RULE, groups_at_launch, by="slug")
def launch_look(request: HttpRequest, group: Group) -> HttpResponse:
    """GET shows what will happen and what is missing; POST launches the group."""
    if request.method == "POST" and _launched(request, group):
        return redirect("launch_look", group.slug)
    row, ceremony = launching.launch_of(group), launching.ceremony_of(group)
    inviting = set() if row else _inviting(request, group)
    day = row.since if row else ceremony.day if ceremony else timezone.localdate()
    context = {
        "row": row,
        "may_take_back": row and row.since > timezone.localdate(),
        "ceremony": ceremony,
        "regular": launching.regular_of(group),
        "terms": group.officer_terms.select_related("person"),
        "advisers": group.advisers.select_related("person"),
        "members": group.memberships.belonging(day).count(),
        "inviting": [
            each for each in launching.invitees_of(group, request.user) if each.person.pk in inviting
        ],
        "gaps": [] if row else launching.missing(group),
        "hints": [] if row else hints(group, ceremony),
    }
    return _page(request, group, "launch_look", **context)


@require_POST
@access.allowed(RULE, groups_at_launch, by="slug")
def launch_take_back(request: HttpRequest, group: Group) -> HttpResponse:
    try:
        revoked = launching.take_back(group=group, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        sent = f"お送りした招待{revoked}通のリンクは、もう開けません。" if revoked else ""
        messages.success(request, f"発会を取り消しました。{sent}入れた内容は、そのまま残っています。")
    return redirect("launch_look", group.slug)


def _inviting(request: HttpRequest, group: Group) -> set[int]:
    left_out = set(request.session.get(NOT_INVITED, {}).get(str(group.pk), []))
    rows = launching.invitees_of(group, request.user)
    return {row.person.pk for row in rows if not row.why_not} - left_out


def _launched(request: HttpRequest, group: Group) -> bool:
    try:
        sent = launching.launch(group=group, inviting=_inviting(request, group), by=request.user)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return False
    since = japan.wareki(launching.day_of(group))
    invited = f"{len(sent)}人に、ログインへの招待をお送りします。" if sent else ""
    messages.success(request, f"{group.name}は、{since}に発会します。{invited}")
    return True


def _page(request: HttpRequest, group: Group, step: str, **context: Any) -> HttpResponse:
    about = {"group": group, "steps": progress(group, step)}
    return render(request, f"office/{step}.html", about | context)
