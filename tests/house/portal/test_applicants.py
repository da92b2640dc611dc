"""What an applicant wrote is read by the office and by who has the link; what the office notes, by the office alone.

That nobody else reads any of it, on any page, the crawl of test_leaks sees.
"""

import pytest

from groups.models import Application
from groups.recruitment import links, reviewing, withdrawing
from members.models import Letter
from tests.house.portal.canaries import Aviary
from tests.house.portal.crawling import text_of
from tests.house.portal.test_leaks import OFFICES_OWN
from tests.house.portal.world import OTHER, OWN, World

pytestmark = pytest.mark.any_database


def heard_of(world: World, aviary: Aviary, name: str, *pages: str) -> set[tuple[str, str]]:
    """(record, field) of all canaries on some pages."""
    client = world.actors[name].client
    heard = {song for url in pages for song in aviary.heard_in(text_of(client.get(url)))}
    return {(aviary.canaries[song].model.__name__, aviary.canaries[song].field) for song in heard}


def test_staff_read_what_the_applicant_wrote_and_what_they_noted(world, aviary):
    application = asked_application(world, OWN)
    call, plan = (world.objects[OWN][f"office/{kind}/:pk"] for kind in ("recruitment", "scenarios"))
    pages = [f"/office/applications/{application.pk}/{page}" for page in ("", "correct/")]
    pages.append(f"/admin/groups/application/{application.pk}/change/")
    boards = (f"/office/recruitment/{call}/workbench/", f"/office/scenarios/{plan}/")
    heard = heard_of(world, aviary, "staff", *pages, *boards)
    written = {(Application, "motive"), (Application, "contact_email"), (Application, "contact_phone")}
    assert {(model.__name__, field) for model, field in OFFICES_OWN | written} <= heard


@pytest.mark.parametrize("side", [OWN, OTHER])
def test_who_has_the_link_reads_what_was_written_and_not_what_was_noted(side, world, aviary):
    token = world.objects[side]["applications/:token"]
    pages = [f"/applications/{token}/{page}" for page in ("", "correct/", "copy.pdf", "withdraw/")]
    heard = heard_of(world, aviary, "visitor", *pages)
    assert {("Application", "motive"), ("ApplicationQuestion", "question")} <= heard
    assert heard & {(model.__name__, field) for model, field in OFFICES_OWN} == set()


@pytest.mark.usefixtures("an_hour_later")
@pytest.mark.parametrize("side", [OWN, OTHER])
def test_what_is_written_to_an_applicant_holds_nothing_of_the_others_nor_of_the_review(side, world, aviary):
    by, application = world.actors["staff"].user, asked_application(world, side)
    before = Letter.objects.latest("pk").pk
    reviewing.record_answer(application=application, answer="上越市の会社です。", by=by)
    reviewing.ask(application=application, question="何人で作りますか。", due=None, by=by)
    withdrawing.withdraw(application=application, by=by)
    written = Letter.objects.filter(pk__gt=before)
    assert {letter.kind for letter in written} == {
        "groups/application_question",
        "groups/application_withdrawn",
    }
    for letter in written:
        songs = aviary.heard_in(f"{letter.subject} {letter.text} {letter.html}")
        heard = {aviary.canaries[song] for song in songs}
        assert {canary.whose for canary in heard} == {(Application, application.pk)}, letter.kind
        assert {(canary.model, canary.field) for canary in heard} & OFFICES_OWN == set()


def asked_application(world: World, side: str) -> Application:
    """The one that the office noted upon and asked about."""
    return links.find(world.objects[side]["applications/:token"], links.Purpose.STATUS).application
