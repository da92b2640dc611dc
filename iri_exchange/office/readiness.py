"""One line of a checklist that fills itself from the records: of a handover, and of the turn of a group's year."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """`says`: how it stands, in a sentence; what is missing, where it is not `done`. `url` and `action`: the link that
    mends it, empty where the reader may not. `lines`: who or what in particular. One that `must` not be missing keeps a
    group from being handed over, unless somebody says why it is handed over all the same.
    """

    key: str
    title: str
    done: bool
    says: str
    action: str = ""
    url: str = ""
    lines: tuple[str, ...] = ()
    must: bool = True
