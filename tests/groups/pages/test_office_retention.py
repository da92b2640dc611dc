"""/office/retention/: what will soon be forgotten, and when; looking forgets nothing."""

import datetime

from django.urls import reverse
from django.utils import timezone

from groups.models import Application
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
    assert text.count("これから60日のうちに消えるものは、ありません。") == 4
