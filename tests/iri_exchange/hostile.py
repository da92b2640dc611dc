"""Records that hold markup in every text, for the tests of what makes a PDF."""

import datetime
from contextlib import suppress

from django.core.cache import caches
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, models, transaction
from django.utils import timezone

from events.models import AgendaItem, Attendance, Meeting, Minutes, Reply, Todo
from groups.models import Application, Group, RecruitmentRound
from members.models import Company, Consent, Person, User
from tests.factories import make_application, make_meeting, make_round


def write_everywhere(record: models.Model, *texts: str) -> None:
    """The first text that a field has room for and takes, into every one of a record's, past all forms."""
    for field in record._meta.get_fields():
        written = isinstance(field, models.CharField | models.TextField) and not isinstance(
            field, models.SlugField
        )
        if not written or not field.editable or field.choices:
            continue
        for text in texts:
            # A mail address, say, is read before it is written, and a meeting without a party has no place for one.
            with suppress(ValidationError, DataError, IntegrityError), transaction.atomic():
                if len(text) <= (field.max_length or len(text)):
                    type(record)._base_manager.filter(pk=record.pk).update(**{field.name: text})
                    break


def applicant(group: Group) -> Application:
    """Of this year; the result was announced, and goes by post."""
    if (application := Application.objects.first()) is None:
        call = make_round(office=group.office)
        application = make_application(
            call,
            state=Application.State.DECLINED,
            decision=Application.Decision.DECLINE,
            decided_by=User.objects.latest("pk"),
            contact_email="",
        )
        RecruitmentRound.objects.update(announced_at=timezone.now())
        caches["copies"].clear()  # the blank form is kept for a while
    return application


def agree(company: Company) -> None:
    """To be shown to everyone, so that the public prints hold it too."""
    Consent.objects.create(
        company=company, kind=Consent.Kind.PUBLIC_PROFILE, given=True, since=datetime.date(2020, 4, 1)
    )


def met(group: Group) -> list[models.Model]:
    """A 総会 of the group with its minutes, the meeting first; the office is the secretariat from then on."""
    meeting = Meeting.objects.filter(group=group).first()
    if meeting is None:
        group.stages.filter(state=Group.Stage.SELF_MANAGED).delete()
        meeting = make_meeting(group, datetime.date(2026, 11, 18), kind="general")
        Minutes.objects.create(meeting=meeting, state="published", published_at=timezone.now())
        AgendaItem.objects.create(meeting=meeting, position=1, title="議案", is_motion=True)
        Attendance.objects.create(meeting=meeting, name="客", kind="present")
        Todo.objects.create(meeting=meeting, what="礼状")
        on_paper(meeting)
    hanging = (*meeting.agenda.all(), *meeting.attendances.all(), *meeting.todos.all())
    return [meeting, meeting.minutes, *hanging]


def on_paper(meeting: Meeting) -> None:
    """Somebody whom no letter reaches, so that the notice is printed."""
    membership = meeting.group.memberships.filter(person=None)[0]
    person = membership.representatives.all()[0].person
    Person.objects.filter(pk=person.pk).update(email="")
    Reply.objects.create(meeting=meeting, membership=membership, person=person)
