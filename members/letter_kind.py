"""What a kind of letter is: what it is called, and what can stand in it."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

LINK, CODE = "リンク", "コード"
MORE_LINK = "ほかのお返事のリンク"
NAME = {"お名前": "受け取る方の氏名"}


@dataclass(frozen=True)
class Kind:
    """`placeholders`: name → what it is, in words. A secret letter opens something: nobody but its reader sees it.

    `renewed_by`: dotted name of a function that writes a secret letter anew, with a new token: Letter → Letter, or
    ValidationError with a sentence. `instead`: what the person does where there is none. `useful_for`: afterwards it
    is not sent any more. `blocks`: placeholders that may hold several lines where they stand alone, and vanish with
    their paragraph where they hold nothing; `more_links`: those that hold an address of ours besides 《リンク》.
    `attached_by`: dotted name of a function that knows what is attached as it goes out: Letter → [(file name, text,
    type)].
    """

    key: str
    label: str
    placeholders: Mapping[str, str] = field(default_factory=dict)
    secret: bool = False
    renewed_by: str = ""
    instead: str = ""
    useful_for: datetime.timedelta | None = None
    blocks: frozenset[str] = frozenset()
    more_links: frozenset[str] = frozenset()
    attached_by: str = ""

    @property
    def required(self) -> frozenset[str]:
        """Without these the letter would be of no use."""
        return frozenset(self.placeholders) & {LINK, CODE}
