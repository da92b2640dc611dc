"""採否の発表: what is missing with the way there, every letter, the number typed, and then once."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Application
from members.models import Letter
from tests.factories import make_company
from tests.groups.recruitment.closed_rounds import ACCEPT, DECLINE, WAIT, announce, closed_round, decided


@pytest.fixture
def call(office):
    return closed_round(office)


@pytest.fixture
def page(call) -> str:
    return f"/office/recruitment/{call.pk}/announce/"


def hidden(text: str) -> str:
    (shown,) = re.findall(r'name="shown" value="(\w+)"', text)
    return shown


def test_what_is_missing_is_told_with_the_way_there(staff, call, page):
    undecided = decided(call, "", staff.user)
    text = staff.client.get(page).text
    assert f"{undecided.name}：採否が決まっていません。" in text
    assert f'href="/office/applications/{undecided.pk}/"' in text
    assert 'name="count"' not in text


def test_every_letter_is_shown_and_told_after_the_second_look(staff, call, page):
    accepted = decided(call, ACCEPT, staff.user)
    decided(call, WAIT, staff.user)
    decided(call, DECLINE, staff.user, contact_email="")
    text = staff.client.get(page).text
    assert "《" not in text
    for words in (
        accepted.contact_email,
        "採択が決まりました",
        "1番目",
        "採択にいたりませんでした",
        "1通は郵便です",
    ):
        assert words in text
    shown = hidden(text)
    wrong = staff.client.post(page, {"shown": shown, "count": "2"})
    assert ("件数は3件です" in wrong.text, Letter.objects.exists()) == (True, False)
    told = staff.client.post(page, {"shown": shown, "count": "３"}, follow=True)
    assert "採択1件、補欠1件、不採択1件をお知らせしました。" in told.text
    assert (Letter.objects.count(), call.group.memberships.count()) == (2, 1)
    assert f'href="/office/recruitment/{call.pk}/letters.pdf"' in told.text
    assert 'name="count"' not in told.text


def test_a_change_meanwhile_is_looked_at_again(staff, call, page):
    application = decided(call, ACCEPT, staff.user)
    shown = hidden(staff.client.get(page).text)
    Application.objects.filter(pk=application.pk).update(contact_name="別の 人")
    again = staff.client.post(page, {"shown": shown, "count": "1"})
    assert ("内容が変わりました" in again.text, Letter.objects.exists()) == (True, False)
    assert hidden(again.text) != shown
    staff.client.post(page, {"shown": hidden(again.text), "count": "1"})
    assert Letter.objects.count() == 1


def test_sent_again_it_is_told_in_words(staff, call, page):
    decided(call, ACCEPT, staff.user)
    shown = hidden(staff.client.get(page).text)
    announce(call, staff.user)
    assert "二度はお知らせできません" in staff.client.post(page, {"shown": shown, "count": "1"}).text


def test_the_paper_is_handed_out_by_get_only(staff, call):
    from members.models import Export

    address = f"/office/recruitment/{call.pk}/letters.pdf"
    decided(call, ACCEPT, staff.user, contact_email="")
    early = staff.client.get(address, follow=True)
    assert ("結果をお知らせしたあとに印刷" in early.text, Export.objects.count()) == (True, 0)
    announce(call, staff.user)
    assert (staff.client.head(address).status_code, Export.objects.count()) == (200, 0)
    answer = staff.client.get(address)
    assert (answer["Content-Type"], answer.content[:4], Export.objects.count()) == (
        "application/pdf",
        b"%PDF",
        1,
    )


def test_differences_are_shown_and_taken(staff, call, page):
    company = make_company(products="歯車")
    application = decided(
        call, ACCEPT, staff.user, known_company=company, products="歯車と軸", name=company.name
    )
    announce(call, staff.user)
    assert "名簿と応募の内容がちがう企業を確かめる（1社）" in staff.client.get(page).text
    differences = f"/office/recruitment/{call.pk}/differences/"
    shown = staff.client.get(differences).text
    assert ("歯車と軸" in shown, 'value="products"' in shown) == (True, True)
    take = f"/office/applications/{application.pk}/take/"
    staff.client.post(take, {"key": "products"})
    company.refresh_from_db()
    assert company.products == "歯車と軸"
    assert "もうありません" in staff.client.post(take, {"key": "products"}, follow=True).text


def test_as_many_queries_for_thirty_as_for_one(staff, call, page):
    """Of each decision, and of what is missing still."""
    counted = []
    for times in (1, 29):
        for _ in range(times):
            for decision in (ACCEPT, WAIT, DECLINE, ""):
                decided(call, decision, staff.user, is_new_company=decision != ACCEPT)
        staff.client.get(page)
        with CaptureQueriesContext(connection) as queries:
            assert staff.client.get(page).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


def test_whoever_the_directory_does_not_know_is_matched_by_one_press(staff, call, page):
    rows = [decided(call, ACCEPT, staff.user, is_new_company=False) for _ in range(2)]
    make_company(name="ほのか工房株式会社")
    known = decided(call, ACCEPT, staff.user, is_new_company=False, name="ほのか工房株式会社")
    assert "名簿に似た企業のない2件を、新しい企業として進める" in staff.client.get(page).text
    text = staff.client.post(page.replace("announce", "new-companies"), follow=True).text
    assert "2件を、名簿にない新しい企業として進めます" in text
    assert "名簿に似た企業のない" not in text
    assert f"{known.name}：名簿にある企業かどうかを、まだ確かめていません。" in text
    assert [each.is_new_company for each in Application.objects.order_by("pk")] == [True, True, False]
    assert len(rows) == 2


def test_after_the_announcement_the_launch_is_the_next_step(staff, call, page):
    decided(call, ACCEPT, staff.user)
    announce(call, staff.user)
    assert f'href="/office/launch/{call.group.slug}/"' in staff.client.get(page).text
