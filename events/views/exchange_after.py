"""After the joint exchange: thanks, questionnaire, results of the booths, and the report."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from events.exchange.after import asked as answers
from events.exchange.after import paper, thanking, times
from events.exchange.after.report import report_of
from events.exchange.entering import tickets
from events.forms.exchange_after import FeedbackForm, ReportWordsForm, ResultForm
from events.models import Booth, Feedback, JointExchange
from events.visibility import booths_visible_to, exchanges_visible_to
from iri_exchange.lib import access, versions

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_after(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """What is still to do after the day, and how many it touches."""
    context = {
        "exchange": exchange,
        "is_over": times.is_over(exchange),
        "is_open": times.is_open(exchange),
        "last_day": times.last_day(exchange),
        "thanks": thanking.thanks_of(exchange),
        "asking": thanking.asking_of(exchange),
        "answers": answers.count_of(exchange),
        "photos": exchange.photos.count(),
    }
    return render(request, "events/exchange_after.html", context)


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_thank(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _sent(request, exchange, thanking.thank, "{}名に、お礼とアンケートを送ります。")


@require_POST
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_ask_results(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _sent(request, exchange, thanking.ask_results, "{}件の出展者に、結果のお願いを送ります。")


@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
@versions.in_turn
def exchange_report_words(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    form = ReportWordsForm(request.POST or None, instance=exchange)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, "まとめを保存しました。")
        return redirect("exchange_report", exchange.fiscal_year)
    context = {"exchange": exchange, "form": form}
    return render(request, "events/exchange_report_words.html", context)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_report(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    context = {"exchange": exchange, "report": report_of(exchange)}
    return render(request, "events/exchange_report.html", context)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_report_pdf(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    """Numbers only: it holds no names, and is not logged as lists of people are."""
    return _file(request, exchange, "pdf", "application/pdf", paper.print_report)


@require_safe
@access.allowed("events.run_exchange", exchanges_visible_to, by="fiscal_year")
def exchange_report_xlsx(request: HttpRequest, exchange: JointExchange) -> HttpResponse:
    return _file(request, exchange, "xlsx", XLSX, paper.sheet_report)


@never_cache
@access.public
def exchange_feedback(request: HttpRequest, token: str) -> HttpResponse:
    """The questionnaire, by the personal link. GET changes nothing; one POST answers, and puts right."""
    row, door = tickets.opened(token)
    if row is None:
        return render(request, "events/exchange_feedback_shut.html", {"door": door.name}, status=404)
    exchange = row.exchange
    if row.arrived_at is None or not times.is_open(exchange):
        context = {"exchange": exchange, "was_there": row.arrived_at is not None}
        return render(request, "events/exchange_feedback_shut.html", context | {"door": door.name})
    said = Feedback.objects.filter(registration=row).first()
    form = FeedbackForm(request.POST or None, registration=row, said=said)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "アンケートのお答えを受け取りました。ありがとうございました。")
        return redirect("exchange_feedback", token)
    context = {"exchange": exchange, "row": row, "form": form, "said": said}
    return render(request, "events/exchange_feedback.html", context | {"last_day": times.last_day(exchange)})


@access.allowed("events.keep_booth", booths_visible_to)
def exchange_booth_result(request: HttpRequest, booth: Booth) -> HttpResponse:
    """What came of exhibiting: by the exhibitor, or by the office for them."""
    is_open = booth.state == Booth.State.ACCEPTED and times.is_open(booth.exchange)
    form = ResultForm(request.POST or None, booth=booth)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, "出展の結果を受け取りました。ありがとうございました。")
        return redirect("exchange_booth_result", booth.pk)
    context = {"booth": booth, "exchange": booth.exchange, "form": form, "is_open": is_open}
    return render(
        request, "events/exchange_booth_result.html", context | {"last_day": times.last_day(booth.exchange)}
    )


def _sent(request: HttpRequest, exchange: JointExchange, verb: Callable[..., int], said: str) -> HttpResponse:
    try:
        messages.success(request, said.format(verb(exchange=exchange, by=request.user)))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("exchange_after", exchange.fiscal_year)


def _file(
    request: HttpRequest,
    exchange: JointExchange,
    extension: str,
    kind: str,
    make: Callable[[JointExchange], bytes],
) -> HttpResponse:
    headers = {"Content-Disposition": paper.disposition(exchange, extension)}
    answer = HttpResponse(content_type=kind, headers=headers | {"Cache-Control": "private, no-store"})
    if request.method == "GET":
        answer.content = make(exchange)
    return answer
