"""What stands in the addresses: one line for each kind of argument, so that a new page is opened by everybody."""

import datetime
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from events.links import token_of
from events.models import DatePoll, PollVoter
from groups import bylaws, lifecycle
from groups.book import Order
from groups.models import (
    AdviserRequest,
    Application,
    ApplicationDraft,
    Confirmation,
    ConfirmationLink,
    ConfirmationRound,
    Group,
    ImportBatch,
    Offer,
    Printout,
    RecruitmentRound,
)
from groups.models.confirmation import LINK_VALID_FOR
from groups.recruitment import links, reviewing, scenarios
from groups.rosters.building import Variant, roster
from groups.rosters.copies import log_copy
from members import bounces, letters, searches
from members.models import Invitation, Letter, SavedSearch, Suppression
from members.models.invitation import VALID_FOR, hash_of
from tests.conftest import Actor
from tests.factories import make_application, make_meeting, make_membership, make_person, make_round
from tests.house.portal.exchange_objects import joint
from tests.house.portal.file_objects import files_and_feeds, picture
from tests.house.portal.handover_objects import handed_over, to_be_handed_over
from tests.house.portal.joint_objects import ask_to, offered
from tests.house.portal.minutes import minuted
from tests.house.portal.print_objects import pdf
from tests.house.portal.reply_objects import asked

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
        **files_and_feeds(group, member, staff),
        **joint(group, member, staff),
        **recruiting(group, staff),
        **in_meetings(group, member, staff),
        **beginning_and_ending(group, staff),
        "my/seen/:question": "mail",
        "invitations/:token": invitation(f"token-of-{group.slug}", staff),
        "imports/:pk": upload(group, staff).pk,
        "office/book/:pk": book(group, staff).pk,
        "exports/:pk": copy(group).pk,
    }


def beginning_and_ending(group: Group, staff: Actor) -> dict[str, Any]:
    """A group to be launched and one to be handed over; the group itself may rest and end."""
    handed_over(group, staff)
    return {
        "office/launch/:slug": forming(group).slug,
        "office/groups/:slug": group.slug,
        "office/handover/:slug": to_be_handed_over(group).slug,
    }


def in_meetings(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """A meeting with its minutes, days that are asked for, and what its members replied."""
    met = make_meeting(group, DAY, title="工場の見学", kind="general")
    ask_to(met)
    return {
        **minuted(met, staff),
        **polling(group, member, staff),
        **asked(group, member, staff),
        **offered(group, staff),
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
        "office/attendance/:slug": group.slug,
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


def recruiting(group: Group, staff: Actor) -> dict[str, Any]:
    """The office's call of this year for one group, of last year for the other."""
    year = DAY.year - RecruitmentRound.objects.count()
    days = {"opens_on": datetime.date(year, 11, 1), "closes_on": datetime.date(year, 11, 30)}
    call = make_round(office=group.office, fiscal_year=year, **days)
    tokens = applying(call)
    review(links.find(tokens["applications/:token"], links.Purpose.STATUS).application, staff)
    return {
        "office/recruitment/:pk": call.pk,
        "office/applications/:pk": make_application(call).pk,
        "office/scenarios/:pk": scenarios.put_aside(round=call, name="はじめの案", by=staff.user).pk,
        "recruitment/:year": year,
        "office/offers/:pk": offer(call, staff).pk,
        **tokens,
    }


def polling(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """日程調整 with one day, and the member who is asked."""
    poll = DatePoll.objects.create(
        group=group,
        title="工場の見学の日",
        answer_until=timezone.now() + datetime.timedelta(days=7),
        started_by=staff.user,
    )
    day = timezone.now() + datetime.timedelta(days=30)
    poll.dates.create(starts_at=day, ends_at=day + datetime.timedelta(hours=2))
    voter = PollVoter.objects.create(poll=poll, membership=member.membership, person=member.person)
    return {"polls/:pk": poll.pk, "poll-answers/:pk": voter.pk, "poll/:token": token_of(voter)}


def review(application: Application, staff: Actor) -> None:
    """What the office keeps to itself about it, and what it asks of the applicant."""
    application.consents.create(kind="purpose", given=True)
    reviewing.write_note(application=application, text="電話で製品のことを伺った。", by=staff.user)
    reviewing.ask(application=application, question="納め先を教えてください。", due=None, by=staff.user)


def applying(call: RecruitmentRound) -> dict[str, Any]:
    """What stands in the letters to applicants: a draft, an application that waits for its address, one that is in."""
    until = timezone.now() + ApplicationDraft.KEPT_FOR
    draft = ApplicationDraft.objects.create(
        key=f"draft-{call.pk}", fiscal_year=call.fiscal_year, expires_at=until
    )
    waiting = make_application(call, state=Application.State.DRAFT, name="株式会社まつ")
    purposes = links.Purpose
    return {
        "applications/resume/:token": links.make(draft, purposes.RESUME, "draft@example.jp"),
        "applications/confirm/:token": links.make(waiting, purposes.CONFIRM, waiting.contact_email),
        "applications/:token": links.make(make_application(call), purposes.STATUS, "status@example.jp"),
    }


def offer(call: RecruitmentRound, staff: Actor) -> Offer:
    """A place of the call that waits for an answer."""
    return Offer.objects.create(
        application=make_application(call, state=Application.State.OFFERED),
        due=DAY,
        offered_by=staff.user,
        offered_at=timezone.now(),
    )


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


def forming(group: Group) -> Group:
    """A group that waits to be launched, with a member; nobody but the office knows of it."""
    made = lifecycle.found(
        stage=Group.Stage.FORMING,
        since=datetime.date(2026, 4, 1),
        name=f"{group}につづく会",
        kana="ツヅクカイ",
        slug=f"{group.slug}-next",
        number_prefix="NX",
        founded_year=2026,
        office=group.office,
    )
    make_meeting(made, DAY, kind="launch")
    make_membership(made, consent="yes", on=datetime.date(2026, 11, 1))
    return made


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
    group.refresh_from_db()
    group.logo.save("logo.png", ContentFile(picture()))
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
