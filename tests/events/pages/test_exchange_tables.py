"""/office/joint/<year>/tables/: the tables worked out, looked at, set right, shown and printed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.exchange.entering import entries
from events.exchange.tables import making
from events.models import JointExchange, TablePlan, TableSeat
from members.models import Export
from tests.exchange_factories import make_exchange, make_registration
from tests.factories import make_group

PAGE = "/office/joint/2026/tables/"


@pytest.fixture
def exchange(office) -> JointExchange:
    return make_exchange(office=office)


def filled(exchange, office, size=36) -> list:
    groups = [make_group(name=f"架空会{number}", slug=f"kaku{number}", office=office) for number in range(12)]
    return [
        make_registration(
            exchange, f"架空 {number:02}", group=groups[number % 12], affiliation=f"工業{number}"
        )
        for number in range(size)
    ]


@pytest.fixture
def party(exchange, office) -> list:
    return filled(exchange, office)


@pytest.fixture
def plan(exchange, party, staff) -> TablePlan:
    return making.ask(exchange=exchange, by=staff.user)


def text(answer) -> str:
    return answer.content.decode()


def test_before_there_are_enough_people(exchange, staff):
    assert "まだ人が足りません" in text(staff.client.get(PAGE))


def test_without_rounds(exchange, staff):
    JointExchange.objects.update(table_rounds=0)
    assert "開かないことになっています" in text(staff.client.get(PAGE))


def test_one_press_makes_them(exchange, party, staff):
    assert "36名の席を作る" in text(staff.client.get(PAGE))
    answer = staff.client.post(f"{PAGE}make/", follow=True)
    page = text(answer)
    assert "よい席です" in page
    assert page.count('class="seats"') == 6
    assert TableSeat.objects.count() == 108
    third = text(staff.client.get(f"{PAGE}?round=3"))
    assert "第3回　6卓　36名" in third.replace("\n", "")


def test_while_they_are_made_the_page_shows_how_far(exchange, plan, staff):
    TablePlan.objects.update(state="working", steps_done=42)
    page = text(staff.client.get(PAGE))
    assert "100段階のうち42段階" in page
    assert "およそ40パーセント" in page
    staff.client.post(f"{PAGE}stop/")
    assert "取りやめました" in text(staff.client.get(PAGE))


def test_another_combination_has_another_seed(exchange, plan, staff):
    staff.client.post(f"{PAGE}make/", {"another": "1"})
    assert TablePlan.objects.get().seed == 2
    staff.client.post(f"{PAGE}make/")
    assert TablePlan.objects.get().seed == 2


def test_a_table_is_locked_and_a_seat_exchanged(exchange, plan, staff):
    answer = staff.client.post(f"{PAGE}lock/", {"round": 2, "table": 1, "locked": "1"})
    assert answer.url == f"{PAGE}?round=2"
    assert TableSeat.objects.filter(is_locked=True).count() == 6
    one, other = (TableSeat.objects.filter(round=1, table=table).first() for table in (1, 2))
    page = text(staff.client.get(f"{PAGE}seats/{one.pk}/"))
    assert page.count('name="do" value="swap"') == 12
    assert text(staff.client.get(f"{PAGE}seats/{one.pk}/?all=1")).count('value="swap"') == 30
    staff.client.post(f"{PAGE}seats/{one.pk}/", {"do": "swap", "other": other.pk})
    one.refresh_from_db()
    other.refresh_from_db()
    assert (one.table, other.table) == (2, 1)
    staff.client.post(f"{PAGE}seats/{one.pk}/", {"do": "move", "table": 3})
    one.refresh_from_db()
    assert one.table == 3


@pytest.mark.parametrize(
    "sent", [{}, {"do": "swap"}, {"do": "move", "table": "x"}, {"do": "swap", "other": "0"}]
)
def test_what_no_page_of_ours_sends_changes_nothing(exchange, plan, staff, sent):
    before = set(TableSeat.objects.values_list("pk", "table", "is_locked"))
    seat = TableSeat.objects.first()
    assert staff.client.post(f"{PAGE}seats/{seat.pk}/", sent).status_code == 302
    assert staff.client.post(f"{PAGE}lock/", sent).status_code == 302
    assert set(TableSeat.objects.values_list("pk", "table", "is_locked")) == before


def test_a_seat_of_another_exchange_is_not_there(exchange, plan, staff, office):
    make_exchange(office=office, fiscal_year=2025, day=exchange.day.replace(year=2026))
    seat = TableSeat.objects.first()
    assert staff.client.get(f"/office/joint/2025/tables/seats/{seat.pk}/").status_code == 404


def test_newcomers_get_a_seat_and_the_tables_are_shown(exchange, party, plan, staff):
    entries.cancel(registration=party[0])
    make_registration(exchange, "遅れ 太郎")
    page = text(staff.client.get(PAGE))
    assert "席のない方　1名" in page
    assert "取り消した方が1名" in page
    staff.client.post(f"{PAGE}show/")
    exchange.refresh_from_db()
    assert exchange.tables_shown_at is None
    staff.client.post(f"{PAGE}place/")
    assert "遅れ 太郎" in text(staff.client.get(PAGE))
    staff.client.post(f"{PAGE}show/")
    exchange.refresh_from_db()
    assert exchange.tables_shown_at is not None
    assert "見せています" in text(staff.client.get(PAGE))
    staff.client.post(f"{PAGE}hide/")
    exchange.refresh_from_db()
    assert exchange.tables_shown_at is None


def test_papers_are_printed_and_those_with_names_logged(exchange, plan, staff):
    for paper, logged in (("cards", 0), ("list", 1), ("slips", 2)):
        answer = staff.client.get(f"{PAGE}{paper}.pdf")
        assert answer.content.startswith(b"%PDF-")
        assert Export.objects.count() == logged
        assert staff.client.head(f"{PAGE}{paper}.pdf").status_code == 200
        assert Export.objects.count() == logged
    assert Export.objects.latest("pk").row_count == 36


def test_without_seats_there_is_no_paper(exchange, party, staff):
    answer = staff.client.get(f"{PAGE}list.pdf", follow=True)
    assert "席が、まだありません" in text(answer)
    assert Export.objects.count() == 0


def test_nobody_but_staff(exchange, plan, member, visitor):
    assert member.client.get(PAGE).status_code == 403
    assert visitor.client.get(PAGE).status_code == 302


def test_as_many_queries_for_many_as_for_few(exchange, party, plan, staff):
    with CaptureQueriesContext(
        connection,
    ) as many:
        staff.client.get(PAGE)
    for row in party[6:]:
        type(row).objects.filter(pk=row.pk).update(wants_tables=False)
    with CaptureQueriesContext(connection) as few:
        staff.client.get(PAGE)
    assert len(many) <= len(few)


def test_what_is_over_offers_no_button_that_is_refused(exchange, party, plan, staff):
    newcomer = make_registration(exchange, "新規 一郎")
    assert "1名の席を決める" in text(staff.client.get(PAGE))
    JointExchange.objects.update(state="held")
    page = text(staff.client.get(PAGE))
    assert newcomer.name in page
    assert [
        words for words in ("席を決める", "席を見せる", "動かさない<span", "作り直すとき") if words in page
    ] == []
