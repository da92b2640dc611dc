"""/groups/<slug>/files/, /meetings/<pk>/files/, /files/<pk>/: filled, found, served, put right, removed."""

import datetime

import pytest

from events.library import keep
from events.models import LibraryFile, Meeting
from tests.events.pictures import paper, photo
from tests.factories import make_meeting
from tests.strictness import parse_strictly

URL = "/groups/keyaki/files/"
DAY = datetime.date(2026, 12, 9)


def page(actor, url=URL):
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.text


def kept(group, by, upload=None, **about):
    given = {"kind": "other", "title": "会の資料"} | about
    return keep(group=group, upload=upload or paper(), by=by.user, **given)


def test_an_empty_library_says_what_to_do(member, secretary, group):
    assert "資料は、まだありません" in page(member)
    assert "登録する" not in page(member)
    assert 'enctype="multipart/form-data"' in page(secretary)
    assert "写っている方の了解" in page(secretary)


def test_several_files_at_once_and_all_or_none(secretary, member, group):
    sent = {"file": [paper("一.pdf"), photo("二.jpg")], "kind": "other", "title": ""}
    assert secretary.client.post(f"{URL}new/", sent).status_code == 302
    assert sorted(LibraryFile.objects.values_list("title", "format")) == [("一", "pdf"), ("二", "jpeg")]
    sent = {"file": [paper("三.pdf"), paper("四.docx", b"PK")], "kind": "other", "title": "議案"}
    refused = secretary.client.post(f"{URL}new/", sent)
    assert [each.partition("：")[0] for each in refused.context["form"].errors["file"]] == ["四.docx"]
    assert LibraryFile.objects.count() == 2
    numbered = {"file": [paper("三.pdf"), paper("五.pdf")], "kind": "leaflet", "title": "議案"}
    secretary.client.post(f"{URL}new/", numbered)
    assert sorted(LibraryFile.objects.filter(kind="leaflet").values_list("title", flat=True)) == [
        "議案 1",
        "議案 2",
    ]
    text = page(member)
    assert "議案 1" in text
    assert text.index("パンフレット・案内") < text.index("そのほか")


@pytest.mark.parametrize(
    ("sent", "wrong"),
    [
        ({"kind": "other"}, {"file": ["ファイルを選んでください。"]}),
        (
            {"file": [paper(f"{n}.pdf") for n in range(11)], "kind": "other"},
            {"file": ["一度に10件までです。いまは11件です。"]},
        ),
        ({"file": [paper()], "kind": "material"}, {"kind"}),
        ({"file": [paper()], "kind": "other", "title": "見えない\u200b題"}, {"title"}),
    ],
)
def test_what_is_wrong_is_said_beside_it(secretary, group, sent, wrong):
    errors = secretary.client.post(f"{URL}new/", sent).context["form"].errors
    assert errors == wrong if isinstance(wrong, dict) else errors.keys() == wrong
    assert LibraryFile.objects.count() == 0


def test_members_do_not_fill_it(member, outsider, staff, adviser, group):
    for actor in (member, outsider, staff, adviser):
        assert actor.client.post(f"{URL}new/", {"file": [paper()], "kind": "other"}).status_code == 403


def test_the_office_fills_it_in_the_launch_year(staff, launched_group):
    url = f"/groups/{launched_group.slug}/files/"
    assert staff.client.post(f"{url}new/", {"file": [paper()], "kind": "other"}).status_code == 302
    assert "直す・消す" in page(staff, url)


def test_a_paper_is_saved_and_a_picture_opens(
    secretary, member, outsider, left_member, visitor, staff, group
):
    file = kept(group, secretary, title='総会/議案 "第1号"')
    answer = member.client.get(f"/files/{file.pk}/")
    assert (answer.content[:5], answer["Content-Type"]) == (b"%PDF-", "application/pdf")
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E7%B7%8F%E4%BC%9A_")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    picture = kept(group, secretary, photo(), kind="photo", title="会場")
    url = f"/files/{picture.pk}/"
    answer = member.client.get(url)
    assert (answer["Content-Type"], answer["Content-Disposition"][:6]) == ("image/jpeg", "inline")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-cache", "nosniff")
    again = member.client.get(url, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = member.client.head(url)
    assert (head.status_code, head.content) == (200, b"")
    small = member.client.get(f"{url}preview/")
    assert (small["Content-Type"], small.content[:2]) == ("image/jpeg", b"\xff\xd8")
    for actor in (outsider, left_member, visitor, staff):
        known = actor.client.get(url, headers={"if-none-match": answer["ETag"]})
        assert (known.status_code, actor.client.get(f"{url}preview/").status_code) == (404, 404)
        assert actor.client.get(f"/files/{file.pk}/").status_code == 404


def test_of_a_meeting_with_its_agenda(secretary, member, group):
    met = make_meeting(group, DAY)
    item = met.agenda.create(position=1, title="めっきの話", presenter="大神田")
    url = f"/meetings/{met.pk}/files/"
    assert "めっきの話（大神田）" in page(secretary, url)
    sent = {
        "file": [paper("図.pdf")],
        "kind": "material",
        "title": "",
        "agenda_item": item.pk,
        "is_open": "on",
    }
    assert secretary.client.post(f"{url}new/", sent).status_code == 302
    file = LibraryFile.objects.get()
    assert (file.meeting, file.agenda_item, file.is_open) == (met, item, True)
    assert "案内といっしょに見えます" in page(member, url)
    assert "第1回 定例会" in page(member)
    assert member.client.post(f"{url}new/", sent).status_code == 403


def test_an_invited_group_finds_what_is_open(secretary, outsider, group, other_group):
    met = make_meeting(group, DAY)
    met.invited_groups.create(group=other_group, state="agreed")
    kept(group, secretary, meeting=met, title="内輪の話")
    kept(group, secretary, meeting=met, title="当日の進め方", is_open=True)
    url = f"/meetings/{met.pk}/files/"
    assert outsider.client.get(url).status_code == 403
    Meeting.objects.update(state="announced")
    text = page(outsider, url)
    assert ("当日の進め方" in text, "内輪の話" in text) == (True, False)


def test_put_right_and_removed(secretary, member, group):
    file = kept(group, secretary)
    url = f"/files/{file.pk}/edit/"
    text = page(secretary, url)
    assert "元には戻せません" in text
    assert member.client.get(url).status_code == 403
    sent = {"title": "会の案内", "kind": "leaflet"}
    assert secretary.client.post(url, sent).status_code == 302
    assert LibraryFile.objects.values_list("title", "kind").get() == ("会の案内", "leaflet")
    refused = secretary.client.post(url, {"title": "会の案内", "kind": "photo"})
    assert refused.context["form"].errors.keys() == {"kind"}
    assert secretary.client.post(f"/files/{file.pk}/remove/").status_code == 302
    assert LibraryFile.objects.count() == 0


def test_who_saves_second_sees_both_texts(secretary, group):
    file = kept(group, secretary)
    url = f"/files/{file.pk}/edit/"
    version = secretary.client.get(url).context["form"].record_version
    secretary.client.post(url, {"title": "はじめの題", "kind": "other", "record-version": version})
    second = secretary.client.post(url, {"title": "あとの題", "kind": "other", "record-version": version})
    assert [each.theirs for each in second.context["form"].conflict.fields] == ["はじめの題"]


def test_a_kind_with_many_has_a_page_of_its_own(secretary, member, group):
    for number in range(13):
        kept(group, secretary, title=f"資料その{number:02}")
    text = page(member)
    assert ("資料その12" in text, "資料その00" in text) == (True, False)
    assert "そのほかをすべて見る（13件）" in text
    assert "資料その00" in page(member, f"{URL}?kind=other")
    assert "この値ではしぼり込めません" in page(member, f"{URL}?kind=secret")


@pytest.mark.parametrize("count", [1, 30])
def test_as_many_queries_for_thirty_and_no_file_is_read(
    secretary, member, group, count, django_assert_max_num_queries
):
    met = make_meeting(group, DAY)
    for number in range(count):
        kept(group, secretary, title=f"資料{number}", meeting=met if number % 2 else None)
    for url, most in ((URL, 12), (f"/meetings/{met.pk}/files/", 14)):
        with django_assert_max_num_queries(most) as queries:
            secretary.client.get(url)
        assert [each["sql"] for each in queries if '"events_libraryfile"."content"' in each["sql"]] == []
