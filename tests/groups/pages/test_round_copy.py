"""/office/recruitment/<pk>/copy/: next year's call in one step."""

from django.urls import reverse

from groups.models import RecruitmentRound
from tests.factories import make_round


def test_copying_leads_to_the_copy(staff, office):
    call = make_round(office=office)
    answer = staff.client.post(reverse("round_copy", args=[call.pk]))
    copied = RecruitmentRound.objects.get(fiscal_year=2027)
    assert (answer.status_code, answer.url) == (302, reverse("round_edit", args=[copied.pk]))
    assert f"{copied}をつくりました" in staff.client.get(answer.url).content.decode()


def test_a_second_time_is_told_and_changes_nothing(staff, office):
    url = reverse("round_copy", args=[make_round(office=office).pk])
    staff.client.post(url)
    answer = staff.client.post(url, follow=True)
    assert "令和9年度の多摩テクノプラザの募集は、もうあります" in answer.content.decode()
    assert RecruitmentRound.objects.count() == 2


def test_looking_copies_nothing(staff, office):
    assert staff.client.get(reverse("round_copy", args=[make_round(office=office).pk])).status_code == 405
    assert RecruitmentRound.objects.count() == 1
