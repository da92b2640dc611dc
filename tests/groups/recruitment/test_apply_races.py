"""One draft, fifty times at once; and everybody's number is another one, on a database that locks rows."""

import pytest
from django.db import connection, transaction

from groups.models import Application, ApplicationConsent, ApplicationLink, Participant, RecruitmentRound
from groups.recruitment import applying, links
from groups.recruitment.links import Purpose
from members.models import Letter
from tests.factories import make_application, make_office, make_round
from tests.groups.importing.racing import Running, waiting
from tests.groups.recruitment.test_applying import written

pytestmark = [
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="on SQLite whoever writes is alone: make test-postgres"
    ),
    pytest.mark.django_db(transaction=True),
]
FIFTY = 50


def at_once(verb, times) -> list:
    """All of them begin while the rounds are locked; what each came to."""
    with transaction.atomic():
        list(RecruitmentRound.objects.select_for_update())
        # The first is seen to wait; the others need not be waited for one by one.
        running = [
            waiting(lambda: verb(0)),
            *(Running(lambda each=each: verb(each)) for each in range(1, times)),
        ]
    return [each.result for each in running]


def test_fifty_times_the_same_draft_is_one_application():
    tama, honbu = make_round(office=make_office()), make_round(office=make_office())
    rounds = [tama.pk, honbu.pk]

    def send(each):
        round_ = RecruitmentRound.objects.get(pk=rounds[each % 2])  # two tabs, two places
        return applying.send(sheet=written(round_), key="one draft").pk

    assert set(at_once(send, FIFTY)) == {Application.objects.get().pk}
    assert (Letter.objects.count(), Participant.objects.count(), ApplicationConsent.objects.count()) == (
        1,
        1,
        3,
    )


def test_numbers_are_given_once():
    round_ = make_round(office=make_office())
    tokens = []
    for each in range(10):
        application = make_application(
            round_, state=Application.State.DRAFT, contact_email=f"a{each}@example.jp"
        )
        tokens.append(links.make(application, Purpose.CONFIRM, application.contact_email))

    def confirm(each):
        return applying.confirm(link=links.find(tokens[each % 10], Purpose.CONFIRM))

    results = at_once(confirm, 20)
    assert [each for each in results if isinstance(each, Exception)] == []
    assert sorted(Application.objects.values_list("serial", flat=True)) == list(range(1, 11))
    assert Letter.objects.filter(kind="groups/application_received").count() == 10
    assert ApplicationLink.objects.filter(purpose=Purpose.STATUS).count() == 30
