"""/groups/<slug>/timeline/: the years of a group as a drawing, with its table."""

import datetime

import pytest

from groups import memberships
from tests.factories import make_membership, make_officer, make_person
from tests.strictness import parse_strictly

URL = "/groups/keyaki/timeline/"


@pytest.fixture
def lived(group):
    left = make_membership(group, on=datetime.date(2014, 4, 1))
    memberships.leave(membership=left, since=datetime.date(2020, 4, 1), reason="busy")
    leader = make_person(family_name="代田", given_name="")
    make_officer(
        group, leader, role="chair", since=datetime.date(2016, 4, 1), until=datetime.date(2018, 3, 31)
    )
    return left


def opened(actor) -> str:
    answer = actor.client.get(URL)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_visitors_read_stages_anniversaries_and_figures(visitor, lived):
    text = opened(visitor)
    for said in (
        '<title id="life-title">けやき会のあゆみ</title>',
        "自主運営（平成25年4月1日から）",
        "10周年",
    ):
        assert said in text
    for hidden in ("代田", "代表幹事", lived.company.name, "入会", "?date="):
        assert hidden not in text


def test_officers_read_names_and_each_number_leads_to_its_list(secretary, lived):
    text = opened(secretary)
    for said in ("代田", lived.company.name, 'href="/groups/keyaki/members/?date=2015-03-31">2</a>'):
        assert said in text


def test_the_pages_of_records_lead_to_the_timeline_and_show_the_latest_changes(
    visitor, member, secretary, staff
):
    company, person = member.membership.company, member.person
    company.fax = "042-000-0007"
    company.save()
    shown = {
        "/groups/keyaki/": ["secretary", "staff"],
        f"/companies/{company.pk}/": ["member", "secretary", "staff"],
        f"/people/{person.pk}/": ["member", "secretary", "staff"],
        f"/memberships/{member.membership.pk}/": ["secretary", "staff"],
    }
    actors = {"member": member, "secretary": secretary, "staff": staff}
    for url, readers in shown.items():
        pages = {name: actor.client.get(url).content.decode() for name, actor in actors.items()}
        assert [name for name, page in pages.items() if f'href="{url}history/"' in page] == readers
        assert [name for name, page in pages.items() if "最近の変更" in page] == readers
    assert 'href="/groups/keyaki/timeline/"' in visitor.client.get("/groups/keyaki/").content.decode()
    assert "042-000-0007</ins>" in member.client.get(f"/companies/{company.pk}/").content.decode()
