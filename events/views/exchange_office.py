"""The office prepares the joint exchange: a new one from last year's, its facts, its programme; publishes, closes."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from events.exchange.entering import phoning
from events.exchange.holding import copying, making, next_step, public, steps, telling
from events.forms.exchange_event import ExchangeForm
from events.forms.exchange_programme import ProgrammeForm
from events.forms.exchange_telling import CancelExchangeForm, TellForm
from events.models import JointExchange
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access, asked, versions

RUNS = "events.run_exchange"
State = JointExchange.State


@require_safe
@access.allowed(RUNS)
def office_exchanges(request: HttpRequest) -> HttpResponse:
    context = {"exchanges": list(exchanges_visible_to(request.user))}
    return render(request, "events/office_exchanges.html", context)


@require_safe
@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
def exchange_office(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """The steps of its year, how many there are of what, and the way to everything else."""
    context = {
        "exchange": exchange,
        "next": next_step.next_of(exchange),
        "steps": steps.steps_of(exchange),
        "seats": steps.places_of(exchange),
        "to_phone": phoning.to_phone(exchange),
        "missing": making.missing(exchange) if exchange.state == State.DRAFT else [],
        "has_begun": making.has_begun(exchange),
    }
    return render(request, "events/exchange_office.html", context)


@access.allowed(RUNS)
@asked.knows("from")
def exchange_new(request: HttpRequest) -> HttpResponse:
    """Empty, or filled with an earlier one's (`?from=` its fiscal year), its days a year later."""
    source = _source(request)
    instance = copying.like(source) if source else None
    form = ExchangeForm(request.POST or None, by=request.user, source=source, instance=instance)
    if request.method == "POST" and form.is_valid() and (made := form.make()):
        messages.success(request, "合同交流会を準備中として登録しました。公開するまで、職員だけに見えます。")
        return redirect("exchange_office", made.fiscal_year)
    context = {
        "form": form,
        "source": source,
        "copied": copying.described(source) if source else {},
        "latest": copying.sources().first(),
    }
    return render(request, "events/exchange_new.html", context)


@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
@versions.in_turn
def exchange_edit(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """What everybody was told and is another now can be told on the page that follows."""
    form = ExchangeForm(request.POST or None, by=request.user, instance=exchange)
    if request.method == "POST" and form.is_valid() and (changed := form.change()) is not None:
        moved = f"空いた席を、補欠の{changed.offers}名にご案内しました。" if changed.offers else ""
        messages.success(request, f"合同交流会の内容を直しました。{moved}")
        for sentence in changed.over:
            messages.warning(request, sentence)
        year = JointExchange.objects.values_list("fiscal_year", flat=True).get(pk=exchange.pk)
        return redirect("exchange_change_told" if changed.told else "exchange_office", year)
    stored = exchanges_visible_to(request.user).get(pk=exchange.pk)
    return render(request, "events/exchange_edit.html", {"form": form, "exchange": stored})


@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
@versions.in_turn
def exchange_programme(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    form = ProgrammeForm(request.POST or None, exchange=exchange, by=request.user)
    if request.method == "POST" and not form.is_more and form.is_valid() and form.act():
        messages.success(request, "プログラムを保存しました。")
        return redirect("exchange_office", exchange.fiscal_year)
    return render(request, "events/exchange_programme.html", {"form": form, "exchange": exchange})


@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
def exchange_publish(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET shows what becomes visible, and what is missing; POST publishes."""
    if request.method == "POST" and _done(request, making.publish, exchange):
        messages.success(request, "公開しました。どなたにも見えます。次は、会員へのご案内です。")
        return redirect("exchange_office", exchange.fiscal_year)
    exchange.refresh_from_db()
    context: dict[str, Any] = {**public.shown(exchange), "missing": making.missing(exchange)}
    return render(request, "events/exchange_publish.html", context)


@require_POST
@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
def exchange_close(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    if _done(request, making.close, exchange):
        messages.success(request, "合同交流会を「終了」にしました。お礼と報告に進めます。")
    return redirect("exchange_office", exchange.fiscal_year)


@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
def exchange_cancel(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET says what it means and who is told; POST calls it off."""
    form = CancelExchangeForm(request.POST or None, exchange=exchange, by=request.user)
    if request.method == "POST" and form.is_valid() and (told := form.act()) is not None:
        messages.success(request, f"合同交流会を中止にしました。お知らせを{told}通送ります。")
        return redirect("exchange_office", exchange.fiscal_year)
    context = _telling(exchange, form, also_asked=True)
    context |= {
        "is_public": context["is_public"] and not making.has_begun(exchange),
        "counted": telling.counted(context["by_letter"]),
        "unconfirmed": telling.unconfirmed(exchange),
    }
    return render(request, "events/exchange_cancel.html", context)


@access.allowed(RUNS, exchanges_visible_to, by="fiscal_year")
def exchange_change_told(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """GET shows who would be told of what; POST writes the letters."""
    form = TellForm(request.POST or None, exchange=exchange, by=request.user)
    if request.method == "POST" and form.is_valid() and (told := form.act()) is not None:
        messages.success(request, f"変更のお知らせを{told}通送ります。")
        return redirect("exchange_office", exchange.fiscal_year)
    return render(request, "events/exchange_change_told.html", _telling(exchange, form))


def _telling(exchange: JointExchange, form: Any, *, also_asked: bool = False) -> dict[str, Any]:
    """The record as it is stored, whatever the form did to it."""
    exchange.refresh_from_db()
    everybody = telling.concerned(exchange, also_asked=also_asked)
    return {
        "exchange": exchange,
        "form": form,
        "facts": public.shown(exchange)["facts"],
        "by_letter": [each for each in everybody if each.email],
        "by_phone": [each for each in everybody if not each.email],
        "is_public": exchange.state == State.PUBLISHED,
    }


def _done(request: HttpRequest, verb: Any, exchange: JointExchange) -> bool:
    try:
        verb(exchange=exchange, by=request.user)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    return True


def _source(request: HttpRequest) -> JointExchange | None:
    """The earlier one that the address names."""
    if not request.GET.get("from"):
        return None
    known = {str(each.fiscal_year): each for each in copying.sources()}
    return known.get(asked.choice(request, "from", known))
