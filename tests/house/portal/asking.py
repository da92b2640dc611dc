"""Each address is asked once by everybody, whatever number of tests wants to know the answer."""

from contextlib import nullcontext
from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.http import HttpResponse

from iri_exchange.lib.reading import BY_THE_WAY, refusing_writes
from tests.conftest import Actor
from tests.house.portal.world import World
from tests.strictness import parse_strictly

LOOKING = ("get", "head", "options")
# Who takes a file is written down: that is what the GET is for.
LOGGED = BY_THE_WAY | {"members_export", "members_export_people", "members_export_companies"}
TOO_OFTEN = 429


class Answer(NamedTuple):
    """`url`: where it leads, if elsewhere; `is_page`: what was got is HTML, and in order."""

    status_code: int
    url: str
    is_page: bool


def answer_to(world: World, name: str, method: str, url: str) -> Answer:
    """What an actor is answered, kept in the world: what is asked changes nothing there.

    What a test planted is asked anew, and need be no page of ours; so is who asked too often. Raises WriteRefused if looking writes.
    """
    is_ours = settings.ROOT_URLCONF == "iri_exchange.urls"
    key = (name, method, url)
    if is_ours and key in world.answers:
        return world.answers[key]
    response = asked(world.actors[name], method, url)
    is_html = response.get("Content-Type", "").startswith("text/html")
    is_page = method == "get" and response.status_code == 200 and is_html
    if is_page and is_ours:
        parse_strictly(response.content)
    answer = Answer(response.status_code, response.get("Location", ""), is_page)
    if is_ours and answer.status_code != TOO_OFTEN:
        world.answers[key] = answer
    return answer


def asked(actor: Actor, method: str, url: str) -> HttpResponse:
    """The answer; whatever it changed is taken back."""
    only_looks = refusing_writes(but=LOGGED) if method in LOOKING else nullcontext()
    with transaction.atomic():
        try:
            with only_looks:
                answer: HttpResponse = getattr(actor.client, method)(url)
        finally:
            transaction.set_rollback(True)
    return answer
