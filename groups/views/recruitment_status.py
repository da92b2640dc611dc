"""An applicant's own page, by the link in a letter: how it stands, and what may still be done."""

from contextlib import suppress

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from groups.forms.applying import AnswerForm, CorrectForm
from groups.models import Application
from groups.recruitment import applying, links, offering, paper, telling, withdrawing
from groups.recruitment.links import Purpose
from groups.views.recruitment_limits import TOO_MANY, is_too_often
from iri_exchange.lib import access, versions

NOT_HERE = "この応募は、もうこの画面からは取り下げられません。事務局へお知らせください。"
TOO_LATE = "ご案内の期限が過ぎたか、もうお返事をいただいています。"


@never_cache
@require_safe
@access.public
def application_status(request: HttpRequest, token: str) -> HttpResponse:
    application = _opened(token)
    if application is None:
        return _shut(request, token)
    return _page(request, application, token, AnswerForm(application=application))


@never_cache
@access.public
def application_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows whose application it is and changes nothing; POST confirms it."""
    link = links.find(token, Purpose.CONFIRM)
    if link is None or link.application is None:
        over = links.known(token, Purpose.CONFIRM)
        return render(request, "groups/application_confirm_shut.html", {"link": over}, status=404)
    context = {"application": link.application, "token": token}
    if request.method == "POST":
        try:
            return redirect("application_status", applying.confirm(link=link))
        except ValidationError as error:
            context["refused"] = error.messages
    return render(request, "groups/application_confirm.html", context)


@never_cache
@access.public
@versions.in_turn
def application_correct(request: HttpRequest, token: str) -> HttpResponse:
    application = _opened(token)
    if application is None:
        return _shut(request, token)
    rounds = applying.open_rounds(application.fiscal_year)
    if not applying.may_be_corrected(application):
        messages.error(request, applying.LATE)
        return redirect("application_status", token)
    form = CorrectForm(request.POST or None, instance=application, rounds=rounds)
    if request.method == "POST" and form.is_valid() and form.act():
        messages.success(request, "応募の内容を直しました。")
        return redirect("application_status", token)
    context = {"form": form, "token": token, "application": application}
    return render(request, "groups/application_correct.html", context)


@never_cache
@require_POST
@access.public
def application_answer(request: HttpRequest, token: str) -> HttpResponse:
    """The answer to the office's question."""
    application = _opened(token)
    if application is None:
        return _shut(request, token)
    form = AnswerForm(request.POST, application=application)
    if not (form.is_valid() and form.act()):
        return _page(request, application, token, form)
    messages.success(request, "お返事を事務局に届けました。ありがとうございました。")
    return redirect("application_status", token)


@never_cache
@access.public
def application_withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """GET says what it means, POST withdraws."""
    application = _opened(token)
    if application is None:
        return _shut(request, token)
    if not withdrawing.may_be_withdrawn(application):
        if application.state != Application.State.WITHDRAWN:  # else it was pressed twice
            messages.error(request, NOT_HERE)
        return redirect("application_status", token)
    if request.method == "POST":
        with suppress(ValidationError):  # pressed twice, or changed meanwhile: the page says how it stands
            withdrawing.withdraw(application=application)
            messages.success(request, "応募を取り下げました。")
        return redirect("application_status", token)
    label, _ = telling.state_for_applicant(application)
    context = {"application": application, "token": token, "label": label}
    return render(request, "groups/application_withdraw.html", context)


@never_cache
@require_POST
@access.public
def application_offer(request: HttpRequest, token: str) -> HttpResponse:
    """Take the place that is offered, or leave it to the next: by the button."""
    application = _opened(token)
    if application is None:
        return _shut(request, token)
    offer, taken = offering.open_offer(application), request.POST.get("answer") == "take"
    try:
        if offer is None or request.POST.get("answer") not in ("take", "leave"):
            raise ValidationError(TOO_LATE)
        offering.answer(offer=offer, taken=taken)
    except ValidationError as error:
        if not offering.was_answered(application, taken):  # else it was pressed twice
            messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, "お申し出を受け付けました。" if taken else "ご辞退を受け付けました。")
    return redirect("application_status", token)


@never_cache
@require_POST
@access.public
def application_renew(request: HttpRequest, token: str) -> HttpResponse:
    """A new link to the same address, for one that has run out, or was used to confirm."""
    link = links.known(token, Purpose.STATUS) or links.known(token, Purpose.CONFIRM)
    if link is None or link.application is None or not link.application.serial:
        return _shut(request, token)
    if is_too_often(request, link.email):
        messages.error(request, TOO_MANY)
        return _shut(request, token)
    applying.send_page(application=link.application)
    return render(request, "groups/application_renewed.html", {"email": link.application.contact_email})


@never_cache
@require_safe
@access.public
def application_copy(request: HttpRequest, token: str) -> HttpResponse:
    """控え: what was sent, as a PDF."""
    application = _opened(token)
    if application is None:
        return _shut(request, token)
    name = f"application-{application.number or 'draft'}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(paper.copy(application), content_type="application/pdf", headers=headers)


def _opened(token: str) -> Application | None:
    link = links.find(token, Purpose.STATUS)
    return link.application if link else None


def _page(request: HttpRequest, application: Application, token: str, form: AnswerForm) -> HttpResponse:
    label, sentence = telling.state_for_applicant(application)
    context = {
        "application": application,
        "token": token,
        "label": label,
        "sentence": sentence,
        "lines": telling.time_line(application),
        "question": application.questions.filter(answered_at=None).first(),
        "form": form,
        "offer": offering.open_offer(application) if telling.is_told(application.round) else None,
        "may_correct": applying.may_be_corrected(application),
        "may_withdraw": withdrawing.may_be_withdrawn(application),
        "is_accepted": label == Application.State.ACCEPTED.label,
    }
    return render(request, "groups/application_status.html", context)


def _shut(request: HttpRequest, token: str) -> HttpResponse:
    """Why the link opens nothing, and what to do."""
    link = links.known(token, Purpose.STATUS)
    context = {"link": link, "token": token}
    return render(request, "groups/application_shut.html", context, status=200 if link else 404)
