"""The settings as an environment makes them: read anew from the file, and tried on the portal."""

import runpy
from typing import Any

import pytest
from django.conf import settings as in_force
from django.test import Client
from django.urls import reverse

OUR_MACHINE = {"127.0.0.1", "localhost", "[::1]"}


@pytest.fixture
def made_by(monkeypatch, tmp_path):
    """The settings that the given environment makes."""

    def make(**environment: str) -> dict[str, Any]:
        for name in ("SITE_URL", "TRUSTED_PROXY_COUNT", "DATABASE_URL", "STAFF_MFA_REQUIRED"):
            monkeypatch.delenv(name, raising=False)
        for name, value in {"DATA_DIR": str(tmp_path), **environment}.items():
            monkeypatch.setenv(name, value)
        return runpy.run_path(str(in_force.BASE_DIR / "iri_exchange" / "settings.py"))

    return make


@pytest.mark.parametrize(
    ("environment", "required"),
    [
        ({}, False),
        ({"SITE_URL": "https://portal.example.jp"}, True),
        ({"SITE_URL": "https://portal.example.jp", "STAFF_MFA_REQUIRED": "off"}, False),
        ({"STAFF_MFA_REQUIRED": "on"}, True),
    ],
)
def test_staff_need_a_second_step_in_service(made_by, environment, required):
    assert made_by(**environment)["STAFF_MFA_REQUIRED"] is required


@pytest.mark.parametrize(
    ("environment", "host", "is_https", "proxies"),
    [
        ({}, "127.0.0.1", False, 0),
        ({"SITE_URL": "https://portal.example.jp"}, "portal.example.jp", True, 1),
        (
            {"SITE_URL": "https://portal.example.jp/", "TRUSTED_PROXY_COUNT": "2"},
            "portal.example.jp",
            True,
            2,
        ),
        ({"SITE_URL": "http://Portal.lan:8000"}, "portal.lan", False, 0),
        ({"SITE_URL": "http://portal.lan", "TRUSTED_PROXY_COUNT": "1"}, "portal.lan", False, 1),
        ({"SITE_URL": "http://[fd00::5]:8000"}, "[fd00::5]", False, 0),
    ],
)
def test_the_address_of_the_site_decides(made_by, environment, host, is_https, proxies):
    made = made_by(**environment)

    assert set(made["ALLOWED_HOSTS"]) == {host} | OUR_MACHINE
    assert (made["BEHIND_HTTPS"], made["SECURE_SSL_REDIRECT"], made["SESSION_COOKIE_SECURE"]) == (
        is_https,
    ) * 3
    assert made["ALLAUTH_TRUSTED_PROXY_COUNT"] == proxies


def test_in_service_the_probe_asks_from_inside_without_https(made_by, settings, visitor):
    made = made_by(SITE_URL="https://portal.example.jp")
    for name in ("ALLOWED_HOSTS", "SECURE_SSL_REDIRECT", "SECURE_REDIRECT_EXEMPT", "SECURE_PROXY_SSL_HEADER"):
        setattr(settings, name, made[name])

    probe, home = reverse("healthz"), reverse("home")

    assert Client().get(probe, headers={"host": "127.0.0.1:8000"}).status_code == 200
    outside = Client().get(home, headers={"host": "portal.example.jp"})
    assert (outside.status_code, outside["Location"]) == (301, "https://portal.example.jp/")
