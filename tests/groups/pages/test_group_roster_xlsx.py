"""roster.xlsx: who gets it, what it is called, and that it is logged."""

from urllib.parse import unquote

from groups.rosters.building import Variant
from iri_exchange.lib import sheets
from members.models import Export

URL = "/groups/keyaki/roster.xlsx"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def test_a_member_gets_the_members_roster(group, member, secretary):
    answer = member.client.get(URL, {"columns": "people,company", "purpose": "配付"})
    assert (answer.status_code, answer["Content-Type"]) == (200, XLSX)
    disposition, _, name = answer["Content-Disposition"].partition("; filename*=utf-8''")
    assert (disposition, unquote(name)) == ("attachment", "けやき会_会員名簿_会員用_2026-11-25.xlsx")
    assert answer["Cache-Control"] == "private, no-store"
    sheet, about = sheets.read(answer.content, "r.xlsx")
    assert sheet.name == "けやき会 会員名簿"
    assert sheet.rows[0].cells == ["氏名フリガナ", "参加者氏名", "会社での役職", "企業名フリガナ", "企業名"]
    assert {row.cells[1] for row in sheet.rows[1:]} == {member.person.name, secretary.person.name}
    assert ["部数番号", "001"] in [row.cells for row in about.rows]
    copy = Export.objects.get()
    assert (copy.taken_by, copy.file_format, copy.purpose, copy.columns) == (
        member.user,
        "xlsx",
        "配付",
        ["people", "company"],
    )


def test_head_looks_only(group, member):
    answer = member.client.head(URL)
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, XLSX, b"")
    assert not Export.objects.exists()


def test_each_variant_is_for_those_who_may_have_it(group, member, secretary, visitor, outsider):
    for variant in Variant:
        assert secretary.client.get(URL, {"variant": variant}).status_code == 200
        allowed = variant in (Variant.MEMBER, Variant.PUBLIC)
        assert member.client.get(URL, {"variant": variant}).status_code == (200 if allowed else 403)
    assert (visitor.client.get(URL).status_code, outsider.client.get(URL).status_code) == (302, 403)
    assert Export.objects.count() == len(Variant) + 2


def test_what_cannot_be_read_is_said_on_the_page(group, member):
    answer = member.client.get(URL, {"date": "きのう"})
    assert answer.status_code == 400
    assert "いつ現在：" in answer.content.decode()
    assert not Export.objects.exists()
