"""Every copy of a list is written down, and numbered within its list."""

import datetime
import threading

import pytest
from django.db import connection, connections
from django.urls import reverse

from members import exports
from members.models import Export
from tests.factories import make_company, make_group, make_person

DAY = datetime.date(2026, 11, 25)


def log(group, user, subject, **fields) -> Export:
    return exports.log(
        about=group,
        subject=subject,
        by=user,
        variant="member",
        file_format="pdf",
        as_of=DAY,
        columns=("number", "company"),
        row_count=21,
        **fields,
    )


def test_numbers_run_within_a_list(group, other_group, staff):
    copies = [
        log(group, staff.user, "groups/keyaki/roster"),
        log(other_group, staff.user, "groups/minato/roster"),
        log(group, staff.user, "groups/keyaki/roster", purpose="総会", receiver="濵田 隆"),
    ]
    assert [(copy.subject, copy.copy_number, copy.purpose, copy.receiver) for copy in copies] == [
        ("groups/keyaki/roster", 1, "未記入", ""),
        ("groups/minato/roster", 1, "未記入", ""),
        ("groups/keyaki/roster", 2, "総会", "濵田 隆"),
    ]


def test_what_left_and_when_is_kept(group, staff):
    copy = Export.objects.get(pk=log(group, staff.user, "groups/keyaki/roster").pk)
    assert (copy.taken_by, copy.as_of, copy.columns, copy.row_count) == (
        staff.user,
        DAY,
        ["number", "company"],
        21,
    )
    assert f"{copy.taken_at:%Y-%m-%d %H:%M}" == "2026-11-25 01:00"  # UTC


def test_whom_a_copy_tells_of_is_kept(group, staff):
    people, companies = [make_person(), make_person()], [make_company()]
    copy = log(group, staff.user, "groups/keyaki/roster", people=[each.pk for each in people],
               companies=[each.pk for each in companies])  # fmt: skip
    assert (set(copy.people.all()), list(copy.companies.all())) == (set(people), companies)
    assert list(people[0].copies.all()) == list(companies[0].copies.all()) == [copy]


def test_a_copy_is_written_whole_or_not_at_all(group, staff):
    """Nothing of a copy stays behind when whom it tells of cannot be written."""
    with pytest.raises(ValueError, match="nobody"):
        log(group, staff.user, "groups/keyaki/roster", people=["nobody"])
    assert not Export.objects.exists()


@pytest.mark.parametrize(
    ("subject", "words"),
    [
        ("groups/keyaki/roster", "会員名簿"),
        ("offices/tama/company-sheets", "自社紹介シート"),
        ("office/book", "グループをまとめた会員名簿"),
        ("groups/keyaki/papyrus", "groups/keyaki/papyrus"),
    ],
)
def test_lists_have_names(subject, words):
    assert exports.list_of(Export(subject=subject)) == words


def test_holding_takes_one_query_and_tells_the_unknown_apart(group, staff, django_assert_num_queries):
    person, company = make_person(), make_company()
    told = {"people": [person.pk], "companies": [company.pk]}
    for fields in (told, {}, {"people": [make_person().pk]}, told):
        log(group, staff.user, "groups/keyaki/roster", **fields)
    for whom in (person, company):
        with django_assert_num_queries(1):
            found = [(copy.copy_number, copy.known) for copy in exports.holding(Export.objects.all(), whom)]
        assert found == [(4, True), (2, False), (1, True)]


COPIES, AT_ONCE = 5, 8


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has one writer at a time: there is nothing to wait for"
)
@pytest.mark.django_db(transaction=True)
def test_copies_that_are_taken_at_once_have_different_numbers():
    group, failures = make_group(slug="keyaki"), []
    ready = threading.Barrier(AT_ONCE)

    def take() -> None:
        try:
            ready.wait()
            for _ in range(COPIES):
                log(group, None, "groups/keyaki/roster")
        except Exception as error:
            failures.append(error)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=take) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert sorted(copy.copy_number for copy in Export.objects.all()) == list(range(1, COPIES * AT_ONCE + 1))


def test_the_admin_shows_the_log_and_changes_nothing(group, staff):
    copy = log(group, staff.user, "groups/keyaki/roster", purpose="総会", people=[make_person().pk])
    pages = {name: reverse(f"admin:members_export_{name}", args=args) for name, args in [
        ("changelist", []), ("add", []), ("change", [copy.pk]), ("delete", [copy.pk]),
    ]}  # fmt: skip
    listed, page = staff.client.get(pages["changelist"]), staff.client.get(pages["change"])
    assert (listed.status_code, page.status_code) == (200, 200)
    assert "会員名簿" in listed.content.decode()
    assert reverse("export", args=[copy.pk]) in page.content.decode()
    assert 'name="_save"' not in page.content.decode()
    assert 'name="action"' not in listed.content.decode()
    asked = {"purpose": "別の目的", "post": "yes"}
    assert [staff.client.post(pages[name], asked).status_code for name in ("add", "change", "delete")] == [
        403
    ] * 3
    action = {"action": "delete_selected", "_selected_action": [copy.pk], "post": "yes"}
    staff.client.post(pages["changelist"], action)
    assert Export.objects.get().purpose == "総会"
