"""The review: the inbox of a round, one application beside what the directory knows, and what is done with it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from groups.forms.correcting import OfficeCorrectForm
from groups.forms.inbox import InboxFilter
from groups.forms.reviewing import (
    AnswerForm,
    DecisionForm,
    MatchForm,
    NoteForm,
    QuestionForm,
    WithdrawalForm,
)
from groups.models import Application, RecruitmentRound
from groups.recruitment import deciding, inbox, reviewing
from groups.recruitment.dossier import dossier
from groups.visible_records import applications_visible_to, rounds_visible_to
from iri_exchange.lib import access, asked, versions


@require_safe
@access.allowed("recruitment.run", rounds_visible_to)
@asked.knows(InboxFilter, "page")
def round_inbox(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    chosen = InboxFilter(request.GET, inbox.received(round), request=request)
    page = asked.page(chosen.qs, request.GET.get("page", ""))
    context = {"round": round, "filter": chosen, "page": page, "figures": inbox.figures(round)}
    context["lines"] = inbox.lines(list(page.object_list))
    unapproved = list(deciding.to_approve(round, request.user).only("decided_at"))
    context |= {"unapproved": len(unapproved), "seen": deciding.mark_of_all(unapproved)}
    return render(request, "groups/round_inbox.html", context)


@require_POST
@access.allowed("recruitment.run", rounds_visible_to)
def round_take_up(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    _do(request, lambda: f"{reviewing.take_up_all(round=round, by=request.user)}件の審査を始めました。")
    return redirect("round_inbox", round.pk)


@require_POST
@access.allowed("recruitment.run", rounds_visible_to)
def round_approve(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """Confirms all that others have decided."""

    def approve() -> str:
        seen = request.POST.get("seen", "")
        return f"{deciding.approve_all(round=round, by=request.user, seen=seen)}件の採否を確認しました。"

    _do(request, approve)
    return redirect("round_inbox", round.pk)


@access.allowed("recruitment.run", applications_visible_to)
def application_review(request: HttpRequest, application: Application) -> HttpResponse:
    """GET shows everything, POST writes a note."""
    form = NoteForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, "審査メモを書きました。")
        return redirect("application_review", application.pk)
    context = {"application": application, "round": application.round, "form": form}
    return render(request, "groups/application_review.html", context | {"known": dossier(application)})


@require_POST
@access.allowed("recruitment.run", applications_visible_to)
def review_take_up(request: HttpRequest, application: Application) -> HttpResponse:
    def take_up() -> str:
        reviewing.take_up(application=application, by=request.user)
        return "審査を始めました。"

    return _back(request, application, take_up)


@access.allowed("recruitment.run", applications_visible_to)
def review_decide(request: HttpRequest, application: Application) -> HttpResponse:
    form = DecisionForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        label = dict(Application.Decision.choices).get(form.cleaned_data["decision"])
        said = f"採否を「{label}」にしました。お知らせするまで、応募した方には見えません。"
        messages.success(request, said if label else "採否を、まだ決めていないことにしました。")
        return redirect("application_review", application.pk)
    context = {"application": application, "round": application.round, "form": form}
    context["places_left"] = deciding.places_left(application.round)
    return render(request, "groups/review_decide.html", context)


@require_POST
@access.allowed("recruitment.run", applications_visible_to)
def review_approve(request: HttpRequest, application: Application) -> HttpResponse:
    def approve() -> str:
        deciding.approve(application=application, by=request.user, seen=request.POST.get("seen", ""))
        return "採否を確認しました。"

    return _back(request, application, approve)


@access.allowed("recruitment.run", applications_visible_to)
def review_question(request: HttpRequest, application: Application) -> HttpResponse:
    """Asks the applicant; while a question is open, writes down the answer that came by telephone or on paper."""
    waits_for = application.questions.filter(answered_at=None).first()
    form = _question_form(request, bool(waits_for))(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, _said_of_question(application, bool(waits_for)))
        return redirect("application_review", application.pk)
    context: dict[str, Any] = {"application": application, "round": application.round, "form": form}
    context |= {"waits_for": waits_for, "answers": isinstance(form, AnswerForm)}
    return render(request, "groups/review_question.html", context)


@access.allowed("recruitment.run", applications_visible_to)
@versions.in_turn
def review_correct(request: HttpRequest, application: Application) -> HttpResponse:
    form = OfficeCorrectForm(request.POST or None, instance=application)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "応募の内容を直しました。")
        return redirect("application_review", application.pk)
    # What was typed and refused is not yet what the application is called.
    application = applications_visible_to(request.user).get(pk=application.pk)
    context = {"application": application, "round": application.round, "form": form}
    return render(request, "groups/review_correct.html", context)


@access.allowed("recruitment.run", applications_visible_to)
def review_withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """取下げ for the applicant: GET says what it does, POST does it."""
    form = WithdrawalForm(request.POST or None, application=application)
    if request.method == "POST" and form.is_valid() and form.act(request.user):
        messages.success(request, f"{application.name}の応募を取り下げました。")
        return redirect("application_review", application.pk)
    context = {"application": application, "round": application.round, "form": form}
    return render(request, "groups/review_withdraw.html", context)


@require_POST
@access.allowed("recruitment.run", applications_visible_to)
def review_match(request: HttpRequest, application: Application) -> HttpResponse:
    form = MatchForm(request.POST, application=application)

    def match() -> str:
        if not form.is_valid():
            raise ValidationError([message for errors in form.errors.values() for message in errors])
        return form.act()

    return _back(request, application, match)


def _question_form(request: HttpRequest, waits: bool) -> type[QuestionForm | AnswerForm]:
    """What was typed is read as what it was typed for, though the question was answered, or another asked, meanwhile."""
    if "question" in request.POST:
        return QuestionForm
    return AnswerForm if waits or "answer" in request.POST else QuestionForm


def _said_of_question(application: Application, is_answered: bool) -> str:
    if is_answered:
        return "お返事を書きとめました。審査を続けられます。"
    if application.contact_email:
        return f"お尋ねを、{application.contact_email}にお送りしました。"
    return "お尋ねを書きとめました。メールの連絡先がないので、電話などでお尋ねください。"


def _back(request: HttpRequest, application: Application, verb: Callable[[], str]) -> HttpResponse:
    _do(request, verb)
    return redirect("application_review", application.pk)


def _do(request: HttpRequest, verb: Callable[[], Any]) -> None:
    """Say what the verb has done, or why it did nothing."""
    try:
        messages.success(request, verb())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
