"""How often one may try: counted for all workers together, by the true address, alike for known and unknown people."""

import json
import re
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from asgiref.local import Local
from django.core.cache import cache, caches
from django.core.cache.backends import locmem
from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client

from iri_exchange import settings as in_service
from members.models import Letter
from tests.factories import PASSWORD, make_login, make_person

pytestmark = pytest.mark.django_db
KNOWN, UNKNOWN = "known@example.jp", "unknown@example.jp"
SPOOFED = {"x-forwarded-for": "203.0.113.9"}


@pytest.fixture
def user():
    return make_login(make_person(email=KNOWN))


def another_worker() -> None:
    """What one process remembers by itself, the next one does not know."""
    for kept in (locmem._caches, locmem._expire_info, locmem._locks):
        kept.clear()
    for kept in caches.all(initialized_only=True):
        kept.close()
    caches._connections = Local()


def tries(act: Callable[[Client], HttpResponse], most: int, **headers: str) -> int:
    """How often it is answered before it is refused, each time by another worker."""
    for number in range(most):
        another_worker()
        answer = act(Client(headers=headers))
        said = answer.content.decode()
        if answer.status_code == 429 or "しばらく受け付けを止めています" in said:
            return number
    return most


def posting(path: str, **typed: str) -> Callable[[Client], HttpResponse]:
    return lambda client: client.post(path, typed)


@pytest.fixture
def one_cache_for_all(settings) -> None:
    settings.CACHES = settings.CACHES | {"default": in_service.CACHES["default"]}
    call_command("createcachetable", verbosity=0)


WRONG_PASSWORD = posting("/accounts/login/", login=KNOWN, password="chigau-chigau")
ASK_FOR_A_CODE = posting("/accounts/login/code/", email=KNOWN)
ASK_FOR_A_RESET = posting("/accounts/password/reset/", email=KNOWN)


@pytest.mark.parametrize(
    ("act", "limit"),
    [(WRONG_PASSWORD, 5), (ASK_FOR_A_CODE, 3), (ASK_FOR_A_RESET, 5)],
    ids=["password", "code", "reset"],
)
def test_all_workers_count_together_whatever_address_is_claimed(user, one_cache_for_all, act, limit):
    assert tries(act, limit + 3) == limit
    assert tries(act, 1, **SPOOFED) == 0


def test_nobody_pushes_the_count_out_of_the_cache(user, one_cache_for_all):
    tries(WRONG_PASSWORD, 5)
    for number in range(400):
        cache.set(f"of-others-{number}", [1], 600)
    assert tries(WRONG_PASSWORD, 1) == 0


def test_counting_in_one_process_would_be_noticed(user):
    assert tries(WRONG_PASSWORD, 8) == 8


def test_a_code_is_guessed_three_times_and_then_asked_for_again(user):
    client = Client()
    ASK_FOR_A_CODE(client)
    answers = [client.post("/accounts/login/code/confirm/", {"code": "00000000"}) for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 302, 302]
    assert "_auth_user_id" not in client.session


def code_in_letter() -> str:
    return re.search(r"\d{4}-?\d{4}", Letter.objects.latest("pk").text).group()


def test_a_code_opens_once_also_in_full_width(user):
    client = Client()
    ASK_FOR_A_CODE(client)
    wide = code_in_letter().translate(str.maketrans("0123456789-", "０１２３４５６７８９ー"))
    assert client.post("/accounts/login/code/confirm/", {"code": wide}).url == "/my/"
    assert client.session["_auth_user_id"] == str(user.pk)
    again = Client()
    assert again.post("/accounts/login/code/confirm/", {"code": wide}).status_code == 302
    assert "_auth_user_id" not in again.session


def test_the_second_step_is_guessed_five_times(user, one_cache_for_all):
    TOTP.activate(user, generate_totp_secret())

    def guess(client: Client) -> HttpResponse:
        client.post("/accounts/login/", {"login": KNOWN, "password": PASSWORD})
        return client.post("/accounts/2fa/authenticate/", {"code": "000000"})

    assert tries(guess, 7) == 5
    assert tries(guess, 1, **SPOOFED) == 0


@pytest.mark.parametrize(
    ("path", "field"),
    [
        ("/accounts/login/code/", "email"),
        ("/accounts/password/reset/", "email"),
        ("/accounts/login/", "login"),
    ],
)
def test_known_and_unknown_addresses_read_the_same(user, path, field):
    pages = []
    for address in (KNOWN, UNKNOWN):
        client = Client()
        answer = client.post(path, {field: address, "password": "chigau-chigau"}, follow=True)
        said = answer.content.decode().replace(address, "ADDRESS")
        token = answer.context["csrf_token"]
        pages.append((answer.status_code, answer.redirect_chain, said.replace(str(token), "TOKEN")))
    assert json.dumps(pages[0]) == json.dumps(pages[1])
