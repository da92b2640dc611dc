"""Questions are overheard, put again, and answered the same as long as nothing changes."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, transaction

from iri_exchange.lib.asking import answers, moment, overheard
from members.models import Company
from tests.factories import make_company


@pytest.fixture
def company(db) -> Company:
    return make_company(name="株式会社葛\U000e0100飾精機")


def read() -> list[str]:
    """Two questions, the second of which depends on the first."""
    keys = list(Company.objects.values_list("pk", flat=True))
    return [company.name for company in Company.objects.filter(pk__in=keys)]


def test_the_questions_of_a_block_are_overheard(company):
    read()
    with overheard() as questions:
        assert read() == [company.name]
    read()
    assert ["IN (" in question.sql for question in questions] == [False, True]
    assert questions[1].parameters == (company.pk,)


def test_they_are_answered_the_same_until_something_changes(company, django_assert_num_queries):
    with overheard() as questions:
        read()
    before = answers(questions)
    with django_assert_num_queries(2):
        assert answers(questions) == before
    Company.objects.update(name="株式会社青葉精機")
    changed = answers(questions)
    assert [old == new for old, new in zip(before, changed, strict=True)] == [True, False]
    make_company()
    assert answers(questions)[0] != before[0]
    assert answers([]) == []


@pytest.mark.parametrize(
    "write", [Company.save, Company.delete, lambda each: Company.objects.update(name="x")]
)
def test_what_writes_is_refused_and_not_done(company, write):
    with pytest.raises(RuntimeError, match="not only read"), transaction.atomic(), overheard():
        write(company)
    assert read() == [company.name]


def in_another_thread(work: Callable[[], object]) -> list[object]:
    """What the work returns, done over a connection of its own."""
    returned: list[object] = []

    def run() -> None:
        returned.append(work())
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return returned


def in_a_quiet_moment(check: Callable[[], bool]) -> bool:
    """Whether it ever holds: PostgreSQL's moment ends when somebody writes to another database of the server, too."""
    return any(check() for _ in range(100))


def lasts_through(work: Callable[[], Any]) -> bool:
    now = moment()
    work()
    return moment() == now != ""


@pytest.mark.django_db(transaction=True)
def test_a_moment_lasts_until_somebody_writes():
    make_company()
    assert in_a_quiet_moment(lambda: lasts_through(read))
    assert in_a_quiet_moment(lambda: lasts_through(lambda: in_another_thread(read)))
    for write in (
        Company.objects.update,
        lambda **new: in_another_thread(lambda: Company.objects.update(**new)),
    ):
        before = moment()
        write(name="株式会社改名")
        assert moment() != before


@pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite's readers of a test database wait for its writers"
)
@pytest.mark.django_db(transaction=True)
def test_what_was_begun_before_and_is_written_later_is_noticed():
    """The other connection is in the middle of its transaction when the moment is taken."""
    company, begun, go_on = make_company(), threading.Event(), threading.Event()

    def rename() -> None:
        with transaction.atomic():
            Company.objects.update(name="株式会社改名")
            begun.set()
            go_on.wait()
        connection.close()

    thread = threading.Thread(target=rename)
    thread.start()
    begun.wait()
    assert in_a_quiet_moment(lambda: lasts_through(lambda: None))
    before = moment()
    assert read() == [company.name]
    go_on.set()
    thread.join()
    assert (moment() != before, read()) == (True, ["株式会社改名"])


@pytest.mark.django_db(transaction=True)
def test_where_each_connection_counts_for_itself_no_two_are_confused():
    def told() -> int:
        return len({moment(), *in_another_thread(moment), *in_another_thread(moment)})

    assert in_a_quiet_moment(lambda: told() == (1 if connection.vendor == "postgresql" else 3))


def test_in_a_transaction_there_is_no_telling(db):
    assert moment() == ""
