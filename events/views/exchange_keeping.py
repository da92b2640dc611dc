"""One registration at the office: put right, answered for, let in, cancelled, sent a new link."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.exchange.entering import entries
from events.exchange.entering.letters import address_of
from events.exchange.inviting import keeping
from events.exchange.inviting.past import past_of
from events.exchange.inviting.registrations import group_of
from events.forms.exchange_registrations import AnswerForm, CorrectForm
from events.models import JointExchange, Registration
from events.views.exchange_registrations import told
from events.visibility import registrations_visible_to
from iri_exchange.lib import access, versions

State = Registration.State
TO_ANSWER = {
    State.INVITED, State.DECLINED, State.PENDING, State.WAITING, State.OFFERED, State.CANCELLED, State.LAPSED,
}  # fmt: skip


@require_safe
@access.allowed("events.run_exchange", registrations_visible_to)
def exchange_registration(request: HttpRequest, registration: Registration) -> HttpResponse:
    is_open = registration.exchange.state == JointExchange.State.PUBLISHED
    can_cancel = State.CANCELLED in Registration.MOVES[registration.state] and not registration.arrived_at
    context = {
        "row": registration,
        "exchange": registration.exchange,
        "group": group_of(registration),
        "may_answer": is_open and registration.state in TO_ANSWER,
        "may_cancel": is_open and can_cancel,
        "is_to_phone": registration.state == State.OFFERED and not address_of(registration)[0],
        "past": past_of(registration),
    }
    return render(request, "events/exchange_registration.html", context)


@access.allowed("events.run_exchange", registrations_visible_to)
@versions.in_turn
def exchange_registration_edit(request: HttpRequest, registration: Registration) -> HttpResponse:
    exchange, name = registration.exchange, registration.name
    form = CorrectForm(request.POST or None, instance=registration, exchange=exchange)
    if request.method == "POST" and form.is_valid() and (row := form.act(request.user)):
        messages.success(request, f"{row.name}さんの内容を保存しました。")
        return redirect("exchange_registration", row.pk)
    context = {"form": form, "row": registration, "exchange": exchange, "name": name}
    return render(request, "events/exchange_registration_edit.html", context)


@access.allowed("events.run_exchange", registrations_visible_to)
@versions.in_turn
def exchange_registration_answer(request: HttpRequest, registration: Registration) -> HttpResponse:
    """What somebody said by telephone or on paper; who waits is let in."""
    if registration.state not in TO_ANSWER:
        messages.info(request, f"この申込は「{registration.get_state_display()}」です。")
        return redirect("exchange_registration", registration.pk)
    form = AnswerForm(request.POST or None, instance=registration)
    if request.method == "POST" and form.is_valid() and (row := form.act(request.user)):
        declined = row.state == State.DECLINED
        messages.success(request, f"{row.name}さんを不参加にしました。" if declined else told(row))
        return redirect("exchange_registration", row.pk)
    context = {"form": form, "row": registration, "exchange": registration.exchange}
    return render(request, "events/exchange_registration_answer.html", context)


@access.allowed("events.run_exchange", registrations_visible_to)
def exchange_registration_cancel(request: HttpRequest, registration: Registration) -> HttpResponse:
    """GET says what will happen, POST does it."""
    if request.method == "POST":
        try:
            entries.cancel(registration=registration, by=request.user)
            messages.success(request, f"{registration.name}さんの参加を取り消しました。")
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("exchange_registration", registration.pk)
    context = {"row": registration, "exchange": registration.exchange}
    return render(request, "events/exchange_registration_cancel.html", context)


@require_POST
@access.allowed("events.run_exchange", registrations_visible_to)
def exchange_registration_link(request: HttpRequest, registration: Registration) -> HttpResponse:
    """The links there were open nothing any more."""
    if keeping.renew_link(registration=registration, by=request.user):
        said = (
            f"リンクを作りなおし、{registration.name}さんにメールで送りました。前のリンクは、もう開けません。"
        )
    else:
        said = "リンクを作りなおしました。前のリンクは、もう開けません。新しいリンクは、受付票か紙のご案内に入ります。"
    messages.success(request, said)
    return redirect("exchange_registration", registration.pk)
