"""The second year and the thirty after it: groups that were handed over, who comes next, what groups do together."""

import datetime
from collections.abc import Collection

from events.models import GroupOffer, InvitedGroup, Meeting, OfferAnswer
from groups import memberships
from groups.models import (
    Bylaws,
    Confirmation,
    ConfirmationRound,
    Group,
    Handover,
    Membership,
    OfficerTerm,
    Representative,
)
from iri_exchange.demo.meeting_plans import DAY, TAMA24, at, stamp
from iri_exchange.demo.records import paper
from iri_exchange.demo.tables.groups import GroupRow
from iri_exchange.demo.world import World
from iri_exchange.lib import history, japan
from members.models import User

CLOGS, SEATS, ELECTED = "h23-tamageta", "techno25", "h29-nikunokai"
WITHOUT_BYLAWS = ("gokyukai", "keyaki28", "akishima-suiyo", "{era}-tama", TAMA24)
RULES = (
    "{name}　会則",
    "第1条　本会は、業種のちがう企業が集まり、たがいに学ぶことを目的とする。",
    "第2条　本会の会計年度は、{month}月に始まる。",
    "第3条　役員の任期は{years}年とし、再任を妨げない。",
    "第4条　知り得た会員の秘密は、外に漏らさない。",
)
WHY_NOT_READY = "次の役員は、3月の定例会で決めることになっているため"
# Whose, what about, in how many months from now until, a room of their own.
OFFERS = (
    (TAMA24, "たがいの工場を、半日ずつ見学しあう", 2, 5, "多摩テクノプラザ 会議室"),
    ("crossroad6", "省エネの数字を持ち寄る会", 3, 6, ""),
    ("goenkai", "若手だけの交流会", 1, 4, "立川市内の会議室"),
)


def add(world: World, rows: Collection[tuple[GroupRow, Group]], *, office: User, secretary: User) -> None:
    """Everything of this module, about the groups that are filled."""
    groups = {row.slug: group for row, group in rows}
    _keep_bylaws(rows, office)
    for _, group in rows:
        _hand_over(world, group, office)
    if newest := [group for row, group in rows if row.year == 0 and row.office == "honbu"]:
        _ask_to_confirm(world, newest[0], office)
    if ELECTED in groups:
        _elect(world, groups[ELECTED])
    if {TAMA24, CLOGS} <= groups.keys():
        _meet_together(world, groups, secretary)
    _offer(world, groups, office, secretary)
    if SEATS in groups:
        _open_seats(groups[SEATS])


def _keep_bylaws(rows: Collection[tuple[GroupRow, Group]], by: User) -> None:
    """Most groups have some; the newest one of 本部 has just made them."""
    made: list[tuple[Bylaws, datetime.datetime]] = []
    for row, group in rows:
        if row.slug in WITHOUT_BYLAWS:
            continue
        about = {"name": group.name, "month": row.fiscal_year_start, "years": row.term_years}
        content = paper(tuple(line.format(**about) for line in RULES))
        since = datetime.date(group.founded_year, 7, 1)
        kept = Bylaws(
            group=group,
            valid_from=since,
            filename="会則.pdf",
            content=content,
            size=len(content),
            note="発会式で決めた",
            uploaded_by=by,
        )
        made.append((kept, at(since + DAY)))
    stored = history.create([kept for kept, _ in made])
    stamp([(kept, moment) for kept, (_, moment) in zip(stored, made, strict=True)], "uploaded_at")


def _hand_over(world: World, group: Group, by: User) -> None:
    """Of the last two years; decided in February, told again on the day."""
    row = group.stages.filter(state=Group.Stage.SELF_MANAGED).order_by("since").first()
    if row is None or group.founded_year < world.launched.year - 1:
        return
    decided = min(row.since - 40 * DAY, world.today - DAY)
    handover = Handover(group=group, decided_at=at(decided), decided_by=by)
    if row.since <= world.today:
        handover.told_on = row.since
    else:
        # The group of the demo is not ready: somebody has said why it is handed over all the same.
        handover.override_reason = WHY_NOT_READY
        handover.gaps = [f"{japan.wareki(row.since)}に代表幹事と事務局を務める方が、登録されていません。"]
    handover.save()


def _ask_to_confirm(world: World, group: Group, by: User) -> None:
    """Before the handover everybody confirms the data; here all have."""
    started = max(at(world.today - 30 * DAY), at(world.launched + DAY))
    ended = min(started + 12 * DAY, at(world.today))
    asking = ConfirmationRound.objects.create(group=group, started_by=by, started_at=started, ended_at=ended)
    terms = Representative.objects.on(world.today).filter(membership__group=group).order_by("-rank")
    contacts = {term.membership_id: term.person for term in terms.select_related("person")}
    members = Membership.objects.belonging(world.today).filter(group=group).select_related("person")
    history.create(
        [
            Confirmation(
                round=asking,
                membership=each,
                person=contacts.get(each.pk) or each.person,
                confirmed_at=min(started + 2 * DAY, ended),
                source=Confirmation.Source.LINK,
            )
            for each in members.order_by("sequence")
        ]
    )


def _elect(world: World, group: Group) -> None:
    """The officers of the coming year are known: who is the vice chair leads, the others go on."""
    april = datetime.date(japan.fiscal_year(world.today) + 1, 4, 1)
    role = OfficerTerm.Role
    moved = {role.CHAIR: role.VICE_CHAIR, role.VICE_CHAIR: role.CHAIR}
    for term in group.officer_terms.on(world.today).order_by("pk"):
        memberships.appoint(
            group=group,
            person=term.person,
            role=moved.get(role(term.role), term.role),
            since=april,
            until=april.replace(year=april.year + 1) - DAY,
        )


def _meet_together(world: World, groups: dict[str, Group], by: User) -> None:
    """たま下駄会 has agreed to a meeting of TAMA24, and waits for its answer about one of its own."""
    state = InvitedGroup.State
    yesterday = at(world.today - DAY)
    for host, guest, said in ((TAMA24, CLOGS, state.AGREED), (CLOGS, TAMA24, state.ASKED)):
        planned = groups[host].meetings.filter(state=Meeting.State.DRAFT).order_by("starts_at").last()
        if planned is None:
            continue
        answered = {"answered_at": yesterday + DAY / 24, "answered_by": None} if said == state.AGREED else {}
        row = InvitedGroup(
            meeting=planned, group=groups[guest], state=said, asked_at=yesterday - 5 * DAY, **answered
        )
        history.create([row])


def _offer(world: World, groups: dict[str, Group], office: User, secretary: User) -> None:
    """On the board; to the one of TAMA24 somebody has answered."""
    made = [
        GroupOffer(
            group=groups[slug],
            topic=topic,
            first_month=_month(world.today, first),
            last_month=_month(world.today, last),
            hosts=bool(place),
            place=place,
            posted_by=secretary if slug == TAMA24 else office,
        )
        for slug, topic, first, last, place in OFFERS
        if slug in groups
    ]
    stored = history.create(made)
    stamp([(each, at(world.today - (9 + 4 * n) * DAY)) for n, each in enumerate(stored)], "posted_at")
    ours = [each for each in stored if each.group.slug == TAMA24]
    if ours and CLOGS in groups:
        said = "小さな会ですが、全員でうかがいたいと思います。"
        answers = history.create(
            [OfferAnswer(offer=ours[0], group=groups[CLOGS], words=said, answered_by=office)]
        )
        stamp([(each, at(world.today - 3 * DAY)) for each in answers], "answered_at")


def _month(day: datetime.date, ahead: int) -> datetime.date:
    """The first day of a month so many months ahead."""
    number = day.year * 12 + day.month - 1 + ahead
    return datetime.date(number // 12, number % 12 + 1, 1)


def _open_seats(group: Group) -> None:
    """Members of other groups may come to the next meeting."""
    for meeting in group.meetings.filter(state=Meeting.State.ANNOUNCED):
        meeting.open_seats = 4
        history.update([meeting], ["open_seats"])
