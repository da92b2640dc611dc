"""What stands in the addresses: one line for each kind of argument, so that a new page is opened by everybody."""

import datetime
import io
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from groups.book import Order
from groups.models import Group, ImportBatch, Printout
from groups.roster_copies import log_copy
from groups.rosters import Variant, roster
from members import bounces, letters
from members.models import Invitation, Letter, Suppression
from members.models.invitation import VALID_FOR, hash_of
from tests.conftest import Actor
from tests.factories import make_person

DAY = datetime.date(2026, 11, 25)


def objects_of(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """As `tests.urlmap` wants it: everything belongs to `group`, which gets a logo, and to its `member`."""
    return {
        "groups/:slug": with_logo(group).slug,
        "office/group/?": f"slug={group.slug}",
        **{
            f"office/papers/{paper}.pdf?": f"groups={group.slug}"
            for paper in ("labels", "envelopes", "badges")
        },
        "office/letters/addresses/:pk": stopped_address().pk,
        "office/letters/wordings/:kind": "account/login_code",
        "office/letters/:pk": letter(member).pk,
        "demo/letters/:pk": 0,
        "companies/:pk": member.membership.company_id,
        "people/:pk": member.person.pk,
        "officer-terms/:pk": group.officer_terms.get(until=None).pk,
        "my/seen/:question": "mail",
        "invitations/:token": invitation(f"token-of-{group.slug}", staff),
        "imports/:pk": upload(group, staff).pk,
        "office/book/:pk": book(group, staff).pk,
        "exports/:pk": copy(group).pk,
    }


def invitation(token: str, staff: Actor) -> str:
    """Sent to somebody who has no login yet."""
    now = timezone.now()
    Invitation.objects.create(
        person=make_person(),
        email=f"{token}@example.com",
        token_hash=hash_of(token),
        made_by=staff.user,
        made_at=now,
        expires_at=now + VALID_FOR,
    )
    return token


def letter(to: Actor) -> Letter:
    return letters.put(
        kind="account/password_changed",
        to="reader@example.com",
        person=to.person,
        subject="お知らせ",
        text="本文",
        html="<p>本文</p>",
    )


def stopped_address() -> Suppression:
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    return Suppression.objects.get(address="gone@example.com")


def with_logo(group: Group) -> Group:
    picture = io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    group.refresh_from_db()
    group.logo.save("logo.png", ContentFile(picture.getvalue()))
    return group


def upload(group: Group, staff: Actor) -> ImportBatch:
    content = (settings.BASE_DIR / "tests" / "data" / "tama24.csv").read_bytes()
    return ImportBatch.objects.create(
        group=group, filename=f"{group.slug}.csv", content=content, uploaded_by=staff.user
    )


def book(group: Group, staff: Actor) -> Printout:
    return Printout.objects.create(
        kind=Printout.Kind.BOOK,
        options=Order(Variant.MEMBER, DAY, (group.pk,)).as_json(),
        made_by=staff.user,
        state=Printout.State.DONE,
        finished_at=timezone.now(),
        content=b"%PDF",
    )


def copy(group: Group) -> Any:
    return log_copy(roster=roster(group, Variant.MEMBER, DAY), by=None, file_format="pdf")
