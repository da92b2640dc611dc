"""The plan and what is written from it agree, whatever the file and the directory say."""

import csv
import io

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from groups.importing import import_roster
from groups.importing.reading.columns import COLUMNS
from groups.models import Group, Membership
from members.models import Company, Employment, Person
from tests.factories import make_group

KEYS = (
    *("company_name", "company_kana", "person_name", "person_kana", "title", "address", "phone", "email"),
    *("capital", "employees", "corporate_number", "joined_on"),
)
LABELS = {column.key: column.label for column in COLUMNS}
# Each company and each individual is somebody, however it is written and whatever the row leaves out.
COMPANIES = (
    (("株式会社青葉", "㈱青葉", "（株）青葉"), "042-000-0001", "東京都立川市錦町1-1", "7018561689034"),
    (("若葉工業株式会社", "若葉工業㈱"), "042-000-0002", "東京都立川市錦町2-2　葉ビル", "8130926644122"),
    (("有限会社髙﨑", "(有)高崎"), "042-000-0003", "東京都葛󠄀飾区3-3", ""),
)
INDIVIDUALS = ("042-000-0011", "042-000-0012")
PEOPLE = ("青木 恵", "青木恵", "髙橋 一郎", "高橋 一郎", "葛󠄀西 次郎", "𠮷田 花子")


def maybe(text):
    return st.sampled_from((text, ""))


@st.composite
def company_rows(draw):
    names, phone, address, number = draw(st.sampled_from(COMPANIES))
    return {
        "company_name": draw(st.sampled_from(names)),
        "company_kana": draw(st.sampled_from(("アオバ", "ワカバ", ""))),
        "person_name": draw(st.sampled_from((*PEOPLE, ""))),
        "person_kana": draw(st.sampled_from(("アオキ メグミ", "タカハシ", ""))),
        "title": draw(st.sampled_from(("社長", "部長", ""))),
        "address": draw(maybe(address)),
        "phone": draw(maybe(phone)),
        "email": draw(st.sampled_from(("a@example.jp", "b@example.jp", ""))),
        "capital": draw(st.sampled_from(("1000", "2000", ""))),
        "employees": draw(st.sampled_from(("10", "20", ""))),
        "corporate_number": draw(maybe(number)),
        "joined_on": draw(st.sampled_from(("2013-07-01", "H26.7.1", ""))),
    }


@st.composite
def individual_rows(draw):
    phone = draw(st.sampled_from(INDIVIDUALS))
    name = "青木 恵" if phone == INDIVIDUALS[0] else "𠮷田 花子"
    told = draw(company_rows())
    return told | {"company_name": "個人会員", "person_name": name, "phone": phone, "address": ""}


ROWS = st.lists(company_rows() | individual_rows(), min_size=1, max_size=7)


def sheet(rows):
    out = io.StringIO()
    lines = [[row[key] for key in KEYS] for row in rows]
    csv.writer(out).writerows([[LABELS[key] for key in KEYS], *lines])
    return out.getvalue().encode()


def bring(group, rows, *, commit):
    """Import what can be taken; every question is answered with the first record it names."""
    answers = {}
    while True:
        report = import_roster(
            group=group, content=sheet(rows), filename="r.csv", commit=commit, answers=answers, leave_bad=True
        )
        if not report.doubtful:
            return report
        answers |= {row.number: row.doubts[0].pk for row in report.doubtful}


def written(group):
    """The group's members as rows of a roster: one for each who attends."""
    for membership in group.memberships.select_related("company", "person"):
        terms = list(membership.representatives.filter(until__isnull=True).select_related("person"))
        for person in [term.person for term in terms] or [membership.person]:
            yield row_of(membership, membership.company or person, person)


def row_of(membership, contact, person):
    return {
        "company_name": membership.company.name if membership.company else "個人会員",
        "company_kana": membership.company.kana if membership.company else "",
        "person_name": person.name if person else "",
        "person_kana": person.kana if person else "",
        "title": person.title if person else "",
        "address": contact.address,
        "phone": contact.phone,
        "email": person.email if person else "",
        "capital": str(getattr(contact, "capital", None) or ""),
        "employees": str(getattr(contact, "employees", None) or ""),
        "corporate_number": getattr(contact, "corporate_number", "") or "",
        "joined_on": membership.joined_on.isoformat() if membership.joined_on else "",
    }


class PlanTest(TestCase):
    """hypothesis rolls the database back after each example."""

    # Shrinking takes minutes and says little more: the rows are short.
    @settings(
        max_examples=25, deadline=None, phases=[Phase.generate], suppress_health_check=[HealthCheck.too_slow]
    )
    @given(first=ROWS, second=ROWS)
    def test_what_was_brought_in_is_the_same_when_it_comes_again(self, first, second):
        keyaki, minato = make_group(slug="keyaki"), make_group(slug="minato", name="みなと会")
        bring(keyaki, first, commit=True)
        report = bring(minato, second, commit=True)

        assert report.committed
        self._holds_together(minato, report)
        again = import_roster(group=minato, content=sheet(second), filename="r.csv", commit=False)
        assert {row.number: (row.kind, row.changes) for row in again.rows if row.kind != "same"} == {}
        assert [problem.row for problem in again.problems] == [problem.row for problem in report.problems]
        for group in (keyaki, minato):
            out = import_roster(group=group, content=sheet(written(group)), filename="w.csv", commit=False)
            assert [(row.number, row.kind, row.changes) for row in out.rows if row.kind != "same"] == []
            assert (out.problems, out.missing) == ([], [])

    def _holds_together(self, group: Group, report):
        members = Membership.objects.filter(group=group)
        assert members.count() == report.counts["new"]
        assert [member.sequence for member in members] == list(range(1, members.count() + 1))
        assert all(member.statuses.count() == 1 for member in members)
        for model in (Company, Person, Membership, Employment):
            assert model.history.filter(history_type="+").count() == model.objects.count()
        assert Company.objects.count() <= len(COMPANIES)
