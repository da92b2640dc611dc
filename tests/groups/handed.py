"""A group that the office handed over on 1 April 2027, with members who did not agree to the handing over."""

import datetime
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils import timezone

from groups import lifecycle
from groups.models import Group, Handover, Membership
from members.consents import answer_consent
from members.models import Consent, Person
from tests.conftest import Actor, log_in
from tests.factories import make_company, make_membership, make_officer, make_person

TOKYO = ZoneInfo("Asia/Tokyo")
LAUNCH, APRIL = datetime.date(2026, 7, 10), datetime.date(2027, 4, 1)
LAST_SECOND = datetime.datetime(2027, 3, 31, 23, 59, 59, tzinfo=TOKYO)
MIDNIGHT = datetime.datetime(2027, 4, 1, tzinfo=TOKYO)
# Who asked not to be listed at all, and what nobody but the office reads of them.
SECRETS = {
    "company": "株式会社秘蔵鋼業",
    "company kana": "ヒゾウコウギョウ",
    "company phone": "042-599-7001",
    "company email": "hizo-shain@example.jp",
    "street": "秘町77-1",
    "person": "禁断",
    "person kana": "キンダン",
    "email": "kindan-himitsu@example.jp",
    "phone": "090-7777-1001",
    "alone": "孤高",
    "alone kana": "ココウ",
    "alone email": "koko-himitsu@example.jp",
    "alone phone": "090-7777-2002",
    "under the company": "陰山",
    "under the company email": "kageyama-himitsu@example.jp",
    "under the company phone": "090-7777-3003",
}


@dataclass(frozen=True)
class Handed:
    """`hidden` and `alone` stand in no roster, `nameless` lets its company be shown: none of them said yes."""

    group: Group
    secretary: Actor
    member: Actor
    hidden: Membership
    alone: Membership
    nameless: Membership

    @property
    def out(self) -> set[int]:
        return {self.hidden.pk, self.alone.pk, self.nameless.pk}


def make_handed(group: Group, staff: Actor) -> Handed:
    """Of a group in its launch year: decided today, for 1 April."""
    hidden = make_company(
        name=SECRETS["company"], kana=SECRETS["company kana"], phone=SECRETS["company phone"],
        email=SECRETS["company email"], street=SECRETS["street"],
    )  # fmt: skip
    person = make_person(
        company=hidden, family_name=SECRETS["person"], family_kana=SECRETS["person kana"],
        email=SECRETS["email"], phone=SECRETS["phone"],
    )  # fmt: skip
    alone = make_person(
        family_name=SECRETS["alone"], family_kana=SECRETS["alone kana"], email=SECRETS["alone email"],
        phone=SECRETS["alone phone"],
    )  # fmt: skip
    nameless = make_company()
    under = make_person(
        company=nameless, family_name=SECRETS["under the company"], email=SECRETS["under the company email"],
        phone=SECRETS["under the company phone"],
    )  # fmt: skip
    known = [make_membership(group, on=LAUNCH, consent="yes") for _ in range(2)]
    people = [each.representatives.get().person for each in known]
    for each in people:
        say(each, True)
    make_officer(group, people[0], since=LAUNCH)
    made = Handed(
        group=group,
        secretary=log_in(people[0], known[0]),
        member=log_in(people[1], known[1]),
        hidden=make_membership(
            group, company=hidden, representatives=[person], on=LAUNCH, consent="no"
        ),
        alone=make_membership(group, person=alone, on=LAUNCH, consent="no"),
        nameless=make_membership(
            group, company=nameless, representatives=[under], on=LAUNCH, consent="company"
        ),
    )  # fmt: skip
    say(alone, False)
    hand_over(group, staff)
    return made


def hand_over(group: Group, staff: Actor, since: datetime.date = APRIL) -> None:
    lifecycle.move(group=group, to=Group.Stage.SELF_MANAGED, since=since)
    Handover.objects.create(group=group, decided_at=timezone.now(), decided_by=staff.user)


def say(person: Person, given: bool, since: datetime.date = LAUNCH) -> None:
    answer_consent(kind=Consent.Kind.HANDOVER, given=given, since=since, person=person)
