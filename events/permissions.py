"""May you do it now, about meetings. Rules as in `groups.permissions`; docs/permissions.md is printed from both.

What a meeting shows follows the stage of its group **on the meeting's date**: the institute was its secretariat then, or
the group ran itself. Who runs a group's meetings follows today.
"""

from typing import Any

import rules

from events.models import DatePoll, LibraryFile, Meeting, PollVoter, Reply, Todo
from events.visibility import INSTITUTES, was_the_institutes
from groups.models import Group
from groups.permissions import is_adviser, is_member, is_office_staff
from groups.standing import standing


@rules.predicate
def runs_its_meetings(user: Any, group: Group | None) -> bool:
    """今日、そのグループの役員であり、グループは自主運営をしているか、定例会の運営を任されている"""
    return group is not None and group.pk in standing(user).runs_meetings_of


@rules.predicate
def institute_is_secretariat(user: Any, group: Group | None) -> bool:
    """今日、グループは準備中か発足年度である"""
    stages = (Group.Stage.FORMING, Group.Stage.LAUNCHED)
    return group is not None and group.stage_on(standing(user).day) in stages


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
    """会合の日に、グループは準備中か発足年度だった"""
    return meeting is not None and was_the_institutes(meeting)


@rules.predicate
def is_insider_of_its_group(user: Any, meeting: Meeting | None) -> bool:
    """今日、会合のグループの会員（休会を含む）か助言者である"""
    return meeting is not None and meeting.group_id in standing(user).insider_of


@rules.predicate
def is_invited(user: Any, meeting: Meeting | None) -> bool:
    """今日、案内された会合に招かれたグループの会員である"""
    if meeting is None or meeting.state == Meeting.State.DRAFT:
        return False
    mine = standing(user).member_of
    if not mine or not meeting.invited_groups.filter(group__in=mine).exists():
        return False
    return meeting.state != Meeting.State.CANCELLED or meeting.notices.exists()


@rules.predicate
def institute_kept_it(user: Any, file: LibraryFile | None) -> bool:
    """資料の会合の日（会合のない資料は今日）、グループは準備中か発足年度だった"""
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
    """その会合を運営している役員か、会合の日にグループが準備中か発足年度だった事務局職員である"""
    return reply is not None and bool(user.has_perm("events.run_meeting", reply.meeting))


@rules.predicate
def runs_the_meeting_of_the_todo(user: Any, todo: Todo | None) -> bool:
    """その宿題を決めた会合の議事録を書ける"""
    return todo is not None and bool(user.has_perm("events.run_meeting", todo.meeting))


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
}

for rule in RULES:
    rules.add_perm(rule, RULES[rule][1])
