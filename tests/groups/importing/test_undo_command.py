"""manage.py undo_import: what it says, how it exits."""

from io import StringIO

import pytest
from django.core.management import call_command
from django_tasks import default_task_backend

from groups.importing import import_roster
from groups.models import ImportBatch, Membership
from members.models import Company

ROSTER = "企業名,TEL\n株式会社青葉精機,042-000-0001\n".encode()


def run(batch_id):
    """(exit code, what was said, what was said against it)."""
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("undo_import", str(batch_id), stdout=out, stderr=err)
    except SystemExit as stop:
        code = stop.code
    return code, out.getvalue(), err.getvalue()


@pytest.fixture
def batch(group):
    import_roster(group=group, content=ROSTER, filename="roster.csv", commit=True)
    return ImportBatch.objects.get()


def test_an_import_is_taken_back(batch):
    assert run(batch.pk) == (0, f"けやき会の名簿の取込 第{batch.pk}号（roster.csv）を取り消しました。\n", "")
    assert (Membership.objects.count(), ImportBatch.objects.get().state) == (0, "undone")
    assert run(batch.pk) == (1, "", "取り消しませんでした。\nこの取込は、すでに取り消してあります。\n")


def test_one_that_waits_for_the_worker_need_not(batch):
    ImportBatch.objects.update(state="undoing")

    assert run(batch.pk)[0] == 0
    assert (Membership.objects.count(), ImportBatch.objects.get().state) == (0, "undone")


def test_a_long_one_is_not_left_to_the_worker(batch, settings, monkeypatch):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    monkeypatch.setattr("groups.importing.undoing.LONG", 0)

    assert run(batch.pk)[0] == 0
    [queued] = default_task_backend.results
    assert (queued.args, ImportBatch.objects.get().state) == ([batch.pk, 1, None], "undone")


def test_what_is_built_on_it_while_it_waits_for_the_worker_is_told(batch):
    ImportBatch.objects.update(state="undoing")
    company = Company.objects.get()
    company.trade = "鍍金"
    company.save()

    code, _, said = run(batch.pk)

    assert (code, said.splitlines()[0]) == (1, "取り消しませんでした。")
    assert "「業種」の変更があります" in said


def test_what_stands_against_it_is_told(batch):
    company = Company.objects.get()
    company.trade = "鍍金"
    company.save()

    assert run(batch.pk) == (
        1, "", "取り消しませんでした。\n株式会社青葉精機：2026年11月25日に「業種」の変更があります。\n",
    )  # fmt: skip


def test_there_is_no_such_import(db):
    assert run(12) == (2, "", "第12号の取込はありません。\n")
