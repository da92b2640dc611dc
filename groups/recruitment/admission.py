"""採択: what an application says becomes a company, its people, a membership and their consents, and nothing twice."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import corrections, endings, memberships, representing
from groups.models import Application, Group, Membership, Participant, RosterConsent
from groups.recruitment import differences
from iri_exchange.lib import history, japan
from members import consents, directory
from members.models import Company, CompanyFacts, Consent, Person

ROSTER = "roster"
NO_GROUP = "採択した企業が入るグループが、まだ決まっていません。募集の設定で選んでください。"
UNDECIDED = "{}が名簿にある企業かどうかを、応募のページで確かめてください。"
TWICE = "{}は、受付番号{}の応募で、もう会員になっています。どちらかの応募を取り下げてください。"
ADMITTED = "この応募の企業は、もう会員になっています。"
FACTS = [field.name for field in CompanyFacts._meta.local_fields]
OF_A_PERSON = ("family_name", "given_name", "family_kana", "given_kana", "title", "department")
REACHED = ("email", "phone")


@transaction.atomic
def admit(*, application: Application, since: datetime.date, by: Any) -> Membership:
    """The applicant is a member of the round's group from a day on. Whoever calls holds the round and the application.

    The company is the one that the office has matched, or that an earlier application of it has made, or a new one;
    people of the company with the same name are the same people. What the directory lacks is filled in, what it
    knows otherwise stays (`differences`). Raises ValidationError with a sentence.
    """
    group = application.round.group
    if group is None:
        raise ValidationError(NO_GROUP, code="no_group")
    if application.membership_id:
        raise ValidationError(ADMITTED, code="admitted")
    endings.lock(group.pk)
    with history.step(f"採択（{application.number}）", by):
        company = _company(application)
        membership = _membership(group, company, since)
        attending = _people(application, company, since)
        _represent(membership, attending, since)
        _agree(application, membership, attending)
        _belongs_to(application, membership)
    return membership


def number_taken(application: Application) -> bool:
    """Whether the corporate number is that of another company of the directory than the matched one."""
    if not application.corporate_number:
        return False
    others = Company.objects.filter(corporate_number=application.corporate_number)
    return others.exclude(pk=application.known_company_id or 0).exists()


def member_by_another(application: Application) -> Application | None:
    """The other application of the round by which the same company is a member already."""
    twin = _twin(application)
    return twin if twin and twin.state != Application.State.WITHDRAWN else None


def _company(application: Application) -> Company:
    """Matched first: by the office, else with who was admitted by an earlier application."""
    twin = _twin(application)
    if twin and twin.state != Application.State.WITHDRAWN:
        raise ValidationError(TWICE.format(application.name, twin.number), code="twice")
    made = twin.membership.company_id if twin and twin.membership else None
    known = application.known_company_id or made
    if known is None:
        if not application.is_new_company:
            raise ValidationError(UNDECIDED.format(application.name), code="undecided")
        return directory.register_company(**{name: getattr(application, name) for name in FACTS})
    company = Company.objects.select_for_update(no_key=True).get(pk=known)
    if differences.fill(company, application, differences.OF_COMPANY):
        company.full_clean()
        directory.change_company(company=company)
    return company


def _twin(application: Application) -> Application | None:
    """Another application of the same company in the round that has made a member; one that still counts comes first."""
    others = Application.objects.filter(round=application.round_id).exclude(membership=None)
    others = others.exclude(pk=application.pk).select_related("membership")
    same = [
        each
        for each in others
        if (each.membership and each.membership.company_id == application.known_company_id)
        or differences.same_company(each, application)
    ]
    return min(same, key=lambda each: each.state == Application.State.WITHDRAWN, default=None)


def _membership(group: Group, company: Company, since: datetime.date) -> Membership:
    """One per company and group: who is a member already stays it, who had left comes back with the old number."""
    known = Membership.objects.filter(group=group, company=company).first()
    if known is None:
        return memberships.join(group=group, on=since, company=company)
    last = known.statuses.latest("since")
    if last.state == Membership.Status.LEFT and last.since < since:
        memberships.resume(membership=known, since=since)
    elif last.state == Membership.Status.LEFT:
        corrections.take_back(status=last)  # the day has its status already, or it lies ahead
    return known


def _belongs_to(application: Application, membership: Membership) -> None:
    """A membership is of one application: the one that was withdrawn gives it up."""
    for earlier in Application.objects.filter(membership=membership).exclude(pk=application.pk):
        earlier.membership = None
        earlier.save(update_fields=["membership"])
    application.membership = membership
    application.save(update_fields=["membership"])


def _people(application: Application, company: Company, since: datetime.date) -> list[Person]:
    """Those who attend. The contact, too, is a person of the company, or one of these: then reached as the contact is."""
    known = differences.people_of([company], since)[company.pk]
    family, given = japan.split_name(application.contact_name)
    contact = Participant(
        family_name=family[:40],
        given_name=given[:40],
        email=application.contact_email,
        phone=application.contact_phone,
    )
    attending = []
    for said in application.participants.all():
        if differences.is_named(contact, said):
            differences.fill(said, contact, differences.OF_PERSON)
        person = _somebody(application, company, known, said, since)
        known.append(person)
        attending.append(person)
    _somebody(application, company, known, contact, since)
    return attending


def _somebody(
    application: Application,
    company: Company,
    known: list[Person],
    said: Participant,
    since: datetime.date,
) -> Person:
    if found := differences.find(said, known):
        if differences.fill(found, said, differences.OF_PERSON):
            found.full_clean()
            directory.change_person(person=found)
        return found
    return directory.register_person(
        company=company,
        since=since,
        contact_method=_reached_by(application, said),
        confirmed_on=timezone.localdate(application.sent_at),
        **{name: getattr(said, name) for name in (*OF_A_PERSON, *REACHED)},
    )


def _reached_by(application: Application, said: Participant) -> str:
    if said.email:
        return Person.ContactMethod.EMAIL
    return Person.ContactMethod.FAX if application.fax else Person.ContactMethod.POST


def _represent(membership: Membership, people: Iterable[Person], since: datetime.date) -> None:
    """As many as the group lets a company have; others stay people of the company."""
    now = set(membership.representatives.exclude(until__lt=since).values_list("person", flat=True))
    for person in people:
        if person.pk not in now and len(now) < membership.group.representatives_max:
            representing.add(membership=membership, person=person, since=since)
            now.add(person.pk)


def _agree(application: Application, membership: Membership, people: list[Person]) -> None:
    """What was agreed to when applying counts from that day on; a later answer of theirs stays the last one."""
    said: dict[str, Any] = {
        "since": timezone.localdate(application.sent_at),
        "note": f"応募のとき（受付番号 {application.number}）",
    }
    for each in application.consents.select_related("text"):
        if each.kind == ROSTER:
            answer = RosterConsent.Answer.YES if each.given else RosterConsent.Answer.NO
            memberships.answer_roster_consent(membership=membership, answer=answer, text=each.text, **said)
        elif each.kind == Consent.Kind.PUBLIC_PROFILE:
            consents.answer_consent(
                kind=each.kind, given=each.given, company=membership.company, text=each.text, **said
            )
        elif each.kind in Consent.Kind.values:
            for person in people:
                consents.answer_consent(
                    kind=each.kind, given=each.given, person=person, text=each.text, **said
                )
