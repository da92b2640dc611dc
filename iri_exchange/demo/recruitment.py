"""The calls for members: this year's around today, one office still open, the other announced; and last year's."""

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from groups import lifecycle
from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationDraft,
    ApplicationNote,
    ApplicationQuestion,
    ApplicationStep,
    Group,
    Membership,
    Offer,
    Office,
    Participant,
    RecruitmentRound,
)
from groups.recruitment import admission
from iri_exchange.demo import companies, people
from iri_exchange.demo.members import all_trades
from iri_exchange.demo.tables.recruitment import DECLINED, MOTIVES, NOTES, QUESTION, SOURCES
from iri_exchange.demo.tables.trades import Trade
from iri_exchange.demo.world import World, roman
from iri_exchange.lib import japan, working_days
from members.models import CompanyFacts, Consent, User

JST = datetime.timezone(datetime.timedelta(hours=9))
State, Route = Application.State, Application.Route
FACTS = [field.name for field in CompanyFacts._meta.local_fields]
DAY = datetime.timedelta(days=1)
TEXT = (
    "業種のちがう企業が毎月集まり、学び合うグループの会員を募集します。\n"
    "ご不明なことは、お電話でお気軽におたずねください。"
)
OPEN = (
    [State.DRAFT] * 2
    + [State.SUBMITTED] * 7
    + [State.UNDER_REVIEW] * 5
    + [State.INFO_REQUESTED, State.WITHDRAWN]
)
ANNOUNCED = (
    [State.ACCEPTED] * 14
    + [State.WAITLISTED] * 2
    + [State.OFFERED]
    + [State.DECLINED] * 3
    + [State.WITHDRAWN]
)
LAST = [State.DECLINED] * 3 + [State.WAITLISTED] + [State.WITHDRAWN]
# The way to a state, from the first line of the time line on.
WAY: dict[str, list[str]] = {
    State.SUBMITTED: [],
    State.UNDER_REVIEW: [State.UNDER_REVIEW],
    State.INFO_REQUESTED: [State.UNDER_REVIEW, State.INFO_REQUESTED],
    State.ACCEPTED: [State.UNDER_REVIEW, State.ACCEPTED],
    State.WAITLISTED: [State.UNDER_REVIEW, State.WAITLISTED],
    State.OFFERED: [State.UNDER_REVIEW, State.WAITLISTED, State.OFFERED],
    State.DECLINED: [State.UNDER_REVIEW, State.DECLINED],
    State.WITHDRAWN: [State.WITHDRAWN],
}
DECISIONS: dict[str, str] = {
    State.ACCEPTED: Application.Decision.ACCEPT,
    State.WAITLISTED: Application.Decision.WAIT,
    State.OFFERED: Application.Decision.WAIT,
    State.DECLINED: Application.Decision.DECLINE,
}


class Call(NamedTuple):
    """A call with what its applications are made of."""

    round: RecruitmentRound
    area: str
    by: User
    trades: Iterator[Trade]
    texts: dict[str, Any]


def add(world: World, by: User) -> None:
    """All of it; `by` is the login of the office, which did the work."""
    trades = all_trades(world)
    year = japan.fiscal_year(world.today)
    for area, office in world.offices.items():
        last = _last_years(world, office, by, year - 1)
        _apply_of_members(world, Call(last, area, by, trades, world.texts))
        _apply(world, Call(last, area, by, trades, world.texts), LAST)
    still_open = _this_years(world, "tama", by, opened=24, closes=6)
    _apply(world, Call(still_open, "tama", by, trades, world.texts), OPEN)
    _draft(world, year)
    announced = _this_years(world, "honbu", by, opened=58, closes=-28)
    _apply(world, Call(announced, "honbu", by, trades, world.texts), ANNOUNCED)


def _this_years(world: World, area: str, by: User, *, opened: int, closes: int) -> RecruitmentRound:
    """Around today, so that there is something to do, within the year; one that is closed has been announced."""
    today, office, year = world.today, world.offices[area], japan.fiscal_year(world.today)
    last_day, launch_on = datetime.date(year + 1, 3, 31), today + (closes + 52) * DAY
    group = lifecycle.found(
        stage=Group.Stage.FORMING,
        since=today - (opened + 14) * DAY,
        name=f"準備中の{office.short_name}グループ",
        slug=f"{area}-{year}",
        number_prefix=f"{area[0].upper()}{year % 100:02}",
        founded_year=year,
        office=office,
    )
    over = closes < 0
    return RecruitmentRound.objects.create(
        fiscal_year=year,
        office=office,
        group=group,
        opens_on=today - opened * DAY,
        closes_on=min(today + closes * DAY, last_day),
        results_on=today + (closes + 24) * DAY,
        launch_on=launch_on if launch_on <= last_day else None,
        capacity=15 if over else 25,
        text=TEXT,
        announced_at=_at(today - 4 * DAY) if over else None,
        announced_by=by if over else None,
    )


def _last_years(world: World, office: Office, by: User, year: int) -> RecruitmentRound:
    """In spring, as it should be; it filled the group that was founded then."""
    return RecruitmentRound.objects.create(
        fiscal_year=year,
        office=office,
        group=Group.objects.filter(office=office, founded_year=year).order_by("pk").first(),
        opens_on=working_days.next_working_day(datetime.date(year, 4, 6)),
        closes_on=working_days.next_working_day(datetime.date(year, 5, 29)),
        results_on=datetime.date(year, 6, 19),
        launch_on=datetime.date(year, 7, 1),
        text=TEXT,
        announced_at=_at(datetime.date(year, 6, 19)),
        announced_by=by,
    )


def _apply_of_members(world: World, call: Call) -> None:
    """The companies that became members of the group when it was launched had applied."""
    first = Membership.objects.filter(group=call.round.group, company__isnull=False).order_by("sequence")
    for membership in first.select_related("company").filter(joined_on__lte=call.round.launch_on):
        company: Any = membership.company
        facts = {name: getattr(company, name) for name in FACTS}
        facts |= {"corporate_number": company.corporate_number, "known_company": company}
        who = people.name(world)
        _application(world, call, State.ACCEPTED, facts, who, membership=membership)


def _apply(world: World, call: Call, states: list[Any]) -> None:
    """Companies that nobody knows yet; those that were accepted and announced become members."""
    for state in states:
        described = companies.describe(world, call.area, next(call.trades), before=call.round.opens_on)
        accepted = state == State.ACCEPTED
        application = _application(
            world, call, state, described.fields, described.head, is_new_company=accepted
        )
        if accepted and call.round.announced_at:
            since = call.round.announced_at.astimezone(JST).date()
            admission.admit(application=application, since=since, by=call.by)


def _application(
    world: World, call: Call, state: str, facts: dict[str, Any], who: people.Name, **also: Any
) -> Application:
    """One application with its participant, its answers and its way to the state."""
    last = min(world.today - DAY, call.round.closes_on)
    sent = _at(world.day_between(call.round.opens_on, last, 0.8), world.dice.randrange(9, 21))
    motive, hopes = world.dice.choice(MOTIVES)
    route = (
        world.dice.choice([Route.WEB] * 8 + [Route.PAPER, Route.FAX]) if state != State.DRAFT else Route.WEB
    )
    is_received = state != State.DRAFT
    decided = DECISIONS.get(state, "")
    domain = facts["email"].partition("@")[2] or "mail.example.jp"
    application = Application(
        **{name: value for name, value in facts.items() if value is not None},
        round=call.round,
        fiscal_year=call.round.fiscal_year,
        serial=_next_serial(call.round.fiscal_year) if is_received else None,
        state=state,
        route=route,
        entered_by=None if route == Route.WEB else call.by,
        sent_at=sent,
        confirmed_at=sent + datetime.timedelta(minutes=20) if is_received else None,
        contact_name=who.full,
        contact_email=f"{roman(who.family_kana)}@{domain}",
        contact_phone=facts["phone"],
        motive=motive,
        hopes=list(hopes),
        source=world.dice.choice(SOURCES),
        no_antisocial_ties=True,
        decision=decided,
        decision_reason=DECLINED if state == State.DECLINED else "",
        decided_by=call.by if decided else None,
        decided_at=_decided_at(call.round) if decided else None,
        waiting_place=_next_place(call.round) if decided == Application.Decision.WAIT else None,
        **also,
    )
    application.save()
    _hang_on(world, call, application, who)
    return application


def _hang_on(world: World, call: Call, application: Application, who: people.Name) -> None:
    names = {key: value for key, value in who._asdict().items() if key != "other_names"}
    Participant.objects.create(
        application=application, order=1, title="代表", email=application.contact_email, **names
    )
    kinds = [*(kind for kind in Consent.Kind.values if kind != Consent.Kind.SECRETARIAT), "roster", "purpose"]
    for kind in kinds:
        given = kind == "purpose" or world.chance(0.85)
        ApplicationConsent.objects.create(
            application=application, kind=kind, given=given, text=call.texts.get(kind)
        )
    _tell(world, call, application)
    if application.state == State.INFO_REQUESTED:
        asked = ApplicationQuestion.objects.create(
            application=application, question=QUESTION, due=world.today + 5 * DAY, asked_by=call.by
        )
        ApplicationQuestion.objects.filter(pk=asked.pk).update(asked_at=_at(world.today - 2 * DAY))
    if application.state == State.OFFERED:
        Offer.objects.create(
            application=application,
            due=world.today + 6 * DAY,
            offered_by=call.by,
            offered_at=_at(world.today - 1 * DAY),
        )
    if application.state == State.UNDER_REVIEW and world.chance(0.5):
        note = ApplicationNote.objects.create(
            application=application, text=world.dice.choice(NOTES), by=call.by
        )
        ApplicationNote.objects.filter(pk=note.pk).update(at=_at(world.today - 1 * DAY))


def _tell(world: World, call: Call, application: Application) -> None:
    """The time line: sent, received, and on; the last step of an announced call is its announcement."""
    at, announced = application.sent_at, call.round.announced_at
    lines: list[tuple[str, datetime.datetime]] = []
    if application.route == Route.WEB:
        lines.append((State.DRAFT, at))
    if application.confirmed_at:
        lines.append((State.SUBMITTED, application.confirmed_at))
        for number, state in enumerate(WAY[application.state], start=1):
            at = min(application.confirmed_at + number * DAY, _at(world.today - DAY, 21))
            lines.append((state, max(at, announced) if announced and state in DECISIONS else at))
    for state, moment in lines:
        by = call.by if state in (State.UNDER_REVIEW, State.INFO_REQUESTED) else None
        ApplicationStep.objects.create(application=application, state=state, at=moment, by=by)


def _draft(world: World, year: int) -> None:
    """Somebody has begun, and was called to the telephone."""
    draft = ApplicationDraft.objects.create(
        key=f"{world.dice.getrandbits(192):048x}",
        fiscal_year=year,
        typed={"name": ["株式会社はじめの一歩"], "contact_name": ["一歩 一"]},
        email="ippo@hajime.example.jp",
        expires_at=_at(world.today + 27 * DAY),
    )
    moment = _at(world.today - 3 * DAY)
    ApplicationDraft.objects.filter(pk=draft.pk).update(made_at=moment, saved_at=moment)


def _next_serial(year: int) -> int:
    return Application.objects.filter(fiscal_year=year, serial__isnull=False).count() + 1


def _next_place(round: RecruitmentRound) -> int:
    return round.applications.filter(waiting_place__isnull=False).count() + 1


def _decided_at(round: RecruitmentRound) -> datetime.datetime:
    return (round.announced_at or _at(round.closes_on)) - 2 * DAY


def _at(day: datetime.date, hour: int = 10) -> datetime.datetime:
    """At some hour in Tokyo."""
    return datetime.datetime.combine(day, datetime.time(hour), JST)
