"""Prints what the code knows about itself: docs/lifecycles.md and docs/permissions.md."""

import inspect
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from events import permissions as of_meetings
from groups import permissions
from iri_exchange.lib import states

NOTICE = "<!-- Printed from the code by `make docs`: change the code, not this file. -->"


class Command(BaseCommand):
    help = (
        "Write docs/lifecycles.md and docs/permissions.md anew; --check only says whether they are current."
    )
    # It reads the code and asks no database.
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; fail if a document is stale"
        )
        parser.add_argument("--folder", type=Path, default=settings.BASE_DIR / "docs")

    def handle(self, *, check: bool, folder: Path, **options: Any) -> None:
        for name, text in {"lifecycles.md": lifecycles(), "permissions.md": rights()}.items():
            path = folder / name
            if path.exists() and path.read_text() == text:
                continue
            if check:
                raise CommandError(f"{name} is not what the code says. Run: make docs")
            path.write_text(text)


def lifecycles() -> str:
    """A state diagram per model that has a table of moves."""
    parts = [
        "# Lifecycles",
        NOTICE,
        "A record moves along these tables and no other way (`iri_exchange.lib.states`).",
    ]
    for model in sorted(apps.get_models(), key=lambda model: model._meta.label):
        moves = model.__dict__.get("MOVES")
        if moves:
            parts += [
                f"## {model.__name__} {model._meta.verbose_name}",
                _first_line(model),
                states.diagram(moves, _labels(moves)),
            ]
    return "\n\n".join(parts) + "\n"


def rights() -> str:
    """The rules with their predicates, then the access that every address declares."""
    rules = [
        f"| `{name}` | {label} | {_readable(predicate)} |"
        for name, (label, predicate) in {**permissions.RULES, **of_meetings.RULES}.items()
    ]
    words = [
        f"| {name.replace('_', ' ')} | {inspect.getdoc(each.fn)} |"
        for name, each in {**vars(permissions), **vars(of_meetings)}.items()
        if hasattr(each, "num_args") and inspect.isfunction(each.fn)
    ]
    addresses = [
        f"| `/{route}` | {access.rule} | {access.selection.replace('_', ' ') or '—'} |"
        for route, access in _declared(get_resolver().url_patterns)
    ]
    return "\n\n".join(
        [
            "# Permissions",
            NOTICE,
            "*May you do it now?* is a rule, read from today's records. *May you see it?* is a selection: what is not "
            "in it answers 404. Pages of the admin and of the accounts are guarded by their packages.",
            "## Rules",
            "\n".join(["| rule | what it allows | who |", "| --- | --- | --- |", *rules]),
            "## Words",
            "\n".join(["| word | meaning |", "| --- | --- |", *words]),
            "## Addresses",
            "\n".join(["| address | rule | selection |", "| --- | --- | --- |", *addresses]),
        ]
    ) + "\n"  # fmt: skip


def _labels(moves: states.Moves) -> dict[str, str]:
    """The words of the enum whose members the table is made of."""
    member: Any = next(state for state in moves if state)
    enum: type[models.TextChoices] = type(member)
    return {str(value): str(label) for value, label in enum.choices}


def _first_line(model: type[models.Model]) -> str:
    return (inspect.getdoc(model) or "").splitlines()[0]


def _readable(predicate: Any) -> str:
    """is_office_staff | is_member → is office staff *or* is member"""
    words = re.sub(r"[()]", "", predicate.name).replace("_", " ")
    return words.replace(" | ", " *or* ").replace(" & ", " *and* ").replace("~", "*not* ")


def _declared(patterns: list[URLPattern | URLResolver], prefix: str = "") -> Iterator[tuple[str, Any]]:
    for each in patterns:
        route = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _declared(each.url_patterns, route)
        elif hasattr(each.callback, "access"):
            yield route, each.callback.access
