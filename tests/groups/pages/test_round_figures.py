"""/office/recruitment/<pk>/figures/: drawing and tables say the same, and every number leads to its list."""

import pytest
from django.urls import reverse

from tests.factories import make_application, make_round
from tests.strictness import parse_strictly


@pytest.fixture
def call(office):
    return make_round(office=office)


def page(staff, call):
    text = staff.client.get(reverse("round_figures", args=[call.pk])).content.decode()
    parse_strictly(text)
    return text


def test_without_applications_it_says_when_they_come(staff, call):
    text = page(staff, call)
    assert "応募は、まだありません" in text
    assert '<svg class="life"' not in text


def test_numbers_lead_to_their_lists(staff, call):
    for _ in range(3):
        make_application(call, source="site")
    text, inbox = page(staff, call), reverse("round_inbox", args=[call.pk])
    for query in ("state=submitted", "industry=E", "source=site", "route=web", "received=2026-11-25"):
        assert f'<a href="{inbox}?{query}">3<span class="vh">' in text
    assert text.count('<rect class="life-came"') == 1
    assert "<title>11月25日 3件</title>" in text


def test_every_list_holds_what_its_number_says(staff, call):
    for _ in range(2):
        make_application(call, source="site")
    make_application(call, industry="I", source="member", state="under_review")
    figures = staff.client.get(reverse("round_figures", args=[call.pk])).context["figures"]
    inbox = reverse("round_inbox", args=[call.pk])
    lines = [(line.query, line.count) for table in figures.tables for line in table.lines]
    lines += [(day.query, day.count) for day in figures.busy_days]
    found = {
        query: staff.client.get(f"{inbox}?{query}").context["page"].paginator.count for query, _ in lines
    }
    assert found == dict(lines)
