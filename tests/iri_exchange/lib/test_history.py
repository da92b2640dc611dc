"""What is written within one step is found again as one, whatever road it took."""

import datetime
import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from simple_history.middleware import HistoryRequestMiddleware

from iri_exchange.lib import history
from members.models import Company, Employment, Person
from tests.factories import make_company, make_login, make_person

pytestmark = pytest.mark.django_db
STEP = "名簿の取込 第12号（tama24.csv）"
TODAY = datetime.date(2026, 11, 25)


def told(model, pk):
    """Kind, reason and user of each history row of a record, in the order of writing."""
    rows = model.history.filter(id=pk).order_by("history_id")
    return list(rows.values_list("history_type", "history_change_reason", "history_user"))


def state(record):
    """The record as the database has it."""
    return type(record).objects.filter(pk=record.pk).values().get()


def as_told(record):
    """The record as its last history row has it."""
    row = type(record).history.filter(id=record.pk).order_by("history_id").last()
    return {field.attname: getattr(row, field.attname) for field in row.tracked_fields}


def without_keys(values):
    return {name: value for name, value in values.items() if name not in ("search_key", "sort_key")}


def test_within_a_step_every_row_bears_its_reason_and_its_user():
    user = make_login()
    with history.step(STEP, by=user):
        company = make_company()
        company.save()
        gone = make_person()
        pk = gone.pk
        gone.delete()
    company.save()
    assert told(Company, company.pk) == [("+", STEP, user.pk), ("~", STEP, user.pk), ("~", None, None)]
    assert told(Person, pk) == [("+", STEP, user.pk), ("-", STEP, user.pk)]


def test_all_rows_of_a_step_bear_the_time_it_began():
    with history.step(STEP):
        begun = timezone.now()
        make_company().save()
        history.update(history.create([Company(name="株式会社まとめて")]), ["phone"])
    [date] = set(Company.history.values_list("history_date", flat=True))
    assert (Company.history.count(), abs(date - begun) < datetime.timedelta(seconds=1)) == (4, True)


def test_a_row_with_a_reason_and_a_time_of_its_own_keeps_them():
    company = make_company()
    company._change_reason, company._history_date = "本人の電話", timezone.now() - datetime.timedelta(days=3)
    with history.step(STEP):
        company.save()
    row = company.history.order_by("history_id").last()
    assert (row.history_change_reason, row.history_date) == ("本人の電話", company._history_date)


def test_the_request_names_who_did_it():
    clerk, other = make_login(email="clerk@example.jp"), make_login(email="other@example.jp")

    def view(request):
        with history.step(STEP, by=other):
            return [make_company(), *history.create([Company(name="株式会社まとめて")])]

    request = RequestFactory().get("/")
    request.user = clerk
    made = HistoryRequestMiddleware(view)(request)
    assert [told(Company, each.pk) for each in made] == [[("+", STEP, clerk.pk)], [("+", STEP, clerk.pk)]]


def test_a_step_ends_with_an_error_and_another_inside_is_its_own():
    made = []

    def break_off():
        with history.step("外"):
            with history.step("中"):
                made.append(make_company())
            made.append(make_company())
            raise ValueError("broken off")

    with pytest.raises(ValueError, match="broken off"):
        break_off()
    made.append(make_company())
    assert [told(Company, each.pk) for each in made] == [
        [("+", "中", None)],
        [("+", "外", None)],
        [("+", None, None)],
    ]


def test_many_are_created_as_if_each_were_saved():
    user = make_login()
    fields = {"kana": "アオバ", "phone": "(042)500-0001", "corporate_number": "", "trade": "鍍金"}
    one = Company(name="株式会社千番", **fields)
    one.save()
    with history.step(STEP, by=user):
        made = history.create([Company(name=f"株式会社{number}", **fields) for number in range(2000)])
    assert [each.pk for each in made] == list(range(one.pk + 1, one.pk + 2001))
    assert told(Company, made[1234].pk) == [("+", STEP, user.pk)]
    assert Company.history.count() == 2001
    same = {"id": 0, "name": ""}
    assert without_keys(state(made[1234])) | same == without_keys(state(one)) | same
    assert state(made[1234])["search_key"] == state(one)["search_key"].replace("千番", "1234")
    assert as_told(made[1234]) == without_keys(state(made[1234]))


def test_many_are_changed_in_the_named_fields_and_the_keys():
    made = history.create([Company(name=f"株式会社{number}", pr="鍍金") for number in range(1000)])
    for each in made:
        each.name, each.pr, each.capital, each.corporate_number = f"{each.name}号", "塗装", 300, ""
    with history.step(STEP):
        history.update(made, ["name", "capital", "corporate_number"])
    last = state(made[-1])
    assert (last["name"], last["capital"], last["corporate_number"]) == ("株式会社999号", 300, None)
    assert (last["pr"], last["search_key"]) == ("鍍金", "\x01999号\x02\x02\x03\x03")
    saved = Company.objects.get(pk=made[-1].pk)
    saved.save()
    assert state(saved) == last
    with history.step(STEP):
        history.update([saved], ["phone"])
    assert told(Company, saved.pk) == [
        ("+", None, None),
        ("~", STEP, None),
        ("~", None, None),
        ("~", STEP, None),
    ]
    assert as_told(saved) == without_keys(last)


def test_many_are_deleted_and_their_history_stays():
    user = make_login()
    person = make_person()
    jobs = history.create(
        [Employment(person=person, since=TODAY - datetime.timedelta(days=n)) for n in range(1000)]
    )
    was = state(jobs[0])
    with history.step(STEP, by=user):
        history.delete(Employment, [job.pk for job in jobs[:-1]])
    assert list(Employment.objects.all()) == [jobs[-1]]
    assert told(Employment, jobs[0].pk) == [("+", None, None), ("-", STEP, user.pk)]
    assert as_told(jobs[0]) == was


def test_what_is_still_pointed_to_is_not_deleted():
    """Not even where deleting one record alone would take others along."""
    company = make_company()
    company.former_names.create(name="株式会社むかし", until=TODAY)

    @transaction.atomic
    def delete_and_look():
        history.delete(Company, [company.pk])
        connection.check_constraints()

    with pytest.raises(IntegrityError):
        delete_and_look()
    assert (Company.objects.get(), company.former_names.count()) == (company, 1)
    assert told(Company, company.pk) == [("+", None, None)]


def test_nothing_to_write_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert history.create([]) == []
        history.update([], ["name"])


def test_what_cannot_be_kept_leaves_no_history():
    first, second = history.create([Company(name="株式会社い"), Company(name="株式会社ろ")])
    first.corporate_number = second.corporate_number = "7000012050002"
    with pytest.raises(IntegrityError), transaction.atomic():
        history.update([first, second], ["corporate_number"])
    assert Company.history.count() == 2


def test_the_database_copies_in_one_statement(django_assert_num_queries):
    made = history.create([Company(name=f"株式会社{number}") for number in range(30)])
    with django_assert_num_queries(2):
        history.delete(Company, [each.pk for each in made])


def test_the_history_page_tells_why_beside_who_and_when(staff):
    with history.step(STEP, by=staff.user):
        company = make_company()
    company.phone = "042-999-9999"
    company.save()
    page = staff.client.get(reverse("admin:members_company_history", args=[company.pk])).content.decode()
    rows = [
        re.findall(r"<td>(.*?)</td>", row, re.DOTALL)[1:4]
        for row in re.findall(r"<tr>.*?</tr>", page, re.DOTALL)
    ]
    assert rows[1:] == [["（取込・設定）", "変更", ""], ["職田 員子", "登録", STEP]]


def test_the_manager_is_made_once_and_bound_to_what_it_is_asked_of():
    one, other = make_company(), make_company()
    assert type(Company.history) is type(one.history) is type(other.history)
    assert (Company.history.model, Person.history.model) == (
        type(one.history.get()),
        Person.history.none().model,
    )
    assert (one.history.get().id, other.history.get().id) == (one.pk, other.pk)
    assert Company.history.count() == 2
