"""What the page of a meeting shows of its files."""

from typing import Any

from django import template

from events.library import files_visible_to
from events.models import LibraryFile, Meeting

register = template.Library()


@register.simple_tag(takes_context=True)
def files_of(context: template.Context, meeting: Meeting) -> list[LibraryFile]:
    """Those that the reader may see, the papers before the photographs."""
    user: Any = context["user"]
    files = list(files_visible_to(user).filter(meeting=meeting))
    return sorted(files, key=lambda file: file.kind == LibraryFile.Kind.PHOTO)
