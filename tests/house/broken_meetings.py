"""Rows that break the constraints of meetings and what hangs on them; see test_constraints."""

import datetime
from collections.abc import Callable
from functools import partial
from typing import Any

from events.models import (
    AgendaItem,
    Attendance,
    CalendarFeed,
    DatePoll,
    Delivery,
    GroupOffer,
    InvitedGroup,
    LibraryFile,
    Meeting,
    Minutes,
    Notice,
    OfferAnswer,
    PollAnswer,
    PollDate,
    PollVoter,
    Reply,
    Turn,
)
from tests.house.broken_records import NOON, met

HOURS = datetime.timedelta(hours=2)


def replied(w: Any, times: int = 1, **fields: Any) -> Reply:
    about = {"meeting": met(w), "membership": w.membership, "person": w.person}
    return [Reply.objects.create(**about | fields) for _ in range(times)][-1]


def told(w: Any, **fields: Any) -> Notice:
    return Notice.objects.create(**{"meeting": met(w), "kind": "notice", "sent_by": w.user} | fields)


def delivered(w: Any, times: int = 1, **fields: Any) -> None:
    reply = replied(w)
    about = {"reply": reply, "channel": "email"} | fields
    for _ in range(times):
        Delivery.objects.create(**{"notice": told(w)} | about)


def attended(w: Any, times: int = 1, **fields: Any) -> None:
    about = {"meeting": met(w), "membership": w.membership, "person": w.person}
    for _ in range(times):
        Attendance.objects.create(**about | fields)


def asked(w: Any, **fields: Any) -> DatePoll:
    given = {"group": w.group, "title": "定例会", "answer_until": NOON, "started_by": w.user}
    return DatePoll.objects.create(**given | fields)


def dated(w: Any, poll: DatePoll, **fields: Any) -> PollDate:
    return PollDate.objects.create(**{"poll": poll, "starts_at": NOON, "ends_at": NOON + HOURS} | fields)


def voting(w: Any, poll: DatePoll) -> PollVoter:
    return PollVoter.objects.create(poll=poll, membership=w.membership, person=w.person)


def marked(w: Any, times: int = 1, mark: str = "yes") -> None:
    poll = asked(w)
    voter, date = voting(w, poll), dated(w, poll)
    for _ in range(times):
        PollAnswer.objects.create(voter=voter, date=date, mark=mark)


def kept(w: Any, **fields: Any) -> LibraryFile:
    given = {
        "kind": "other",
        "title": "資料",
        "filename": "a.pdf",
        "format": "pdf",
        "content": b"x",
        "size": 1,
    }
    return LibraryFile.objects.create(group=w.group, uploaded_by=w.user, **given | fields)


def item(w: Any, meeting: Meeting, **fields: Any) -> AgendaItem:
    return AgendaItem.objects.create(**{"meeting": meeting, "position": 1, "title": "自社紹介"} | fields)


def twice(make: Callable[[], object]) -> list[object]:
    return [make() for _ in range(2)]


def turned(w: Any, times: int = 1, role: str = "duty") -> None:
    meeting = met(w)
    for _ in range(times):
        Turn.objects.create(meeting=meeting, membership=w.membership, role=role)


def invited_twice(w: Any) -> None:
    meeting = met(w)
    twice(lambda: InvitedGroup.objects.create(meeting=meeting, group=w.group))


def offered(w: Any, **fields: Any) -> GroupOffer:
    given = {
        "topic": "工場の見学",
        "first_month": NOON.date(),
        "last_month": NOON.date(),
        "posted_by": w.user,
    }
    return GroupOffer.objects.create(group=w.group, **given | fields)


def answered_twice(w: Any) -> None:
    offer = offered(w)
    twice(lambda: OfferAnswer.objects.create(offer=offer, group=w.group, answered_by=w.user))


def polled_twice(w: Any, what: Callable[[Any, DatePoll], object]) -> None:
    poll = asked(w)
    twice(lambda: what(w, poll))


BROKEN: dict[str, Callable[[Any], object]] = {
    "meeting_replies_before_it_begins": partial(met, reply_until=NOON),
    "meeting_party_replies_before_its_end": partial(met, has_party=True, party_until=NOON + HOURS),
    "meeting_party_facts_of_a_party": partial(met, party_place="居酒屋"),
    "meeting_reason_when_cancelled": partial(met, cancel_reason="大雪のため"),
    "invited_group_once": invited_twice,
    "invited_group_state_is_known": lambda w: InvitedGroup.objects.create(
        meeting=met(w), group=w.group, state="perhaps"
    ),
    "invited_group_asked_is_not_answered": lambda w: InvitedGroup.objects.create(
        meeting=met(w), group=w.group, answered_at=NOON
    ),
    "group_offer_ends_after_it_begins": partial(offered, last_month=datetime.date(2026, 3, 1)),
    "group_offer_place_of_a_host": partial(offered, place="会議室"),
    "offer_answer_once": answered_twice,
    "agenda_item_one_per_position": lambda w: [item(w, m) for m in [met(w)] * 2],
    "agenda_item_votes_on_motions_only": lambda w: item(w, met(w), votes_for=3),
    "turn_once": partial(turned, times=2),
    "turn_role_is_known": partial(turned, role="cook"),
    "notice_kind_is_known": partial(told, kind="poem"),
    "delivery_once_per_notice": lambda w: delivered(w, times=2, notice=told(w)),
    "delivery_reminds_once": partial(delivered, times=2, reminds=True),
    "delivery_channel_is_known": partial(delivered, channel="pigeon"),
    "reply_once_per_person": partial(replied, times=2),
    "reply_answer_is_known": partial(replied, answer="maybe", source="link", answered_at=NOON),
    "reply_party_is_known": partial(replied, party="maybe"),
    "reply_has_a_source_and_a_time": partial(replied, answer="yes"),
    "reply_for_another_names_who": partial(replied, answer="yes", source="phone", answered_at=NOON),
    "reply_proxy_has_a_name": partial(replied, answer="proxy", source="link", answered_at=NOON),
    "reply_entrusts_when_absent": partial(
        replied, answer="yes", source="link", answered_at=NOON, entrusts=True
    ),
    "reply_guests_at_most_9": partial(replied, guests=10),
    "attendance_once_per_person": partial(attended, times=2),
    "attendance_kind_is_known": partial(attended, kind="asleep"),
    "attendance_of_a_member_or_a_named_guest": partial(attended, person=None, membership=None),
    "minutes_published_at_a_time": lambda w: Minutes.objects.create(meeting=met(w), state="published"),
    "date_poll_decided_into_a_meeting": partial(asked, state="decided"),
    "poll_date_once": lambda w: polled_twice(w, dated),
    "poll_date_ends_after_it_begins": lambda w: dated(w, asked(w), ends_at=NOON),
    "poll_voter_once": lambda w: polled_twice(w, voting),
    "poll_answer_once": partial(marked, times=2),
    "poll_answer_mark_is_known": partial(marked, mark="?"),
    "library_file_is_not_empty": partial(kept, size=0),
    "library_file_format_is_known": partial(kept, format="exe"),
    "calendar_feed_once_per_group": lambda w: twice(
        lambda: CalendarFeed.objects.create(user=w.user, group=w.group)
    ),
    "calendar_feed_one_of_all": lambda w: twice(lambda: CalendarFeed.objects.create(user=w.user)),
    "group_quorum_at_most_100_percent": lambda w: w.group.__class__.objects.filter(pk=w.group.pk).update(
        quorum_percent=101
    ),
}
