"""May you do it now, about meetings. Rules as in `groups.permissions`; docs/permissions.md is printed from both.

What a meeting shows follows the stage of its group **on the meeting's date**: the institute was its secretariat then, or
the group ran itself. Of a meeting that lies ahead it follows today's, as who runs a group's meetings does.
"""

from typing import Any

import rules

from events.models import (
    Booth,
    DatePoll,
    GroupOffer,
    InvitedGroup,
    JointExchange,
    LibraryFile,
    Meeting,
    PollVoter,
    Registration,
    Reply,
    Todo,
)
from events.partners import is_partner as acts_for_partner
from events.visibility import INSTITUTES, MEETING, concerns_guest, was_the_institutes
from groups.models import Group
from groups.permissions import institute_is_secretariat, is_adviser, is_member, is_office_staff, is_officer
from groups.standing import standing


@rules.predicate
def runs_its_meetings(user: Any, group: Group | None) -> bool:
    """今日、そのグループの役員であり、グループは自主運営をしているか、定例会の運営を任されている"""
    return group is not None and group.pk in standing(user).runs_meetings_of


@rules.predicate
def runs_the_meetings_of(user: Any, about: Meeting | DatePoll | LibraryFile | None) -> bool:
    """そのグループの会合を運営している役員である"""
    return about is not None and about.group_id in standing(user).runs_meetings_of


@rules.predicate
def institute_is_its_secretariat(user: Any, about: DatePoll | LibraryFile | None) -> bool:
    """今日、そのグループは準備中か発足年度である"""
    return about is not None and institute_is_secretariat(user, about.group)


@rules.predicate
def institute_was_secretariat(user: Any, meeting: Meeting | None) -> bool:
    """会合の日（これからの会合は今日）に、グループは準備中か発足年度だった"""
    return meeting is not None and was_the_institutes(meeting)


@rules.predicate
def is_insider_of_its_group(user: Any, meeting: Meeting | None) -> bool:
    """今日、会合のグループの会員（休会を含む）か助言者である"""
    return meeting is not None and meeting.group_id in standing(user).insider_of


@rules.predicate
def is_invited(user: Any, meeting: Meeting | None) -> bool:
    """今日、案内された会合をいっしょに開くグループの会員か、その会合に席のある人である"""
    if meeting is None or meeting.state == Meeting.State.DRAFT or not standing(user).member_of:
        return False
    if not Meeting.objects.filter(concerns_guest(user), pk=meeting.pk).exists():
        return False
    return meeting.state != Meeting.State.CANCELLED or meeting.notices.exists()


@rules.predicate
def institute_kept_it(user: Any, file: LibraryFile | None) -> bool:
    """資料の会合の日（会合のない資料と、これからの会合は今日）、グループは準備中か発足年度だった"""
    if file is None:
        return False
    if file.meeting is not None:
        return was_the_institutes(file.meeting)
    return file.group.stage_on(standing(user).day) in INSTITUTES


@rules.predicate
def runs_the_poll_of_the_answer(user: Any, voter: PollVoter | None) -> bool:
    """その日程調整のお返事を見られる"""
    return voter is not None and bool(user.has_perm("events.run_poll", voter.poll))


@rules.predicate
def runs_the_meeting_of_the_reply(user: Any, reply: Reply | None) -> bool:
    """その会合を運営している役員か、会合の日（これからの会合は今日）にグループが準備中か発足年度だった事務局職員である"""
    return reply is not None and bool(user.has_perm("events.run_meeting", reply.meeting))


@rules.predicate
def runs_the_meeting_of_the_todo(user: Any, todo: Todo | None) -> bool:
    """その宿題を決めた会合の議事録を書ける"""
    return todo is not None and bool(user.has_perm("events.run_meeting", todo.meeting))


@rules.predicate
def meets(user: Any, group: Group | None) -> bool:
    """今日、グループは発足年度か自主運営である"""
    return group is not None and group.stage_on(standing(user).day) in MEETING


@rules.predicate
def runs_an_asked_group(user: Any, about: Meeting | InvitedGroup | None) -> bool:
    """会合をいっしょに開こうとたずねられたグループの、会合を運営している役員か事務局職員である"""
    if not (standing(user).runs_meetings_of or standing(user).is_staff):
        return False
    if isinstance(about, InvitedGroup):
        return bool(user.has_perm("events.run_meetings", about.group))
    rows = about.invited_groups.select_related("group") if about else []
    return any(user.has_perm("events.run_meetings", row.group) for row in rows)


@rules.predicate
def runs_the_group_of_the_offer(user: Any, offer: GroupOffer | None) -> bool:
    """呼びかけたグループの会合を運営している役員か事務局職員である"""
    return offer is not None and bool(user.has_perm("events.run_meetings", offer.group))


@rules.predicate
def runs_another_group(user: Any, offer: GroupOffer | None) -> bool:
    """呼びかけたのではないグループの会合を運営している役員か、事務局職員である"""
    if offer is None:
        return False
    who = standing(user)
    return bool(who.runs_meetings_of - {offer.group_id}) or who.is_staff


@rules.predicate
def is_member_of_any(user: Any) -> bool:
    """今日、どこかのグループの会員である"""
    return bool(standing(user).member_of)


@rules.predicate
def may_take_a_seat(user: Any, meeting: Meeting | None) -> bool:
    """案内された会合に、ほかのグループの方の席があり、会合のグループの会員ではない"""
    if meeting is None or meeting.state != Meeting.State.ANNOUNCED or meeting.open_seats is None:
        return False
    return bool(standing(user).memberships) and meeting.group_id not in standing(user).insider_of


@rules.predicate
def is_partner(user: Any) -> bool:
    """今日、公社の担当である"""
    return acts_for_partner(user)


@rules.predicate
def takes_booths(user: Any, exchange: JointExchange | None) -> bool:
    """出展の募集のあいだである"""
    return exchange is not None and exchange.takes_booths


@rules.predicate
def may_exhibit(user: Any) -> bool:
    """企業の登録者かグループの役員か公社の担当である"""
    who = standing(user)
    return bool(who.own_companies or who.officer_of) or acts_for_partner(user)


@rules.predicate
def is_its_exhibitor(user: Any, booth: Booth | None) -> bool:
    """出展する企業の登録者か、グループの役員か、公社のグループなら公社の担当である"""
    if booth is None:
        return False
    who = standing(user)
    if booth.partner_group_id is not None:
        return acts_for_partner(user)
    return booth.company_id in who.own_companies or booth.group_id in who.officer_of


@rules.predicate
def is_the_partners(user: Any, registration: Registration | None) -> bool:
    """公社のグループの方の参加申込で、公社の担当である"""
    is_theirs = registration is not None and registration.kind == Registration.Kind.PARTNER
    return is_theirs and acts_for_partner(user)


runs_meeting = runs_the_meetings_of | (is_office_staff & institute_was_secretariat)
sees_meeting = is_insider_of_its_group | (is_office_staff & institute_was_secretariat)
runs_meetings = runs_its_meetings | (is_office_staff & institute_is_secretariat)

RULES: dict[str, tuple[str, rules.predicates.Predicate]] = {
    "events.run_meetings": (
        "グループの会合を予定し、日程をたずね、資料をしまう",
        runs_meetings,
    ),
    "events.see_meetings": (
        "グループの会合の中身・出席の記録・資料を見る",
        is_member | is_adviser | (is_office_staff & institute_is_secretariat),
    ),
    "events.run_meeting": (
        "会合を直し、案内を送り、お返事と出席をつけ、議事録を書く",
        runs_meeting,
    ),
    "events.run_poll": (
        "日程調整のお返事を見て、日を決める",
        runs_the_meetings_of | (is_office_staff & institute_is_its_secretariat),
    ),
    "events.keep_poll_answer": (
        "会員にかわって、日程調整のお返事を書きとめる",
        runs_the_poll_of_the_answer,
    ),
    "events.see_meeting": ("会合の中身と、公開した議事録を見る", sees_meeting),
    "events.keep_file": (
        "しまってある資料の題名を直し、消す",
        runs_the_meetings_of | (is_office_staff & institute_kept_it),
    ),
    "events.keep_reply": (
        "会員にかわってお返事を書きとめる・お返事のリンクを作りなおす",
        runs_the_meeting_of_the_reply,
    ),
    "events.tick_todo": (
        "会合で決めた宿題を、すんだことにする・まだに戻す",
        runs_the_meeting_of_the_todo,
    ),
    "events.see_notice": ("会合の案内を見る", sees_meeting | is_invited),
    "events.answer_invitation": (
        "いっしょに開こうという申し出を見て、答える",
        runs_an_asked_group,
    ),
    "events.take_seat": ("ほかのグループの会合の席をとる", may_take_a_seat),
    "events.see_board": ("グループどうしの掲示板を見る", is_member_of_any | is_office_staff),
    "events.post_offer": ("合同の会合を、ほかのグループに呼びかける", runs_meetings & meets),
    "events.keep_offer": ("呼びかけを直し、下げる", runs_the_group_of_the_offer),
    "events.answer_offer": ("ほかのグループの呼びかけに、手をあげる", runs_another_group),
    "events.run_exchange": (
        "合同交流会を準備し、申込と出展を受け、当日を受け付け、報告する",
        is_office_staff,
    ),
    "events.enter_exchange": ("会員として、合同交流会への参加を申し込む", is_member_of_any),
    "events.see_booth_call": ("合同交流会の出展の募集が、いつからいつまでかを見る", may_exhibit),
    "events.apply_for_booth": ("合同交流会への出展を申し込む", takes_booths & may_exhibit),
    "events.keep_booth": (
        "合同交流会への出展の内容と結果を書き、取り下げる",
        is_its_exhibitor | is_office_staff,
    ),
    "events.enter_partners": ("公社のグループの方の参加を申し込む", is_partner | is_office_staff),
    "events.keep_entry": ("合同交流会への参加申込を直し、取り消す", is_the_partners | is_office_staff),
    "events.see_group_entries": (
        "合同交流会に、グループからだれが参加するかを見て、かわりに申し込む",
        is_officer | is_office_staff,
    ),
}

for rule in RULES:
    rules.add_perm(rule, RULES[rule][1])
