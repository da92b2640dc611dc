"""Choose a file, look at the preview, import exactly that: the way through, and who may go it."""

import datetime
import io
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from groups.models import ImportBatch, Membership
from tests.factories import make_company, make_membership
from tests.groups.batches import (
    AOBA,
    NEW,
    choose,
    here,
    main_button,
    make_batch,
    press,
    report_in,
    report_of,
    show,
    text_of,
    upload,
)

ROSTER = Path(__file__).parents[2] / "data" / "tama24.csv"


def choose_roster(actor, group):
    return choose(actor, group, ROSTER.read_bytes(), ROSTER.name)


def test_a_clean_roster_is_two_steps_from_the_file_to_the_members(staff, group):
    """Choose the file and press, look and press: two POSTs, and every other answer is a page to read."""
    context = choose_roster(staff, group).context
    batch, report = context["batch"], context["report"]
    assert (report.counts["new"], Membership.objects.count()) == (21, 0)

    response = press(staff, "import_commit", batch, shown=report.fingerprint)

    assert response.redirect_chain == here(batch)
    assert "tama24.csvを取り込みました。" in response.content.decode()
    assert Membership.objects.filter(group=group).count() == 21
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"], bytes(batch.content)) == ("committed", 21, b"")


def test_the_main_button_says_how_many(staff, group):
    assert ">21件を取り込む</button>" in choose_roster(staff, group).content.decode()


def test_a_directory_that_changed_since_the_preview_is_previewed_again(staff, group):
    batch = upload(staff, group, AOBA)
    make_membership(group, company=make_company(name="株式会社青葉精機", phone="042-000-0001"))

    response = press(staff, "import_commit", batch, shown=report_in(batch).fingerprint)

    assert "確かめたあとに名簿が変わったので、取り込まずに読み直しました。" in response.content.decode()
    assert response.context["report"].counts["new"] == 0
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.PREVIEWED


def test_a_file_that_is_just_being_read_says_so_when_it_is_to_be_imported(staff, group):
    batch = upload(staff, group, AOBA)
    shown = report_in(batch).fingerprint
    ImportBatch.objects.update(state="reading", moved_at=timezone.now())

    response = press(staff, "import_commit", batch, shown=shown)

    assert "いまファイルを読んでいるところなので、取り込みませんでした。" in text_of(response)
    assert Membership.objects.count() == 0


def test_a_preview_that_waited_too_long_is_let_go_and_says_so(staff, group):
    batch = upload(staff, group, AOBA)
    ImportBatch.objects.update(uploaded_at=timezone.now() - datetime.timedelta(days=15))

    response = press(staff, "import_commit", batch, shown=report_in(batch).fingerprint)

    assert "14日のあいだ取り込まれなかったので、自動で取りやめました。" in text_of(response)
    assert main_button(response) == ["ファイルを選ぶ"]
    assert Membership.objects.count() == 0


@pytest.mark.parametrize(("sheet", "offers"), [("", 1), ("旧会員", 2)])
def test_a_reading_that_did_not_end_can_be_begun_again_or_let_go(staff, group, sheet, offers):
    batch = upload(staff, group, AOBA)
    ImportBatch.objects.update(report=None, sheet=sheet, message="途中で止まりました。")

    response = show(staff, batch)

    page = text_of(response)
    assert "途中で止まりました。" in page
    assert "読み取りの結果がありません" in page
    assert "取り込まずにやめる" in page
    assert response.content.decode().count("読み直す</button>") == offers
    press(staff, "import_read", batch, afresh="1")
    assert (report_in(batch).counts["new"], batch.sheet, batch.message) == (1, "", "")


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", "", "ファイルが空です。別のファイルを選んでください。"),
        ("bare.csv", "企業名,氏名\n", "見出しの下に会員の行がありません。"),
        ("roster.pdf", "%PDF-1.7 名簿", "PDF"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field_and_above(staff, group, name, content, said):
    response = choose(staff, group, content, name)

    page = response.content.decode()
    assert response.status_code == 200
    assert said in page.split("error-summary")[1].split("</div>")[0]
    assert said in page.split('id="id_file_error"')[1].split("</div>")[0]
    assert ImportBatch.objects.count() == 0


def test_a_file_that_is_too_large_is_not_even_opened(staff, group):
    response = choose(staff, group, AOBA + "あ" * (4 * 1024 * 1024))

    assert "ファイルが大きすぎます。10MBまでにしてください。" in response.content.decode()


def test_no_file_chosen(staff, group):
    response = staff.client.post(reverse("roster_import", args=[group.slug]))

    assert "ファイルを選んでください。" in response.content.decode()


def test_earlier_imports_are_listed_with_state_counts_and_who(staff, group, other_group):
    counts = {"new": 1200, "changed": 3, "same": 0, "doubtful": 0}
    done = make_batch(group, staff.user, "committed", counts=counts, left_bad=True, filename="春.xlsx")
    make_batch(group, None, "undone", counts=counts, filename="夏.xlsx")
    make_batch(other_group, staff.user, "previewed", report_of(NEW), filename="よその.xlsx")

    page = staff.client.get(reverse("roster_import", args=[group.slug])).content.decode()

    assert f'<a href="{reverse("import_preview", args=[done.pk])}">春.xlsx</a>' in page
    assert "新規1,200・変更3・同じ0・直すところのある行を残しました" in page
    assert "取込済み" in page
    assert "取り消し済み" in page
    assert "コマンド" in page
    assert "よその.xlsx" not in page


@pytest.mark.parametrize("number", [1, 20])
def test_the_list_asks_as_much_for_twenty_files_as_for_one(staff, group, django_assert_num_queries, number):
    for _ in range(number):
        make_batch(group, staff.user, "previewed", report_of(NEW))

    with django_assert_num_queries(5):
        staff.client.get(reverse("roster_import", args=[group.slug]))


def test_the_sample_is_a_workbook_that_comes_in_without_a_word(staff, group):
    response = staff.client.get(reverse("import_sample"))

    assert response["Content-Disposition"] == (
        "attachment; filename*=utf-8''%E5%90%8D%E7%B0%BF%E5%8F%96%E8%BE%BC%E3%81%AE%E8%A6%8B%E6%9C%AC.xlsx"
    )
    openpyxl.load_workbook(io.BytesIO(response.content))
    report = choose(staff, group, response.content, "見本.xlsx").context["report"]
    assert (report.problems, report.warnings) == ([], [])
    assert report.to_write > 0


@pytest.mark.parametrize("who", ["member", "secretary", "outsider", "adviser", "left_member"])
def test_only_staff_bring_rosters_in(request, staff, group, who):
    batch = make_batch(group, staff.user, "previewed", report_of(NEW, bad=True))
    actor = request.getfixturevalue(who)

    assert actor.client.get(reverse("roster_import", args=["keyaki"])).status_code == 403
    assert actor.client.get(reverse("import_sample")).status_code == 403
    for name in ("import_preview", "import_bad_rows", "import_undo"):
        assert actor.client.get(reverse(name, args=[batch.pk])).status_code == 404
    for name in ("import_read", "import_commit", "import_discard", "import_undo"):
        assert actor.client.post(reverse(name, args=[batch.pk])).status_code == 404
    assert ImportBatch.objects.get().state == ImportBatch.State.PREVIEWED
