"""roster.pdf?variant=public: the very same copy again, and never a stale one."""

import base64
import datetime
import re
from collections.abc import Callable

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from groups import memberships
from groups.models import Group, OfficerTerm, StaffAssignment
from groups.rosters import printing
from groups.rosters.building import Variant
from groups.rosters.settings import settle_columns
from members.consents import answer_consent
from members.models import Company, Consent, Export
from tests.factories import make_company, make_membership
from tests.groups.pages.test_group_roster_pdf import RED_DOT, pages
from tests.iri_exchange.lib.test_asking import in_a_quiet_moment

URL = "/groups/keyaki/roster.pdf?variant=public"
TODAY = datetime.date(2026, 11, 25)
BLUE_DOT = base64.b64decode("R0lGODlhAQABAIAAAAAA/////yH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")


@pytest.fixture
def company(group, member) -> Company:
    """The member's, shown to everyone."""
    agree(member.membership.company)
    group.logo.save("logo.gif", ContentFile(RED_DOT))
    return member.membership.company


def agree(company: Company) -> None:
    answer_consent(
        kind=Consent.Kind.PUBLIC_PROFILE, given=True, since=datetime.date(2020, 4, 1), company=company
    )


def numbers() -> list[int]:
    return list(Export.objects.order_by("pk").values_list("copy_number", flat=True))


def test_the_same_copy_again_is_not_drawn_and_not_logged(company, member):
    first, again = member.client.get(URL), member.client.get(URL)
    assert company.name in "".join(pages(first))
    assert (again.content, again.headers) == (first.content, first.headers)
    assert numbers() == [1]


def test_it_costs_questions_and_no_drawing(company, member, monkeypatch):
    member.client.get(URL)
    monkeypatch.setattr(printing, "print_copy", None)
    with CaptureQueriesContext(connection) as queries:
        assert member.client.get(URL).status_code == 200
    assert [query["sql"].lstrip("(")[:7] for query in queries] == ["SELECT "] * len(queries)
    assert len(queries) <= 12


@pytest.mark.django_db(transaction=True)
def test_while_nobody_writes_not_even_the_questions_are_asked(request):
    with transaction.atomic():
        request.getfixturevalue("company")
        member = request.getfixturevalue("member")
    kept = [member.client.get(URL).content for _ in range(2)]

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert [member.client.get(URL).content for _ in range(2)] == kept
        return len(queries)

    assert in_a_quiet_moment(lambda: asked() == 2 * len(["session", "user", "moment"]))
    Company.objects.update(name="株式会社改名")
    assert "株式会社改名" in "".join(pages(member.client.get(URL)))


def test_looking_reads_all_that_making_reads(company, member):
    """But for the log, which a copy does not depend on."""
    read = []
    for ask in (member.client.head, member.client.get):
        with CaptureQueriesContext(connection) as queries:
            assert ask(URL + "&purpose=総会").status_code == 200
        asked = [query["sql"] for query in queries if "members_export" not in query["sql"]]
        read.append({table for sql in asked for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', sql)})
    looking, making = read
    assert looking == making != set()


def new_logo(company: Company) -> None:
    """Another picture under the same name: the database knows nothing of it."""
    group = Group.objects.get()
    group.logo.storage.delete(group.logo.name)
    group.logo.storage.save(group.logo.name, ContentFile(BLUE_DOT))


def renamed(record, **fields) -> None:
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()


def another_member(company: Company) -> None:
    other = make_company()
    agree(other)
    make_membership(Group.objects.get(), company=other)


CHANGES: dict[str, Callable[[Company], object]] = {
    "name": lambda company: renamed(company, name="株式会社改名"),
    "name, past all verbs": lambda company: Company.objects.update(name="株式会社改名"),
    "products": lambda company: renamed(company, products="歯車"),
    "home page": lambda company: renamed(company, url="https://example.jp/new"),
    "roster consent": lambda company: memberships.answer_roster_consent(
        membership=company.memberships.get(), answer="no", since=TODAY
    ),
    "public profile": lambda company: answer_consent(
        kind=Consent.Kind.PUBLIC_PROFILE, given=False, since=TODAY, company=company
    ),
    "leaving": lambda company: memberships.leave(
        membership=company.memberships.get(), since=TODAY, reason="busy"
    ),
    "another member": another_member,
    "logo": new_logo,
    "no logo": lambda company: Group.objects.update(logo=""),
    "group's name": lambda company: renamed(Group.objects.get(), name="新けやき会"),
    "group's colour": lambda company: renamed(Group.objects.get(), room="wine"),
    "columns": lambda company: settle_columns(
        group=Group.objects.get(), variant=Variant.PUBLIC, columns=["company"]
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_whatever_changes_makes_a_new_copy(company, staff, change):
    first = staff.client.get(URL)
    CHANGES[change](company)
    changed, again = staff.client.get(URL), staff.client.get(URL)
    assert changed.content != first.content
    assert again.content == changed.content
    assert numbers() == [1, 2]


def test_a_new_day_makes_a_new_copy(company, member):
    member.client.get(URL)
    with time_machine.travel(datetime.datetime(2026, 11, 25, 15, 1, tzinfo=datetime.UTC)):
        assert "令和8年11月26日現在" in "".join(pages(member.client.get(URL)))
    assert numbers() == [1, 2]


def test_nothing_of_a_change_that_was_taken_back_is_left(company, member):
    before = member.client.get(URL)
    with transaction.atomic():
        Company.objects.update(name="株式会社幻")
        assert "株式会社幻" in "".join(pages(member.client.get(URL)))
        transaction.set_rollback(True)
    assert member.client.get(URL).content != before.content
    assert "株式会社幻" not in "".join(pages(member.client.get(URL)))
    Company.objects.update(name="株式会社幽霊")
    assert "株式会社幽霊" in "".join(pages(member.client.get(URL)))


def test_a_copy_that_the_log_does_not_know_does_not_go_out_again(company, member):
    with transaction.atomic():
        member.client.get(URL)
        transaction.set_rollback(True)
    assert numbers() == []
    member.client.get(URL)
    member.client.get(URL)
    assert numbers() == [1]


def test_what_changes_while_it_is_made_is_in_the_next(company, member, monkeypatch):
    original = printing.print_copy

    def meanwhile(**asked) -> bytes:
        made = original(**asked)
        Company.objects.filter(pk=company.pk).update(name="株式会社改名")
        return made

    with monkeypatch.context() as patch:
        patch.setattr(printing, "print_copy", meanwhile)
        assert "株式会社改名" not in "".join(pages(member.client.get(URL)))
    assert "株式会社改名" in "".join(pages(member.client.get(URL)))


def ended(actor) -> None:
    actor.membership.representatives.update(until=TODAY - datetime.timedelta(days=1))


@pytest.mark.parametrize(
    ("who", "end", "status"),
    [
        ("member", ended, 403),
        ("staff", lambda actor: StaffAssignment.objects.update(until=datetime.date(2026, 11, 24)), 403),
        ("member", lambda actor: actor.client.logout(), 302),
        ("member", lambda actor: type(actor.user).objects.update(is_active=False), 302),
    ],
)
def test_who_may_no_longer_gets_no_more(request, company, who, end, status):
    actor = request.getfixturevalue(who)
    assert actor.client.get(URL).status_code == 200
    end(actor)
    assert actor.client.get(URL).status_code == status


def test_each_reader_has_a_copy_of_their_own(company, member, secretary, staff):
    for actor in (member, secretary, staff, member):
        actor.client.get(URL)
    assert list(Export.objects.order_by("pk").values_list("taken_by", flat=True)) == [
        actor.user.pk for actor in (member, secretary, staff)
    ]
    assert OfficerTerm.objects.exists()


@pytest.mark.parametrize("more", ["&purpose=総会", "&receiver=濵田", "&variant=member"])
def test_who_names_a_purpose_or_asks_for_another_list_gets_the_next_number(company, member, more):
    for _ in range(2):
        assert member.client.get(URL + more).status_code == 200
    assert numbers() == [1, 2]


def test_other_columns_and_days_are_other_copies(company, member):
    for more in ("", "&columns=company", "&date=2026-11-01", "&columns=company", "&purpose=+"):
        assert member.client.get(URL + more).status_code == 200
    assert numbers() == [1, 2, 3, 4]


def test_nothing_is_kept_of_what_is_refused(company, member, outsider, visitor):
    assert [actor.client.get(URL).status_code for actor in (outsider, visitor)] == [403, 302]
    assert member.client.get(f"{URL}&date=きのう").status_code == 400
    assert member.client.head(URL).content == b""
    assert numbers() == []
