"""Who may open what, written by hand in rights.txt: where a declaration is wrong, the computed test of the addresses
agrees with it.

○ opens, 入 asks to log in, 否 is refused, ― does not exist for this reader. OWN is けやき会 and what belongs to it and its
members, OTHER is みなと会; ME is the reader's own record, MINE their company. BOTH: asked by GET and by POST.
"""

from pathlib import Path
from typing import NamedTuple

import pytest
import rules
from django.http import HttpResponse
from django.urls import include, path
from django.views.decorators.http import require_POST

from iri_exchange.lib import access
from members.models import Person
from tests.conftest import Actor
from tests.house.portal.asking import Answer, answer_to
from tests.house.portal.test_access import OURS
from tests.house.portal.world import OTHER, OWN, World
from tests.urlmap import Address

# The selections are tested on both databases, address by address (test_access); once is enough here.
pytestmark = pytest.mark.any_database

TABLE = (Path(__file__).parent / "rights.txt").read_text()
ACTORS = {"officer": "secretary", "left": "left_member", "super": "superuser"}
METHODS = {"GET": ("get",), "POST": ("post",), "BOTH": ("get", "post")}
# An answer of the page itself, whatever it says, and be it that this is too often; 405 is none.
SIGNS = {200: "○", 400: "○", 422: "○", 429: "○", 302: "○", 403: "否", 404: "―"}


class Row(NamedTuple):
    methods: tuple[str, ...]
    url: str
    signs: dict[str, str]


def table() -> list[Row]:
    (_, *head), *lines = (line.split() for line in TABLE.strip().splitlines())
    names = [ACTORS.get(name, name) for name in head]
    return [Row(METHODS[method], url, dict(zip(names, signs, strict=True))) for method, url, *signs in lines]


def filled(url: str, world: World, actor: Actor) -> str:
    for place, sign in ((OWN, "OWN"), (OTHER, "OTHER")):
        objects = world.objects[place]
        url = url.replace(f"={sign}", f"={objects['groups/:slug']}")
        for key, value in objects.items():
            beginning, _, name = key.rpartition(":")
            if name and url.startswith(f"/{beginning}{sign}/"):
                url = url.replace(f"/{beginning}{sign}/", f"/{beginning}{value}/")
    company = actor.membership.company_id if actor.membership else 0
    return url.replace("ME/", f"{actor.person.pk if actor.person else 0}/").replace("MINE", str(company))


def answered(actor: Actor, answer: Answer) -> str:
    """Its sign; the admin sends to its log-in whom it refuses."""
    to_login = answer.status_code == 302 and answer.url.startswith(("/accounts/login/", "/admin/login/"))
    if to_login:
        return "否" if actor.user else "入"
    return SIGNS.get(answer.status_code, str(answer.status_code))


def wrong(world: World, rows: list[Row]) -> list[str]:
    """A line for every answer that is not in the table."""
    said = []
    for methods, url, signs in rows:
        for name, sign in signs.items():
            for method in methods:
                actor = world.actors[name]
                got = answered(actor, answer_to(world, name, method, filled(url, world, actor)))
                if got != sign:
                    said.append(f"{method.upper()} {url} {name}: {got}, not {sign}")
    return said


def asked_of(url: str) -> list[Row]:
    return [row for row in table() if row.url == url]


def test_everybody_gets_what_the_table_says(world):
    assert wrong(world, table()) == []


def missing(world: World) -> list[str]:
    """Addresses of ours without a row, and those of one object of the other group without a row for it."""
    known = {filled(row.url, world, world.actors["member"]).partition("?")[0]: row for row in table()}
    return [
        path_
        for address in OURS
        for path_ in {path_.partition("?")[0] for path_ in asked_for(world, address)}
        if path_ not in known
    ]


def asked_for(world: World, address: Address) -> list[str]:
    """Both groups' where the declaration looks an object up, else the own one's."""
    paths = world.paths(address)
    return list(paths.values()) if address.view.access.selection else [paths[OWN]]


def test_every_address_of_ours_has_a_row(world):
    assert missing(world) == []


def test_a_forgotten_row_is_reported(world, monkeypatch):
    monkeypatch.setattr(f"{__name__}.TABLE", TABLE.replace("/people/OTHER/seen/", "/people/OTHER/"))
    assert missing(world) == [filled("/people/OTHER/seen/", world, world.actors["member"])]


def everyone(user):
    """As wrong as a selection can be."""
    return Person.objects.all()


@access.visible(everyone)
def open_person(request, person):
    return HttpResponse(str(person))


@access.public
def open_members(request, slug):
    return HttpResponse(slug)


@require_POST
@access.public
def lifted_by_anybody(request, pk):
    return HttpResponse("done")


LIFT = "office/letters/addresses/<int:pk>/lift/"
FAULTS = {
    "selection": ("GET /people/OTHER/", "―", [path("people/<int:pk>/", open_person)]),
    "view": ("GET /groups/OTHER/members/", "否", [path("groups/<slug:slug>/members/", open_members)]),
    "verb": ("POST /office/letters/addresses/OWN/lift/", "―", [path(LIFT, lifted_by_anybody)]),
    "rule": ("GET /groups/OTHER/members/", "否", []),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_planted_fault_is_found(fault, world, settings, monkeypatch):
    """A selection that holds everybody, a page and a verb declared public, a rule that is always true."""
    where, sign, planted = FAULTS[fault]
    urls = (*planted, path("", include("iri_exchange.urls")))
    settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": urls})
    if fault == "rule":
        monkeypatch.setitem(rules.permissions.permissions, "groups.see_members", rules.always_true)
    said = wrong(world, asked_of(where.partition(" ")[2]))
    assert f"{where} member: ○, not {sign}" in said
    assert (f"{where} visitor: ○, not 入" in said) is (fault in ("view", "verb"))
