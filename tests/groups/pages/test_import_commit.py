"""The main button of the preview: exactly what was shown, once, or nothing."""

import datetime

import pytest
from django.utils import timezone

from groups.models import ImportBatch, Membership
from members.models import Company
from tests.factories import make_company
from tests.groups.batches import AOBA, ONE_BAD, here, press, report_in, upload


def test_a_doubt_is_asked_answered_shown_again_and_then_imported(staff, group):
    known = make_company(name="青葉精機株式会社", phone="03-0000-9999")
    batch = upload(staff, group, AOBA)

    answered = press(
        staff, "import_commit", batch, shown=report_in(batch).fingerprint, **{"answer-2": known.pk}
    )
    assert "お答えを入れて読み直しました。" in answered.content.decode()
    assert Membership.objects.count() == 0

    press(staff, "import_commit", batch, shown=report_in(batch).fingerprint)
    assert Membership.objects.get().company == known


def test_the_good_rows_are_taken_and_the_bad_left(staff, group):
    batch = upload(staff, group, ONE_BAD)
    shown = report_in(batch).fingerprint

    refused = press(staff, "import_commit", batch, shown=shown)
    assert "直すところかお聞きしたいことが残っているので、取り込みませんでした。" in refused.content.decode()
    assert Membership.objects.count() == 0

    taken = press(staff, "import_commit", batch, shown=shown, leave_bad="1")
    assert "s.csvを取り込みました。" in taken.content.decode()
    assert "取り込まなかった行" in taken.content.decode()
    batch.refresh_from_db()
    assert (Membership.objects.count(), batch.left_bad) == (1, True)


@pytest.mark.parametrize("leave_bad", ["", "1"])
def test_an_open_question_stops_the_import(staff, group, leave_bad):
    make_company(name="青葉精機株式会社", phone="03-0000-9999")
    batch = upload(staff, group, ONE_BAD)

    response = press(staff, "import_commit", batch, shown=report_in(batch).fingerprint, leave_bad=leave_bad)

    assert "取り込みませんでした。" in response.content.decode()
    assert Membership.objects.count() == 0


@pytest.mark.parametrize("shown", ["", "nonsense", "\0"])
def test_nothing_is_imported_that_was_not_shown(staff, group, shown):
    batch = upload(staff, group, AOBA)

    response = press(staff, "import_commit", batch, shown=shown)

    assert "ほかの画面で読み直されていたので、取り込みませんでした。" in response.content.decode()
    assert Membership.objects.count() == 0


def test_a_second_click_imports_nothing_more(staff, group):
    batch = upload(staff, group, AOBA)
    shown = report_in(batch).fingerprint
    press(staff, "import_commit", batch, shown=shown)

    response = press(staff, "import_commit", batch, shown=shown)

    assert response.redirect_chain == here(batch)
    assert (Membership.objects.count(), Company.objects.count()) == (1, 1)


def test_a_file_in_which_nothing_changes_can_be_ended(staff, group):
    batch = upload(staff, group, AOBA)
    press(staff, "import_commit", batch, shown=report_in(batch).fingerprint)
    again = upload(staff, group, AOBA)
    assert report_in(again).counts["same"] == 1

    press(staff, "import_commit", again, shown=report_in(again).fingerprint)

    again.refresh_from_db()
    assert again.state == "committed"


def test_a_long_file_is_the_workers_and_its_page_counts_from_now(staff, group, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    batch = upload(staff, group, AOBA)
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    ImportBatch.objects.update(rows_total=2_000, moved_at=an_hour_ago)

    response = press(staff, "import_commit", batch, shown=report_in(batch).fingerprint)

    assert response.redirect_chain == here(batch)
    assert "名簿に書きこんでいます。" in response.content.decode()
    assert "進んでいません" not in response.content.decode()
    assert Membership.objects.count() == 0
