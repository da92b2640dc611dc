"""審査: taken up, noted upon, asked about, answered for, matched with the directory."""

import datetime

import pytest
from django.core.exceptions import ValidationError

from groups.models import Application, ApplicationLink
from groups.recruitment import links, reviewing
from groups.recruitment.applying import Sheet
from members.models import Letter
from tests.factories import make_application, make_company, make_membership, make_round

State = Application.State
DUE = datetime.date(2026, 12, 4)


@pytest.fixture
def call(office):
    return make_round(office=office)


def test_what_was_received_is_taken_up_alone_or_together(call, staff):
    alone = make_application(call)
    reviewing.take_up(application=alone, by=staff.user)
    others = [make_application(call), make_application(call), make_application(call, state=State.WITHDRAWN)]
    assert reviewing.take_up_all(round=call, by=staff.user) == 2
    assert reviewing.take_up_all(round=call, by=staff.user) == 0
    assert [Application.objects.get(pk=each.pk).state for each in [alone, *others]] == [
        State.UNDER_REVIEW,
        State.UNDER_REVIEW,
        State.UNDER_REVIEW,
        State.WITHDRAWN,
    ]
    assert [step.by for step in alone.steps.all()] == [staff.user]


def test_a_note_is_written_and_an_empty_one_is_not(call, staff):
    application = make_application(call)
    note = reviewing.write_note(application=application, text="展示会で会った。", by=staff.user)
    assert [(each.text, each.by) for each in application.notes.all()] == [(note.text, staff.user)]
    with pytest.raises(ValidationError):
        reviewing.write_note(application=application, text="", by=staff.user)


def test_a_question_goes_out_with_the_link_to_the_status(call, staff):
    application = make_application(call)
    asked = reviewing.ask(
        application=application, question="資本金を\nお知らせください。", due=DUE, by=staff.user
    )
    application.refresh_from_db()
    assert (application.state, asked.asked_by, asked.due) == (State.INFO_REQUESTED, staff.user, DUE)
    letter = Letter.objects.get()
    assert (letter.kind, letter.to) == ("groups/application_question", application.contact_email)
    assert "お尋ね：資本金を お知らせください。" in letter.text
    assert "お返事の期限：令和8年12月4日" in letter.text
    link = ApplicationLink.objects.get()
    assert (link.application, link.purpose) == (application, "status")


def test_without_an_address_the_question_is_asked_by_telephone(call, staff):
    application = make_application(call, contact_email="")
    reviewing.ask(application=application, question="資本金は。", due=None, by=staff.user)
    assert Letter.objects.count() == ApplicationLink.objects.count() == 0


def test_one_question_at_a_time_and_with_time_to_answer(call, staff):
    application = make_application(call)
    with pytest.raises(ValidationError) as over:
        reviewing.ask(
            application=application, question="資本金は。", due=datetime.date(2026, 11, 24), by=staff.user
        )
    assert over.value.messages == ["お返事の期限を、今日かそれより後の日にしてください。"]
    application.refresh_from_db()
    assert application.state == State.SUBMITTED
    reviewing.ask(application=application, question="資本金は。", due=None, by=staff.user)
    with pytest.raises(ValidationError) as twice:
        reviewing.ask(application=application, question="従業員は。", due=None, by=staff.user)
    assert twice.value.messages == [
        "まえのお尋ねに、まだお返事がありません。お返事を入れてから、次をお尋ねください。"
    ]
    assert application.questions.count() == 1


@pytest.mark.parametrize("state", [each for each in State.values if each not in Application.OPEN])
def test_nothing_is_asked_of_who_is_not_under_review(call, staff, state):
    application = make_application(call, state=state)
    with pytest.raises(ValidationError):
        reviewing.ask(application=application, question="資本金は。", due=None, by=staff.user)
    assert application.questions.count() == Letter.objects.count() == 0


def test_an_answer_by_telephone_is_written_down_once(call, staff):
    application = make_application(call)
    reviewing.ask(application=application, question="資本金は。", due=None, by=staff.user)
    asked = reviewing.record_answer(application=application, answer="1千万円です。", by=staff.user)
    assert (asked.answer, asked.answered_at is not None) == ("1千万円です。", True)
    application.refresh_from_db()
    assert application.state == State.UNDER_REVIEW
    with pytest.raises(ValidationError) as again:
        reviewing.record_answer(application=application, answer="1千万円です。", by=staff.user)
    assert again.value.messages == ["お返事を待っているお尋ねは、ありません。"]


def test_the_company_is_named_new_or_open_again(call):
    application, company = make_application(call), make_company()

    def known():
        application.refresh_from_db()
        return application.known_company, application.is_new_company

    reviewing.match(application=application, company=company)
    assert known() == (company, False)
    reviewing.match(application=application, company=None)
    assert known() == (None, True)
    reviewing.unmatch(application=application)
    assert known() == (None, False)


def test_a_member_is_matched_no_more(call, group):
    application = make_application(call)
    application.membership = make_membership(group)
    application.save()
    for verb, given in ((reviewing.match, {"company": None}), (reviewing.unmatch, {})):
        with pytest.raises(ValidationError) as refused:
            verb(application=application, **given)
        assert refused.value.messages == [reviewing.TAKEN_IN]


def put_right(application, **changes):
    """As the office's form does: another instance of the row, with what was typed."""
    changed = Application.objects.get(pk=application.pk)
    for name, value in changes.items():
        setattr(changed, name, value)
    return reviewing.correct(sheet=Sheet(changed, [*changed.participants.all()], {}))


def test_another_address_voids_the_links_to_the_first_and_gets_one_of_its_own(call):
    application = make_application(call, contact_email="worng@example.jp")
    old = [links.make(application, purpose, "worng@example.jp") for purpose in ("status", "confirm")]
    put_right(application, contact_email="right@example.jp")
    assert [links.known(old[0], "status"), links.known(old[1], "confirm")] == [None, None]
    assert [link.email for link in ApplicationLink.objects.all()] == ["right@example.jp"]
    assert [letter.to for letter in Letter.objects.all()] == ["right@example.jp"]


def test_other_corrections_leave_the_links_alone(call):
    application = make_application(call)
    token = links.make(application, "status", application.contact_email)
    put_right(application, products="木の皿")
    assert (bool(links.find(token, "status")), Letter.objects.count()) == (True, 0)


def test_without_an_address_nobody_gets_a_link(call):
    application = make_application(call)
    token = links.make(application, "status", application.contact_email)
    put_right(application, contact_email="")
    assert (links.known(token, "status"), Letter.objects.count()) == (None, 0)
