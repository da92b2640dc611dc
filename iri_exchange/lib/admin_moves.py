"""Moves of a state as actions of an admin list: a page asks from which day on, and first tells what will change."""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from iri_exchange.lib.fields import DayFormField, LineField


class MoveForm(forms.Form):
    """From which day on, and why. `told` is the day for which the page told what will change."""

    since = DayFormField(label="いつから", help_text="例：2027-04-01、R9.4.1。これからの日でもかまいません。")
    note = LineField(label="メモ", required=False, max_length=200)
    confirmed = forms.BooleanField(
        label="役員がいなくなることを分かったうえで、変える", required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", timezone.localdate())

    def day(self) -> datetime.date:
        """The day that is asked for, as far as it can be read; else today."""
        return getattr(self, "cleaned_data", {}).get("since") or timezone.localdate()


@dataclass(frozen=True)
class Touched:
    """One record of the chosen ones: what the move changes besides its state; `alone`: nobody leads the group then."""

    record: Any
    state: str
    lines: list[str] = field(default_factory=list)
    alone: str = ""


@dataclass(frozen=True)
class Move:
    """`verb(record, **answers of the form)` moves one record; `touched(record, day)` says what that will do."""

    action: str
    title: str
    done: str
    verb: Callable[..., Any]
    touched: Callable[[Any, datetime.date], Touched]
    form: type[MoveForm] = MoveForm


def ask(model_admin: Any, request: HttpRequest, chosen: QuerySet[Any], move: Move) -> HttpResponse | None:
    """The page that asks; once everything was answered and told, the verb for each record (None: back to the list)."""
    asked = request.POST if "told" in request.POST else None
    form = move.form(asked)
    valid = form.is_valid()
    records = list(chosen)
    touched = [move.touched(record, form.day()) for record in records]
    alone = any(each.alone for each in touched)
    if alone:
        form.fields["confirmed"].widget = forms.CheckboxInput()
    is_told = request.POST.get("told") == form.day().isoformat() and "look" not in request.POST
    if valid and alone and is_told and not form.cleaned_data["confirmed"]:
        form.add_error("confirmed", "よければ、印を付けてください。")
        valid = False
    if valid and is_told:
        each(request, records, lambda record: move.verb(record, **form.cleaned_data), move.done)
        return None
    context = {
        **model_admin.admin_site.each_context(request),
        "opts": model_admin.model._meta,
        "title": move.title,
        "move": move,
        "form": form,
        "day": form.day(),
        "touched": touched,
        "total": sum(len(each.lines) for each in touched),
        "box": ACTION_CHECKBOX_NAME,
        "is_another_day": valid and not is_told and "look" not in request.POST,
    }
    return TemplateResponse(request, "admin/move.html", context)


def each(request: HttpRequest, chosen: Iterable[Any], verb: Callable[[Any], Any], done: str) -> None:
    """Call the verb for every record by itself; one that refuses is told and stops no other."""
    moved = 0
    for record in chosen:
        try:
            verb(record)
            moved += 1
        except ValidationError as error:
            messages.warning(request, f"{record}：{' '.join(error.messages)}")
    if moved:
        messages.success(request, f"{moved}件を{done}にしました。")
