"""The page of the consents to the handing over."""

from groups import handing_on
from members.models import Letter
from tests.conftest import log_in
from tests.factories import make_membership
from tests.groups.handed import APRIL, LAUNCH

URL = "/office/handover/akebono/consents/"


def test_the_office_sees_who_said_what_and_writes_down_the_rest(launched_group, staff):
    membership = make_membership(launched_group, on=LAUNCH)
    person = membership.representatives.get().person
    text = staff.client.get(URL).content.decode()
    assert ("まだ伺っていません" in text, "引き継ぎから外れます" in text) == (True, True)
    refused = staff.client.post(URL, {f"p{person.pk}": "yes", "how": ""}).content.decode()
    assert "どうやって伺ったかを選んでください" in refused
    assert '<option value="yes" selected>' in refused
    answer = staff.client.post(URL, {f"p{person.pk}": "yes", "how": "paper"}, follow=True)
    assert "1人のお答えを書きとめました。" in answer.content.decode()
    assert handing_on.left_out(launched_group, APRIL) == set()


def test_the_silent_are_asked_by_letter(launched_group, staff):
    membership = make_membership(launched_group, on=LAUNCH)
    log_in(membership.representatives.get().person)
    answer = staff.client.post(f"{URL}ask/", follow=True)
    assert "1人に、お返事をお願いするメールを一人ずつ送ります。" in answer.content.decode()
    assert Letter.objects.filter(kind="groups/handover_consent").count() == 1


def test_a_group_without_members_says_so(launched_group, staff):
    assert "会員が、まだいません" in staff.client.get(URL).content.decode()


def test_members_and_officers_do_not_open_it(group, member, secretary, staff):
    url = "/office/handover/keyaki/consents/"
    assert [actor.client.get(url).status_code for actor in (member, secretary, staff)] == [403, 403, 200]


def test_as_many_queries_for_thirty(launched_group, staff, django_assert_max_num_queries):
    for _ in range(30):
        make_membership(launched_group, on=LAUNCH)
    with django_assert_max_num_queries(30):
        staff.client.get(URL)
