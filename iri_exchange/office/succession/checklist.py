"""What a group that runs itself needs before its year turns, as the records tell it: nobody ticks anything.

Everything is as of the first day of the coming year, whatever month that is. The office reads of the register; turns,
to-dos and the book are the group's own.
"""

import datetime
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from events.minutes.todos import open_todos
from events.models import Meeting, Turn
from events.planning import turns
from groups import bylaws, confirmations
from groups.models import Group, OfficerTerm
from groups.officers import ROLES
from iri_exchange.lib import japan
from iri_exchange.office.readiness import Item
from iri_exchange.office.succession import turning
from members.models import Export, User

Role = OfficerTerm.Role
NEEDED = (Role.CHAIR, Role.SECRETARY)
ENOUGH = 2  # who can act as the secretary: one is ill, or resigns
ASKED_WITHIN = datetime.timedelta(days=365)
MADE_WITHIN = datetime.timedelta(days=90)
SHOWN = 10


def items(group: Group, user: Any) -> list[Item]:
    """The whole list, with the links that the reader may follow. A fixed number of queries."""
    today = timezone.localdate()
    turn = turning.next_turn(group, today)
    terms = _terms(group, turn)
    found = [
        _officers(terms, turn),
        _people(terms, turn),
        _bylaws(group, turn),
        _contacts(group, today),
        *_meetings(group, user, turn),
    ]
    if user.has_perm("groups.make_handover_book", group):
        found.append(_book(group))
    if user.has_perm("events.see_meetings", group):
        found.append(_todos(group, user))
    return [_linked(item, group, user) for item in found]


def missing(found: list[Item]) -> list[Item]:
    """Those that should not be missing."""
    return [item for item in found if item.must and not item.done]


def _terms(group: Group, turn: datetime.date) -> list[OfficerTerm]:
    terms = OfficerTerm.objects.on(turn).filter(group=group).select_related("person")
    return sorted(terms, key=lambda term: (ROLES.index(term.role), term.person.sort_key, term.pk))


def _officers(terms: list[OfficerTerm], turn: datetime.date) -> Item:
    held = {term.role for term in terms}
    lacking = "と".join(str(role.label) for role in NEEDED if role not in held)
    day = japan.wareki(turn)
    return Item(
        "officers",
        "次の年度の役員",
        not lacking,
        f"{day}からの{lacking}が、まだ登録されていません。"
        if lacking
        else f"{day}からの代表幹事と事務局が、決まっています。",
        lines=tuple(f"{term.get_role_display()}　{term.person.name}さん{_until(term)}" for term in terms),
    )


def _until(term: OfficerTerm) -> str:
    return f"（{japan.wareki(term.until)}まで）" if term.until else "（終わりは決めていない）"


def _people(terms: list[OfficerTerm], turn: datetime.date) -> Item:
    people = {term.person_id: term.person for term in terms}
    known = set(User.objects.filter(person__in=people, is_active=True).values_list("person_id", flat=True))
    enough = len(known) >= ENOUGH
    said = f"{japan.wareki(turn)}からの役員のうち、ログインのある方は{len(known)}人です。"
    without = tuple(f"{who.name}さん：ログインがありません" for pk, who in people.items() if pk not in known)
    return Item(
        "people",
        "事務局の仕事ができる方",
        enough,
        said if enough else f"{said}{ENOUGH}人以上いると、一人がお休みでも困りません。",
        lines=without,
    )


def _bylaws(group: Group, turn: datetime.date) -> Item:
    found = bylaws.in_force(group, turn)
    said = f"{japan.wareki(found.valid_from)}からの会則が、しまってあります。" if found else ""
    return Item("bylaws", "会則", found is not None, said or "会則が、まだ登録されていません。")


def _contacts(group: Group, today: datetime.date) -> Item:
    """Begun within the year is in time; who has not answered is told, and does not hold up the others."""
    asking = confirmations.newest(group)
    if asking is None:
        return Item(
            "contacts", "登録内容の確認", False, "会員に、登録内容の確認をお願いしたことがありません。"
        )
    began = timezone.localdate(asking.started_at)
    in_time = today - began <= ASKED_WITHIN
    rows = list(asking.confirmations.values_list("confirmed_at", flat=True))
    done = sum(row is not None for row in rows)
    said = f"前のお願いは{japan.wareki(began)}で、{len(rows)}会員のうち{done}会員が確かめました。"
    return Item(
        "contacts",
        "登録内容の確認",
        in_time,
        said if in_time else f"{said}1年より前なので、今年もお願いします。",
    )


def _meetings(group: Group, user: Any, turn: datetime.date) -> Iterator[Item]:
    planned = list(turns.meetings_of(group, turn.year).values_list("pk", "kind"))
    day = japan.wareki(turn)
    yield Item(
        "meetings",
        "次の年度の会合",
        bool(planned),
        f"{day}からの1年に、会合が{len(planned)}回、予定されています。"
        if planned
        else f"{day}からの会合が、まだ一つも予定されていません。",
    )
    if user.has_perm("events.see_meetings", group):
        regular = [pk for pk, kind in planned if kind == Meeting.Kind.REGULAR]
        yield _turns(regular)


def _turns(regular: list[int]) -> Item:
    duty = Turn.objects.filter(meeting__in=regular, role=Turn.Role.DUTY)
    count = duty.order_by().values("meeting").distinct().count()
    said = f"定例会{len(regular)}回のうち、{count}回の当番が決まっています。"
    if not regular:
        said = "定例会を予定すると、当番を決められます。"
    is_full = bool(regular) and count == len(regular)
    return Item("turns", "当番と発表の順", is_full, said, must=False)


def _book(group: Group) -> Item:
    """The log of copies knows: the file itself is kept for a few days only."""
    copies = Export.objects.filter(subject=f"groups/{group.slug}/handover")
    last = copies.filter(taken_at__gte=timezone.now() - MADE_WITHIN).order_by("taken_at").last()
    said = f"{japan.wareki(timezone.localdate(last.taken_at))}に、つくってあります。" if last else ""
    return Item(
        "book", "引き継ぎ帳", last is not None, said or "次の方に渡す引き継ぎ帳を、まだつくっていません。"
    )


def _todos(group: Group, user: Any) -> Item:
    found = list(open_todos(group, user)[: SHOWN + 1])
    lines = tuple(todo.what for todo in found[:SHOWN]) + (("ほか",) if len(found) > SHOWN else ())
    said = "次の方へ渡す宿題があります。" if found else "残っている宿題は、ありません。"
    return Item("todos", "残っている宿題", not found, said, lines=lines, must=False)


# {key: (the rule that its page asks for, the page, what the link says where something is missing, where nothing is)}
PAGES = {
    "officers": ("groups.appoint_officers", "group_election", "役員を改選する", "役員の登録を見る・直す"),
    "people": ("groups.invite_members", "group_invitations", "ログインに招待する", "招待のようすを見る"),
    "bylaws": ("groups.keep_bylaws", "group_bylaws", "会則を登録する", "会則を見る"),
    "contacts": ("groups.ask_to_confirm", "group_confirmations", "確認をお願いする", "確認のようすを見る"),
    "meetings": ("events.run_meetings", "meeting_year", "1年分の予定を立てる", "予定を見る・足す"),
    "turns": ("events.run_meetings", "turns_edit", "当番を決める", "当番を見る・直す"),
    "book": ("groups.make_handover_book", "handover_book", "引き継ぎ帳をつくる", "引き継ぎ帳を開く"),
    "todos": ("events.see_meetings", "group_todos", "宿題を見る", "宿題の一覧"),
}


def _linked(item: Item, group: Group, user: Any) -> Item:
    rule, page, mend, see = PAGES[item.key]
    if not user.has_perm(rule, group):
        return item
    return replace(item, action=see if item.done else mend, url=reverse(page, args=[group.slug]))
