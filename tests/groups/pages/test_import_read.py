"""Read again: another sheet, other columns, with answers, or just so."""

import datetime
import io

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import ColumnReading, ImportBatch
from tests.factories import make_company
from tests.groups.batches import AOBA, NEW, here, make_batch, press, report_in, report_of, upload


def columns(batch, **changed):
    """What the form of the columns sends, with some of it changed."""
    layout = report_in(batch).layout
    sent = {f"column-{column.index}": column.key for column in layout.columns}
    return (
        {"header_row": layout.header_row}
        | sent
        | {name.replace("_", "-"): key for name, key in changed.items()}
    )


def two_sheets():
    book = openpyxl.Workbook()
    first = book.active
    first.title = "名簿"
    for row in (["企業名", "参加者氏名", "電話"], ["株式会社青葉精機", "青葉 一郎", "042-000-0001"]):
        first.append(row)
    other = book.create_sheet("旧会員")
    for row in (["企業名", "参加者氏名"], ["株式会社むかし", "昔 一"], ["株式会社もっとむかし", "昔 二"]):
        other.append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def test_another_sheet(staff, group):
    batch = upload(staff, group, two_sheets(), "book.xlsx")

    response = press(staff, "import_read", batch, sheet="旧会員")

    assert response.redirect_chain == here(batch)
    assert [row.name for row in report_in(batch).rows] == ["株式会社むかし", "株式会社もっとむかし"]


def test_a_sheet_that_is_not_in_the_file(staff, group):
    batch = upload(staff, group, two_sheets(), "book.xlsx")

    response = press(staff, "import_read", batch, sheet="どこにもない")

    assert response.status_code == 200
    assert "このファイルにあるシートから選んでください。" in response.content.decode()
    assert report_in(batch).layout.sheet == "名簿"


def test_a_corrected_column_is_read_and_remembered(staff, group):
    batch = upload(staff, group, AOBA)

    response = press(staff, "import_read", batch, **columns(batch, column_3="products"))

    assert response.redirect_chain == here(batch)
    assert report_in(batch).layout.columns[3].key == "products"
    reading = ColumnReading.objects.get()
    assert (reading.mapping["3"], reading.changed_by) == ("products", staff.user)
    again = upload(staff, group, AOBA)
    assert report_in(again).layout.columns[3].key == "products"
    assert report_in(again).layout.remembered


def test_two_columns_of_one_meaning_are_refused_and_nothing_chosen_is_lost(staff, group):
    batch = upload(staff, group, AOBA)

    response = press(staff, "import_read", batch, **columns(batch, column_1="phone", column_3="products"))

    page = response.content.decode()
    assert response.status_code == 200
    assert "「電話」はB列でも選ばれています。どちらかを変えてください。" in page
    assert "1か所、直してください" in page
    assert '<option value="products" selected>' in page
    assert page.count('<option value="phone" selected>') == 2
    assert report_in(batch).layout.columns[1].key == "person_name"
    assert ColumnReading.objects.count() == 0


def test_a_table_needs_a_column_with_names(staff, group):
    batch = upload(staff, group, AOBA)

    response = press(staff, "import_read", batch, **columns(batch, column_0="", column_1=""))

    assert "「企業名」か「参加者氏名」（または「姓」）の列を選んでください。" in response.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"column_3": "nonsense"}, "この中から選んでください。"),
        ({"header_row": "x"}, "数字だけで入れてください。"),
        ({"header_row": "200000"}, "表の行の番号にしてください。"),
        ({"header_row": ""}, "何行目かを、数字で入れてください。"),
    ],
)
def test_nonsense_about_the_columns_is_said_beside_the_field(staff, group, changed, said):
    batch = upload(staff, group, AOBA)
    sent = columns(batch) | {name.replace("column_", "column-"): value for name, value in changed.items()}

    response = press(staff, "import_read", batch, **sent)

    assert said in response.content.decode()
    assert report_in(batch).layout.header_row == 1


def test_another_header_row_is_read_with_its_own_columns(staff, group):
    batch = upload(staff, group, "けやき会,会員名簿,,\n" + AOBA)
    assert report_in(batch).layout.header_row == 2

    press(staff, "import_read", batch, **columns(batch) | {"header_row": "１"})

    layout = report_in(batch).layout
    assert (layout.header_row, layout.columns[0].label, layout.needs_mapping) == (1, "けやき会", True)


def test_a_table_without_a_header_is_explained_in_one_go(staff, group):
    batch = upload(staff, group, "株式会社青葉精機,青葉 一郎\n株式会社こだま電子,児玉 花子\n")
    assert report_in(batch).needs_mapping
    meaning = {"column-0": "company_name", "column-1": "person_name"}

    response = press(staff, "import_read", batch, header_row="0", **meaning)

    assert response.redirect_chain == here(batch)
    assert [(row.name, row.people) for row in report_in(batch).rows] == [
        ("株式会社青葉精機", ["青葉 一郎"]),
        ("株式会社こだま電子", ["児玉 花子"]),
    ]


def test_answers_add_up_and_can_be_given_again(staff, group):
    for name in ("青葉精機", "こだま電子"):
        make_company(name=f"{name}株式会社", phone="03-0000-9999")
    batch = upload(staff, group, AOBA + "株式会社こだま電子,児玉 花子,042-000-0002,\n")
    assert report_in(batch).counts["doubtful"] == 2

    press(staff, "import_read", batch, **{"answer-2": "0"})
    assert report_in(batch).counts["doubtful"] == 1
    press(staff, "import_read", batch, **{"answer-3": "-1"})
    assert report_in(batch).counts == {"new": 1, "changed": 0, "same": 0, "doubtful": 0, "left": 1}

    press(staff, "import_read", batch, forget="1")
    assert (report_in(batch).counts["doubtful"], batch.answers) == (2, {})


def test_a_header_row_below_the_table_is_told_and_can_be_corrected(staff, group):
    batch = upload(staff, group, AOBA)

    response = press(staff, "import_read", batch, **columns(batch) | {"header_row": "99"})

    assert "この行には、何も書かれていません。見出しの行の番号を直してください。" in response.content.decode()
    press(staff, "import_read", batch, header_row="1")
    assert report_in(batch).counts["new"] == 1


def test_a_kept_file_that_cannot_be_read_any_more_says_so(staff, group):
    batch = make_batch(group, staff.user, "previewed", None, content=b"%PDF-1.7", filename="a.xlsx")

    response = press(staff, "import_read", batch)

    assert response.redirect_chain == here(batch)
    assert "PDF" in response.content.decode()
    assert "読み取りの結果がありません" in response.content.decode()


def test_a_reading_that_stands_still_is_begun_again(staff, group):
    batch = upload(staff, group, AOBA)
    ImportBatch.objects.update(
        state="reading", report=None, moved_at=timezone.now() - datetime.timedelta(hours=1)
    )

    press(staff, "import_read", batch)

    assert report_in(batch).counts["new"] == 1


@pytest.mark.parametrize("state", ["writing", "committed", "undoing", "undone", "discarded"])
def test_what_is_being_written_or_has_ended_is_not_read_again(staff, group, state):
    batch = make_batch(group, staff.user, state, report_of(NEW), moved_at=timezone.now())

    response = press(staff, "import_read", batch, sheet="予算")

    assert response.redirect_chain == here(batch)
    batch.refresh_from_db()
    assert (batch.state, batch.sheet) == (state, "")


def test_the_address_of_a_move_leads_back_to_the_page(staff, group):
    batch = make_batch(group, staff.user, "previewed", report_of(NEW))

    assert staff.client.get(reverse("import_read", args=[batch.pk]), follow=True).redirect_chain == here(
        batch
    )
