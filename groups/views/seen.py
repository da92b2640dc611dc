"""わたしの情報の見え方: what others see of a person, and what the person agrees to. Everybody answers for themselves."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.forms.answers import AnswerForm
from groups.questions import Question, history_of, questions_of
from groups.seen import applied_for, views_of
from groups.visibility import people_visible_to
from iri_exchange.lib import access
from members.models import Person


@require_safe
@access.signed_in
def my_seen(request: HttpRequest) -> HttpResponse:
    return _page(request, request.user.person)  # type: ignore[union-attr]


@require_safe
@access.allowed("members.see_what_is_seen", people_visible_to)
def person_seen(request: HttpRequest, person: Person) -> HttpResponse:
    return _page(request, person)


@access.signed_in
def my_consent(request: HttpRequest, question: str) -> HttpResponse:
    """One question with its wording, and what each answer changes. A login without a person is asked nothing."""
    if request.user.person is None:  # type: ignore[union-attr]
        return redirect("my_seen")
    asked = _asked(request, question)
    form = AnswerForm(request.POST if request.method == "POST" else None, question=asked)
    if request.method == "POST" and form.is_valid():
        if form.act():
            messages.success(request, f"「{asked.label}」のお答えを書きとめました。{form.effect}")
        else:
            messages.info(request, f"「{asked.label}」のお答えは、前と同じです。")
        return redirect("my_seen")
    context = {"question": asked, "form": form, "copies": request.user.person.copies.count()}  # type: ignore[union-attr]
    return render(request, "groups/consent.html", context)


def _page(request: HttpRequest, person: Person | None) -> HttpResponse:
    if person is None:
        return render(request, "groups/seen.html", {"person": None})
    context = {
        "person": person,
        "own": person.pk == request.user.person_id,  # type: ignore[union-attr]
        "views": views_of(person),
        "applied": applied_for(person),
        "questions": questions_of(person, timezone.localdate()),
        "said": history_of(person),
        "copies": person.copies.count(),
    }
    return render(request, "groups/seen.html", context)


def _asked(request: HttpRequest, key: str) -> Question:
    person: Any = request.user.person  # type: ignore[union-attr]
    for question in questions_of(person, timezone.localdate()):
        if question.key == key:
            return question
    raise Http404
