"""Every address says who may open it, and answers everybody as it says; and what only looks writes nothing.

What an address promises is computed from its declaration. That the declaration is the right one, a table written by
hand says (test_rights_table). A new page is covered by declaring its access, and by a line in `tests/house/portal/objects.py`
if a new kind of thing stands in its address.
"""

import inspect
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

import events.calendars.feeds
import events.exchange.after.photos
import events.library
import events.minutes.reading
import events.minutes.todos
import events.visibility
import groups.visibility
import groups.visible_records
import iri_exchange.office.archive.views
import iri_exchange.office.book
import iri_exchange.office.handover_book.views
from groups.models import Group
from iri_exchange.lib import access
from iri_exchange.lib.access import PUBLIC, SIGNED_IN
from iri_exchange.lib.reading import WriteRefused
from tests.conftest import Actor
from tests.house.portal.asking import LOOKING, Answer, answer_to
from tests.house.portal.world import OTHER, OWN, World
from tests.urlmap import Address, addresses

OURS = [address for address in addresses() if address.is_ours]
# Whoever may open a page gets it, is sent on, or is told what is wrong with the question.
OPEN = {200, 302, 400, 422}
# Where the selections that a view may declare are kept.
ROOMS = (
    groups.visibility,
    groups.visible_records,
    events.visibility,
    events.exchange.after.photos,
    events.library,
    events.minutes.reading,
    events.minutes.todos,
    events.calendars.feeds,
    iri_exchange.office.archive.views,
    iri_exchange.office.book,
    iri_exchange.office.handover_book.views,
)
SELECTIONS = {name: each for room in ROOMS for name, each in vars(room).items()}


def undeclared(urlconf: str | None = None) -> list[str]:
    return [a.name for a in addresses(urlconf) if a.is_ours and not hasattr(a.view, "access")]


def open_view(request) -> HttpResponse:
    return HttpResponse("open to everybody by oversight")


@access.public
@transaction.atomic
def writing_view(request) -> HttpResponse:
    Group.objects.update(theme="read and written")
    return HttpResponse("a page")


class PlantedUrlconf:
    urlpatterns = (
        path("planted/", open_view, name="planted"),
        path("writing/", writing_view, name="writing"),
        path("", include("iri_exchange.urls")),
    )


def test_every_address_declares_its_access():
    assert undeclared() == []


@pytest.mark.logs_errors
def test_a_planted_open_view_is_reported_and_refused(visitor, settings):
    settings.ROOT_URLCONF = PlantedUrlconf
    assert undeclared() == ["planted"]
    with pytest.raises(ImproperlyConfigured, match="/planted/: the view declares no access"):
        visitor.client.get("/planted/")


def test_every_name_leads_to_one_address():
    names = [address.name for address in OURS]
    assert sorted(names) == sorted(set(names))


def promised(address: Address, actor: Actor, objects: dict[str, object]) -> int:
    """The status that the declaration of the view promises this actor: the selection first, then the rule."""
    access = address.view.access
    if address.name.startswith("demo_"):
        return 404  # the tests' portal is no demo
    if actor.user is None and access.rule != PUBLIC:
        return 302
    about = ()
    if access.selection:
        selection = SELECTIONS[access.selection]
        user = actor.user or AnonymousUser()
        found = selection(user).filter(**{access.by: address.value(access.by, objects)}).first()
        if found is None:
            return 404
        about = (found,)
    if access.rule not in (PUBLIC, SIGNED_IN) and not actor.user.has_perm(access.rule, *about):
        return 403
    return 200


def takes(view: Any, method: str) -> bool:
    """Whether the view is asked at all by this method: what require_POST and its like let through."""
    while view:
        allowed = inspect.getclosurevars(view).nonlocals.get("request_method_list")
        if allowed and method.upper() not in allowed:
            return False
        view = getattr(view, "__wrapped__", None)
    return True


def differs(expected: int, answer: Answer, taken: bool) -> bool:
    """Whether the answer is not what was promised; a view may say first that it does not take the method."""
    if not taken and answer.status_code == 405:
        return False
    to_login = answer.status_code == 302 and answer.url.startswith("/accounts/login/")
    if expected == 200:
        return answer.status_code not in OPEN or to_login
    return answer.status_code != expected or (answer.status_code == 302 and not to_login)


def faults(world: World, address: Address) -> list[str]:
    """A sentence for every answer that is not as declared, and for every look that writes.

    A page is drawn for everybody who may open it; that it has a HEAD, that POST does not fall, and that a file is made,
    is seen with the first of them. Whoever may not open it is refused by each method, the other group's by GET and POST.
    """
    said, opened = [], set()
    for place, url in world.paths(address).items():
        for name, actor in world.readers.items():
            expected = promised(address, actor, world.objects[place])
            for method in (*LOOKING, "post") if place == OWN or expected == 200 else ("get", "post"):
                if expected == 200 and (url, method) in opened:
                    continue
                try:
                    answer = answer_to(world, name, method, url)
                except WriteRefused as written:
                    said.append(f"{method.upper()} {url} as {name} writes: {written}")
                    continue
                if differs(expected, answer, takes(address.view, method)):
                    said.append(f"{method.upper()} {url} as {name}: {answer.status_code}, not {expected}")
                if expected == 200 and not (method == "get" and answer.is_page):
                    opened.add((url, method))
    return said


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_address_answers_as_it_declares(address, world):
    assert faults(world, address) == []


@pytest.mark.logs_errors
def test_a_planted_page_that_writes_is_reported(world, settings):
    settings.ROOT_URLCONF = PlantedUrlconf
    (address,) = (each for each in addresses() if each.name == "writing")
    said = faults(world, address)
    assert len(said) == len(LOOKING) * len(world.readers)
    assert said[0] == 'GET /writing/ as visitor writes: UPDATE "groups_group" SET "theme" = %s …'


@pytest.mark.logs_errors
def test_a_page_that_answers_otherwise_is_reported(world, settings):
    """A view behind a declaration that is not its own."""
    settings.ROOT_URLCONF = PlantedUrlconf
    desk = next(each for each in OURS if each.name == "office_desk")
    other = Address("company_list", "companies/", desk.view, ())
    said = faults(world, other)
    assert "GET /companies/ as member: 200, not 403" in said
    assert "GET /companies/ as visitor: 200, not 302" in said


@pytest.mark.logs_errors
def test_a_verb_that_asks_nobody_is_reported(world, settings):
    """By POST alone, at the other group's object too; and a page that should open is not excused by saying 405."""
    revoke = next(each for each in OURS if each.name == "person_invitation_revoke")
    open_verb = require_POST(access.public(lambda request, pk: HttpResponse("done")))
    open_verb.access = revoke.view.access
    closed = access.public(lambda request, pk: HttpResponse(status=405))
    closed.access = revoke.view.access
    urls = (path(revoke.route, open_verb, name=revoke.name), path("", include("iri_exchange.urls")))
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": urls})
    said = faults(world, Address(revoke.name, revoke.route, open_verb, revoke.parameters))
    theirs = world.paths(revoke)[OTHER]
    assert f"POST {theirs} as member: 200, not 404" in said
    assert [line for line in said if line.startswith("GET")] == []
    urls = (path(revoke.route, closed, name=revoke.name), path("", include("iri_exchange.urls")))
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": urls})
    said = faults(world, Address(revoke.name, revoke.route, closed, revoke.parameters))
    assert f"GET {theirs} as staff: 405, not 200" in said
