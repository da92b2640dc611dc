"""A link opens one thing, for one purpose, until its end; the database does not know the token."""

import datetime

import pytest
import time_machine

from groups.models import ApplicationDraft, ApplicationLink
from groups.recruitment import links
from groups.recruitment.links import Purpose
from tests.conftest import NOW
from tests.factories import make_application, make_round


@pytest.fixture
def application(office):
    return make_application(make_round())


def test_opens_what_it_was_made_for_and_nothing_else(application):
    token = links.make(application, Purpose.STATUS, "a@example.jp")
    assert links.find(token, Purpose.STATUS).application == application
    assert links.find(token, Purpose.CONFIRM) is None
    assert links.find(token + "x", Purpose.STATUS) is None
    assert links.find("", Purpose.STATUS) is None


def test_the_token_is_nowhere_in_the_database(application):
    token = links.make(application, Purpose.CONFIRM, "a@example.jp")
    assert token not in str(ApplicationLink.objects.values().get())


@pytest.mark.parametrize("purpose", Purpose.values)
def test_ends(application, purpose):
    draft = ApplicationDraft.objects.create(key="k", fiscal_year=2026, expires_at=NOW)
    about = draft if purpose == Purpose.RESUME else application
    token = links.make(about, purpose, "a@example.jp")
    end = NOW + links.VALID_FOR[purpose]
    with time_machine.travel(end - datetime.timedelta(minutes=1)):
        assert links.find(token, purpose) is not None
    with time_machine.travel(end + datetime.timedelta(minutes=1)):
        assert links.find(token, purpose) is None
        assert links.known(token, purpose) is not None
