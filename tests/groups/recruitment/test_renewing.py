"""A letter that went astray, written anew by the office with a link that opens."""

import pytest
from django.core.exceptions import ValidationError

from groups.models import Application
from groups.recruitment import applying, links, withdrawing
from groups.recruitment.links import Purpose
from members import letters
from members.models import Letter
from tests.factories import make_round
from tests.groups.recruitment.by_hand import link_in
from tests.groups.recruitment.test_applying import confirm_link, sent


@pytest.fixture
def round_(office):
    return make_round()


def test_the_one_that_asks_to_confirm(round_, client):
    sent(round_)
    Letter.objects.update(
        state=Letter.State.STOPPED, reason="届かないアドレス", written_at="2026-11-01T00:00Z"
    )
    letters.send_again(letter=Letter.objects.get())
    assert Letter.objects.count() == 2
    assert client.get(link_in("confirm")).status_code == 200


def test_the_one_with_the_number_for_the_application_it_names(round_, client):
    first, second = sent(round_, key="a"), sent(round_, key="b", name="株式会社べつ")
    for each in (first, second):
        applying.confirm(link=confirm_link(each))
    Letter.objects.update(
        state=Letter.State.STOPPED, reason="届かないアドレス", written_at="2026-11-01T00:00Z"
    )
    letters.send_again(letter=Letter.objects.get(subject__contains="2026-001"))
    token = link_in("received").split("/")[-2]
    assert links.find(token, Purpose.STATUS).application == first


def test_nothing_is_left_to_tell(round_):
    application = sent(round_)
    letter = Letter.objects.get()
    withdrawing.withdraw(application=application)
    Letter.objects.update(
        state=Letter.State.STOPPED, reason="届かないアドレス", written_at="2026-11-01T00:00Z"
    )
    with pytest.raises(ValidationError, match="取り下げ"):
        letters.send_again(letter=letter)
    assert Application.objects.get().state == "withdrawn"
