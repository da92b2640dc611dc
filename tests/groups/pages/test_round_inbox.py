"""The inbox of a round: what came in, narrowed by the address bar, at a fixed price."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Application
from groups.recruitment import deciding
from tests.conftest import log_in
from tests.factories import make_application, make_company, make_person, make_round, make_staff
from tests.strictness import parse_strictly


@pytest.fixture
def call(office):
    return make_round(office=office)


@pytest.fixture
def url(call):
    return f"/office/recruitment/{call.pk}/"


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_only_staff_open_it(visitor, member, adviser, staff, url):
    assert visitor.client.get(url).url == f"/accounts/login/?next={url}"
    assert [actor.client.get(url).status_code for actor in (member, adviser, staff)] == [404, 404, 200]


def test_nothing_there_yet_says_what_to_do(staff, url, call):
    shown = page(staff, url)
    assert "応募は、まだ届いていません" in shown
    assert f"/office/recruitment/{call.pk}/enter/" in shown


def test_what_came_in_with_what_to_look_at(staff, url, call):
    make_company(name="株式会社うみかぜ", phone="042-999-0001")
    application = make_application(call, name="㈱うみかぜ", in_tokyo=None)
    make_application(call, state="draft", name="株式会社まだ")
    shown = page(staff, url)
    assert application.number in shown
    assert "名簿の株式会社うみかぜと、企業名が同じ" in shown
    assert "都内の事業所を確かめる" in shown
    assert "株式会社まだ" not in shown


@pytest.mark.parametrize("typed", ["2026-002", "２０２６-００２", "2", "うみかぜ", "森 あおい"])
def test_one_is_found_by_what_somebody_says_on_the_telephone(staff, url, call, typed):
    """Its number, however it is written; the company; who is to be called."""
    make_application(call, name="株式会社山のうえ", contact_name="谷 みどり")
    make_application(call, name="株式会社うみかぜ", contact_name="森 あおい")
    shown = page(staff, f"{url}?q={typed}")
    assert ("山のうえ" in shown, "うみかぜ" in shown) == (False, True)


def test_a_filter_narrows_it_and_an_unknown_one_is_told(staff, url, call):
    one = make_application(call)
    other = make_application(call, state="withdrawn")
    shown = page(staff, f"{url}?state=withdrawn")
    assert (one.number in shown, other.number in shown) == (False, True)
    assert "あてはまる応募は、ありません" in page(staff, f"{url}?state=declined")
    assert "「colour」というしぼり込みはありません" in page(staff, f"{url}?colour=red")


def test_as_many_queries_for_thirty_rows_as_for_one(staff, url, call):
    make_application(call)
    counted = []
    for _ in range(2):
        staff.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            page(staff, url)
        counted.append(len(queries))
        for _ in range(29):
            make_application(call)
    assert counted[0] == counted[1]


def test_all_that_was_received_is_taken_up(staff, url, call):
    for _ in range(2):
        make_application(call)
    assert "受け付けた2件の審査を始める" in page(staff, url)
    answer = staff.client.post(f"{url}take-up/", follow=True)
    assert "2件の審査を始めました。" in answer.content.decode()
    assert set(Application.objects.values_list("state", flat=True)) == {"under_review"}


def test_the_second_person_confirms_what_others_decided(staff, office, url, call):
    call.needs_two = True
    call.save()
    person = make_person()
    make_staff(person, office=office)
    colleague = log_in(person)
    deciding.decide(application=make_application(call), decision="accept", by=staff.user)
    assert "まとめて確認する" not in page(staff, url)
    assert "ほかの職員が決めた1件の採否を、まとめて確認する" in page(colleague, url)
    assert colleague.client.post(f"{url}approve/").status_code == 302
    assert Application.objects.get().approved_by == colleague.user


def test_what_changed_since_the_list_was_shown_is_not_confirmed(staff, office, url, call):
    call.needs_two = True
    call.save()
    person = make_person()
    make_staff(person, office=office)
    colleague = log_in(person)
    application = make_application(call)
    deciding.decide(application=application, decision="accept", by=staff.user)
    seen = colleague.client.get(url).context["seen"]
    deciding.decide(application=application, decision="decline", by=staff.user)
    told = colleague.client.post(f"{url}approve/", {"seen": seen}, follow=True)
    assert deciding.ONE_CHANGED in told.text
    assert Application.objects.get().approved_by is None
    colleague.client.post(f"{url}approve/", {"seen": told.context["seen"]})
    assert Application.objects.get().approved_by == colleague.user
