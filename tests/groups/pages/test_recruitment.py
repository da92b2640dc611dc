"""/recruitment/: what the call for members is, and where it stands; and the doors that lead to it."""

import datetime

from django.urls import reverse
from django.utils import timezone

from tests.factories import make_office, make_round
from tests.strictness import parse_strictly

URL = reverse("recruitment")


def page(actor):
    text = actor.client.get(URL).content.decode()
    parse_strictly(text)
    return text


def test_without_a_call_it_says_what_to_do_instead(visitor, office):
    text = page(visitor)
    assert "いまは、募集していません" in text
    assert f"{reverse('group_list')}?stage=active" in text


def test_the_calls_of_all_offices_stand_there(visitor, office):
    make_round(office=office)
    make_round(
        office=make_office(name="本部", slug="honbu"),
        opens_on=datetime.date(2026, 12, 1),
        closes_on=datetime.date(2026, 12, 25),
    )
    text = page(visitor)
    assert [word in text for word in ("受付中", "これから", "審査中")] == [True, True, False]
    assert "令和8年（2026年）11月30日（月）の23時59分59秒まで" in text
    assert "受付は令和8年（2026年）12月1日（火）からです" in text


def test_nothing_of_the_offices_own_is_told(visitor, office):
    call = make_round(office=office, text="どなたでもどうぞ。", announced_at=timezone.now())
    text = page(visitor)
    assert "どなたでもどうぞ。" in text
    assert call.group.name not in text


def test_home_and_menu_lead_there(visitor, office):
    make_round(office=office)
    home = visitor.client.get(reverse("home")).content.decode()
    assert f'<a class="btn" href="{URL}">募集のページで応募する</a>' in home
    assert f'<a href="{URL}">新しい会員の応募を受け付けています</a>' in home
    menu = visitor.client.get(reverse("group_list")).content.decode()
    assert f'href="{URL}"' in menu
    assert "令和8年度　多摩：令和8年11月30日まで" in home


def test_home_calls_nobody_while_nothing_is_taken(visitor, office):
    make_round(office=office, announced_at=timezone.now())
    home = visitor.client.get(reverse("home")).content.decode()
    assert f'<a class="btn" href="{URL}">募集のページを見る</a>' in home
    assert "新しい会員の応募を受け付けています" not in home
