"""/office/papers/: labels, envelopes and badges of several groups at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from groups.models import Group
from members.models import Export
from tests.factories import make_group, make_membership
from tests.groups.papers.sheets import text_of
from tests.strictness import parse_strictly

URL = "/office/papers/"
PAPERS = ["labels", "envelopes", "badges"]


def printed(answer) -> str:
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    return text_of(answer.content)


def test_it_is_the_offices(staff, secretary):
    assert [staff.client.get(URL, {"paper": paper}).status_code for paper in [*PAPERS, "", "x"]] == [200] * 5
    assert secretary.client.get(URL).status_code == 403
    assert secretary.client.get(f"{URL}labels.pdf", {"groups": "keyaki"}).status_code == 403


@pytest.mark.parametrize("paper", PAPERS)
def test_the_members_of_the_chosen_groups(staff, member, outsider, paper):
    third = make_membership(make_group(name="あおば会", number_prefix="AB"))
    text = printed(staff.client.get(f"{URL}{paper}.pdf", {"groups": ["keyaki", "minato"]}))
    names = [each.membership.company.name for each in (member, outsider)]
    assert [name in text for name in [*names, third.company.name]] == [True, True, False]
    copy = Export.objects.get()
    assert (copy.subject, copy.row_count) == (f"offices/tama/{paper}", 2)
    assert set(copy.companies.all()) == {each.membership.company for each in (member, outsider)}
    assert set(copy.people.all()) == {each.person for each in (member, outsider)}


def test_badges_bear_their_own_group(staff, member, outsider):
    text = printed(staff.client.get(f"{URL}badges.pdf", {"groups": ["keyaki", "minato"]}))
    assert [text.count(words) for words in ("●会員", "けやき会", "みなと会")] == [2, 1, 1]


def test_without_a_group_it_asks_for_one(staff, group):
    answer = staff.client.get(f"{URL}labels.pdf")
    assert answer.status_code == 400
    assert "グループを1つ以上選んでください。" in answer.content.decode()
    parse_strictly(answer.content)
    assert staff.client.get(f"{URL}labels.pdf", {"groups": "nowhere"}).status_code == 400
    assert Export.objects.count() == 0


def test_the_office_sends(staff, member):
    text = printed(staff.client.get(f"{URL}envelopes.pdf", {"groups": "keyaki"}))
    assert "多摩テクノプラザ" in text
    assert staff.client.get(f"{URL}envelopes.pdf", {"groups": "keyaki", "sender": "group"}).status_code == 400


@pytest.mark.parametrize("paper", PAPERS)
def test_as_many_queries_for_one_group_as_for_three(staff, member, outsider, paper):
    def queries(slugs) -> int:
        with CaptureQueriesContext(connection) as asked:
            printed(staff.client.get(f"{URL}{paper}.pdf", {"groups": slugs}))
        return len(asked)

    queries(["keyaki"])
    one = queries(["keyaki"])
    make_membership(make_group(slug="third", number_prefix="TH"))
    for group in Group.objects.all():
        make_membership(group)
    assert queries(["keyaki", "minato", "third"]) == one
