"""Who may open what, written by hand: where a declaration is wrong, the computed test of the addresses agrees with it.

○ opens, 入 asks to log in, 否 is refused, ― does not exist for this reader. OWN is けやき会 and one of its members,
OTHER is みなと会 and one of its; ME is the reader's own record.
"""

import pytest
import rules
from django.http import HttpResponse
from django.urls import include, path

from iri_exchange.lib import access
from members.models import Person
from tests.house.test_access import asked
from tests.house.world import OTHER, OWN, World

TABLE = """
                                             visitor member officer adviser staff resting left super
/                                            ○       ○      ○       ○       ○     ○       ○    ○
/groups/                                     ○       ○      ○       ○       ○     ○       ○    ○
/groups/new/                                 入      否     否      否      ○     否      否   否
/groups/OWN/                                 ○       ○      ○       ○       ○     ○       ○    ○
/groups/OTHER/                               ○       ○      ○       ○       ○     ○       ○    ○
/groups/OWN/edit/                            入      否     ○       否      ○     否      否   否
/groups/OTHER/edit/                          入      否     否      否      ○     否      否   否
/groups/OWN/officers/                        入      ○      ○       ○       ○     ○       否   否
/groups/OTHER/officers/                      入      否     否      否      ○     否      否   否
/groups/OWN/officers/new/                    入      否     ○       否      ○     否      否   否
/groups/OTHER/officers/new/                  入      否     否      否      ○     否      否   否
/groups/OWN/members/                         入      ○      ○       ○       ○     ○       否   否
/groups/OTHER/members/                       入      否     否      否      ○     否      否   否
/groups/OWN/roster/                          入      ○      ○       ○       ○     ○       否   否
/groups/OWN/roster.csv?variant=member        入      ○      ○       ○       ○     ○       否   否
/groups/OWN/roster.csv?variant=public        入      ○      ○       ○       ○     ○       否   否
/groups/OWN/roster.csv?variant=office        入      否     ○       否      ○     否      否   否
/groups/OWN/roster.csv?variant=reception     入      否     ○       否      ○     否      否   否
/groups/OWN/roster.csv?variant=attendance    入      否     ○       否      ○     否      否   否
/groups/OTHER/roster.csv?variant=member      入      否     否      否      ○     否      否   否
/groups/OTHER/roster.csv?variant=public      入      否     否      否      ○     否      否   否
/groups/OWN/exports/                         入      否     ○       否      ○     否      否   否
/groups/OTHER/exports/                       入      否     否      否      ○     否      否   否
/groups/OWN/import/                          入      否     否      否      ○     否      否   否
/exports/OWN/                                入      ―     ○       ―      ○     ―      ―   ―
/exports/OTHER/                              入      ―     ―      ―      ○     ―      ―   ―
/imports/OWN/                                入      ―     ―      ―      ○     ―      ―   ―
/companies/                                  ○       ○      ○       ○       ○     ○       ○    ○
/companies/OWN/                              ―      ○      ○       ○       ○     ○       ―   ―
/companies/OTHER/                            ―      ―     ―      ―      ○     ―      ―   ―
/companies/OWN/edit/                         入      ○      ○       否      ○     否      ―   ―
/companies/OTHER/edit/                       入      ―     ―      ―      ○     ―      ―   ―
/companies/OWN/exports/                      入      否     ○       否      ○     否      ―   ―
/people/OWN/                                 ―      ○      ○       ○       ○     ○       ―   ―
/people/OTHER/                               ―      ―     ―      ―      ○     ―      ―   ―
/people/OWN/edit/                            入      ○      ○       否      ○     否      ―   ―
/people/OTHER/edit/                          入      ―     ―      ―      ○     ―      ―   ―
/people/OWN/exports/                         入      否     ○       否      ○     否      ―   ―
/people/OWN/seen/                            入      ○      否      否      ○     否      ―   ―
/people/OWN/look/                            入      否     否      否      ○     否      ―   ―
/people/OTHER/look/                          入      ―     ―      ―      ○     ―      ―   ―
/people/ME/                                  ―      ○      ○       ○       ○     ○       ○    ―
/people/ME/edit/                             入      ○      ○       ○       ○     ○       ○    ―
/people/ME/look/                             入      否     否      否      否    否      否   ―
/companies/MINE/                             ―      ○      ○       ―      ―    ○       ○    ―
/my/seen/                                    入      ○      ○       ○       ○     ○       ○    ○
/office/                                     入      否     否      否      ○     否      否   否
/office/looks/                               入      否     否      否      ○     否      否   否
/office/letters/                             入      否     否      否      ○     否      否   否
/office/exports/                             入      否     否      否      ○     否      否   否
/office/members/                             入      否     否      否      ○     否      否   否
/admin/members/person/                       入      否     否      否      ○     否      否   否
/admin/members/look/                         入      否     否      否      ○     否      否   否
/admin/members/user/                         入      否     否      否      ○     否      否   ○
/admin/groups/staffassignment/               入      否     否      否      ○     否      否   ○
/accounts/password/change/                   入      ○      ○       ○       ○     ○       ○    ○
"""
ACTORS = {"officer": "secretary", "left": "left_member", "super": "superuser"}
SIGNS = {200: "○", 302: "入", 403: "否", 404: "―"}


def expected() -> dict[str, dict[str, str]]:
    """{address: {actor: sign}}"""
    head, *rows = (line.split() for line in TABLE.strip().splitlines())
    names = [ACTORS.get(name, name) for name in head]
    return {url: dict(zip(names, signs, strict=True)) for url, *signs in rows}


def filled(url: str, world: World, actor) -> str:
    for place, sign in ((OWN, "OWN"), (OTHER, "OTHER")):
        if f"/{sign}/" in url:
            kind = url.split("/")[1]
            parameter = "slug" if kind == "groups" else "pk"
            url = url.replace(sign, str(world.objects[place][f"{kind}/:{parameter}"]))
    company = actor.membership.company_id if actor.membership else 0
    return url.replace("ME/", f"{actor.person.pk if actor.person else 0}/").replace("MINE", str(company))


def wrong(world: World, *only: str) -> list[str]:
    """A line for every answer that is not in the table."""
    said = []
    for url, signs in expected().items():
        for name, sign in signs.items():
            if only and url not in only:
                continue
            actor = world.actors[name]
            answer = asked(actor, "get", filled(url, world, actor))
            to_admin = answer.status_code == 302 and answer.url.startswith("/admin/login/") and actor.user
            answered = 403 if to_admin else answer.status_code
            if SIGNS.get(answered, str(answered)) != sign:
                said.append(f"{url} {name}: {SIGNS.get(answered, answered)}, not {sign}")
    return said


def test_everybody_gets_what_the_table_says(world):
    assert wrong(world) == []


def everyone(user):
    """As wrong as a selection can be."""
    return Person.objects.all()


@access.visible(everyone)
def open_person(request, person):
    return HttpResponse(str(person))


@access.public
def open_members(request, slug):
    return HttpResponse(slug)


@pytest.mark.parametrize("fault", ["selection", "view", "rule"])
def test_a_planted_fault_is_found(fault, world, settings, monkeypatch):
    """A selection that holds everybody, a view that is declared public, a rule that is always true."""
    url = {"selection": "/people/OTHER/", "view": "/groups/OTHER/members/", "rule": "/groups/OTHER/members/"}
    planted = {
        "selection": path("people/<int:pk>/", open_person),
        "view": path("groups/<slug:slug>/members/", open_members),
    }
    if fault in planted:
        urls = (planted[fault], path("", include("iri_exchange.urls")))
        settings.ROOT_URLCONF = type("Planted", (), {"urlpatterns": urls})
    else:
        monkeypatch.setitem(rules.permissions.permissions, "groups.see_members", rules.always_true)
    said = wrong(world, url[fault])
    assert f"{url[fault]} member: ○, not {'―' if fault == 'selection' else '否'}" in said
