"""What a step changes, in sentences: beforehand on its page, afterwards in its message."""

from typing import Any

from groups.corrections import Return
from groups.endings import Ending
from groups.models import OfficerTerm
from iri_exchange.lib import japan


def told_endings(ending: Ending, *, unnamed: bool = False) -> list[str]:
    """What ends, in sentences: none where nothing does. `unnamed`: without the names of those who attend for a member."""
    begun = [term for term in ending.terms if term.since <= ending.last_day]
    to_come = [term for term in ending.terms if term.since > ending.last_day]
    day, said = japan.wareki(ending.last_day), []
    for word, kind in (("登録者", ending.representatives), ("役員", ending.offices)):
        if now := [term for term in begun if term in kind]:
            said.append(f"{word}の任期{len(now)}件が、{day}で終わります：{held(now, unnamed=unnamed)}。")
    if to_come:
        said.append(
            f"まだ始まっていない任期{len(to_come)}件を、取り消します：{held(to_come, unnamed=unnamed)}。"
        )
    return said


def held(terms: Any, *, unnamed: bool = False) -> str:
    """青木 一郎さん（登録者）、青木 一郎さん（事務局）"""
    return "、".join(
        "登録者" if unnamed and not hasattr(term, "role") else f"{term.person.name}さん（{_as_what(term)}）"
        for term in terms
    )


def _as_what(term: Any) -> str:
    role = getattr(term, "role", "")
    return OfficerTerm.Role(role).label if role else "登録者"


def left_alone(undone: Return, *, unnamed: bool = False) -> str:
    """What somebody has changed since, and what therefore stays."""
    return (
        f"そのあとに直された任期は、そのままです：{held(undone.changed, unnamed=unnamed)}。"
        if undone.changed
        else ""
    )
