"""The rows that could not be taken come back with their reasons, to be mended and brought again."""

import io

import openpyxl
import pytest
from django.urls import reverse

from tests.groups.batches import (
    DOUBTFUL,
    ONE_BAD,
    SAME,
    here,
    make_batch,
    press,
    report_in,
    report_of,
    upload,
)


def test_bad_rows_come_back_with_their_reasons_and_are_nobody_elses(staff, group):
    batch = upload(staff, group, ONE_BAD)

    response = staff.client.get(reverse("import_bad_rows", args=[batch.pk]))

    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    cells = [
        str(cell)
        for row in openpyxl.load_workbook(io.BytesIO(response.content)).active.values
        for cell in row
    ]
    assert "株式会社難有" in cells
    assert "株式会社青葉精機" not in cells
    assert any(reason in cell for cell in cells for reason in report_in(batch).bad_rows[0].reasons)


def test_mended_rows_come_in_by_the_same_way(staff, group):
    batch = upload(staff, group, ONE_BAD)
    press(staff, "import_commit", batch, shown=report_in(batch).fingerprint, leave_bad="1")
    book = openpyxl.load_workbook(
        io.BytesIO(staff.client.get(reverse("import_bad_rows", args=[batch.pk])).content)
    )
    for row in book.active.iter_rows():
        for cell in row:
            if str(cell.value) == "12":
                cell.value = "042-000-0002"
    mended = io.BytesIO()
    book.save(mended)

    again = upload(staff, group, mended.getvalue(), "直した.xlsx")

    assert (report_in(again).problems, report_in(again).counts["new"]) == ([], 1)


@pytest.mark.parametrize("report", [None, report_of(SAME, DOUBTFUL)])
def test_without_bad_rows_there_is_nothing_to_fetch(staff, group, report):
    batch = make_batch(group, staff.user, "previewed", report)

    response = staff.client.get(reverse("import_bad_rows", args=[batch.pk]), follow=True)

    assert response.redirect_chain == here(batch)
