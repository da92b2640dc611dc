"""What a group needs before it runs itself, as the records tell it: nobody ticks anything.

Everything is as of the first own day, so that an officer whose term begins then counts, and one whose term ends before
does not. What an officer reads of people follows what they may know of them (`groups.visibility`); who answered what
about the roster, only the office reads.
"""

import datetime
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from django.urls import reverse

from events.library import files_visible_to
from events.minutes.todos import open_todos
from groups import handing_on
from groups.models import AdviserRequest, Group, Membership, OfficerTerm
from groups.standing import standing
from groups.visibility import people_visible_to
from iri_exchange.lib import japan
from iri_exchange.office.handover.facts import Facts, load
from iri_exchange.office.readiness import Item

Role = OfficerTerm.Role
NEEDED = (Role.CHAIR, Role.SECRETARY)
ENOUGH = 2  # who can act as the secretary: one is ill, or resigns
SHOWN = 10
LENGTH = 8  # items, the one that is always done included


def items(group: Group, user: Any, day: datetime.date | None = None) -> list[Item]:
    """The whole list, as of `day` or the group's first own day, with the links that the reader may follow.

    A fixed number of queries.
    """
    facts = load([group], day=day)[group.pk]
    known = _Known(user, facts)
    found = [
        _officers(facts, known),
        _people(facts, known),
        _bylaws(facts),
        _contacts(facts),
        _consents(group, facts, user),
        _meetings(facts),
        _adviser(facts, known),
        _files(group, user),
    ]
    return [_linked(item, group, user) for item in found]


def open_items(found: Collection[Item]) -> list[Item]:
    """Those that keep the group from being handed over."""
    return [item for item in found if item.must and not item.done]


def left_out(group: Group, day: datetime.date) -> list[Membership]:
    """Who is not handed on to the officers."""
    return [row.membership for row in handing_on.answers(group, day) if row.is_left_out]


def lacking(groups: Collection[Group]) -> dict[int, tuple[Facts, int]]:
    """{group id: (facts, how many items are open)} of several groups, in a fixed number of queries."""
    return {
        group: (facts, sum(not done for done in _done(facts).values()))
        for group, facts in load(groups).items()
    }


def is_time(group: Group, today: datetime.date) -> bool:
    """Whether the handover of a group in its launch year is being prepared: from the January of that year on."""
    return datetime.date(group.founded_year + 1, 1, 1) <= today


def _done(facts: Facts) -> dict[str, bool]:
    """What `must` be there, and whether it is."""
    roles = {term.role for term in facts.terms}
    handover, asking = facts.handover, facts.asking
    return {
        "officers": roles.issuperset(NEEDED),
        "people": sum(facts.logins.values()) >= ENOUGH,
        "bylaws": facts.bylaws_since is not None,
        "contacts": asking is not None and not asking.open_count,  # type: ignore[attr-defined]
        "consents": not facts.silent,
        "meetings": bool(facts.meetings),
        "adviser": bool(facts.request or facts.advisers or (handover and handover.adviser_not_wanted_on)),
    }


# ── the items ────────────────────────────────────────────────────────────────
class _Known:
    """The names that the reader may know; others are called by their office."""

    def __init__(self, user: Any, facts: Facts) -> None:
        people = {term.person_id for term in facts.terms} | {term.person_id for term in facts.advisers}
        visible = people_visible_to(user).filter(pk__in=people).values_list("pk", flat=True)
        self.people = people if standing(user).is_staff else set(visible)

    def name(self, term: Any) -> str:
        return f"{term.person.name}さん" if term.person_id in self.people else "お名前を出していない方"


def _officers(facts: Facts, known: _Known) -> Item:
    day, done = japan.wareki(facts.day), _done(facts)["officers"]
    held = {term.role for term in facts.terms}
    missing = "と".join(Role(role).label for role in NEEDED if role not in held)
    return Item(
        "officers",
        "役員",
        done,
        f"{day}の代表幹事と事務局が、決まっています。"
        if done
        else f"{day}に{missing}を務める方が、登録されていません。",
        lines=tuple(f"{term.get_role_display()}　{known.name(term)}{_until(term)}" for term in facts.terms),
    )


def _people(facts: Facts, known: _Known) -> Item:
    """Every officer may do what the secretary does; so each who has logged in counts."""
    count, done = sum(facts.logins.values()), _done(facts)["people"]
    words = {True: "ログインしたことがあります", False: "ログインはありますが、まだ使っていません"}
    each = {term.person_id: term for term in reversed(facts.terms)}
    return Item(
        "people",
        "事務局の仕事ができる方",
        done,
        f"ログインしたことのある役員が、{count}人います。"
        if done
        else f"ログインしたことのある役員が{count}人です。{ENOUGH}人以上にしてください。",
        lines=tuple(
            f"{known.name(term)}：{words[facts.logins[person]] if person in facts.logins else 'ログインがありません'}"
            for person, term in reversed(each.items())
        ),
    )


def _bylaws(facts: Facts) -> Item:
    since = facts.bylaws_since
    said = (
        f"{japan.wareki(since)}からの会則が、しまってあります。"
        if since
        else "会則が、まだ登録されていません。"
    )
    return Item("bylaws", "会則", since is not None, said)


def _contacts(facts: Facts) -> Item:
    asking = facts.asking
    if asking is None:
        said = "発足してから、登録内容の確認をお願いしていません。"
    elif left := asking.open_count:  # type: ignore[attr-defined]
        said = f"登録内容を確かめていない会員が、{left}あります。"
        said += (
            "もう一度お願いしてください。"
            if asking.ended_at
            else "お返事を待つか、お電話で確かめてください。"
        )
    else:
        said = "すべての会員に、登録内容を確かめていただきました。"
    return Item("contacts", "名簿の確認", _done(facts)["contacts"], said)


def _consents(group: Group, facts: Facts, user: Any) -> Item:
    """The names of those who did not agree are the office's: why somebody says no is nobody else's business."""
    rows = handing_on.answers(group, facts.day)
    said = [answer.said for row in rows for answer in row.people]
    yes, no, silent = (said.count(word) for word in ("yes", "no", ""))
    out = [row.membership for row in rows if row.is_left_out]
    counts = f"同意{yes}人、不同意{no}人、まだ聞いていない方{silent}人です。"
    left = f"同意のない{len(out)}会員の分は、役員への引き継ぎから外れます。" if out else ""
    names = tuple(f"外れる会員：{each.number}　{each.member.name}" for each in out)
    return Item(
        "consents",
        "名簿を引き継ぐ同意",
        not silent,
        counts + left,
        lines=names if standing(user).is_staff else (),
    )


def _meetings(facts: Facts) -> Item:
    days, since = facts.meetings, japan.wareki(facts.day)
    said = (
        f"{since}からの会合が、{len(days)}件予定されています。"
        if days
        else f"{since}からの会合が、まだ一つも予定されていません。"
    )
    lines = tuple(japan.wareki(day) for day in days[:SHOWN])
    return Item("meetings", "次の年度の会合", bool(days), said, lines=lines)


def _adviser(facts: Facts, known: _Known) -> Item:
    return Item("adviser", "助言者の2年目", _done(facts)["adviser"], _of_adviser(facts, known))


def _of_adviser(facts: Facts, known: _Known) -> str:
    if facts.advisers:
        names = "、".join(known.name(term) for term in facts.advisers)
        return f"{japan.wareki(facts.day)}も、{names}が助言者です。"
    if facts.request:
        state = AdviserRequest.State(facts.request.state).label
        return f"{japan.fiscal_year_label(facts.request.fiscal_year)}の継続のお願いが出ています（{state}）。"
    if facts.handover and facts.handover.adviser_not_wanted_on:
        return f"継続は要らないと、{japan.wareki(facts.handover.adviser_not_wanted_on)}にうかがいました。"
    return "助言者に続けてもらうかどうかを、まだ聞いていません。"


def _files(group: Group, user: Any) -> Item:
    files = files_visible_to(user).filter(group=group).count()
    todos = list(open_todos(group, user))
    more = (f"ほか{len(todos) - SHOWN}件",) if len(todos) > SHOWN else ()
    return Item(
        "files",
        "資料と宿題",
        True,
        f"資料{files}件と、すんでいない宿題{len(todos)}件を、そのまま引き継ぎます。",
        lines=tuple(_todo(todo) for todo in todos[:SHOWN]) + more,
        must=False,
    )


def _todo(todo: Any) -> str:
    due = f"（{japan.wareki(todo.due)}まで）" if todo.due else ""
    return f"{todo.who}：{todo.what}{due}" if todo.who else f"{todo.what}{due}"


def _until(term: OfficerTerm) -> str:
    return f"（{japan.wareki(term.until)}まで）" if term.until else ""


# ── the links ────────────────────────────────────────────────────────────────
# key: (rule, name of the address, what one does there)
LINKS = {
    "officers": ("groups.appoint_officers", "group_officers", "役員を登録する"),
    "people": ("groups.invite_members", "group_invitations", "ログインに招待する"),
    "bylaws": ("groups.keep_bylaws", "group_bylaws", "会則を登録する"),
    "contacts": ("groups.ask_to_confirm", "group_confirmations", "登録内容の確認へ"),
    "consents": ("groups.hand_over", "handover_consents", "同意を確かめる"),
    "meetings": ("events.run_meetings", "meeting_year", "会合を予定する"),
    "files": ("events.see_meetings", "group_files", "資料を見る"),
}
ADVISER = (
    ("groups.ask_for_adviser", "もう1年お願いする"),
    ("groups.commission_adviser", "助言者のページへ"),
)


def _linked(item: Item, group: Group, user: Any) -> Item:
    if item.key == "adviser":
        words = next((words for rule, words in ADVISER if user.has_perm(rule, group)), "")
        return (
            replace(item, url=reverse("group_advisers", args=[group.slug]), action=words) if words else item
        )
    rule, page, words = LINKS[item.key]
    if not user.has_perm(rule, group):
        return item
    return replace(item, url=reverse(page, args=[group.slug]), action=words)
