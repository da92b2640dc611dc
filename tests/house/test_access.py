"""Every address says who may open it, and answers as it says."""

import datetime
import io
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.urls import include, path
from django.utils import timezone
from PIL import Image

import groups.visibility
from groups.book import Order
from groups.models import ImportBatch, Printout
from groups.roster_copies import log_copy
from groups.rosters import Variant, roster
from iri_exchange.lib.access import PUBLIC, SIGNED_IN
from tests.strictness import parse_strictly
from tests.urlmap import Address, addresses

OURS = [address for address in addresses() if address.is_ours]


def undeclared(urlconf: str | None = None) -> list[str]:
    return [a.name for a in addresses(urlconf) if a.is_ours and not hasattr(a.view, "access")]


def open_view(request) -> HttpResponse:
    return HttpResponse("open to everybody by oversight")


class PlantedUrlconf:
    urlpatterns = (path("planted/", open_view, name="planted"), path("", include("iri_exchange.urls")))


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


@pytest.fixture
def batch(group, staff) -> ImportBatch:
    content = (settings.BASE_DIR / "tests" / "data" / "tama24.csv").read_bytes()
    return ImportBatch.objects.create(
        group=group, filename="tama24.csv", content=content, uploaded_by=staff.user
    )


@pytest.fixture
def objects(group, member, staff, batch) -> dict[str, object]:
    """What stands in the addresses: everything belongs to `group`, which has a logo."""
    group.refresh_from_db()
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    group.logo.save("logo.png", ContentFile(picture.getvalue()))
    return {
        "groups/:slug": group.slug,
        "office/group/?": f"slug={group.slug}",
        **{
            f"office/papers/{paper}.pdf?": f"groups={group.slug}"
            for paper in ("labels", "envelopes", "badges")
        },
        "companies/:pk": member.membership.company_id,
        "people/:pk": member.person.pk,
        "imports/:pk": batch.pk,
        "office/book/:pk": Printout.objects.create(
            kind=Printout.Kind.BOOK,
            options=Order(Variant.MEMBER, datetime.date(2026, 11, 25), (group.pk,)).as_json(),
            made_by=staff.user,
            state=Printout.State.DONE,
            finished_at=timezone.now(),
            content=b"%PDF",
        ).pk,
        "exports/:pk": log_copy(
            roster=roster(group, Variant.MEMBER, datetime.date(2026, 11, 25)), by=None, file_format="pdf"
        ).pk,
    }


@pytest.fixture
def cast(visitor, member, secretary, staff, outsider, left_member, adviser) -> SimpleNamespace:
    return SimpleNamespace(
        visitor=visitor,
        member=member,
        secretary=secretary,
        staff=staff,
        outsider=outsider,
        left_member=left_member,
        adviser=adviser,
    )


def promised(address: Address, actor, objects) -> int:
    """The status that the declaration of the view promises this actor: the selection first, then the rule."""
    access = address.view.access
    if actor.user is None and access.rule != PUBLIC:
        return 302
    about = ()
    if access.selection:
        selection = getattr(groups.visibility, access.selection)
        user = actor.user or SimpleNamespace(is_authenticated=False)
        found = selection(user).filter(**{access.by: address.value(access.by, objects)}).first()
        if found is None:
            return 404
        about = (found,)
    if access.rule not in (PUBLIC, SIGNED_IN) and not actor.user.has_perm(access.rule, *about):
        return 403
    return 200


@pytest.mark.parametrize("address", OURS, ids=lambda address: address.name)
def test_address_answers_as_it_declares(address, cast, objects):
    url = address.path(objects)
    for name, actor in vars(cast).items():
        expected = promised(address, actor, objects)
        answer = actor.client.get(url)
        # A page that only takes POST says so; a page may send its reader on.
        usual = {expected, 405} if expected != 200 else {200, 302, 405}
        assert answer.status_code in usual, f"GET {url} as {name}"
        if expected == 302 and answer.status_code == 302:
            assert answer.url.startswith("/accounts/login/?next="), f"GET {url} as {name}"
        if answer.status_code == 200 and answer["Content-Type"].startswith("text/html"):
            parse_strictly(answer.content)
        if expected != 200:
            assert actor.client.post(url).status_code in {expected, 405}, f"POST {url} as {name}"
