"""Every class that a page uses is in a stylesheet: a slip of the keyboard is found before somebody sees it."""

import re

from django.conf import settings

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"
SHEETS = [*STATIC.glob("css/*.css"), *STATIC.glob("vendor/bootstrap-*/bootstrap.min.css")]
# Drawn on paper or by Django's admin, with stylesheets of their own.
ELSEWHERE = ("pdf", "admin", "simple_history")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
CLASS = re.compile(r'\bclass="((?:\{[%{].*?[%}]\}|[^"{])*)"')


def classes(template):
    """The classes written out in a template; those that a variable completes are left out."""
    for value in CLASS.findall(template):
        for name in TAG.sub(" ", re.sub(r"[\w-]+-\{\{.*?\}\}", " ", value)).split():
            if not name.endswith("-"):
                yield name


def unknown(templates):
    """A line for every class that no stylesheet knows."""
    known = set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", "".join(sheet.read_text() for sheet in SHEETS)))
    for path in sorted(templates.rglob("*.html")):
        name = path.relative_to(templates)
        if name.parts[0] not in ELSEWHERE:
            yield from (f"{name}: .{found}" for found in classes(path.read_text()) if found not in known)


def test_classes_are_styled():
    assert list(unknown(TEMPLATES)) == []


def test_a_planted_slip_is_found(tmp_path):
    (tmp_path / "page.html").write_text('<p class="sheet shet"><a class="btn btn-primary">')
    assert list(unknown(tmp_path)) == ["page.html: .shet"]


def test_classes_of_a_template_are_found():
    source = '<p class="a {% if x %}b{% else %}c-d{% endif %} room-{{ group.room }}"><svg class=\'e\'></svg><i class="">'
    assert list(classes(source)) == ["a", "b", "c-d"]
