"""The result of a booth: told by its exhibitor, or by the office."""

import pytest

from events.models import Booth
from tests.events.exchange.after.over import make_recent, make_shown, make_today


@pytest.fixture
def booth(office, staff, member):
    return make_shown(make_recent(), member.membership.company, staff.user)


def test_the_exhibitor_tells_and_puts_right(booth, member, outsider):
    page = f"/joint/booths/{booth.pk}/result/"
    assert outsider.client.get(page).status_code == 403
    assert member.client.get(page).status_code == 200
    assert (
        "どれか一つは入れてください" in member.client.post(page, {"cards": "", "talks": "", "words": ""}).text
    )
    assert member.client.post(page, {"cards": "20", "talks": "0", "words": "よい日でした。"}).url == page
    assert member.client.post(page, {"cards": "21", "talks": "1", "words": ""}).url == page
    told = Booth.objects.get()
    assert (told.cards, told.talks, told.result_words) == (21, 1, "")


def test_not_before_the_end(office, staff, member):
    booth = make_shown(make_today(), member.membership.company, staff.user)
    page = f"/joint/booths/{booth.pk}/result/"
    assert "いまは、書き直せません" in staff.client.get(page).text
    staff.client.post(page, {"cards": "1"})
    assert Booth.objects.get().result_at is None
