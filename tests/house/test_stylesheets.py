"""Every class that a page uses is in a stylesheet: a slip of the keyboard is found before somebody sees it."""

import re

from django.conf import settings

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"
SHEETS = [*STATIC.glob("css/*.css"), *STATIC.glob("vendor/bootstrap-*/bootstrap.min.css")]
# Drawn on paper or by Django's admin, with stylesheets of their own.
ELSEWHERE = ("pdf", "admin", "simple_history")
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}")
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)
CLASS = re.compile(r'\bclass="((?:\{[%{].*?[%}]\}|[^"{])*)"')


def classes(template):
    """The classes written out in a template; those that a variable completes are left out."""
    for value in CLASS.findall(template):
        for name in TAG.sub(" ", re.sub(r"[\w-]+-\{\{.*?\}\}", " ", value)).split():
            if not name.endswith("-"):
                yield name


def unknown(templates):
    """A line for every class that no stylesheet knows."""
    known = named("".join(sheet.read_text() for sheet in SHEETS))
    for path in sorted(templates.rglob("*.html")):
        name, source = path.relative_to(templates), path.read_text()
        if name.parts[0] not in ELSEWHERE:
            # A letter brings its style along.
            here = known | named("".join(STYLE.findall(source)))
            yield from (f"{name}: .{found}" for found in classes(source) if found not in here)


def named(style):
    """The classes that a stylesheet knows."""
    return set(re.findall(r"\.(-?[A-Za-z_][\w-]*)", style))


def test_classes_are_styled():
    assert list(unknown(TEMPLATES)) == []


def test_a_planted_slip_is_found(tmp_path):
    (tmp_path / "page.html").write_text('<p class="sheet shet"><a class="btn btn-primary">')
    assert list(unknown(tmp_path)) == ["page.html: .shet"]


def test_classes_of_a_template_are_found():
    source = '<p class="a {% if x %}b{% else %}c-d{% endif %} room-{{ group.room }}"><svg class=\'e\'></svg><i class="">'
    assert list(classes(source)) == ["a", "b", "c-d"]
