"""A year after its fiscal year nothing says any more who was at a joint exchange; the numbers stay."""

import datetime

import pytest
from django.core.management import call_command

from events.exchange.after import retention, telling, thanking
from events.exchange.after.report import report_of
from events.models import Booth, Feedback, Registration, Wish
from members.models import Letter
from tests.events.exchange.after.over import AFTER, SAID, make_guest, make_over, make_shown, on
from tests.exchange_factories import at, make_registration
from tests.factories import make_company, make_person

pytestmark = pytest.mark.django_db
KEPT = at(datetime.date(2028, 3, 31), 23, 59)
DUE = at(datetime.date(2028, 4, 1), 0)


@pytest.fixture
def exchange(office, staff):
    """With a guest who said something, a member, one who never answered, and a booth."""
    made = make_over()
    about = {"phone": "042-000-1111", "affiliation": "忘却社", "kana": "ボウキャク ハナコ"}
    guest = make_guest(made, "忘却 花子", email="hanako@example.jp", **about)
    member = make_guest(made, "会員 太郎", kind="member", person=make_person())
    make_registration(made, "無言 次郎", kind="member", state="invited", person=make_person())
    Wish.objects.create(wisher=guest, wanted=member)
    make_shown(made, make_company(), staff.user, first_person="展示 三郎")
    with on(AFTER.date(), 10):
        telling.answer(registration=guest, said=SAID | {"words": "忘却社の花子です。"})
        thanking.thank(exchange=made, by=staff.user)
    Letter.objects.update(state="sent", sent_at=AFTER, text="", html="")
    return made


def test_kept_until_the_last_second(exchange):
    assert (retention.due(KEPT).count(), retention.booths_due(KEPT).count()) == (0, 0)
    assert retention.purge(now=KEPT) == 0
    assert Registration.objects.filter(name="忘却 花子").exists()


def test_nothing_says_who_it_was(exchange):
    assert retention.purge(now=DUE) == 4
    rows = Registration.objects.order_by("number")
    assert {(row.name, row.email, row.phone, row.kana, row.affiliation, row.search_key) for row in rows} == {
        ("（消しました）", "", "", "", "", "")
    }
    assert not rows.exclude(person=None).exists()
    assert Registration.history.count() == Feedback.history.count() == Booth.history.count() == 0
    assert (Wish.objects.count(), Wish.history.count()) == (0, 0)
    assert Feedback.objects.get().words == ""
    assert Booth.objects.get().first_person == "（消しました）"
    assert not Letter.objects.filter(to="hanako@example.jp").exists()
    assert retention.purge(now=DUE) == 0


def test_the_numbers_stay(exchange):
    before = {table.key: table.rows for table in report_of(exchange).tables if table.key != "states"}
    retention.purge(now=DUE)
    assert {table.key: table.rows for table in report_of(exchange).tables if table.key != "states"} == before


def test_an_address_that_is_still_needed_keeps_its_letters(exchange):
    later = make_over(fiscal_year=2027, day=datetime.date(2028, 2, 9))
    make_guest(later, email="hanako@example.jp")
    retention.purge(now=DUE)
    assert Letter.objects.filter(to="hanako@example.jp").count() == 1
    assert later.registrations.get().erased_at is None


def test_an_exhibitor_of_a_later_exchange_keeps_the_letters(exchange, staff):
    later = make_over(fiscal_year=2027, day=datetime.date(2028, 2, 9))
    make_shown(later, make_company(), staff.user)
    with on(datetime.date(2028, 2, 10), 10):
        thanking.ask_results(exchange=later, by=staff.user)
    Letter.objects.update(state="sent", sent_at=AFTER, text="", html="")
    retention.purge(now=DUE)
    assert Letter.objects.filter(to="tenji@example.jp").count() == 1
    assert later.booths.get().email == "tenji@example.jp"


def test_all_or_nothing(exchange, monkeypatch):
    def fails(addresses):
        raise RuntimeError

    monkeypatch.setattr(retention, "_forget_letters", fails)
    with pytest.raises(RuntimeError):
        retention.purge(now=DUE)
    assert Registration.objects.filter(name="忘却 花子").exists()
    assert Registration.history.exists()


def test_the_command_counts_first(exchange, capsys):
    with on(datetime.date(2028, 4, 1), 9):
        call_command("purge", "--dry-run")
        assert (
            "消すもの　合同交流会の参加者と出展の連絡先（年度の終わりから1年）：4件"
            in capsys.readouterr().out
        )
        assert Registration.objects.filter(name="忘却 花子").exists()
        call_command("purge")
    assert (
        "消したもの　合同交流会の参加者と出展の連絡先（年度の終わりから1年）：4件" in capsys.readouterr().out
    )
    assert not Registration.objects.filter(name="忘却 花子").exists()


def test_letters_to_an_address_that_was_put_right_are_forgotten_too(exchange):
    row = Registration.objects.get(name="忘却 花子")
    row.email = "another@example.jp"
    row.save()
    retention.purge(now=DUE)
    assert not Letter.objects.filter(to="hanako@example.jp").exists()
