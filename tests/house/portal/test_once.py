"""What is sent twice is done once, whatever form it is; see iri_exchange.lib.once."""

import pytest
from django.apps import apps
from django.db import transaction

from tests.house.portal.sent_forms import SentForm

pytestmark = [pytest.mark.usefixtures("an_hour_later"), pytest.mark.any_database]
FILLED = {
    "name": "ひので会",
    "kana": "ヒノデカイ",
    "slug": "hinode",
    "number_prefix": "HD",
    "founded_year": "2026",
    "stage": "launched",
    "since": "2026-07-10",
    "capacity": "25",
    "representatives_max": "2",
    "answer": "yes",
    "reason": "画面のことでお電話をいただいた",
}
BY_THE_WAY = ("sessions", "usersessions")


def rows() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count()
        for model in apps.get_models()
        if model._meta.app_label not in BY_THE_WAY and model._meta.managed
    }


def done_twice(form: SentForm) -> tuple[bool, dict[str, int]]:
    """Whether the form did anything at all, and which rows its second sending added or took."""
    empty = {name: text for name, text in FILLED.items() if name in form.values and not form.values[name]}
    if "answer" in form.url or "/my/seen/" in form.url:
        empty["answer"] = "yes"
    client = form.browser()
    with transaction.atomic():
        before = rows()
        form.send(client, **empty)
        once = rows()
        form.send(client, **empty)
        twice = rows()
        transaction.set_rollback(True)
    changed = {name: twice[name] - once[name] for name in twice if twice[name] != once[name]}
    return once != before, changed


def test_a_form_sent_twice_does_its_thing_once(world, all_forms):
    outcome = {str(form): done_twice(form) for form in all_forms if form.method == "post"}
    assert {form: changed for form, (_, changed) in outcome.items() if changed} == {}
    did = {form.split(" ")[1] for form, (done, _) in outcome.items() if done}
    assert {"/groups/new/", "/groups/keyaki/import/", "/office/book/", "/my/seen/mail/"} <= did


def test_without_the_guard_it_would_be_noticed(world, all_forms, settings):
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if "OnceMiddleware" not in each]
    (book,) = [form for form in all_forms if form.method == "post" and form.url == "/office/book/"]
    assert done_twice(book) == (True, {"groups.Printout": 1, "members.Export": 1})
