"""What stands in the addresses: one line for each kind of argument, so that a new page is opened by everybody."""

import datetime
import io
from typing import Any

import pikepdf
from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from groups import bylaws
from groups.book import Order
from groups.models import (
    AdviserRequest,
    Confirmation,
    ConfirmationLink,
    ConfirmationRound,
    Group,
    ImportBatch,
    Printout,
)
from groups.models.confirmation import LINK_VALID_FOR
from groups.rosters.building import Variant, roster
from groups.rosters.copies import log_copy
from members import bounces, letters, searches
from members.models import Invitation, Letter, SavedSearch, Suppression
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
        **{
            f"{route}/restore/?": f"version={record.history.earliest('history_id').history_id}"
            for route, record in {
                "groups/<slug:slug>": group,
                "companies/<int:pk>": member.membership.company,
                "people/<int:pk>": member.person,
            }.items()
        },
        "office/letters/addresses/:pk": stopped_address().pk,
        "office/letters/wordings/:kind": "account/login_code",
        "office/letters/:pk": letter(member).pk,
        "demo/letters/:pk": 0,
        "companies/:pk": member.membership.company_id,
        "people/:pk": member.person.pk,
        "memberships/:pk": member.membership.pk,
        "representatives/:pk": member.membership.representatives.get().pk,
        "employments/:pk": member.person.employments.get().pk,
        "search/kept/:pk": kept_search(group, staff).pk,
        "officer-terms/:pk": group.officer_terms.get(until=None).pk,
        **records_of(group, member, staff),
        "my/seen/:question": "mail",
        "invitations/:token": invitation(f"token-of-{group.slug}", staff),
        "imports/:pk": upload(group, staff).pk,
        "office/book/:pk": book(group, staff).pk,
        "exports/:pk": copy(group).pk,
    }


def records_of(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """What else changes in the directory: one of each, of the group, its member and the member's company."""
    company, officer = member.membership.company, group.officer_terms.get(until=None).person
    asked = AdviserRequest.objects.create(
        group=group, fiscal_year=2026, asked_by=officer.users.first() or staff.user
    )
    yesterday = timezone.now() - datetime.timedelta(days=1)
    asking = ConfirmationRound.objects.create(group=group, started_by=staff.user, started_at=yesterday)
    row = Confirmation.objects.create(round=asking, membership=member.membership, person=member.person)
    return {
        "adviser-terms/:pk": group.advisers.all()[0].pk,
        "adviser-requests/:pk": asked.pk,
        "bylaws/:pk": bylaws.register(
            group=group, upload=ContentFile(pdf(), "会則.pdf"), valid_from=DAY, note="", by=staff.user
        ).pk,
        "confirmation-rounds/:pk": asking.pk,
        "confirmations/:pk": row.pk,
        "confirm/:token": confirmation_link(row, f"link-of-{group.slug}"),
        "former-names/:pk": company.former_names.create(
            name="有限会社むかし", until=datetime.date(2020, 3, 31)
        ).pk,
        "former-addresses/:pk": company.former_addresses.create(
            address="東京都昭島市前町9", until=datetime.date(2021, 3, 31)
        ).pk,
        "office/staff/:pk": staff.person.staff_assignments.all()[0].pk,
    }


def pdf() -> bytes:
    """A page with nothing on it."""
    content = io.BytesIO()
    with pikepdf.Pdf.new() as made:
        made.add_blank_page()
        made.save(content)
    return content.getvalue()


def confirmation_link(row: Confirmation, token: str) -> str:
    now = timezone.now()
    ConfirmationLink.objects.create(
        confirmation=row,
        email=row.person.email,
        token_hash=hash_of(token),
        made_at=now,
        expires_at=now + LINK_VALID_FOR,
    )
    return token


def kept_search(group: Group, staff: Actor) -> SavedSearch:
    return searches.keep(user=staff.user, name=f"{group}をさがす", query="q=%E6%AD%AF%E8%BB%8A")


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
