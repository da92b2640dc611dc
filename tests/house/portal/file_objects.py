"""What stands in the addresses of files and calendars; see `objects`."""

import io
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image

from events import library
from events.calendars import feeds
from events.links import token_of
from groups.models import Group
from tests.conftest import Actor
from tests.house.portal.print_objects import prints_of


def picture() -> bytes:
    drawn = io.BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    return drawn.getvalue()


def files_and_feeds(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """A picture of the group's library, the member's own calendar, and long prints."""
    about = {"kind": "photo", "title": "会場の写真", "by": staff.user}
    feed = feeds.start(user=member.user)
    return {
        "files/:pk": library.keep(group=group, upload=ContentFile(picture(), "会場.png"), **about).pk,
        "my/calendar/:pk": feed.pk,
        "feeds/:token": token_of(feed),
        **prints_of(group, staff),
    }
