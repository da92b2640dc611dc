"""The colours of tokens.css: every room and every voice is readable, and the rooms are those a group may choose."""

import re

import pytest
from django.conf import settings

from groups.models import Group

TOKENS = (settings.BASE_DIR / "static" / "css" / "tokens.css").read_text()
COLOURS = dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})\b", TOKENS.split("/* Rooms")[0]))
ROOMS = {
    name: {"room": room, "tint": tint}
    for name, room, tint in re.findall(
        r"\.room-(\w+) \{ --room: (#[0-9a-f]{6}); --room-tint: (#[0-9a-f]{6}); \}", TOKENS
    )
}


def luminance(colour):
    """WCAG 2: relative luminance of #rrggbb."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """WCAG 2: from 1 to 21."""
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_pairs():
    assert round(contrast("#ffffff", "#000000"), 1) == 21.0
    assert round(contrast("#777777", "#ffffff"), 2) == 4.48


def test_rooms_are_the_choices_of_a_group():
    assert list(ROOMS) == Group.Room.values


def test_no_two_rooms_are_alike():
    assert len({colours["room"] for colours in ROOMS.values()}) == len(Group.Room.values)


@pytest.mark.parametrize("name", Group.Room.values)
def test_room_carries_white_words_and_its_tint_carries_text(name):
    assert contrast(ROOMS[name]["room"], COLOURS["sheet"]) >= 7
    assert contrast(COLOURS["text"], ROOMS[name]["tint"]) >= 7


@pytest.mark.parametrize(
    ("words", "ground", "least"),
    [
        ("text", "ground", 7),
        ("text-2", "ground", 7),
        ("text-2", "sunk", 7),
        ("ink", "ground", 7),
        ("on-ink", "ink", 7),
        ("on-ink-2", "ink-deep", 7),
        ("due-text", "ground", 7),
        ("due-text", "due-tint", 7),
        # Shapes and edges, not words.
        ("due", "ground", 3),
        ("line-edge", "field", 3),
        ("focus-inner", "ground", 3),
        ("focus-outer", "ink-deep", 3),
    ],
)
def test_voice_is_readable_on_its_ground(words, ground, least):
    assert contrast(COLOURS[words], COLOURS[ground]) >= least


def test_a_pale_room_would_be_refused():
    assert contrast("#3f8f7f", COLOURS["sheet"]) < 7
