"""What Django and browsers forgive and the tests do not: undefined variables, HTML that has to be mended."""

import inspect
from pathlib import Path
from typing import Any

import html5lib
from django.template.base import Node


class UndefinedVariable(str):
    """`string_if_invalid` that fails in a template of ours and keeps quiet in those of the packages."""

    __slots__ = ("templates",)
    templates: Path

    def __new__(cls, templates: Path) -> "UndefinedVariable":
        self = super().__new__(cls, "")
        self.templates = templates
        return self

    def __bool__(self) -> bool:
        origin = self._origin()
        return origin is not None and Path(origin).is_relative_to(self.templates)

    def __contains__(self, text: object) -> bool:
        return text == "%s"

    def __mod__(self, variable: Any) -> str:
        raise AssertionError(f"undefined variable {{{{ {variable} }}}} in {self._origin()}")

    @staticmethod
    def _origin() -> str | None:
        """The file of the template tag that is being drawn."""
        frame = inspect.currentframe()
        while frame:
            node = frame.f_locals.get("self")
            if isinstance(node, Node) and getattr(node, "origin", None):
                return str(node.origin)
            frame = frame.f_back
        return None


def parse_strictly(html: bytes | str) -> Any:
    """The document's tree; raises ValueError where a browser would have to mend the page."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    tree = parser.parse(html)
    if parser.errors:
        (line, column), code, details = parser.errors[0]
        text = html.decode() if isinstance(html, bytes) else html
        near = text.splitlines()[line - 1].strip()
        raise ValueError(f"HTML error {code} {details} in line {line}, column {column}: {near}")
    return tree
