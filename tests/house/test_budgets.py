"""Small enough to read: module 300 lines, function 40, view 25, template 120."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ["iri_exchange", "events", "groups", "members", "tests"]
MODULE, FUNCTION, VIEW, TEMPLATE = 300, 40, 25, 120


def too_long(root: Path) -> Iterator[str]:
    """A sentence for every file and function that is over its budget."""
    for folder in CODE:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield from _module(path, str(path.relative_to(root)))
    for path in sorted((root / "templates").rglob("*.*")):
        lines = len(path.read_text().splitlines())
        if lines > TEMPLATE:
            yield f"{path.relative_to(root)}: {lines} lines, a template has {TEMPLATE}"


def _module(path: Path, name: str) -> Iterator[str]:
    source = path.read_text()
    lines = len(source.splitlines())
    if lines > MODULE:
        yield f"{name}: {lines} lines, a module has {MODULE}"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            budget = VIEW if "views" in name and _is_view(node) else FUNCTION
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > budget:
                yield f"{name}: {node.name} has {length} lines, its budget is {budget}"


def _is_view(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "request"


def test_nothing_is_over_its_budget():
    assert list(too_long(ROOT)) == []


def test_a_planted_giant_of_each_kind_is_found(tmp_path):
    for folder in [*CODE, "templates"]:
        (tmp_path / folder).mkdir()
    body = "    x = 1\n"
    (tmp_path / "groups" / "long.py").write_text("x = 1\n" * 301)
    (tmp_path / "groups" / "function.py").write_text("def giant():\n" + body * 40)
    (tmp_path / "groups" / "views.py").write_text("def page(request):\n" + body * 25)
    (tmp_path / "templates" / "page.html").write_text("<p>\n" * 121)
    assert list(too_long(tmp_path)) == [
        "groups/function.py: giant has 41 lines, its budget is 40",
        "groups/long.py: 301 lines, a module has 300",
        "groups/views.py: page has 26 lines, its budget is 25",
        "templates/page.html: 121 lines, a template has 120",
    ]
