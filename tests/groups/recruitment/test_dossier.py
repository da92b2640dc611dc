"""What staff look at before they decide: a fixed number of queries, and what may be done now."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from groups.models import ApplicationStep
from groups.recruitment import deciding, reviewing
from groups.recruitment.dossier import dossier
from groups.visible_records import applications_visible_to
from tests.factories import make_application, make_round


@pytest.fixture
def call(office):
    return make_round(office=office, capacity=100)


def test_as_many_queries_for_much_as_for_little(call, staff):
    application = make_application(call)

    def counted():
        found = applications_visible_to(staff.user).get(pk=application.pk)
        with CaptureQueriesContext(connection) as asked:
            known = dossier(found)
            told = [(str(note.by), note.text) for note in known.notes]
            told += [(str(step.by), step.note) for step in known.steps]
            told += [(twin.application.round.office.name, "") for twin in known.before]
        return len(asked), len(told)

    reviewing.take_up(application=application, by=staff.user)
    reviewing.write_note(application=application, text="メモ", by=staff.user)
    few = counted()
    for _ in range(29):
        reviewing.write_note(application=application, text="メモ", by=staff.user)
        ApplicationStep.objects.create(
            application=application, state="under_review", at=timezone.now(), by=staff.user
        )
        rival = make_application(call, industry_middle="24", name=application.name)
        deciding.decide(application=rival, decision="accept", by=staff.user)
    many = counted()
    assert (few[0], many[1]) == (many[0], few[1] + 58)


@pytest.mark.parametrize(
    ("state", "is_open", "may_be_decided"),
    [
        ("submitted", True, True),
        ("under_review", True, True),
        ("info_requested", True, False),
        ("accepted", False, False),
        ("withdrawn", False, False),
    ],
)
def test_what_may_be_done(call, state, is_open, may_be_decided):
    known = dossier(make_application(call, state=state))
    assert (known.is_open, known.may_be_decided) == (is_open, may_be_decided)


def test_the_applicant_is_told_no_decision(call, staff):
    application = make_application(call)
    row = deciding.decide(application=application, decision="decline", by=staff.user)
    assert dossier(row).told[0] == "審査中"
