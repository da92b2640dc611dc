"""The list as its page draws it: one strip for each person, with what the page has to know when it is sent."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from events.models import Attendance, Meeting
from events.reception.listing import Line, Listing
from events.reception.marking import FIELDS, told_of

Kind = Attendance.Kind
# The names of a strip's inputs begin with one letter each: a page bears them for every person.
LETTERS = dict(zip(("k", "n", "c", "f", "g"), FIELDS, strict=True))
WHO = "@"


def _keys(kinds: Iterable[Kind], chosen: str) -> str:
    return "".join(
        f'<label class="key"><input type="radio" name="k-{WHO}" value="{kind}"'
        f"{' checked' if kind == chosen else ''}>"
        f'<span><i aria-hidden="true">{Attendance.SHAPES[kind]}</i>{kind.label}</span></label>'
        for kind in kinds
    )


# Drawn once for each key that can be pressed: of a long list the keys are the most, and always the same.
_OF_MEMBERS = {chosen: _keys(Kind, chosen) for chosen in ["", *Kind]}
_OF_GUESTS = {chosen: _keys([kind for kind in Kind if kind != Kind.PROXY], chosen) for chosen in ["", *Kind]}


@dataclass(frozen=True)
class Tick:
    """A box beside the keys: the letter of its input, its words, whether it is ticked."""

    letter: str
    label: str
    ticked: bool


@dataclass(frozen=True)
class Strip:
    """One person. `proxy` is the name in the field for who stands in, `error` what is wrong with it."""

    line: Line
    ticks: list[Tick]
    proxy: str
    error: str = ""

    @property
    def key(self) -> str:
        return self.line.key

    @property
    def keys(self) -> SafeString:
        """The keys, one of them pressed; of texts there are only our own and the line's key."""
        drawn = _OF_MEMBERS if self.line.person else _OF_GUESTS
        return mark_safe(drawn[self.line.kind].replace(WHO, self.line.key))


def page_of(listing: Listing, wrong: Mapping[str, tuple[str, str]]) -> dict[str, Any]:
    """Context of the page. `wrong`: {key: (the name as typed, what is wrong with it)}."""
    offered = _offered(listing.meeting)
    return {
        "strips": [_strip(line, offered, wrong) for line in listing.expected],
        "guests": [_strip(line, offered, wrong) for line in listing.guests],
        "wrong": [(line, wrong[line.key][1]) for line in listing.lines if line.key in wrong],
        "base": base_of(listing.lines),
        "shown": ",".join(["k", "n", *(letter for letter, _ in offered)]),
    }


def base_of(lines: Iterable[Line]) -> str:
    """What the page shows: sent with it, it tells what was changed on it."""
    return json.dumps({line.key: told_of(line) for line in lines}, ensure_ascii=False, separators=(",", ":"))


def _offered(meeting: Meeting) -> list[tuple[str, str]]:
    """The boxes that the meeting has: only what there is to collect."""
    found = [("f", "会費")] if meeting.fee else []
    if meeting.has_party:
        found.append(("c", "懇親会"))
        if meeting.party_fee:
            found.append(("g", "懇親会費"))
    return found


def _strip(line: Line, offered: list[tuple[str, str]], wrong: Mapping[str, tuple[str, str]]) -> Strip:
    told = dict(zip(LETTERS, told_of(line), strict=True))
    typed, error = wrong.get(line.key, (told["n"], ""))
    return Strip(line, [Tick(letter, label, told[letter]) for letter, label in offered], typed, error)
