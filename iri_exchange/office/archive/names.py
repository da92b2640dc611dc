"""What the files of an archive are called: every disk takes the name, and none stands there twice."""

import re

# Of one name with its ending: so many Japanese letters are fewer than 255 bytes, too.
LONGEST = 80
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]')
# Windows keeps these for devices, whatever ending follows.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


class Names:
    """The names given out so far."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path(self, folder: str, stem: str, ending: str) -> str:
        """folder/stem.ending, or stem_2.ending where that is taken; big and small letters are the same."""
        room = LONGEST - len(ending) - 1
        plain, number = _plain(stem)[:room].rstrip(" ."), 1
        found = f"{folder}/{plain}.{ending}" if folder else f"{plain}.{ending}"
        while found.casefold() in self._taken:
            number += 1
            tail = f"_{number}"
            found = f"{folder}/{plain[: room - len(tail)]}{tail}.{ending}"
        self._taken.add(found.casefold())
        return found


def _plain(stem: str) -> str:
    shown = "".join(letter if letter.isprintable() else "" for letter in stem)
    plain = _FORBIDDEN.sub("_", shown).strip(" .")
    return f"_{plain}" if _DEVICES.fullmatch(plain.partition(".")[0]) or not plain else plain
