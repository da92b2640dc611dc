"""Effort: from 23 members to a launched group in 25 interactions at most: a link, a field that is changed, a button."""

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin

import pytest
from django.conf import settings

from groups import lifecycle
from groups.models import Group, RecruitmentRound
from iri_exchange.office import launching
from members.models import Invitation
from tests.conftest import Actor
from tests.factories import make_membership
from tests.house.portal.sent_forms import read
from tests.strictness import parse_strictly

MEMBERS, MOST = 23, 25
LAUNCH, ANNOUNCED = datetime.date(2026, 12, 1), datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)


@pytest.fixture
def forming(office) -> Group:
    made = lifecycle.found(
        stage=Group.Stage.FORMING, since=datetime.date(2026, 4, 1), name="令和8年度 多摩グループ", slug="tama-2026",
        number_prefix="T26", founded_year=2026, office=office,
    )  # fmt: skip
    RecruitmentRound.objects.create(
        fiscal_year=2026, office=office, group=made, opens_on=datetime.date(2026, 4, 1), launch_on=LAUNCH,
        closes_on=datetime.date(2026, 5, 29), announced_at=ANNOUNCED,
    )  # fmt: skip
    for _ in range(MEMBERS):
        make_membership(made, on=datetime.date(2026, 11, 20))
    return made


@dataclass
class Hand:
    """Somebody at the browser: what stands in a form already costs nothing."""

    actor: Actor
    url: str
    interactions: int = 0

    def follow(self, beginning: str) -> None:
        links = parse_strictly(self.actor.client.get(self.url).content).iter("a")
        found = next(link.get("href") for link in links if link.get("href", "").startswith(beginning))
        self.interactions += 1
        self.go(found)

    def go(self, url: str) -> None:
        answer = self.actor.client.get(url, follow=True)
        self.url = answer.redirect_chain[-1][0] if answer.redirect_chain else url

    def send(self, place: int = 0, button: str = "", **changed: Any) -> None:
        """The form at a place on the page, counted among those that are sent by POST to the page itself."""
        tree = parse_strictly(self.actor.client.get(self.url).content)
        page = self.url.split("?")[0].split("#")[0]
        forms = [
            form
            for form in tree.find(".//main").iter("form")
            if urljoin(page, form.get("action") or page) == page
        ]
        session = self.actor.client.cookies[settings.SESSION_COOKIE_NAME].value
        form = read(self.url, page, forms[place], session)
        pressed = {button: "1"} if button else {}
        answer = form.send(self.actor.client, **changed, **pressed)
        assert answer.status_code == 302, answer.content.decode()
        self.interactions += len(changed) + 1
        self.go(answer.url)


def test_23_members_become_a_launched_group(staff, forming):
    chair = forming.memberships.all()[0].representatives.get().person
    hand = Hand(staff, "/office/")
    hand.follow("/office/launch/")
    hand.send(
        name="あけぼの会", kana="アケボノカイ", slug="akebono", number_prefix="AK", room="sea", mark="sunrise"
    )
    hand.send()
    hand.send(chair=chair.pk, family_name="助川", given_name="言一", email="sukegawa@example.jp")
    hand.send(button="rule", **{"rule-meeting_weekday": "3"})
    hand.send(place=1, day_2="R9.2.18")
    hand.send()
    hand.send()

    assert launching.launch_of(Group.objects.get()).since == LAUNCH
    assert [str(meeting.day) for meeting in launching.regular_of(forming)] == [
        "2027-01-14",
        "2027-02-18",
        "2027-03-11",
    ]
    assert Invitation.objects.count() == MEMBERS
    assert hand.interactions <= MOST, f"{hand.interactions} interactions, at most {MOST}"
