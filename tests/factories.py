"""Plain functions that make one record through the verbs, with invented but believable defaults.

Each takes any field by name; numbers in names come from the database, so that a test alone and a test
among others see the same names.
"""

import datetime
from typing import Any

from django.utils import timezone

from events import meetings
from events.models import Meeting
from groups import lifecycle, memberships
from groups.models import (
    Adviser,
    Application,
    Group,
    Membership,
    Office,
    OfficerTerm,
    Participant,
    RecruitmentRound,
    StaffAssignment,
)
from groups.recruitment import rounds
from members import accounts, directory
from members.models import Company, Person, User

LONG_AGO = datetime.date(2013, 4, 1)
PASSWORD = "koryu-test-2026"

COMPANIES = [
    ("青葉精機", "アオバセイキ"),
    ("こだま電子", "コダマデンシ"),
    ("三笠硝子", "ミカサガラス"),
    ("日向樹脂", "ヒナタジュシ"),
]
PEOPLE = [
    ("青木", "一郎", "アオキ", "イチロウ"),
    ("児玉", "花子", "コダマ", "ハナコ"),
    ("三上", "和夫", "ミカミ", "カズオ"),
]


def make_company(**fields: Any) -> Company:
    """A company with an address, a telephone and a trade."""
    number = Company.objects.count() + 1
    name, kana = COMPANIES[number % len(COMPANIES)]
    defaults: dict[str, Any] = {
        "name": f"株式会社{name}{number}",
        "kana": kana,
        "postal_code": "196-0033",
        "prefecture": "東京都",
        "city": "昭島市",
        "street": f"東町{number}-1",
        "phone": f"042-500-{number:04}",
        "trade": "精密機械器具製造業",
    }
    return directory.register_company(**defaults | fields)


def make_person(*, company: Company | None = None, since: datetime.date = LONG_AGO, **fields: Any) -> Person:
    """A person with an address for letters; belongs to the company, if one is given."""
    number = Person.objects.count() + 1
    family, given, family_kana, given_kana = PEOPLE[number % len(PEOPLE)]
    defaults: dict[str, Any] = {
        "family_name": family,
        "given_name": f"{given}{number}",
        "family_kana": family_kana,
        "given_kana": given_kana,
        "email": f"person{number}@example.jp",
    }
    return directory.register_person(company=company, since=since, **defaults | fields)


def make_office(**fields: Any) -> Office:
    number = Office.objects.count() + 1
    defaults = {
        "name": f"第{number}拠点",
        "short_name": f"第{number}",
        "slug": f"office{number}",
        "order": number,
    }
    office = Office(**defaults | fields)
    office.full_clean()
    office.save()
    return office


def make_group(
    *,
    stage: str = Group.Stage.SELF_MANAGED,
    since: datetime.date = LONG_AGO,
    office: Office | None = None,
    **fields: Any,
) -> Group:
    """A group that begins as launched, and from `since` on is in `stage`."""
    number = Group.objects.count() + 1
    defaults: dict[str, Any] = {
        "name": f"第{number}交流会",
        "kana": "コウリュウカイ",
        "slug": f"group{number}",
        "number_prefix": f"G{number}",
        "founded_year": 2012,
    }
    office = office or Office.objects.first() or make_office()
    if stage in (Group.Stage.FORMING, Group.Stage.LAUNCHED):
        return lifecycle.found(stage=stage, since=since, office=office, **defaults | fields)
    launched = since - datetime.timedelta(days=270)
    group = lifecycle.found(stage=Group.Stage.LAUNCHED, since=launched, office=office, **defaults | fields)
    lifecycle.move(group=group, to=Group.Stage.SELF_MANAGED, since=since)
    if stage != Group.Stage.SELF_MANAGED:
        lifecycle.move(group=group, to=stage, since=since + datetime.timedelta(days=1))
    return group


def make_membership(
    group: Group,
    *,
    company: Company | None = None,
    person: Person | None = None,
    representatives: list[Person] | None = None,
    on: datetime.date = LONG_AGO,
    consent: str = "",
    **fields: Any,
) -> Membership:
    """A member: the company (made if neither is given) with one representative, or a person without one.

    `consent` is the answer for the group's roster: yes, company, no; "" leaves it 未確認.
    """
    if company is None and person is None:
        company = make_company()
    if representatives is None:
        representatives = [make_person(company=company)] if company else []
    membership = memberships.join(
        group=group, company=company, person=person, representatives=representatives, on=on, **fields
    )
    if consent:
        memberships.answer_roster_consent(membership=membership, answer=consent, since=on)
    return membership


def make_officer(
    group: Group,
    person: Person,
    *,
    role: str = OfficerTerm.Role.SECRETARY,
    since: datetime.date = LONG_AGO,
    **fields: Any,
) -> OfficerTerm:
    return memberships.appoint(group=group, person=person, role=role, since=since, **fields)


def make_staff(
    person: Person, *, office: Office | None = None, since: datetime.date = LONG_AGO, **fields: Any
) -> StaffAssignment:
    assignment = StaffAssignment(person=person, office=office or make_office(), since=since, **fields)
    assignment.full_clean()
    assignment.save()
    return assignment


def make_adviser(group: Group, person: Person, *, since: datetime.date = LONG_AGO, **fields: Any) -> Adviser:
    term = Adviser(group=group, person=person, since=since, **fields)
    term.full_clean()
    term.save()
    return term


def make_round(*, office: Office | None = None, **fields: Any) -> RecruitmentRound:
    """A call for members that is open for the whole of November 2026."""
    defaults: dict[str, Any] = {
        "fiscal_year": 2026,
        "opens_on": datetime.date(2026, 11, 1),
        "closes_on": datetime.date(2026, 11, 30),
    }
    return rounds.plan(office=office or Office.objects.first() or make_office(), **defaults | fields)


IN_TACHIKAWA = {"postal_code": "190-0012", "prefecture": "東京都", "city": "立川市", "in_tokyo": True}


def make_application(
    round: RecruitmentRound, *, state: str = Application.State.SUBMITTED, **fields: Any
) -> Application:
    """An application with a number and one participant, in any state; each company is another one."""
    serial = Application.objects.filter(fiscal_year=round.fiscal_year, serial__isnull=False).count() + 1
    name, kana = COMPANIES[serial % len(COMPANIES)]
    family, given, family_kana, given_kana = PEOPLE[serial % len(PEOPLE)]
    defaults: dict[str, Any] = {
        "name": f"{name}{serial}号株式会社",
        "kana": kana,
        **IN_TACHIKAWA,
        "street": f"曙町{serial}-1",
        "phone": f"042-600-{serial:04}",
        "industry": "E",
        "sme_category": "manufacturing",
        "employees": 20,
        "products": f"しなもの{serial}",
        "contact_name": f"{family} {given}{serial}",
        "contact_email": f"applicant{serial}@example.jp",
        "motive": "ほかの業種の方と、新しい製品の話をしたいと思い、応募しました。",
        "no_antisocial_ties": True,
        "sent_at": timezone.now(),
        "serial": serial if state != Application.State.DRAFT else None,
    }
    application = Application(round=round, fiscal_year=round.fiscal_year, state=state, **defaults | fields)
    if state != Application.State.DRAFT:
        application.confirmed_at = application.sent_at
    application.full_clean()
    application.save()
    Participant.objects.create(
        application=application,
        order=1,
        family_name=family,
        given_name=f"{given}{serial}",
        family_kana=family_kana,
        given_kana=given_kana,
        email=f"applicant{serial}@example.jp",
    )
    return application


def make_meeting(group: Group, day: datetime.date, *, hour: int = 15, **fields: Any) -> Meeting:
    """A regular meeting of two hours, from three in the afternoon."""
    starts_at = timezone.make_aware(datetime.datetime.combine(day, datetime.time(hour)))
    fields.setdefault("place", "多摩テクノプラザ 会議室")
    return meetings.plan(
        group=group, starts_at=starts_at, ends_at=starts_at + datetime.timedelta(hours=2), **fields
    )


def make_login(
    person: Person | None = None, *, email: str = "", password: str = PASSWORD, **fields: Any
) -> User:
    """A login with a confirmed address: the person's own unless another is given."""
    return accounts.give_login(
        person=person,
        email=email or (person.email if person else "somebody@example.jp"),
        password=password,
        **fields,
    )
