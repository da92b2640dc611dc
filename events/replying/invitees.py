"""Who is invited to a meeting: those who attend for the members of its group, and of the groups that agreed to it."""

import datetime

from django.utils import timezone

from events.models import Meeting
from groups.models import Membership, OfficerTerm, Representative
from members.models import Person

Invitee = tuple[Membership, Person]


def invited_people(meeting: Meeting) -> list[Invitee]:
    """Each person once, with the membership they attend for: the own group first, by member number.

    As of the meeting's day, as far as it is known today: 在会 and 休会. To a 幹事会 the officers are invited.
    """
    everybody = attending(meeting)
    if meeting.kind != Meeting.Kind.OFFICERS:
        return everybody
    officers = _officers(meeting)
    own = [each for each in everybody if each[0].group_id == meeting.group_id and each[1].pk in officers]
    reached = {person.pk for _, person in own}
    return own + _by_employer(meeting, [each for pk, each in officers.items() if pk not in reached])


def others(meeting: Meeting) -> list[Invitee]:
    """Who may be invited besides: at a 幹事会 the other members of the group."""
    if meeting.kind != Meeting.Kind.OFFICERS:
        return []
    invited = {person.pk for _, person in invited_people(meeting)}
    own = (each for each in attending(meeting) if each[0].group_id == meeting.group_id)
    return [each for each in own if each[1].pk not in invited]


def attending(meeting: Meeting) -> list[Invitee]:
    """Everybody who attends for a member of the group, or of a group that agreed to it, on the meeting's day."""
    day = day_of(meeting)
    groups = [meeting.group_id, *meeting.invited_groups.agreed().values_list("group_id", flat=True)]
    rows = Membership.objects.belonging(day).filter(group__in=groups)
    rows = rows.select_related("company", "person", "group").order_by("group", "sequence")
    memberships = sorted(rows, key=lambda each: groups.index(each.group_id))
    terms = Representative.objects.on(day).filter(membership__in=memberships).select_related("person")
    by_member: dict[int, list[Person]] = {}
    for term in terms.order_by("rank", "since", "pk"):
        by_member.setdefault(term.membership_id, []).append(term.person)
    found: dict[int, Invitee] = {}
    for membership in memberships:
        people = [membership.person] if membership.person else by_member.get(membership.pk, [])
        for person in people:
            found.setdefault(person.pk, (membership, person))
    return list(found.values())


def without_anybody(meeting: Meeting) -> list[Membership]:
    """Members of the group for whom nobody attends: no letter can be addressed to them."""
    day = day_of(meeting)
    rows = Membership.objects.belonging(day).filter(group=meeting.group_id, person=None)
    with_somebody = Representative.objects.on(day).values("membership_id")
    return list(rows.exclude(pk__in=with_somebody).select_related("company", "group").order_by("sequence"))


def day_of(meeting: Meeting) -> datetime.date:
    """The meeting's day, but none that is over: who has left since is not written to."""
    return max(meeting.day, timezone.localdate())


def _officers(meeting: Meeting) -> dict[int, Person]:
    terms = OfficerTerm.objects.on(day_of(meeting)).filter(group=meeting.group_id)
    return {term.person_id: term.person for term in terms.select_related("person").order_by("since", "pk")}


def _by_employer(meeting: Meeting, officers: list[Person]) -> list[Invitee]:
    """Officers who attend for no member themselves, such as a 顧問: for the member they work for, if it is one."""
    day, found = day_of(meeting), []
    members = Membership.objects.belonging(day).filter(group=meeting.group_id)
    for officer in officers:
        company = officer.company_on(day)
        membership = members.filter(company=company).select_related("company", "group").first()
        if company and membership:
            found.append((membership, officer))
    return found
