"""Sending, confirming, correcting, answering, withdrawing; and the same by the office for a paper."""

import datetime

import pytest
import time_machine
from django.core.exceptions import ValidationError

from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationDraft,
    ApplicationLink,
    ApplicationNote,
    ApplicationQuestion,
    Participant,
)
from groups.recruitment import applying, deciding, drafts, links, steps
from groups.recruitment.applying import Sheet
from groups.recruitment.links import Purpose
from iri_exchange.lib import history
from members.models import Letter
from tests.conftest import NOW
from tests.factories import make_application, make_office, make_round

State = Application.State
LAST_SECOND = datetime.datetime(2026, 11, 30, 14, 59, 59, tzinfo=datetime.UTC)
ONE_SECOND = datetime.timedelta(seconds=1)


@pytest.fixture
def round_(office):
    return make_round()


def written(round_, **changes) -> Sheet:
    """A valid sheet, unsaved."""
    made = {
        "name": "有限会社ひのき木工",
        "kana": "ヒノキモッコウ",
        "phone": "042-600-8801",
        "products": "木の箱",
        "contact_name": "檜 一",
        "contact_email": "hinoki@example.jp",
        "motive": "木のほかの材料を使う方と、知り合いになりたいと思いました。",
        "no_antisocial_ties": True,
    }
    person = Participant(family_name="檜", given_name="一", family_kana="ヒノキ", given_kana="ハジメ")
    consents = {"purpose": True, "roster": True, "mail": False}
    return Sheet(Application(round=round_, **made | changes), [person], consents)


def sent(round_, key="key", **changes) -> Application:
    return applying.send(sheet=written(round_, **changes), key=key)


def confirm_link(application) -> ApplicationLink:
    return ApplicationLink.objects.filter(application=application, purpose=Purpose.CONFIRM).latest("pk")


def kinds() -> list[str]:
    return list(
        Letter.objects.order_by("pk").values_list("kind", flat=True).filter(kind__startswith="groups/")
    )


def test_sent_it_waits_for_its_address_and_has_no_number(round_):
    application = sent(round_)
    assert (application.state, application.number, application.fiscal_year) == (State.DRAFT, "", 2026)
    assert [str(each) for each in application.participants.all()] == ["檜 一"]
    texts = {each.kind: (each.given, each.text.version) for each in application.consents.all()}
    assert texts == {kind: (kind != "mail", "2026-11") for kind in ("purpose", "roster", "mail")}
    assert kinds() == ["groups/application_confirm"]


def test_one_draft_is_one_application_and_one_letter(round_):
    first, second = sent(round_), sent(round_)
    assert (first.pk, Application.objects.count(), kinds()) == (second.pk, 1, ["groups/application_confirm"])
    assert (Participant.objects.count(), ApplicationConsent.objects.count()) == (1, 3)
    sent(round_, key="another")
    assert Application.objects.count() == 2


def test_a_wrong_address_is_put_right_by_sending_again(round_):
    first = confirm_link(sent(round_, contact_email="worng@example.jp"))
    application = sent(round_, products="木の皿")
    assert (application.contact_email, application.products) == ("hinoki@example.jp", "木の皿")
    assert not ApplicationLink.objects.filter(pk=first.pk).exists()
    assert [letter.to for letter in Letter.objects.order_by("pk")] == [
        "worng@example.jp",
        "hinoki@example.jp",
    ]


def test_confirmed_it_gets_the_next_number_of_the_year(round_, office):
    make_application(round_)
    application = sent(round_)
    applying.confirm(link=confirm_link(application))
    application.refresh_from_db()
    assert (application.state, application.number) == (State.SUBMITTED, "2026-002")
    assert [step.state for step in application.steps.all()] == [State.DRAFT, State.SUBMITTED]
    assert kinds() == ["groups/application_confirm", "groups/application_received"]


def test_confirmed_twice_it_is_received_once(round_):
    link = confirm_link(sent(round_))
    first = applying.confirm(link=link)
    second = applying.confirm(link=ApplicationLink.objects.get(pk=link.pk))
    assert links.find(first, Purpose.STATUS).application == links.find(second, Purpose.STATUS).application
    assert kinds().count("groups/application_received") == 1
    assert Application.objects.get().steps.count() == 2


def test_what_was_received_is_not_changed_by_sending_the_form_again(round_):
    applying.confirm(link=confirm_link(sent(round_)))
    again = sent(round_, name="(有)ひのき木工", contact_email="other@example.jp")
    assert (again.name, again.state) == ("有限会社ひのき木工", State.SUBMITTED)
    assert Application.objects.count() == 1


def test_two_companies_of_one_browser_are_two_applications(round_):
    first = sent(round_)
    second = sent(round_, name="株式会社べつもの")
    assert sent(round_, name="株式会社べつもの").pk == second.pk
    first.refresh_from_db()
    assert (first.name, second.name) == ("有限会社ひのき木工", "株式会社べつもの")
    assert Application.objects.count() == 2


def test_the_round_closes_to_the_second(round_):
    with time_machine.travel(LAST_SECOND, tick=False):
        in_time = sent(round_)
    with time_machine.travel(LAST_SECOND + ONE_SECOND, tick=False):
        with pytest.raises(ValidationError, match="終わりました"):
            sent(round_, key="too late")
        applying.confirm(link=confirm_link(in_time))
    in_time.refresh_from_db()
    assert (in_time.state, Application.objects.count()) == (State.SUBMITTED, 1)


def test_not_confirmed_before_the_results_it_is_not_received(round_):
    application = sent(round_)
    round_.announced_at = NOW
    round_.save()
    with pytest.raises(ValidationError, match="終わりました"):
        applying.confirm(link=confirm_link(application))


def test_corrected_until_the_last_second_and_no_longer(round_):
    application = make_application(round_)
    steps.move(application, State.UNDER_REVIEW)
    changed = Application.objects.get(pk=application.pk)
    changed.products, changed.contact_email, changed.state = (
        "木のいす",
        "elsewhere@example.jp",
        State.ACCEPTED,
    )
    people = [*application.participants.all()]
    with time_machine.travel(LAST_SECOND, tick=False):
        applying.correct(sheet=Sheet(changed, people, {"mail": True}))
    application.refresh_from_db()
    assert (application.products, application.state) == ("木のいす", State.UNDER_REVIEW)
    assert application.contact_email == "applicant1@example.jp"
    with (
        time_machine.travel(LAST_SECOND + ONE_SECOND, tick=False),
        pytest.raises(ValidationError, match="直せる期間"),
    ):
        applying.correct(sheet=Sheet(changed, people, {}))


def test_a_second_person_comes_and_goes(round_):
    application = make_application(round_)
    first = application.participants.get()
    another = Participant(family_name="二", given_name="子", family_kana="ニ", given_kana="コ")
    applying.correct(sheet=Sheet(application, [first, another], {}))
    assert [each.order for each in application.participants.all()] == [1, 2]
    applying.correct(sheet=Sheet(application, [another], {}))
    assert [str(each) for each in application.participants.all()] == ["二 子"]


def test_a_question_is_answered_once(round_, staff):
    application = make_application(round_)
    ApplicationQuestion.objects.create(application=application, question="何名ですか。", asked_by=staff.user)
    steps.move(application, State.UNDER_REVIEW)
    steps.move(application, State.INFO_REQUESTED)
    applying.answer(application=application, text="2名です。")
    question = application.questions.get()
    application.refresh_from_db()
    assert (question.answer, application.state) == ("2名です。", State.UNDER_REVIEW)
    assert question.answered_at is not None
    with pytest.raises(ValidationError, match="もうお返事"):
        applying.answer(application=application, text="3名です。")


def test_a_paper_is_received_at_once_and_names_who_entered_it(round_, staff):
    sheet = written(round_, contact_email="")
    application = applying.enter(sheet=sheet, route="fax", by=staff.user)
    assert (application.state, application.number, application.route) == (State.SUBMITTED, "2026-001", "fax")
    assert (application.entered_by, application.steps.get().by) == (staff.user, staff.user)
    assert kinds() == []
    applying.enter(sheet=written(round_), route="paper", by=staff.user)
    assert kinds() == ["groups/application_received"]


def test_a_late_paper_wants_a_reason_which_the_office_keeps(round_, staff):
    with time_machine.travel(LAST_SECOND + ONE_SECOND):
        with pytest.raises(ValidationError, match="理由"):
            applying.enter(sheet=written(round_), route="paper", by=staff.user)
        applying.enter(
            sheet=written(round_), route="paper", by=staff.user, reason="締切の日の消印があります。"
        )
    assert ApplicationNote.objects.get().text == "期間の外に入力した理由：締切の日の消印があります。"


def test_the_same_company_twice_is_told_by_number_or_by_name_and_telephone(round_):
    first = make_application(round_, name="株式会社みかさ", phone="042-600-0001")
    assert applying.twins_of(first) == []
    named = make_application(round_, name="㈱ミカサ", phone="+81-42-600-0001")
    other = make_application(round_, name="株式会社みかさ", phone="042-600-0002")
    assert applying.twins_of(first) == [named]
    numbered = make_application(round_, corporate_number="7000012050002")
    make_application(round_, corporate_number="7000012050002", state=State.WITHDRAWN)
    other.corporate_number = "7000012050002"
    other.save()
    assert applying.twins_of(numbered) == [other]


def test_a_draft_is_kept_opened_and_forgotten_when_it_is_sent(round_):
    typed = {"name": ["ひの"], "contact_name": ["檜"], "hopes": ["sales", "people"]}
    drafts.keep(year=2026, key="key", typed=typed, email="hinoki@example.jp")
    drafts.keep(year=2026, key="key", typed=typed | {"name": ["ひのき" * 2_000]}, email="hinoki@example.jp")
    draft = ApplicationDraft.objects.get()
    assert (len(draft.typed["name"][0]), draft.typed["hopes"]) == (drafts.LONGEST, ["sales", "people"])
    assert kinds() == ["groups/application_resume"] * 2
    sent(round_)
    assert (ApplicationDraft.objects.count(), ApplicationLink.objects.get().purpose) == (0, Purpose.CONFIRM)
    with pytest.raises(ValidationError, match="もう送られています"):
        drafts.keep(year=2026, key="key", typed=typed, email="hinoki@example.jp")


def test_a_link_that_was_made_void_while_it_was_pressed_confirms_nothing(round_):
    link = confirm_link(sent(round_, contact_email="worng@example.jp"))
    application = sent(round_)
    with pytest.raises(ValidationError, match="新しくお送りしたメール"):
        applying.confirm(link=link)
    application.refresh_from_db()
    assert (application.state, application.links.count()) == (State.DRAFT, 1)


def test_a_draft_sent_elsewhere_is_closed_to_the_first_address(round_):
    def kept(email):
        return drafts.keep(year=2026, key="key", typed={"name": ["ひのき"]}, email=email)

    first = kept("worng@example.jp").links.get()
    again = kept("hinoki@example.jp")
    assert [link.email for link in again.links.all()] == ["hinoki@example.jp"]
    assert not ApplicationLink.objects.filter(pk=first.pk).exists()


def test_who_asks_for_another_office_is_undecided_there(round_, staff):
    other = make_round(office=make_office(name="本部", short_name="本部", slug="honbu"))
    application = make_application(round_, state=State.UNDER_REVIEW)
    stale = Application.objects.get(pk=application.pk)
    deciding.decide(application=application, decision="accept", reason="技術がある", by=staff.user)
    moved = Application.objects.get(pk=application.pk)
    moved.round = other
    sheet = Sheet(moved, [*moved.participants.all()], {})
    now = applying.correct(sheet=sheet)
    now.refresh_from_db()
    assert (now.round, now.decision, now.decided_by, now.decision_reason) == (other, "", None, "")
    assert [
        row.decision for row in history.of(Application).filter(id=now.pk).order_by("-history_id")[:1]
    ] == [""]
    # Whoever still has it on the first office's page decides nothing there.
    with pytest.raises(ValidationError, match="希望する拠点を変えました"):
        deciding.decide(application=stale, decision="accept", by=staff.user)


def test_a_correction_keeps_what_was_decided(round_, staff):
    application = make_application(round_, state=State.UNDER_REVIEW)
    deciding.decide(application=application, decision="wait", by=staff.user)
    changed = Application.objects.get(pk=application.pk)
    changed.products = "木の皿"
    applying.correct(sheet=Sheet(changed, [*changed.participants.all()], {}))
    application.refresh_from_db()
    assert (application.products, application.decision, application.waiting_place) == ("木の皿", "wait", 1)


def test_after_the_results_no_paper_is_taken_in(round_, staff):
    """Nothing is decided any more: it would be under review for ever."""
    type(round_).objects.update(announced_at=NOW)
    with pytest.raises(ValidationError, match="もうお知らせしました"):
        applying.enter(sheet=written(round_), route="fax", by=staff.user, reason="締切の日に届いた")
    assert Application.objects.count() == 0
