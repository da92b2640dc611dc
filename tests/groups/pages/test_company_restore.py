"""/companies/<pk>/restore/: what would change back is shown, and changed back by the record's own verb."""

import pytest
from django.urls import reverse

from members.models import Company
from tests.factories import make_company, make_group
from tests.groups.histories.reading_histories import saved
from tests.strictness import parse_strictly

NUMBER = "7000012050002"


def versions(record):
    return list(record.history.order_by("history_id").values_list("history_id", flat=True))


def url(record) -> str:
    return reverse(f"{record._meta.model_name}_restore", args=[getattr(record, "slug", record.pk)])


def compared(actor, record, version):
    answer = actor.client.get(url(record), {"version": version})
    parse_strictly(answer.content)
    return [(each.label, each.old, each.new) for each in answer.context["version"].changes]


def restore(actor, record, version, now=None):
    newest = versions(record)[-1] if now is None else now
    return actor.client.post(url(record), {"version": version, "now": newest})


@pytest.fixture
def company(member):
    company = member.membership.company
    with saved(member, 1):
        company.phone, company.pr, company.status = "042-000-0002", "はじめまして", "closed"
        company.save()
    return company


def test_what_would_change_is_shown_and_changed_back(member, company):
    first, second = versions(company)
    was = company.history.get(history_id=first).phone
    assert compared(member, company, first) == [
        ("電話", "042-000-0002", was),
        ("ひとことPR", "はじめまして", "（空）"),
    ]
    assert restore(member, company, first).status_code == 302
    company.refresh_from_db()
    assert (company.phone, company.pr, company.status) == (was, "", "closed")
    newest = company.history.order_by("history_id").last()
    assert (newest.history_change_reason, newest.history_user) == ("11月25日の内容に戻す", member.user)
    assert compared(member, company, versions(company)[-1]) == []
    assert compared(member, company, second) == [
        ("電話", was, "042-000-0002"),
        ("ひとことPR", "（空）", "はじめまして"),
    ]


def test_what_was_saved_meanwhile_is_not_overwritten(staff, company):
    first, second = versions(company)
    company.fax = "042-000-0003"
    company.save()
    answer = restore(staff, company, first, now=second)
    assert "この画面を開いたあとに、内容が変わりました" in answer.content.decode()
    assert ("FAX", "042-000-0003", "（空）") in [
        (each.label, each.old, each.new) for each in answer.context["version"].changes
    ]
    assert Company.objects.get(pk=company.pk).phone == "042-000-0002"
    assert restore(staff, company, first, now="x").status_code == 200
    assert restore(staff, company, first).status_code == 302


def test_what_the_record_cannot_be_again_is_refused_in_words(staff, company, group):
    company.corporate_number = NUMBER
    company.save()
    version = versions(company)[-1]
    company.corporate_number = None
    company.save()
    make_company(corporate_number=NUMBER)
    answer = restore(staff, company, version)
    assert "この法人番号の企業は、すでに名簿にあります。" in answer.content.decode()
    assert Company.objects.get(pk=company.pk).corporate_number is None
    (old,) = versions(group)
    group.name = "くすのき会"
    group.save()
    make_group(name="けやき会")
    answer = restore(staff, group, old)
    assert "戻せませんでした" in answer.content.decode()
    group.refresh_from_db()
    assert group.name == "くすのき会"


def test_a_version_that_does_not_exist_leads_to_the_history(staff, company):
    for version in ("", "x", "0", "987654", "9" * 30):
        answer = staff.client.get(url(company), {"version": version})
        assert answer.url == reverse("company_history", args=[company.pk])


def test_officers_put_back_what_they_may_correct(secretary, staff, member, group):
    (first,) = versions(group)
    group.theme, group.number_prefix, group.founded_year = "そだてる", "KX", 2010
    group.save()
    assert [each[0] for each in compared(secretary, group, first)] == ["今年のテーマ"]
    assert restore(secretary, group, first).status_code == 302
    group.refresh_from_db()
    assert (group.theme, group.number_prefix, group.founded_year) == ("", "KX", 2010)
    assert len(compared(staff, group, first)) == 2
    person, (version,) = member.person, versions(member.person)
    person.title, person.age_band = "会長", "50"
    person.save()
    assert [each[0] for each in compared(secretary, person, version)] == ["役職"]
    assert [each[0] for each in compared(member, person, version)] == ["役職", "年代"]
    restore(secretary, person, version)
    person.refresh_from_db()
    assert (person.title, person.age_band) == ("", "50")
