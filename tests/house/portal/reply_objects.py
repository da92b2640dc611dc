"""A meeting of which the member was told, and the reply that is asked of them."""

import datetime
from typing import Any

from django.utils import timezone

from events.links import key_of, token_of
from events.models import PollVoter, Reply
from events.telling import notices
from groups.models import ApplicationLink, Group, Membership
from members.models import Company, Person
from members.models.invitation import hash_of
from tests.conftest import Actor
from tests.factories import make_meeting

APPLICANTS = ("applications/:token", "applications/confirm/:token", "applications/resume/:token")


def asked(group: Group, member: Actor, staff: Actor) -> dict[str, Any]:
    """What stands in the addresses of the replies."""
    day = timezone.localdate() + datetime.timedelta(days=15)
    meeting = make_meeting(group, day, has_party=True, party_place="駅前")
    notices.send(meeting=meeting, by=staff.user, people=[member.person])
    reply = Reply.objects.get(meeting=meeting)
    return {"replies/:pk": reply.pk, "reply/:token": token_of(reply)}


def asked_by_link(world: Any) -> dict[str, set[tuple[Any, Any]]]:
    """{beginning of a personal page: whose records it shows}: one's own, the meeting's, and whom to call; and a feed's."""
    found = {}
    for side, objects in world.objects.items():
        found[f"/feeds/{objects['feeds/:token']}"] = {(Group, world.groups[side].pk)}
        for page, model, token in (("reply", Reply, "reply/:token"), ("poll", PollVoter, "poll/:token")):
            pk, _ = key_of(model, objects[token])
            row = model.objects.select_related("membership__group").get(pk=pk)
            group = row.membership.group
            contact = group.officer_terms.get(until=None).person
            companies = [each.membership.company_id for each in contact.representations.all()]
            found[f"/{page}/{objects[token]}/"] = {
                (Group, group.pk),
                (Membership, row.membership_id),
                (Company, row.membership.company_id),
                (Person, row.person_id),
                (Person, contact.pk),
                *((Company, pk) for pk in companies),
            }
    return found


def applied_by_link(world: Any) -> dict[str, tuple[Any, Any]]:
    """{beginning of the addresses that a link to an applicant opens: the application or draft}."""
    found: dict[str, tuple[Any, Any]] = {}
    for objects in world.objects.values():
        for key in APPLICANTS:
            link = ApplicationLink.objects.get(token_hash=hash_of(objects[key]))
            row = link.application or link.draft
            found[f"/{key.replace(':token', objects[key])}/"] = type(row), row.pk
    return found
