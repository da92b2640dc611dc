"""What is sent twice is done once: the same form, again, is answered with where the first one led."""

import threading

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory

from iri_exchange.lib import once
from iri_exchange.lib.once import OnceMiddleware
from members.models import User


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


def test_a_log_in_is_not_kept_for_only_its_own_answer_brings_the_session():
    class LogIn(Desk):
        def __call__(self, request):
            request.user = User(pk=9)
            return super().__call__(request)

    desk = LogIn("/my/")
    where(sent(user=User()), sent(user=User()), desk=desk)
    assert len(desk.asked) == 2


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
