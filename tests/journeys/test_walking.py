"""What the journeys trust: a page that leads nowhere, a link that writes and what is typed twice are found."""

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from groups.models import Office
from iri_exchange.lib import access
from iri_exchange.lib.reading import WriteRefused
from tests.journeys.post import digest, scan
from tests.journeys.story import Story
from tests.journeys.walking import Walker

PAGE = "<!doctype html><html lang=ja><meta charset=utf-8><title>x</title><main>{}</main></html>"
FORM = """<form method="get" action="/form/"><label>氏<input name="name" value="水面"></label>
<select name="road"><option value="">選んでください</option><option value="fax">FAX</option></select>
<button name="step" value="look">確かめる</button><button name="step" value="keep">残す</button></form>"""


def page(inside: str) -> HttpResponse:
    return HttpResponse(PAGE.format(inside))


@access.public
def writing(request: HttpRequest) -> HttpResponse:
    Office.objects.update(phone="042-000-0000")
    return page('<a href="/dead/">次へ</a>')


@access.public
def form(request: HttpRequest) -> HttpResponse:
    asked = "・".join(f"{name}={value}" for name, value in request.GET.items())
    return page(FORM + asked)


@access.public
def start(request: HttpRequest) -> HttpResponse:
    return page('<a href="/dead/">次へ</a>')


@access.public
def dead(request: HttpRequest) -> HttpResponse:
    return page('ここまで。<a href="tel:042">電話</a> <a href="#top">上へ</a>')


urlpatterns = [
    path("start/", start),
    path("dead/", dead),
    path("writing/", writing),
    path("form/", form),
    path("", include("iri_exchange.urls")),
]


@pytest.fixture(autouse=True)
def planted(settings, db) -> None:
    settings.ROOT_URLCONF = __name__


def test_a_page_that_leads_nowhere_is_found():
    with pytest.raises(AssertionError, match="leads nowhere"):
        Walker("somebody").open("/start/").follow("次へ")


def test_what_the_page_does_not_offer_cannot_be_followed():
    with pytest.raises(AssertionError, match="say '応募する'"):
        Walker("somebody").open("/start/").follow("応募する")


def test_a_form_is_sent_as_a_browser_sends_it():
    walker = Walker("somebody").open("/form/").send("残す", name="水面橋", road="FAX")
    walker.reads("name=水面橋・road=fax・step=keep")
    assert (walker.typed, walker.keys, walker.touched, walker.did) == (["水面橋"], 1, 2, ["● 残す"])


def test_what_is_typed_twice_is_found():
    story = Story([])
    for name in ("applicant", "office"):
        story.somebody(name).open("/form/").send("確かめる", name="水面橋")
    assert story.typed_twice() == ["office: 水面橋 (applicant)"]


@pytest.mark.logs_errors
def test_a_mailed_link_that_writes_is_found(office):
    before = digest()
    with pytest.raises(WriteRefused), transaction.atomic():
        scan(["/writing/"])
    assert digest() == before
    office.name = "本部"
    office.save()
    assert digest() != before
