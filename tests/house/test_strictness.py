"""The tests notice HTML that a browser would mend, and variables that nobody has set."""

import pytest
from django.conf import settings
from django.template import Context, Engine, Template
from django.template.base import Origin

from tests.strictness import parse_strictly

PAGE = '<!doctype html><html lang="ja"><head><title>題</title></head><body>{}</body></html>'


@pytest.mark.parametrize(
    "body",
    [
        "<p>一つ<div>二つ</div></p>",
        '<p id="a" id="b">二度</p>',
        "<b><i>交差</b></i>",
        "<p>&nosuch;</p>",
        "<table><p>表の外</p></table>",
    ],
)
def test_a_planted_mistake_is_found(body):
    with pytest.raises(ValueError, match="HTML error"):
        parse_strictly(PAGE.format(body))


def test_what_is_right_is_a_tree():
    assert parse_strictly(PAGE.format("<main><h1>会員</h1></main>")).find(".//h1").text == "会員"


def drawn(folder: str) -> str:
    """What a template in this folder makes of a variable that is not there."""
    origin = Origin(str(settings.BASE_DIR / folder / "planted.html"))
    return Template("{{ nobody|default:'―' }}", origin, engine=Engine.get_default()).render(Context())


def test_an_undefined_variable_fails_in_our_templates_only():
    assert drawn(".venv") == "―"
    with pytest.raises(AssertionError, match=r"undefined variable \{\{ nobody \}\}"):
        drawn("templates")
