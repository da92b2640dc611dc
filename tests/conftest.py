"""The cast: one self-managed group, one other, one in its launch year, and the people who come to the portal.

Everybody has a client that is logged in already. It is 25 November 2026, ten in the morning in Tokyo.
"""

import datetime
import gc
import logging
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import hypothesis
import pytest
import time_machine
from django.core.cache import cache, caches
from django.db import connection
from django.db.backends.signals import connection_created
from django.test import Client, SimpleTestCase

from groups import memberships
from groups.models import Group, Membership, Office
from members.models import Person, User
from tests import migrated
from tests.factories import (
    make_adviser,
    make_group,
    make_login,
    make_membership,
    make_office,
    make_officer,
    make_person,
    make_staff,
)

# A build says the same each time. `--hypothesis-profile=default` goes looking for what nobody has thought of.
hypothesis.settings.register_profile("portal", derandomize=True, max_examples=30)
hypothesis.settings.load_profile("portal")

NOW = datetime.datetime(2026, 11, 25, 10, 0, tzinfo=ZoneInfo("Asia/Tokyo"))


@dataclass(frozen=True)
class Actor:
    """Somebody at the portal. A visitor is nobody in particular; staff and adviser are in no group."""

    user: User | None
    person: Person | None
    client: Client
    membership: Membership | None = None


# Fixtures that are built once, and the module or package whose tests share them.
BUILT_ONCE = {
    "built": "test_demo",
    "built_world": "portal",
    "told_demo": "test_demo_meetings",
    "told_exchange": "test_demo_exchange",
}
DATABASES = {"db", "transactional_db", *BUILT_ONCE}
# Begun last, one of these would keep one process at work for minutes while the other has nothing left to do.
LONGEST = (
    "journeys/test_three_years",
    "house/test_migrations",
    "reliability/",
    "iri_exchange/test_pdf_safety",
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--everything", action="store_true", help="on PostgreSQL, run what SQLite has shown, too"
    )


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None]:
    """What is built once is built in one process: the tests that share it go there together.

    On PostgreSQL only what asks a database in a way of its own runs: the rest was tested once, beside SQLite (make test).
    """
    for item in items:
        for fixture in BUILT_ONCE.keys() & {*getattr(item, "fixturenames", ())}:
            item.add_marker(pytest.mark.xdist_group(BUILT_ONCE[fixture]))
        check_it_comes_last(item)
    if connection.vendor != "sqlite" and not config.getoption("--everything"):
        asking = [item for item in items if _asks_a_database(item)]
        config.hook.pytest_deselected(items=[item for item in items if item not in asking])
        items[:] = asking
    yield
    # pytest-django has put those that commit behind the others; none of the longest does.
    items.sort(key=lambda item: not item.nodeid.startswith(tuple(f"tests/{name}" for name in LONGEST)))


def pytest_collection_finish() -> None:
    """Modules, models and tests stay to the end: nobody looks for garbage among them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def check_it_comes_last(item: pytest.Item) -> None:
    """Raises UsageError for a test that commits and is in a group: pytest-xdist begins with groups."""
    if _commits(item) and item.get_closest_marker("xdist_group"):
        raise pytest.UsageError(f"{item.nodeid} empties the database before others have run")


def _commits(item: pytest.Item) -> bool:
    """Its database is empty afterwards, without what the migrations put there: such tests come last."""
    marked = item.get_closest_marker("django_db")
    return bool(marked and marked.kwargs.get("transaction")) or "transactional_db" in getattr(
        item, "fixturenames", ()
    )


def _asks_a_database(item: pytest.Item) -> bool:
    """Pages are opened and sent there by tests/house/portal, all of them; tests of one page only if they commit."""
    marked = item.get_closest_marker("django_db")
    if item.get_closest_marker("any_database"):
        return False
    if "pages" in item.path.parts:
        return _commits(item)
    fixtures = getattr(item, "fixturenames", ())
    is_test_case = issubclass(getattr(item, "cls", None) or object, SimpleTestCase)
    return is_test_case or bool(marked or DATABASES & {*fixtures})


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker) -> None:
    """pytest-django asks for this before it makes the tests' database, which is then a copy."""
    if connection.vendor != "sqlite":
        with django_db_blocker.unblock():
            connection.settings_dict["TEST"]["TEMPLATE"] = migrated.template(connection)
        return

    def fill(connection, **signal) -> None:
        connection_created.disconnect(fill)
        migrated.fill(connection)

    connection_created.connect(fill, weak=False)


def log_in(person: Person, membership: Membership | None = None) -> Actor:
    user = make_login(person)
    client = Client()
    client.force_login(user)
    return Actor(user, person, client, membership)


@pytest.fixture(autouse=True)
def now(request: pytest.FixtureRequest) -> Iterator[None]:
    """The clock of every test but those in the browser, whose server lives in another process."""
    if request.node.get_closest_marker("e2e"):
        yield
        return
    with time_machine.travel(NOW):
        yield


@pytest.fixture(autouse=True)
def own_files(settings, tmp_path) -> None:
    """Uploads and counters of one test are nobody else's."""
    settings.MEDIA_ROOT = tmp_path / "media"
    for kept in (cache, caches["papers"], caches["copies"]):
        kept.clear()


@pytest.fixture(autouse=True)
def no_logged_errors(request: pytest.FixtureRequest, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A logged error fails the test, unless it is marked `logs_errors` because it provokes one."""
    yield
    if not request.node.get_closest_marker("logs_errors"):
        records = [*caplog.get_records("setup"), *caplog.get_records("call")]
        assert [r.getMessage() for r in records if r.levelno >= logging.ERROR] == []


@pytest.fixture
def office(db) -> Office:
    return make_office(name="多摩テクノプラザ", short_name="多摩", slug="tama")


@pytest.fixture
def group(office) -> Group:
    """Runs itself since April 2013."""
    return make_group(
        name="けやき会",
        kana="ケヤキカイ",
        slug="keyaki",
        number_prefix="KY",
        office=office,
        founded_year=2012,
    )


@pytest.fixture
def other_group(office) -> Group:
    """Runs itself too; its members have nothing to do with `group`."""
    return make_group(
        name="みなと会",
        kana="ミナトカイ",
        slug="minato",
        number_prefix="MN",
        office=office,
        founded_year=2012,
    )


@pytest.fixture
def launched_group(office) -> Group:
    """In its launch year: the office is its secretariat until March 2027."""
    return make_group(
        name="あけぼの会",
        kana="アケボノカイ",
        slug="akebono",
        number_prefix="AK",
        office=office,
        founded_year=2026,
        stage=Group.Stage.LAUNCHED,
        since=datetime.date(2026, 7, 10),
    )


@pytest.fixture
def visitor(db) -> Actor:
    return Actor(None, None, Client())


@pytest.fixture
def member(group) -> Actor:
    """Represents a company of `group` that agreed to the roster."""
    membership = make_membership(group, consent="yes")
    return log_in(membership.representatives.get().person, membership)


@pytest.fixture
def secretary(group) -> Actor:
    """Represents another company of `group` and is its 事務局."""
    membership = make_membership(group, consent="yes")
    person = membership.representatives.get().person
    make_officer(group, person)
    return log_in(person, membership)


@pytest.fixture
def outsider(other_group) -> Actor:
    """Represents a company of `other_group`."""
    membership = make_membership(other_group, consent="yes")
    return log_in(membership.representatives.get().person, membership)


@pytest.fixture
def left_member(group) -> Actor:
    """Represented a company of `group` until it left in March 2025."""
    membership = make_membership(group, consent="yes")
    person = membership.representatives.get().person
    memberships.leave(membership=membership, since=datetime.date(2025, 4, 1), reason="busy")
    return log_in(person, membership)


@pytest.fixture
def adviser(group) -> Actor:
    """助言者 of `group`, in term."""
    person = make_person(family_name="助川", given_name="言一", family_kana="スケカワ", given_kana="ゲンイチ")
    make_adviser(group, person)
    return log_in(person)


@pytest.fixture
def staff(office) -> Actor:
    """職員 at `office`."""
    person = make_person(family_name="職田", given_name="員子", family_kana="ショクタ", given_kana="カズコ")
    make_staff(person, office=office)
    return log_in(person)
