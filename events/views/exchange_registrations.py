"""The office's list of who takes part in a joint exchange, its sheets, and entering somebody."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from events.exchange.entering import phoning
from events.exchange.inviting import registrations
from events.exchange.inviting.registrations import CSV, XLSX
from events.forms.exchange_registrations import NewForm, RegistrationFilter
from events.models import JointExchange, Registration
from events.visibility import exchanges_visible_to
from iri_exchange.lib import access, asked

# The columns of the list.
TOLD = (
    "number", "kind", "state", "name", "kana", "affiliation", "arrived_at", "group__name",
    "partner_group__name",
)  # fmt: skip
THERE = "{name}さんは、いま同じ内容で受け付けたところです。別の方なら、ご所属やメールを書き分けて、もう一度入れてください。"
TYPES = {
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    CSV: "text/csv; charset=utf-8",
}


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@asked.knows(RegistrationFilter, "page")
def exchange_registrations(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    chosen = RegistrationFilter(request.GET, registrations.rows_of(exchange), request=request)
    counts = registrations.counts_of(exchange)
    in_all = None if chosen.in_use else sum(many for *_, many in counts)
    rows, is_searched = chosen.qs.only(*TOLD), bool(request.GET.get("q"))
    context = {
        "exchange": exchange,
        "filter": chosen,
        "page": asked.page(rows, request.GET.get("page", ""), capped=is_searched, in_all=in_all),
        "counts": counts,
        "to_phone": phoning.to_phone(exchange) if phoning.STATES & {state for state, *_ in counts} else [],
        "query": request.GET.urlencode(),
        # One address for all rows: fifty look-ups of it cost a tenth of the page.
        "one_url": reverse("exchange_registration", args=[0]).removesuffix("0/"),
    }
    return render(request, "events/exchange_registrations.html", context)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_registrations_xlsx(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _file(request, exchange, XLSX)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_registrations_csv(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _file(request, exchange, CSV)


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_registration_new(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """A guest, the press, somebody who telephoned: with or without an address."""
    new = Registration(exchange=exchange)
    form = NewForm(request.POST or None, instance=new, exchange=exchange)
    if request.method == "POST" and form.is_valid() and (row := form.act(request.user)):
        is_new = row.pk == new.pk
        messages.info(request, told(row) if is_new else THERE.format(name=row.name))
        return redirect("exchange_registration", row.pk)
    return render(request, "events/exchange_registration_new.html", {"form": form, "exchange": exchange})


def told(row: Registration) -> str:
    """What became of somebody who was entered."""
    if row.state == Registration.State.CONFIRMED:
        return f"{row.name}さんの参加を受け付けました。参加番号は{row.number}です。"
    return f"{row.name}さんを補欠にしました。参加番号は{row.number}です。席が空くと、順にご案内します。"


def _file(request: HttpRequest, exchange: JointExchange, file_format: str) -> HttpResponse:
    """What the filter in the address chooses, all pages of it."""
    name = content_disposition_header(True, f"{exchange.title} 参加申込.{file_format}")
    headers: Any = {"Content-Disposition": name or "", "Cache-Control": "private, no-store"}
    answer = HttpResponse(content_type=TYPES[file_format], headers=headers)
    if request.method == "GET":
        chosen = RegistrationFilter(request.GET, registrations.rows_of(exchange), request=request)
        answer.content = registrations.sheet(
            exchange=exchange, rows=chosen.qs, by=request.user, file_format=file_format
        )
    return answer
