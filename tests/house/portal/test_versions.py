"""Every form that edits a record carries its version, and its page compares it: iri_exchange.lib.versions."""

from collections.abc import Iterator
from typing import Any

import pytest
from django import forms
from django.contrib import admin
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse

from iri_exchange.lib import access, history
from iri_exchange.lib.versions import VERSION, Versioned, has_versions
from members.models import Company
from tests.house.portal.sent_forms import WHO, SentForm
from tests.house.portal.world import OWN, World
from tests.strictness import parse_strictly
from tests.urlmap import addresses

pytestmark = [pytest.mark.usefixtures("an_hour_later"), pytest.mark.any_database]
FILES = (".pdf", ".xlsx", ".csv", ".ics", "logo")


def drawn(world: World) -> Iterator[tuple[str, Any, HttpResponse]]:
    """The pages of ours as the first of WHO who may open each: the filled-in address, its view and its answer."""
    for address in addresses():
        if address.is_ours and address.has_objects(world.objects[OWN]) and not address.route.endswith(FILES):
            url = address.path(world.objects[OWN])
            for who in WHO:
                with transaction.atomic():
                    answer = world.actors[who].client.get(url)
                    transaction.set_rollback(True)
                if answer.status_code == 200:
                    yield url, address.view, answer
                    break


def on(answer: HttpResponse) -> list[forms.BaseForm]:
    """The forms of a page."""
    found: dict[int, Any] = {}
    for context in getattr(answer, "context", None) or []:
        for values in context.dicts if hasattr(context, "dicts") else [context]:
            found |= {id(each): each for each in values.values() if isinstance(each, forms.BaseForm)}
    return list(found.values())


def edited(answer: HttpResponse) -> list[forms.BaseForm]:
    """The forms of a page that write a record which is there already, and whose history is kept."""
    return [form for form in on(answer) if _edits(form)]


def _edits(form: forms.BaseForm) -> bool:
    record = getattr(form, "instance", None)
    return isinstance(record, models.Model) and record.pk is not None and has_versions(type(record))


def without_version(pages: Iterator[tuple[str, Any, HttpResponse]]) -> list[str]:
    """A sentence for every such form that is saved whatever happened meanwhile."""
    said = []
    for url, view, answer in pages:
        for form in edited(answer):
            inputs = parse_strictly(answer.content).iter("input")
            carried = {each.get("value") for each in inputs if each.get("name") == form.add_prefix(VERSION)}
            if getattr(form, "record_version", None) not in carried:
                said.append(f"{url}: {type(form).__name__} carries no version")
            if not getattr(view, "is_in_turn", False):
                said.append(f"{url}: the view compares nothing in its transaction")
    return said


def test_every_form_that_edits_carries_a_version(world):
    pages = list(drawn(world))
    assert without_version(iter(pages)) == []
    editing = {url for url, _, answer in pages for _ in edited(answer)}
    assert len(editing) >= 5


class PlainForm(forms.ModelForm):
    class Meta:
        model = Company
        fields = ("name",)


@access.public
def plain(request: HttpRequest) -> HttpResponse:
    """As a page that somebody writes tomorrow."""
    return HttpResponse("")


def test_a_planted_form_without_one_is_found(world):
    answer = HttpResponse("<!doctype html><title>t</title><form></form>")
    answer.context = [{"form": PlainForm(instance=Company.objects.first())}]  # type: ignore[attr-defined]
    assert without_version(iter([("/planted/", plain, answer)])) == [
        "/planted/: PlainForm carries no version",
        "/planted/: the view compares nothing in its transaction",
    ]


def outcome(form: SentForm) -> tuple[bool, int]:
    """Sent with a version that never was: whether both texts were shown, and how many rows were written."""
    client = form.browser()
    older = {name: "9" * 12 for name in form.values if name.endswith(VERSION)}
    # Of several buttons on a page the one that saves such a form is named as the form's fields begin.
    buttons = {name.removesuffix(f"-{VERSION}"): "1" for name in older if name != VERSION}
    shown = False
    with transaction.atomic():
        before = told()
        for name in form.typed:
            # The last is a floor plan: it holds nothing but its own signs.
            for text in (f"{form.values[name]}あ", "7", "2030-01-01", "..."):
                if not shown:
                    answer = form.send(client, **{name: text} | older | buttons)
                    shown = any(getattr(each, "conflict", None) for each in on(answer))
        written = told() - before
        transaction.set_rollback(True)
    return shown, written


def _carries(form: SentForm) -> bool:
    return any(name.endswith(VERSION) for name in form.values)


def told() -> int:
    """The history rows there are."""
    return sum(history.of(model).count() for model in history.kept_of())


def test_what_is_based_on_another_version_is_not_written(world, all_forms):
    sent = [form for form in all_forms if _carries(form) and not form.url.startswith("/admin/")]
    outcomes = {str(form): outcome(form) for form in sent}
    assert {form: got for form, got in outcomes.items() if got != (True, 0)} == {}
    assert len(outcomes) >= 4


def test_every_form_of_the_admin_that_edits_carries_one(rf, world):
    request = rf.get("/admin/")
    request.user = world.actors["staff"].user
    editing = {
        model.__name__: site.get_form(request, model._default_manager.first(), change=True)
        for model, site in admin.site._registry.items()
        if model._default_manager.exists() and site.has_change_permission(request) and has_versions(model)
    }
    assert [name for name, form in editing.items() if not issubclass(form, Versioned)] == []
    assert len(editing) >= 8


def test_what_hangs_on_a_record_of_the_admin_is_only_added(rf, world):
    """Two who correct the same line each on their page would write over each other."""
    request = rf.get("/admin/")
    request.user = world.actors["staff"].user
    changing = [
        f"{type(site).__name__}: {inline.__name__}"
        for site in admin.site._registry.values()
        for inline in site.inlines
        if inline(site.model, admin.site).has_change_permission(request)
    ]
    assert changing == []
