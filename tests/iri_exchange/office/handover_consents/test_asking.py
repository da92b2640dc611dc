"""The office asks for the consent to the handing over, and writes down what it is told."""

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from iri_exchange.office.handover_consents import asking
from members.models import Consent, Letter
from tests.conftest import log_in
from tests.factories import make_membership
from tests.groups.handed import LAUNCH, say


@pytest.fixture
def three(launched_group):
    """Of a group in its launch year: who said yes, and two who were not asked; the second has a login."""
    rows = [make_membership(launched_group, on=LAUNCH) for _ in range(3)]
    people = [row.representatives.get().person for row in rows]
    say(people[0], True)
    log_in(people[1])
    return people


def rows() -> list[tuple]:
    return sorted(Consent.objects.values_list("person", "given", "since", "note"))


def test_answers_are_written_down_with_how_they_came(launched_group, staff, three):
    answers = {three[0].pk: True, three[1].pk: True, three[2].pk: False}
    assert asking.write_down(group=launched_group, answers=answers, how="phone", by=staff.user) == 2
    today = timezone.localdate()
    assert rows() == sorted(
        [
            (three[0].pk, True, LAUNCH, ""),
            (three[1].pk, True, today, "電話"),
            (three[2].pk, False, today, "電話"),
        ]
    )


@pytest.mark.parametrize(
    ("how", "who", "code"),
    [("", "known", "how"), ("phone", "nobody", "nobody"), ("paper", "other", "stranger")],
)
def test_what_is_refused_writes_nothing(launched_group, staff, three, outsider, how, who, code):
    answers = {"known": {three[1].pk: True}, "nobody": {}, "other": {outsider.person.pk: True}}[who]
    before = rows()
    with pytest.raises(ValidationError) as refused:
        asking.write_down(group=launched_group, answers=answers, how=how, by=staff.user)
    assert (refused.value.code, rows()) == (code, before)


def test_killed_in_the_middle_nothing_is_written(launched_group, staff, three, monkeypatch):
    calls, real = [], asking.answer_consent

    def second_fails(**given):
        calls.append(given)
        if len(calls) == 2:
            raise RuntimeError
        return real(**given)

    monkeypatch.setattr(asking, "answer_consent", second_fails)
    before = rows()
    answers = {three[1].pk: True, three[2].pk: False}
    with pytest.raises(RuntimeError):
        asking.write_down(group=launched_group, answers=answers, how="meeting", by=staff.user)
    assert (len(calls), rows()) == (2, before)


def test_who_has_a_login_and_was_not_asked_gets_one_letter(launched_group, staff, three):
    asking.ask(group=launched_group, by=staff.user)
    (letter,) = Letter.objects.filter(kind=asking.KIND)
    assert letter.to == three[1].email
    assert "/my/seen/handover/" in letter.text
    with pytest.raises(ValidationError) as refused:
        asking.ask(group=launched_group, by=staff.user)
    assert refused.value.code == "nobody"
    reach = asking.silent_of(launched_group, timezone.localdate())
    assert (reach.by_letter, reach.asked, reach.otherwise) == ([], [three[1]], [three[2]])
