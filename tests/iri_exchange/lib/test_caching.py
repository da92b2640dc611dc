"""What may be kept: nothing that was made for somebody who is logged in."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.urls import reverse

from iri_exchange.lib.caching import PrivatePagesMiddleware


@pytest.mark.parametrize(
    ("who", "path", "said"),
    [
        ("member", "/my/", "private, no-store"),
        ("member", "/", "private, no-store"),
        ("member", "/groups/keyaki/members/", "private, no-store"),
        ("member", "/office/", "private, no-store"),
        ("member", "/no/such/page/", "private, no-store"),
        ("visitor", "/", None),
        ("visitor", "/groups/keyaki/", None),
        ("visitor", "/my/", None),
    ],
)
def test_what_the_browser_is_told(request, group, who, path, said):
    answer = request.getfixturevalue(who).client.get(path)
    assert answer.headers.get("Cache-Control") == said


def test_what_a_view_says_itself_stays(member):
    assert "max-age=0" in member.client.get(reverse("healthz"))["Cache-Control"]
    request = RequestFactory().get("/")
    request.user = member.user

    def view(request):
        return HttpResponse(headers={"Cache-Control": "private, max-age=60"})

    assert PrivatePagesMiddleware(view)(request)["Cache-Control"] == "private, max-age=60"
