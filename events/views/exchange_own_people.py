"""The partner corporation's people at a joint exchange, and those of one group."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.exchange.entering import entries
from events.exchange.inviting import own_people
from events.forms.exchange_own_people import OUTSIDE, MemberAnswerForm, PartnerForm
from events.models import JointExchange, Registration
from events.views.exchange_registrations import told
from events.visibility import booths_visible_to, exchanges_visible_to, registrations_visible_to
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, versions

UNKNOWN = "この方は、いまグループの一覧にいません。一覧を確かめて、もう一度押してください。"


@require_safe
@access.allowed("events.enter_partners", exchanges_visible_to, by="fiscal_year")
def exchange_partner(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """The partner corporation's own entries, and nobody else's."""
    booths = booths_visible_to(request.user).filter(exchange=exchange, partner_group__isnull=False)
    context = {
        "exchange": exchange,
        "rows": own_people.partners_of(exchange),
        "booths": booths.select_related("partner_group"),
        "may_enter": exchange.takes_registrations or _is_office(request, exchange),
    }
    return render(request, "events/exchange_partner.html", context)


@access.allowed("events.enter_partners", exchanges_visible_to, by="fiscal_year")
def exchange_partner_new(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    new = Registration(exchange=exchange, kind=Registration.Kind.PARTNER)
    as_office = _is_office(request, exchange)
    form = PartnerForm(request.POST or None, instance=new, exchange=exchange, as_office=as_office)
    if request.method == "POST" and form.is_valid() and (row := form.act(request.user)):
        messages.success(request, told(row))
        return redirect("exchange_partner", exchange.fiscal_year)
    return render(request, "events/exchange_partner_edit.html", {"form": form, "exchange": exchange})


@access.allowed("events.keep_entry", registrations_visible_to)
@versions.in_turn
def exchange_partner_edit(request: HttpRequest, registration: Registration) -> HttpResponse:
    exchange = _exchange_of(registration)
    as_office = _is_office(request, exchange)
    form = PartnerForm(request.POST or None, instance=registration, exchange=exchange, as_office=as_office)
    if request.method == "POST" and form.is_valid() and (row := form.act(request.user)):
        messages.success(request, f"{row.name}さんの内容を保存しました。")
        return redirect("exchange_partner", exchange.fiscal_year)
    context = {"form": form, "exchange": exchange, "row": registration}
    return render(request, "events/exchange_partner_edit.html", context)


@access.allowed("events.keep_entry", registrations_visible_to)
def exchange_partner_cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """GET says what will happen, POST does it."""
    exchange = _exchange_of(registration)
    if request.method == "POST":
        try:
            if not (exchange.takes_registrations or _is_office(request, exchange)):
                raise ValidationError(OUTSIDE, code="over")
            entries.cancel(registration=registration, by=request.user)
            messages.success(request, f"{registration.name}さんの参加を取り消しました。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("exchange_partner", exchange.fiscal_year)
    return render(request, "events/exchange_partner_cancel.html", {"row": registration, "exchange": exchange})


@require_safe
@access.allowed("events.see_group_entries", groups_visible_to, by="slug")
def exchange_group_entries(request: HttpRequest, group: Group, fiscal_year: int) -> HttpResponse:
    """Who of the group comes, who does not, who has not answered; of other groups nothing."""
    exchange = get_object_or_404(exchanges_visible_to(request.user), fiscal_year=fiscal_year)
    lines = own_people.lines_of(exchange, group, request.user)
    context = {
        "group": group,
        "exchange": exchange,
        "lines": lines,
        "coming": sum(line.is_coming for line in lines),
        "silent": sum(line.is_silent for line in lines),
    }
    return render(request, "events/exchange_group_entries.html", context)


@require_POST
@access.allowed("events.see_group_entries", groups_visible_to, by="slug")
def exchange_group_enter(request: HttpRequest, group: Group, fiscal_year: int) -> HttpResponse:
    """One tap for one member. The message calls them as the page does."""
    exchange = get_object_or_404(exchanges_visible_to(request.user), fiscal_year=fiscal_year)
    form = MemberAnswerForm(request.POST)
    each = own_people.person_of(group, form.cleaned_data["person"]) if form.is_valid() else None
    try:
        if each is None:
            raise ValidationError(UNKNOWN, code="unknown")
        row = form.act(exchange=exchange, each=each, by=request.user)
        lines = own_people.lines_of(exchange, group, request.user)
        name = next(line.name for line in lines if line.person_id == row.person_id)
        messages.success(request, f"{name}さんを「{row.get_state_display()}」にしました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_group_entries", group.slug, exchange.fiscal_year)


def _exchange_of(registration: Registration) -> JointExchange:
    """Raises Http404 for a registration that is not the partner corporation's."""
    if registration.kind != Registration.Kind.PARTNER:
        raise Http404
    return registration.exchange


def _is_office(request: HttpRequest, exchange: JointExchange) -> bool:
    return bool(request.user.has_perm("events.run_exchange", exchange))
