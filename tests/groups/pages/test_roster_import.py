"""Choose a file, look at the preview, import exactly that."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from groups.models import ImportBatch, Membership
from tests.factories import make_company, make_membership

DATA = Path(__file__).parents[2] / "data"
HEADER = "企業名,参加者氏名,TEL\n"


def upload(actor, group, name="tama24.csv", content=None):
    content = (DATA / name).read_bytes() if content is None else content.encode()
    file = SimpleUploadedFile(name, content)
    return actor.client.post(reverse("roster_import", args=[group.slug]), {"file": file}, follow=True)


def preview_of(response):
    return response.context["report"], response.context["batch"]


def commit(actor, batch, **data):
    return actor.client.post(reverse("import_commit", args=[batch.pk]), data, follow=True)


def test_the_thread_from_file_to_members(staff, group):
    report, batch = preview_of(upload(staff, group))
    assert (report.counts["new"], Membership.objects.count()) == (21, 0)

    response = commit(staff, batch, shown=report.fingerprint)

    assert response.redirect_chain[-1][0] == reverse("group_members", args=["keyaki"])
    assert "tama24.csvを取り込みました。" in response.content.decode()
    assert Membership.objects.filter(group=group).count() == 21
    batch.refresh_from_db()
    assert (batch.state, batch.counts["new"]) == ("committed", 21)


def test_problems_are_shown_and_nothing_can_be_imported(staff, group):
    response = upload(staff, group, "broken.xlsx")
    report, batch = preview_of(response)

    page = response.content.decode()
    assert "7けたの数字で入れてください。いまは6けたです。" in page
    assert "件を取り込む" not in page
    commit(staff, batch, shown=report.fingerprint)
    assert Membership.objects.count() == 0


def test_a_directory_that_changed_since_the_preview_is_previewed_again(staff, group):
    report, batch = preview_of(
        upload(staff, group, "s.csv", HEADER + "株式会社青葉精機,青葉 一郎,042-000-0001\n")
    )
    make_membership(group, company=make_company(name="株式会社青葉精機", phone="042-000-0001"))

    response = commit(staff, batch, shown=report.fingerprint)

    assert "確かめたあとに名簿が変わったので、取り込まずに読み直しました。" in response.content.decode()
    assert response.context["report"].counts["new"] == 0
    batch.refresh_from_db()
    assert batch.state == ImportBatch.State.PREVIEWED


def test_a_doubt_is_asked_answered_shown_again_and_then_imported(staff, group):
    known = make_company(name="青葉精機株式会社", phone="03-0000-9999")
    report, batch = preview_of(
        upload(staff, group, "s.csv", HEADER + "株式会社青葉精機,青葉 一郎,042-000-0001\n")
    )
    assert report.counts["doubtful"] == 1

    answered = commit(staff, batch, shown=report.fingerprint, **{"answer-2": known.pk})
    assert "お答えを入れて読み直しました。" in answered.content.decode()
    assert Membership.objects.count() == 0

    commit(staff, batch, shown=answered.context["report"].fingerprint, **{"answer-2": known.pk})
    assert Membership.objects.get().company == known


def test_a_second_click_imports_nothing_more(staff, group):
    report, batch = preview_of(upload(staff, group))
    commit(staff, batch, shown=report.fingerprint)

    response = commit(staff, batch, shown=report.fingerprint)

    assert response.redirect_chain == [(reverse("import_preview", args=[batch.pk]), 302)]
    assert Membership.objects.count() == 21


def test_discarding_keeps_neither_the_file_nor_a_change(staff, group):
    _, batch = preview_of(upload(staff, group))

    response = staff.client.post(reverse("import_discard", args=[batch.pk]), follow=True)

    batch.refresh_from_db()
    assert (batch.state, bytes(batch.content), Membership.objects.count()) == ("discarded", b"", 0)
    assert "名簿は変わっていません。" in response.content.decode()


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", "", "ファイルが空です。別のファイルを選んでください。"),
        ("notes.txt", "きょうは晴れ", "見出しの行が見つかりません。"),
        ("bare.csv", "企業名,氏名\n", "見出しの下に会員の行がありません。"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_beside_the_field(staff, group, name, content, said):
    response = upload(staff, group, name, content)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert ImportBatch.objects.count() == 0


def test_no_file_chosen(staff, group):
    response = staff.client.post(reverse("roster_import", args=[group.slug]))

    assert "ファイルを選んでください。" in response.content.decode()


@pytest.mark.parametrize("who", ["member", "secretary", "outsider", "adviser", "left_member"])
def test_only_staff_bring_rosters_in(request, staff, group, who):
    _, batch = preview_of(upload(staff, group))
    actor = request.getfixturevalue(who)

    assert actor.client.get(reverse("roster_import", args=["keyaki"])).status_code == 403
    assert actor.client.get(reverse("import_preview", args=[batch.pk])).status_code == 404
    assert actor.client.post(reverse("import_commit", args=[batch.pk])).status_code == 404
    assert ImportBatch.objects.get().state == ImportBatch.State.PREVIEWED
