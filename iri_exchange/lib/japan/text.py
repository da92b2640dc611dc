"""Characters: what is trimmed, narrowed in codes, seen by nobody, and lost in cp932."""

import re
import unicodedata

# U+FEFF is no white space to Python, but a file's byte order mark ends up in its first cell.
_TRIMMED = "".join(chr(code) for code in range(0x3001) if chr(code).isspace()) + "\ufeff"

# Hyphens, minus signs and rules that people type for "-" or for ー; and ー is typed for "-".
DASHES = "-‐‑‒–—―−─━⁃"
_DASHES_TO_HYPHEN = str.maketrans(dict.fromkeys(DASHES + "ー", "-"))

# Letters and marks that draw nothing although Unicode does not call them format characters.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0")

VARIATION_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_CHARACTER = re.compile(f".[{VARIATION_SELECTORS}]*", re.DOTALL)


def tidy(text: str) -> str:
    """The text without white space (full-width, no-break too) and byte order marks at its ends."""
    return text.strip(_TRIMMED)


def half_width(text: str) -> str:
    """For codes, never for names: digits, letters, signs and every hyphen in ASCII, trimmed."""
    return tidy(unicodedata.normalize("NFKC", text).translate(_DASHES_TO_HYPHEN))


def has_unsafe_characters(text: str, *, lines: bool = False) -> bool:
    """Whether the text holds control, zero-width or direction characters, or half a surrogate pair.

    Variation selectors are safe: names need them. `lines` allows line breaks (\\n and \\r).
    """
    if text.isprintable() and _INVISIBLE.isdisjoint(text):
        return False  # nearly every text: the same answer, many times faster
    allowed = "\n\r" if lines else ""
    return any(_is_unsafe(character) for character in text if character not in allowed)


def _is_unsafe(character: str) -> bool:
    category = unicodedata.category(character)
    return character in _INVISIBLE or category in {"Cc", "Cf", "Cs", "Zl", "Zp"}


def cp932_losses(text: str) -> list[str]:
    """The characters that cp932 (シフトJIS as Excel writes it) cannot hold, each once, in order.

    A variation selector stays with its kanji.
    """
    return list(dict.fromkeys(c for c in _CHARACTER.findall(text) if not _fits_cp932(c)))


def _fits_cp932(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeEncodeError:
        return False
    return True
