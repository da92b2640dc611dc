"""/office/recruitment/new/: a call is planned; what is wrong stands beside its field, and what was typed stays."""

from django.urls import reverse

from groups.models import RecruitmentRound
from tests.strictness import parse_strictly

URL = reverse("round_new")


def typed(office, **others):
    return {
        "fiscal_year": "２０２７", "office": office.pk, "opens_on": "R9.4.5", "closes_on": "令和9年5月28日",
        "results_on": "2027/6/18", "launch_on": "2027-07-09", "capacity": "２０", "group": "", "text": "ご案内",
    } | others  # fmt: skip


def test_a_call_is_planned(staff, office):
    answer = staff.client.post(URL, typed(office))
    assert (answer.status_code, answer.url) == (302, reverse("office_recruitment"))
    call = RecruitmentRound.objects.get()
    assert (call.fiscal_year, call.capacity, f"{call.closes_on}") == (2027, 20, "2027-05-28")
    assert call.group.name == "令和9年度 多摩グループ"
    assert "受付は令和9年4月5日からです" in staff.client.get(answer.url).content.decode()


def test_the_next_year_is_proposed(staff, office):
    answer = staff.client.get(URL)
    parse_strictly(answer.content.decode())
    assert answer.context["form"]["fiscal_year"].value() == 2027


def test_what_is_wrong_stands_beside_its_field_and_nothing_typed_is_lost(staff, office):
    answer = staff.client.post(URL, typed(office, results_on="2027-05-01"))
    text = answer.content.decode()
    parse_strictly(text)
    assert answer.context["form"].errors == {"results_on": ["受付の終わりより後の日を入れてください。"]}
    assert 'value="令和9年5月28日"' in text
    assert RecruitmentRound.objects.count() == 0


def test_the_same_call_twice_is_told(staff, office):
    staff.client.post(URL, typed(office))
    answer = staff.client.post(URL, typed(office))
    assert "この年度のこの拠点の募集は、もうあります。" in answer.content.decode()
    assert RecruitmentRound.objects.count() == 1


def test_missing_days_are_asked_for(staff, office):
    answer = staff.client.post(URL, {"fiscal_year": "2027"})
    assert sorted(answer.context["form"].errors) == ["capacity", "closes_on", "office", "opens_on"]
