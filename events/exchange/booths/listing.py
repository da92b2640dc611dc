"""Lists of booths: the public one, by trade, technology and words, and the office's with its sums."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from events.exchange.booths import floor
from events.models import Booth, JointExchange
from iri_exchange.lib import japan

State = Booth.State
COMMAS = str.maketrans({"，": "、", ",": "、", "・": "、", "\n": "、"})


def technologies_of(booth: Booth) -> list[str]:
    """The words between the commas."""
    return [word.strip() for word in booth.technologies.translate(COMMAS).split("、") if word.strip()]


@dataclass(frozen=True)
class Choices:
    """What the public list may be narrowed to, each with how many booths: (value, words, count)."""

    trades: list[tuple[str, str, int]]
    technologies: list[tuple[str, str, int]]


def choices_of(booths: Sequence[Booth]) -> Choices:
    trades = Counter(each.trade for each in booths if each.trade)
    labels = dict(Booth._meta.get_field("trade").flatchoices)
    words: Counter[str] = Counter(word for each in booths for word in {*technologies_of(each)})
    return Choices(
        [(key, str(labels[key]), trades[key]) for key in sorted(trades)],
        [(word, word, words[word]) for word in sorted(words, key=japan.fold)],
    )


def narrowed(
    booths: Iterable[Booth], *, trade: str = "", technology: str = "", words: str = ""
) -> list[Booth]:
    """Those of a trade, with a technology, and with every one of the words somewhere in what is shown."""
    pieces = [japan.fold(piece) for piece in words.split() if japan.fold(piece)]
    return [
        each
        for each in booths
        if (not trade or each.trade == trade)
        and (not technology or technology in technologies_of(each))
        and all(piece in _shown(each) for piece in pieces)
    ]


@dataclass(frozen=True)
class Sums:
    """How many there are of each state, what the accepted ones need, and what the hall has left."""

    counts: dict[str, int]
    desks: int
    watts: int
    places: int
    untold: int

    @property
    def accepted(self) -> int:
        return self.counts.get(State.ACCEPTED, 0)

    @property
    def applied(self) -> int:
        return self.counts.get(State.APPLIED, 0)

    @property
    def left(self) -> int:
        return max(self.places - self.accepted, 0)

    @property
    def short(self) -> int:
        """By how many the open applications exceed what is left; 0 if they do not."""
        return max(self.applied - self.left, 0)


def office_rows(exchange: JointExchange) -> list[Booth]:
    """All of them, what waits for the office first, then by number."""
    rows = Booth.objects.filter(exchange=exchange).defer("picture")
    order = [State.APPLIED, State.ACCEPTED, State.DECLINED, State.WITHDRAWN]
    found = rows.select_related("company", "group", "partner_group").order_by("applied_at", "pk")
    return sorted(found, key=lambda each: (order.index(State(each.state)), each.number or 1000))


def sums_of(exchange: JointExchange, booths: Sequence[Booth]) -> Sums:
    accepted: list[Any] = [each for each in booths if each.state == State.ACCEPTED]
    return Sums(
        dict(Counter(each.state for each in booths)),
        sum(each.desks for each in accepted),
        sum(each.watts for each in accepted),
        len(floor.stored(exchange.floor).places),
        sum(1 for each in accepted if each.told_at is None),
    )


def _shown(booth: Booth) -> str:
    texts = [booth.exhibitor, booth.title, booth.words, booth.technologies, booth.get_trade_display()]
    return " ".join(japan.fold(text) for text in texts)
