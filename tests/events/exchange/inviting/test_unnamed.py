"""Who did not agree to be handed on is a number to the officers, also at the joint exchange."""

import datetime

import time_machine
from django.test import Client

from events.models import Registration
from tests.exchange_factories import at, make_exchange
from tests.groups.handed import SECRETS, make_handed
from tests.house.portal.crawling import text_of

DECEMBER = at(datetime.date(2027, 12, 1), 10)


def test_officers_see_and_enter_them_by_number(launched_group, staff):
    handed = make_handed(launched_group, staff)
    make_exchange(fiscal_year=2027, day=datetime.date(2028, 2, 9))
    address = f"/groups/{launched_group.slug}/joint/2027/"
    with time_machine.travel(DECEMBER):
        officer = Client()
        officer.force_login(handed.secretary.user)
        page = officer.get(address)
        entered = officer.post(
            f"{address}enter/", {"person": handed.alone.person_id, "answer": "yes"}, follow=True
        )
    row = Registration.objects.get(person=handed.alone.person_id)
    assert (row.state, row.source) == ("confirmed", "group")
    for answer in (page, entered):
        told = text_of(answer).replace(" ", "")
        assert handed.alone.number in told
        assert [word for word in SECRETS.values() if word.replace(" ", "") in told] == []
