"""/office/retention/: what will soon be forgotten, and when; looking forgets nothing."""

import datetime

import time_machine
from django.urls import reverse
from django.utils import timezone

from events.models import Registration
from groups.models import Application
from tests.exchange_factories import at, make_exchange, make_registration
from tests.factories import make_application, make_round
from tests.strictness import parse_strictly

URL = reverse("office_retention")


def test_what_goes_within_sixty_days_stands_there_with_its_day(staff, office):
    call, now = make_round(office=office), timezone.now()
    for ago in (10, 31):
        sent = now - datetime.timedelta(days=ago)
        make_application(call, state=Application.State.DRAFT, name=f"ためし{ago}", sent_at=sent)
    make_application(call, state=Application.State.DECLINED, name="まだまだ残る")
    text = staff.client.get(URL).content.decode()
    parse_strictly(text)
    assert [name in text for name in ("ためし10", "ためし31", "まだまだ残る")] == [True, True, False]
    assert "2026年12月15日" in text
    assert Application.objects.count() == 3


def test_with_nothing_to_forget_it_says_so(staff):
    text = staff.client.get(URL).content.decode()
    parse_strictly(text)
    assert text.count("これから60日のうちに消えるものは、ありません。") == 5


def test_of_a_joint_exchange_it_says_how_many_and_when(staff, office):
    old = make_exchange(fiscal_year=2024, day=datetime.date(2025, 2, 12), title="古い合同交流会")
    for number in range(2):
        make_registration(old, f"参加 {number}")
    make_registration(make_exchange(), "今年 花子")
    with time_machine.travel(at(datetime.date(2026, 1, 20), 9)):
        staff.client.force_login(staff.user)
        assert "古い合同交流会" not in staff.client.get(URL).content.decode()
    with time_machine.travel(at(datetime.date(2026, 3, 1), 9)):
        staff.client.force_login(staff.user)
        text = staff.client.get(URL).content.decode()
    parse_strictly(text)
    said = ("合同交流会の参加者と出展の連絡先", "年度の終わりから1年　2件", "古い合同交流会", "2026年4月1日")
    assert [each for each in said if each not in text] == []
    assert f'href="{reverse("exchange_after", args=[2024])}"' in text
    assert Registration.objects.filter(erased_at=None).count() == 3
