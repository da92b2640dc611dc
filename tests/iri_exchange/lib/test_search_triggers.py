"""The database keeps the index, whoever writes; what was lost is mended after a migration."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from iri_exchange.lib import history, search, search_triggers
from members.models import Company, CompanySuffix, Person, PersonSuffix
from tests.factories import make_company, make_person

INDEXES = [CompanySuffix, PersonSuffix]


def should_be(index) -> set[tuple[bytes, int]]:
    return {
        (key[place : place + search.KEPT].encode(), pk)
        for pk, key in index.of._base_manager.values_list("pk", "search_key")
        for place in range(len(key))
        if key[place] not in (search.OTHER, search.ABOUT)
    }


def is_right() -> bool:
    return all(
        {(bytes(text), record) for text, record in index.objects.values_list("text", "record")}
        == should_be(index)
        for index in INDEXES
    )


def fields(number: int) -> dict[str, str]:
    return {"name": f"第{number}工業𠮷野", "kana": "コウギョウ", "trade": "ものづくりを手がけるところ"}


def test_every_road_leads_into_the_index(db):
    one, two = make_company(**fields(1)), make_company(**fields(1))
    person = make_person()
    assert is_right()
    assert CompanySuffix.objects.count() > 40

    one.name = "青葉"
    one.save()
    assert is_right()

    many = history.create([Company(**fields(number)) for number in range(3, 8)])
    assert is_right()

    for company in many:
        company.products = f"歯車{company.pk}"
    history.update(many, ["products"])
    assert is_right()
    assert Company.objects.filter(search.having(Company, f"歯車{many[0].pk}")).get() == many[0]

    Company.objects.filter(pk=two.pk).update(search_key="\x01別\x02\x03")
    Company.objects.bulk_update(many, ["search_key"])
    assert is_right()

    history.delete(Company, [many[0].pk])
    many[1].delete()
    Company.objects.filter(pk__in=[many[2].pk]).delete()
    Person.objects.filter(pk=person.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM members_company WHERE id = %s", [many[3].pk])
    assert is_right()
    assert not PersonSuffix.objects.filter(record=person.pk).exists()


@pytest.mark.parametrize("index", INDEXES)
def test_triggers_that_were_lost_come_back_with_what_they_missed(db, index):
    """SQLite loses them whenever a migration makes a table anew."""
    make_company()
    search_triggers.forget(index)
    make_company(name="そのあいだに")
    make_person(family_name="其間")
    assert not search_triggers.are_there(index)
    assert not is_right()

    search_triggers.keep_right(apps.get_app_config("members"), "default")
    assert search_triggers.are_there(index)
    assert is_right()
    make_company(name="そのあとで")
    assert is_right()


def test_what_is_right_is_left_alone(db, django_assert_max_num_queries):
    make_company()
    with django_assert_max_num_queries(2 * len(INDEXES) + 1):
        search_triggers.keep_right(apps.get_app_config("members"), "default")
    search_triggers.keep_right(apps.get_app_config("groups"), "default")
    assert is_right()


def test_an_error_takes_the_index_back_too(db):
    def written_and_refused():
        with transaction.atomic():
            make_company(name="消える")
            Company.objects.create(name="")

    with pytest.raises(IntegrityError):
        written_and_refused()
    assert is_right()


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL puts no long text into an index")
@pytest.mark.parametrize("index", INDEXES)
def test_a_common_word_is_read_from_the_keys_in_order_alone(db, index):
    """A table that a migration makes anew gets its index back, as its triggers."""
    name = f"{index.of._meta.db_table}_in_order"
    piece = index.of.objects.filter(search_key__contains="業").values_list("pk", flat=True)[:50]
    assert f"USING COVERING INDEX {name}" in piece.explain()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")
    assert name not in piece.explain()
    search_triggers.keep_right(apps.get_app_config("members"), "default")
    assert name in piece.explain()
