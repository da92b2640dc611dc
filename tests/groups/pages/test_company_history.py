"""/companies/<pk>/history/: who changed what of a company, as far as the reader may know it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups import memberships
from groups.models import ImportBatch
from iri_exchange.lib import history
from members import consents, directory
from members.models import FormerName
from tests.factories import make_membership, make_person
from tests.groups.histories.reading_histories import in_words, read, saved, told

TODAY = datetime.date(2026, 11, 25)


def change(company, by, minutes, **fields):
    with saved(by, minutes):
        for name, value in fields.items():
            setattr(company, name, value)
        directory.change_company(company=company)


@pytest.fixture
def company(member):
    return member.membership.company


def test_changes_are_told_in_words_the_newest_first(staff, secretary, company):
    was = company.phone
    change(company, secretary, 1, phone="042-000-0001", in_tokyo=True, industry="E", capital=3000)
    change(company, staff, 2, strengths="あ" * 60, phone="")
    answer = read(staff, company)
    assert told(answer)[:2] == [
        ("職田 員子", "", ["電話：042-000-0001 → （空）", f"得意技術・設備：（空） → {'あ' * 60}"]),
        (
            str(secretary.person),
            "",
            [
                f"電話：{was} → 042-000-0001",
                "都内に事業所がある：（空） → はい",
                "資本金（万円）：（空） → 3000",
                "業種（大分類）：（空） → 製造業",
            ],
        ),
    ]
    text = answer.content.decode()
    assert f"<summary>得意技術・設備：（空） → {'あ' * 15}…</summary>" in text
    assert "令和8年11月25日　10:02　職田 員子" in text
    assert "search_key" not in text


def test_what_was_saved_together_is_one_entry_and_what_hangs_on_the_company_is_told(staff, group, company):
    with saved(staff, 1):
        directory.rename_company(company=company, name="株式会社あらた", kana="アラタ", on=TODAY)
    membership = company.memberships.get()
    with saved(staff, 2):
        memberships.leave(membership=membership, since=TODAY, reason="busy", note="お電話で")
    with saved(staff, 3):
        consents.answer_consent(kind="public_profile", given=False, since=TODAY, company=company)
    consent, left, renamed, *_ = told(read(staff, company))
    day = "（令和8年11月25日から）"
    assert consent[2] == [f"+ 「企業の紹介をどなたにも公開すること」に同意しない{day}"]
    name = f"けやき会 {membership.number} 株式会社あらた"
    assert left[2] == [
        f"+ {name}：退会（理由：多忙、お電話で）{day}",
        f"~ {name}の登録者：{membership.representatives.get().person}",
        "いつまで：（空） → 令和8年11月24日",
    ]
    assert renamed[2][0].startswith("企業名：")
    assert renamed[2][-1] == ("+ 旧社名「" + FormerName.objects.get().name + "」（令和8年11月25日まで）")


def test_an_import_is_one_line_that_leads_to_it(staff, secretary, group, company):
    batch = ImportBatch.objects.create(
        group=group,
        filename="会員.csv",
        content=b"",
        uploaded_by=staff.user,
        counts={"new": 20, "changed": 5},
    )
    for reason in (batch.step, batch.undo_step):
        with history.step(reason, by=staff.user):
            company.fax = f"042-000-{len(reason):04}"
            company.save()
    answer = read(staff, company)
    titles = [line.title for line in answer.context["lines"]]
    assert titles[:2] == ["名簿の取り込みの取り消し（25件）", "名簿の取り込み（25件）"]
    assert f'<a href="/imports/{batch.pk}/">名簿の取り込み（25件）</a>' in answer.content.decode()
    officers = read(secretary, company)
    assert [line[:2] for line in told(officers)][:2] == [
        ("事務局", "名簿の取り込みの取り消し（1件）"),
        ("事務局", "名簿の取り込み（1件）"),
    ]
    assert "会員.csv" not in officers.content.decode()
    assert "/imports/" not in officers.content.decode()


def test_what_a_reader_may_not_know_the_history_does_not_tell(
    staff, member, secretary, outsider, other_group, company
):
    elsewhere = make_membership(other_group, company=company)
    former = make_person(family_name="前田", given_name="昔")
    memberships.add_representative(membership=company.memberships.first(), person=former, since=TODAY)
    company.memberships.first().representatives.filter(person=former).update(
        until="2026-11-24", since="2020-01-01"
    )
    consents.answer_consent(kind="public_profile", given=False, since=TODAY, company=company)
    with saved(outsider, 5):
        company.fax = "042-000-0009"
        company.save()
    said = {actor: str(told(read(actor, company))) for actor in (staff, member, secretary)}
    for actor in (member, secretary):
        assert other_group.name not in said[actor]
        assert elsewhere.number not in said[actor]
        assert "ほかの方" in said[actor]
        assert str(outsider.person) not in said[actor]
        assert "（お名前は出していません）" in said[actor]
        assert "前田" not in said[actor]
    assert other_group.name in said[staff]
    assert str(outsider.person) in said[staff]
    heard = [actor for actor in said if "企業の紹介をどなたにも公開すること" in said[actor]]
    assert heard == [staff, member]


def test_what_was_noted_of_a_step_is_not_told_to_the_member(staff, member, secretary, company):
    membership = company.memberships.get()
    memberships.rest(membership=membership, since=TODAY, note="会費のこと")
    said = {actor: str(told(read(actor, company))) for actor in (staff, member, secretary)}
    assert [actor for actor in said if f"{membership.number} {company}：休会" in said[actor]] == list(said)
    assert [actor for actor in said if "会費のこと" in said[actor]] == [staff, secretary]


def test_a_long_history_asks_no_more_questions_than_a_short_one(staff, company):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            lines = read(staff, company).context["lines"]
        return len(lines), len(queries)

    change(company, staff, 1, phone="042-000-0001")
    few, questions = asked()
    for minute in range(2, 40):
        change(company, staff, minute, phone=f"042-000-{minute:04}")
    many, more = asked()
    assert (few < 5, many, more <= questions) == (True, 30, True)
    assert len(read(staff, company, page="2").context["lines"]) > 5
    assert len(read(staff, company, page="x").context["lines"]) == 30


def test_a_planted_row_of_another_company_is_not_told(staff, company):
    other = make_membership(company.memberships.get().group).company
    change(other, staff, 9, phone="03-9999-9999")
    assert "03-9999-9999" not in str(told(read(staff, company)))
    assert "03-9999-9999" in str(
        [in_words(one) for line in read(staff, other).context["lines"] for one in line.entry.told]
    )
