"""A person moves to another company: dated, found by its name, and taken back."""

import datetime

from members.models import Employment
from tests.factories import make_company
from tests.groups.pages.test_membership import page

TODAY = datetime.date(2026, 11, 25)


def url_of(actor) -> str:
    return f"/people/{actor.person.pk}/employment/"


def test_somebody_moves(staff, member, secretary):
    new, url = make_company(name="株式会社うつりさき", kana="ウツリサキ"), url_of(member)
    assert url in page(staff, f"/people/{member.person.pk}/")
    shown = page(staff, url)
    assert f"/memberships/{member.membership.pk}/representatives/" in shown
    assert staff.client.post(url, {"since": "R8.11.25", "name": "㈱うつりさき"}).url == url
    assert member.person.company_on(TODAY) == new
    assert member.membership.representatives.get().until is None
    again = staff.client.post(url, {"since": "2026-11-26", "name": "うつりさき"}).content.decode()
    assert "もうその所属になっています" in again
    early = staff.client.post(url, {"since": "2026-11-24", "name": "うつりさき"}).content.decode()
    assert "別の所属が書いてあります" in early


def test_the_name_is_looked_up(staff, secretary, member):
    url = url_of(member)
    for name in ("うつり第一", "うつり第二"):
        make_company(name=name)
    several = staff.client.post(url, {"since": "2026-11-25", "name": "うつり"}).content.decode()
    assert "いくつか見つかりました" in several
    assert "うつり第二（東京都昭島市）" in several
    unknown = staff.client.post(url, {"since": "2026-11-25", "name": "ない会社"}).content.decode()
    assert "名簿に見つかりません" in unknown
    hidden = secretary.client.post(url, {"since": "2026-11-25", "name": "うつり第一"}).content.decode()
    assert "名簿に見つかりません" in hidden
    assert Employment.objects.filter(person=member.person).count() == 1


def test_belonging_nowhere_and_taken_back(staff, member):
    url, company = url_of(member), member.person.company_on(TODAY)
    assert staff.client.post(url, {"since": "2026-11-25", "name": ""}).status_code == 302
    assert member.person.company_on(TODAY) is None
    row = member.person.employments.latest("since")
    take_back = f"/employments/{row.pk}/take-back/"
    assert take_back in page(staff, url)
    assert staff.client.post(take_back).url == url
    assert member.person.company_on(TODAY) == company
    only = f"/employments/{member.person.employments.get().pk}/take-back/"
    staff.client.post(only)
    assert "取り消せるのは、いちばん新しい" in page(staff, url)


def test_one_s_own_employer_is_not_one_s_own_to_change(member, secretary, outsider):
    assert member.client.get(url_of(member)).status_code == 403
    assert secretary.client.get(url_of(member)).status_code == 200
    assert secretary.client.get(url_of(outsider)).status_code == 404
