"""The questionnaire and the results of the booths."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from events.exchange.after import telling
from events.models import Feedback
from tests.events.exchange.after.over import AFTER, LAST, SAID, make_guest, make_over, make_shown, on
from tests.exchange_factories import make_registration
from tests.factories import make_company

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange(office):
    return make_over()


@pytest.fixture(autouse=True)
def after():
    with on(AFTER.date(), 10):
        yield


def test_said_again_it_is_put_right(exchange):
    row = make_guest(exchange)
    telling.answer(registration=row, said=SAID)
    telling.answer(registration=row, said=SAID | {"satisfaction": 2, "comes_again": None})
    kept = Feedback.objects.get()
    assert (kept.satisfaction, kept.useful, kept.comes_again) == (2, ["talks", "booths"], None)
    assert kept.history.count() == 2


def test_who_was_not_there_is_not_asked(exchange):
    with pytest.raises(ValidationError) as refused:
        telling.answer(registration=make_registration(exchange), said=SAID)
    assert refused.value.code == "not_there"


def test_sixty_days(exchange):
    row = make_guest(exchange)
    with on(LAST, 23, 59):
        telling.answer(registration=row, said=SAID)
    with on(LAST + datetime.timedelta(days=1), 0), pytest.raises(ValidationError) as refused:
        telling.answer(registration=row, said=SAID)
    assert refused.value.code == "closed"


def test_the_result_of_a_booth(exchange, staff):
    booth = make_shown(exchange, make_company(), staff.user)
    telling.tell_result(booth=booth, cards=12, talks=None, words="よい一日でした。", by=staff.user)
    booth.refresh_from_db()
    assert (booth.cards, booth.talks, booth.result_words, booth.result_at) == (
        12,
        None,
        "よい一日でした。",
        AFTER,
    )


def test_who_did_not_exhibit_has_no_result(exchange, staff):
    booth = make_shown(exchange, make_company(), staff.user, state="withdrawn", number=None)
    with pytest.raises(ValidationError) as refused:
        telling.tell_result(booth=booth, cards=1, talks=1, words="", by=staff.user)
    assert refused.value.code == "not_exhibiting"
