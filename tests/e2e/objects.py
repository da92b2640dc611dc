"""Prints, as one line of JSON, what stands in the addresses of the running demo.

Adds a group without members, uploads for it that stand at each place where one looks at them, and a second group
whose roster has been imported.
"""

import datetime
import json
import re
from typing import Any

import django

django.setup()

from django.contrib import admin  # noqa: E402
from django.utils import timezone  # noqa: E402

from events.calendars import feeds  # noqa: E402
from events.links import token_of  # noqa: E402
from events.models import LibraryFile  # noqa: E402
from groups import importing, lifecycle  # noqa: E402
from groups.invitees import invitees  # noqa: E402
from groups.models import (  # noqa: E402
    Adviser,
    AdviserRequest,
    ConfirmationRound,
    Group,
    ImportBatch,
    Offer,
    Office,
    RecruitmentRound,
    Representative,
    StaffAssignment,
)
from groups.recruitment import scenarios  # noqa: E402
from groups.rosters.building import Variant, roster  # noqa: E402
from groups.rosters.copies import log_copy  # noqa: E402
from groups.standing import standing  # noqa: E402
from members import account_letters, bounces, invitations, searches  # noqa: E402
from members.models import Company, FormerAddress, Letter, Suppression, User  # noqa: E402
from members.models.invitation import hash_of  # noqa: E402
from tests.e2e.minutes import minuted  # noqa: E402
from tests.e2e.objects_exchange import joint  # noqa: E402
from tests.e2e.objects_planning import polling  # noqa: E402
from tests.e2e.objects_prints import make_printout, printed  # noqa: E402
from tests.e2e.portal import NEW_GROUP, ROLES, ROOT  # noqa: E402
from tests.e2e.replies import asked  # noqa: E402
from tests.factories import make_meeting  # noqa: E402
from tests.groups.batches import (  # noqa: E402
    CHANGED,
    DOUBTFUL,
    LEFT,
    NEW,
    NOTICE,
    SAME,
    make_batch,
    many,
    report_of,
)
from tests.house.portal.objects import applying  # noqa: E402

DATA = ROOT / "tests" / "data"
NO_HEADER = """株式会社青葉精機,青葉 一郎,042-500-0001,昭島市
こだま電子株式会社,児玉 花子,042-500-0002,立川市
三笠硝子株式会社,三上 和夫,042-500-0003,八王子市
"""


PAPERS = [f"office/papers/{paper}.pdf?" for paper in ("labels", "envelopes", "badges")]


def main() -> dict[str, Any]:
    member = User.objects.get(email=ROLES["member"])
    staff = User.objects.get(email=ROLES["staff"])
    group = Group.objects.get(slug="tama24")
    new_group = found("あけぼの会", NEW_GROUP, "AK")
    batches = make_batches(new_group, staff)
    members = roster(group, Variant.MEMBER, timezone.localdate())
    copy = log_copy(roster=members, by=staff, file_format="pdf", purpose="総会の配付", receiver="濵田 隆")
    books = {state: make_printout(staff, state, group) for state in ("working", "failed", "done")}
    return {
        **in_the_admin(),
        "groups/:slug": group.slug,
        "office/group/?": f"slug={group.slug}",
        **dict.fromkeys(PAPERS, f"groups={group.slug}"),
        **earlier_versions(group, member),
        **letters_shown(member, staff),
        **records_of(group, member),
        **recruiting(staff, group),
        "companies/:pk": min(standing(member).own_companies),
        "people/:pk": member.person_id,
        **in_the_register(member),
        **joint(group, staff),
        **files_and_feeds(group, member),
        **(replied := asked(group, staff)),
        "search/kept/:pk": searches.keep(user=staff, name="たかはし", query="q=%E3%81%9F%E3%81%8B").pk,
        "officer-terms/:pk": group.officer_terms.latest("until", "since").pk,
        "my/seen/:question": "mail",
        "invitations/:token": invited(staff),
        "imports/:pk": batches["clean"].pk,
        "exports/:pk": copy.pk,
        "office/book/:pk": books["done"].pk,
        "batches": {name: batch.pk for name, batch in batches.items()},
        "also": [
            *in_every_state(batches),
            *(f"/office/book/{book.pk}/" for book in books.values()),
            *announced(),
            *replied["replied"],
        ],
    }


def in_every_state(batches: dict[str, Any]) -> list[str]:
    return [
        *(f"/imports/{batch.pk}/" for batch in batches.values()),
        f"/imports/{batches['long'].pk}/?show=same&page=2&q=第",
        f"/imports/{batches['done'].pk}/undo/",
    ]


def files_and_feeds(group: Group, member: User) -> dict[str, Any]:
    """A picture of the group's library, as the demo keeps it, a calendar of the member's own, and long prints."""
    feed = feeds.start(user=member)
    photos = LibraryFile.objects.filter(group=group, kind=LibraryFile.Kind.PHOTO)
    of_group = {"files/:pk": photos[0].pk, **printed(group)}
    return {**of_group, "my/calendar/:pk": feed.pk, "feeds/:token": token_of(feed)}


def earlier_versions(group: Group, member: User) -> dict[str, Any]:
    """Each record is changed once, and the page offers to put it back."""
    company = Company.objects.get(pk=min(standing(member).own_companies))
    found = {}
    for route, record, field in (
        ("groups/<slug:slug>", group, "theme"),
        ("companies/<int:pk>", company, "pr"),
        ("people/<int:pk>", member.person, "department"),
    ):
        found[f"{route}/restore/?"] = f"version={record.history.earliest('history_id').history_id}"
        setattr(record, field, "ものづくりの現場から")
        record.save()
    return found


def records_of(group: Group, member: User) -> dict[str, Any]:
    """What else changes in the directory, as the demo tells it; the link is that of a member who has not answered."""
    asking = ConfirmationRound.objects.get(group=group)
    row = asking.confirmations.filter(confirmed_at=None, links__isnull=False).order_by("pk")[0]
    row.links.update(token_hash=hash_of("a-link-to-look-at"))
    company = Company.objects.get(pk=min(standing(member).own_companies))
    return {
        "adviser-terms/:pk": Adviser.objects.filter(group=group)[0].pk,
        "adviser-requests/:pk": AdviserRequest.objects.latest("pk").pk
        if AdviserRequest.objects.exists()
        else 0,
        "bylaws/:pk": group.bylaws.all()[0].pk,
        "confirmation-rounds/:pk": asking.pk,
        "confirmations/:pk": row.pk,
        "confirm/:token": "a-link-to-look-at",
        "former-names/:pk": company.former_names.create(name="旧社名", until=datetime.date(2020, 3, 31)).pk,
        "former-addresses/:pk": FormerAddress.objects.all()[0].pk,
        "office/staff/:pk": StaffAssignment.objects.all()[0].pk,
    }


def forming() -> Group:
    """A group that waits to be launched, with the day of its ceremony."""
    today = timezone.localdate()
    made = lifecycle.found(
        stage=Group.Stage.FORMING,
        since=today - datetime.timedelta(days=90),
        name="あおぞら会",
        slug="aozora",
        number_prefix="AZ",
        founded_year=today.year,
        office=Office.objects.all()[0],
    )
    make_meeting(made, today + datetime.timedelta(days=7), kind="launch")
    return made


def recruiting(staff: User, group: Group) -> dict[str, Any]:
    """The call that is open, a group that is to be launched, and a meeting of one that was."""
    met = make_meeting(group, timezone.localdate() + datetime.timedelta(days=14))
    call = RecruitmentRound.objects.filter(announced_at=None).latest("fiscal_year", "pk")
    offer = Offer.objects.last()
    return {
        **minuted(met, staff),
        **polling(group, staff),
        "office/launch/:slug": forming().slug,
        "office/groups/:slug": group.slug,
        "office/handover/:slug": Group.objects.as_of(timezone.localdate()).filter(stage="launched")[0].slug,
        "office/attendance/:slug": group.slug,
        "office/recruitment/:pk": call.pk,
        "recruitment/:year": call.fiscal_year,
        "office/offers/:pk": offer.pk if offer else 0,
        "office/applications/:pk": call.applications.exclude(serial=None)[0].pk,
        "office/scenarios/:pk": scenarios.put_aside(round=call, name="ためしの案", by=staff).pk,
        **applying(call),
    }


def announced() -> list[str]:
    """What is to be seen of a call after its results were told."""
    call = RecruitmentRound.objects.exclude(announced_at=None).latest("fiscal_year", "pk")
    return [f"/office/recruitment/{call.pk}/{page}/" for page in ("announce", "offers", "differences")]


def invited(staff: User) -> str:
    """What stands in the link to somebody without a login."""
    row = next(row for row in invitees(Group.objects.get(slug="plaza62"), staff) if not row.why_not)
    invitations.invite_all(people=[row.person], by=staff)
    found = re.search(r"/invitations/([\w-]+)/", Letter.objects.filter(person=row.person).latest("pk").text)
    return found[1] if found else ""


def letters_shown(member: User, staff: User) -> dict[str, Any]:
    """A letter of the demo, and an address that takes none."""
    shown = account_letters.write(
        prefix="account/email/password_changed", to=member.email, context={"user": member}
    )
    bounces.record(letter=None, address="gone@example.com", is_hard=True, by=staff)
    return {
        "office/letters/addresses/:pk": Suppression.objects.get().pk,
        "office/letters/wordings/:kind": "account/login_code",
        "office/letters/:pk": shown.pk,
        "demo/letters/:pk": shown.pk,
    }


def in_the_register(member: User) -> dict[str, Any]:
    """What hangs on the member's own membership."""
    term = Representative.objects.on(timezone.localdate()).filter(person=member.person_id)[0]
    return {
        "memberships/:pk": term.membership_id,
        "representatives/:pk": term.pk,
        "employments/:pk": term.person.employments.latest("since").pk,
    }


def in_the_admin() -> dict[str, Any]:
    """The first record of each kind."""
    return {
        f"admin/{model._meta.app_label}/{model._meta.model_name}/:object_id": row.pk
        for model in admin.site._registry
        if (row := model._default_manager.first())
    }


def make_batches(new_group: Group, staff: User) -> dict[str, ImportBatch]:
    """Uploads at each place where one looks at them."""
    return {
        "clean": upload(new_group, staff, "tama24.csv"),
        "mend": upload(new_group, staff, "broken.xlsx"),
        "columns": importing.keep_upload(
            group=new_group, filename="名刺の控え.csv", content=NO_HEADER.encode(), by=staff
        ),
        "done": imported(found("ひので会", "hinode", "HD"), staff, "plaza62.xlsx"),
        "reading": make_batch(new_group, staff, "reading", rows_total=20_000, rows_done=6_200),
        "asked": make_batch(
            new_group, staff, "previewed", report_of(DOUBTFUL, CHANGED, NEW, LEFT, SAME, bad=True)
        ),
        "long": make_batch(new_group, staff, "previewed", report_of(*many(300), warnings=[NOTICE])),
        "undone": make_batch(new_group, staff, "undone"),
    }


def found(name: str, slug: str, prefix: str) -> Group:
    return lifecycle.found(
        name=name, slug=slug, number_prefix=prefix, founded_year=2026, office=Office.objects.all()[0],
        stage=Group.Stage.LAUNCHED, since=datetime.date(2026, 7, 10),
    )  # fmt: skip


def upload(group: Group, by: User, name: str) -> ImportBatch:
    return importing.keep_upload(group=group, filename=name, content=(DATA / name).read_bytes(), by=by)


def imported(group: Group, by: User, name: str) -> ImportBatch:
    batch = upload(group, by, name)
    batch.refresh_from_db()
    importing.commit_batch(batch=batch, shown=batch.report["fingerprint"], by=by)
    return batch


if __name__ == "__main__":
    print(json.dumps(main()))
