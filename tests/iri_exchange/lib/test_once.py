"""What is sent twice is done once: the same form, again, is answered with where the first one led."""

import re
import threading

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import Client, RequestFactory
from django.urls import reverse

from iri_exchange.lib import once
from iri_exchange.lib.once import OnceMiddleware
from members.models import Letter, User
from tests.factories import PASSWORD
from tests.members.test_second_step import code_of


class Desk:
    """A view that counts how often it is asked, and answers as it is told."""

    def __init__(self, *answers: str) -> None:
        self.asked: list[QueryDict] = []
        self.answers = list(answers)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        self.asked.append(request.POST)
        led_to = self.answers[min(len(self.asked), len(self.answers)) - 1]
        return HttpResponse(status=302, headers={"Location": led_to}) if led_to else HttpResponse("wrong")


def sent(token="token", path="/here/", user=None, **fields) -> HttpRequest:
    request = RequestFactory().post(path, {"csrfmiddlewaretoken": token, **fields} if token else fields)
    request.user = user or User(pk=7)
    request._messages = Said()
    return request


class Said(list):
    def add(self, level, message, extra_tags=""):
        self.append(message)


def where(*requests, desk) -> list[str]:
    middleware = OnceMiddleware(desk)
    return [middleware(request).get("Location", "") for request in requests]


def test_the_same_form_again_leads_to_the_same_page_and_says_so():
    desk, again = Desk("/first/", "/second/"), sent(name="青葉")
    assert where(sent(name="青葉"), again, desk=desk) == ["/first/", "/first/"]
    assert (len(desk.asked), list(again._messages)) == (1, [once.SAID])


def test_another_page_address_content_reader_or_file_is_another_form():
    def file(content):
        return SimpleUploadedFile("名簿.csv", content)

    desk = Desk("/done/")
    where(
        sent(name="青葉"),
        sent(name="若葉"),
        sent(name="青葉", token="drawn anew"),
        sent(name="青葉", path="/there/"),
        sent(name="青葉", user=User(pk=8)),
        sent(file=file(b"abc")),
        sent(file=file(b"abd")),
        sent(file=file(b"abd")),
        desk=desk,
    )
    assert len(desk.asked) == 7


def test_what_was_wrong_may_be_sent_again():
    desk = Desk("", "/done/")
    assert where(sent(), sent(), sent(), desk=desk) == ["", "/done/", "/done/"]
    assert len(desk.asked) == 2


def test_what_was_sent_elsewhere_unread_may_be_sent_again():
    class Guarded(Desk):
        def __call__(self, request):
            return once.not_done(super().__call__(request))

    desk = Guarded("/say-it-otherwise/")
    where(sent(), sent(), desk=desk)
    assert len(desk.asked) == 2


def test_whose_user_changes_is_not_kept():
    class LogIn(Desk):
        def __call__(self, request):
            request.user = User(pk=9)
            return super().__call__(request)

    desk = LogIn("/my/")
    where(sent(), sent(), desk=desk)
    assert len(desk.asked) == 2


def test_of_a_visitor_nothing_is_kept(monkeypatch):
    monkeypatch.setattr(once, "caches", {})
    desk = Desk("/done/")
    where(sent(user=AnonymousUser()), sent(user=AnonymousUser()), desk=desk)
    assert len(desk.asked) == 2


def tapped_twice(url, **fields) -> Client:
    """The browser after the second tap, which threw the first answer with its cookies away."""
    browser, thrown_away = Client(), Client()
    page = browser.get(url)
    form = {"csrfmiddlewaretoken": str(page.context["csrf_token"]), **fields}
    thrown_away.cookies.load(browser.cookies)
    for each in (thrown_away, browser):
        answer = each.post(url, form)
    assert answer.status_code == 302
    browser.landed = browser.get(answer.url)
    return browser


def test_who_taps_twice_for_a_code_can_type_the_second(member):
    browser = tapped_twice(reverse("account_request_login_code"), email=member.user.email)
    code = re.search(r"\b[A-Z0-9-]{6,}\b", Letter.objects.latest("pk").text)
    answer = browser.post(browser.landed.request["PATH_INFO"], {"code": code[0]})
    assert (answer.status_code, browser.session["_auth_user_id"]) == (302, str(member.user.pk))


def test_who_taps_twice_after_the_password_is_asked_for_the_second_step(staff):
    secret = generate_totp_secret()
    TOTP.activate(staff.user, secret)
    browser = tapped_twice(reverse("account_login"), login=staff.user.email, password=PASSWORD)
    assert browser.landed.request["PATH_INFO"] == reverse("mfa_authenticate")
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert (answer.status_code, browser.session["_auth_user_id"]) == (302, str(staff.user.pk))


def test_without_a_token_it_is_no_form_of_ours():
    desk = Desk("/done/")
    where(sent(token=""), sent(token=""), desk=desk)
    assert len(desk.asked) == 2


def test_the_second_tap_waits_for_the_first():
    begun, go_on = threading.Event(), threading.Event()

    class Slow(Desk):
        def __call__(self, request):
            begun.set()
            go_on.wait(10)
            return super().__call__(request)

    desk = Slow("/done/")
    middleware, led = OnceMiddleware(desk), []
    first = threading.Thread(target=lambda: led.append(middleware(sent())["Location"]))
    first.start()
    begun.wait(10)
    threading.Timer(0.2, go_on.set).start()
    led.append(middleware(sent())["Location"])
    first.join(10)
    assert (led, len(desk.asked)) == (["/done/", "/done/"], 1)


def test_who_waits_too_long_is_told(monkeypatch, client, db):
    monkeypatch.setattr(once, "PATIENCE", 0)
    taken = sent()
    once.caches["default"].add(once._key(sent()), once.WORKING, 60)
    answer = OnceMiddleware(Desk("/done/"))(taken)
    assert (answer.status_code, "2度送られました" in answer.content.decode()) == (409, True)
