"""Templates compile, protect their forms and keep scripts and styles in files."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

TEMPLATES = settings.BASE_DIR / "templates"
FILES = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*") if path.is_file())

INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)", re.IGNORECASE),
    "a style in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
}
# No page: mail programs know neither our stylesheets nor our Content-Security-Policy.
IN_LETTERS = {"a style in the page"}
FORM = re.compile(r"<form\b[^>]*\bmethod=[\"']?post\b.*?</form>", re.IGNORECASE | re.DOTALL)


def faults(source: str) -> list[str]:
    """What the strict Content-Security-Policy or the CSRF check would refuse in this template."""
    found = [name for name, pattern in INLINE.items() if pattern.search(source)]
    return found + ["a form without csrf_token" for form in FORM.findall(source) if not _protected(form)]


def _protected(form: str) -> bool:
    # {% crispy %} draws the token itself.
    return "{% csrf_token %}" in form or "{% crispy " in form


@pytest.mark.parametrize("name", FILES)
def test_template_compiles_and_has_no_fault(name):
    get_template(name)
    found = faults((TEMPLATES / name).read_text())
    assert [each for each in found if each not in IN_LETTERS or not name.startswith("emails/")] == []


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("<script>alert(1)</script>", "a script in the page"),
        ('<script type="module">x()</script>', "a script in the page"),
        ("<style>p { color: red }</style>", "a style in the page"),
        ('<p class="a" style="color:red">', "a style attribute"),
        ('<button type="button" onclick="go()">', "an event attribute"),
        ('<a href="javascript:go()">', "a javascript: link"),
        ('<form method="post"><button>送る</button></form>', "a form without csrf_token"),
    ],
)
def test_planted_fault_is_found(source, fault):
    assert faults(source) == [fault]


def test_what_is_allowed():
    assert faults('<script src="/static/js/a.js" defer></script><form method="get"></form>') == []
    assert faults('<form method="post">{% csrf_token %}</form>') == []


def test_there_are_templates():
    assert Path(TEMPLATES / "base.html").is_file()
