"""Who reads what of the joint exchange: the office and the person an entry, everybody what a booth shows.

That nobody else reads any of it, on any page, the crawl of test_leaks sees.
"""

import pytest

from events.models import Booth, Registration
from tests.house.portal import exchange_secrets
from tests.house.portal.canaries import Aviary
from tests.house.portal.crawling import text_of
from tests.house.portal.world import OFFICE, OTHER, OWN, World

pytestmark = pytest.mark.any_database

ENTERED = {"affiliation", "name", "kana", "title", "email", "phone", "words"}
WHOM_TO_CALL = {"first_person", "second_person", "email", "phone", "request", "answer_words"}


def heard_of(world: World, aviary: Aviary, name: str, url: str) -> set[tuple[str, int, str]]:
    heard = aviary.heard_in(text_of(world.actors[name].client.get(url)))
    found = [aviary.canaries[song] for song in heard]
    return {(canary.model.__name__, canary.pk, canary.field) for canary in found}


def of_the_public(world: World, side: str) -> Registration:
    year = world.objects[side]["joint/:fiscal_year"]
    return Registration.objects.get(exchange__fiscal_year=year, kind="public")


def exhibiting(world: World, side: str) -> Booth:
    year = world.objects[side]["joint/:fiscal_year"]
    return Booth.objects.get(exchange__fiscal_year=year, state="accepted")


def test_everything_that_is_written_down_has_canaries(aviary):
    planted = {
        (canary.side, canary.model.__name__, canary.field)
        for canary in aviary.canaries.values()
        if canary.model in exchange_secrets.MODELS
    }
    booths = WHOM_TO_CALL | exchange_secrets.SHOWN
    expected = {("Registration", field) for field in ENTERED} | {("Feedback", "words")}
    of_groups = {("Booth", field) for field in booths} | {
        ("ProgrammeItem", field) for field in ("title", "speaker", "words")
    }
    assert planted == {
        *((side, *each) for side in (OWN, OTHER) for each in expected | of_groups),
        *((OFFICE, *each) for each in expected | {("ExchangePhoto", "caption")}),
    }


@pytest.mark.parametrize("side", [OWN, OTHER])
def test_staff_read_an_entry_and_whom_to_call_at_a_booth(side, world, aviary):
    entry, booth = of_the_public(world, side), exhibiting(world, side)
    heard = heard_of(world, aviary, "staff", f"/office/joint/registrations/{entry.pk}/edit/")
    assert {("Registration", entry.pk, field) for field in ENTERED} - heard == set()
    heard = heard_of(world, aviary, "staff", f"/office/joint/booths/{booth.pk}/")
    assert {("Booth", booth.pk, field) for field in WHOM_TO_CALL} - heard == set()


@pytest.mark.parametrize("name", ["visitor", "member", "secretary", "adviser", "left_member"])
@pytest.mark.parametrize("side", [OWN, OTHER])
def test_everybody_reads_what_a_booth_shows_and_not_whom_to_call(name, side, world, aviary):
    booth = exhibiting(world, side)
    heard = heard_of(world, aviary, name, f"/joint/booths/{booth.pk}/")
    fields = {field for model, pk, field in heard if (model, pk) == ("Booth", booth.pk)}
    assert {"exhibitor", "title", "words"} <= fields <= exchange_secrets.SHOWN


@pytest.mark.parametrize("side", [OWN, OTHER])
def test_a_personal_link_shows_one_entry_alone(side, world, aviary):
    token, entry = (
        world.objects[side][key] for key in ("joint/ticket/:token", "office/joint/registrations/:pk")
    )
    for page in ("", "choices/", "cancel/", "wishes/", "seats/", "feedback/", "ticket.pdf"):
        heard = heard_of(world, aviary, "visitor", f"/joint/ticket/{token}/{page}")
        assert {pk for model, pk, _ in heard if model == "Registration"} <= {entry}, page
