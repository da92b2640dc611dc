"""/people/<pk>/history/: of a person, everything to staff and themselves, what the register needs to officers."""

import datetime

import pytest

from groups.models import Adviser
from members import consents, directory
from members.models import Employment
from tests.factories import make_company, make_membership, make_officer
from tests.groups.histories.reading_histories import read, saved, told

TODAY = datetime.date(2026, 11, 25)


@pytest.fixture
def moved(staff, member, group, other_group):
    """A year of the member's: a new address, an age band, another company, an office here and one elsewhere."""
    person = member.person
    with saved(member, 1):
        person.email, person.age_band = "new@example.jp", "50"
        directory.change_person(person=person, confirmed_on=TODAY)
    with saved(staff, 2):
        Employment.objects.create(person=person, company=make_company(name="株式会社よそ"), since=TODAY)
        make_membership(other_group, company=make_company(name="株式会社べつ"), representatives=[person])
        make_officer(other_group, person, role="auditor", since=TODAY)
        make_officer(group, person, role="board", since=TODAY)
        Adviser.objects.create(group=other_group, person=person, since=TODAY, note="控え")
        consents.answer_consent(kind="mail", given=True, since=TODAY, person=person)
    return person


def test_staff_and_oneself_read_all_of_it(staff, member, moved):
    for actor in (staff, member):
        second, first = told(read(actor, moved))[:2]
        assert first[2][-3:] == [
            "年代：（空） → 50代",
            "最終確認日：（空） → 令和8年11月25日",
        ] or first[2][-2:] == ["年代：（空） → 50代", "最終確認日：（空） → 令和8年11月25日"]
        day = "（令和8年11月25日から）"
        assert [said for said in second[2] if said.endswith(day)] == [
            f"+ 所属：株式会社よそ{day}",
            f"+ 「今後の案内を送ること」に同意する{day}",
            f"+ みなと会の監査{day}",
            f"+ けやき会の幹事{day}",
            f"+ みなと会の助言者{day}",
        ]
    assert [line[0] for line in told(read(member, moved))[:2]] == ["事務局", str(member.person)]


def test_an_officer_reads_neither_consents_nor_private_fields_nor_other_groups(secretary, moved):
    answer = read(secretary, moved)
    text = str(told(answer))
    assert "new@example.jp" in text
    assert "けやき会の幹事" in text
    hidden = ["年代", "最終確認日", "今後の案内", "みなと会", "株式会社よそ", "株式会社べつ"]
    assert [word for word in hidden if word in answer.content.decode()] == []


def test_an_entry_of_which_nothing_may_be_told_is_left_out(staff, secretary, member):
    with saved(member, 1):
        member.person.age_band = "50"
        member.person.save()
    assert told(read(staff, member.person))[0][2] == ["年代：（空） → 50代"]
    assert len(told(read(staff, member.person))) == len(told(read(secretary, member.person))) + 1


def test_a_member_reads_nobody_elses(member, secretary):
    assert member.client.get(f"/people/{secretary.person.pk}/history/").status_code == 403
