"""One application: everything known beside it, and each thing that may be done with it."""

import pytest
from django.utils import timezone

from groups.models import Application
from groups.recruitment import applying, deciding, reviewing
from members.models import Letter
from tests.conftest import log_in
from tests.factories import (
    make_application,
    make_company,
    make_membership,
    make_person,
    make_round,
    make_staff,
)
from tests.strictness import parse_strictly


@pytest.fixture
def call(office):
    return make_round(office=office)


@pytest.fixture
def application(call):
    return make_application(call, name="株式会社うみかぜ", products="歯車")


@pytest.fixture
def url(application):
    return f"/office/applications/{application.pk}/"


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def now(application) -> Application:
    return Application.objects.get(pk=application.pk)


def test_only_staff_open_it_and_nobody_one_that_is_not_confirmed(member, staff, url, call):
    assert (member.client.get(url).status_code, staff.client.get(url).status_code) == (404, 200)
    draft = make_application(call, state="draft")
    assert staff.client.get(f"/office/applications/{draft.pk}/").status_code == 404


def test_what_is_known_beside_it(staff, url, call, group, application):
    make_membership(group, company=make_company(name="㈱うみかぜ"))
    rival = make_application(call, products="精密歯車")
    deciding.decide(application=rival, decision="accept", by=staff.user)
    twin = make_application(call, name="うみかぜ株式会社", phone=application.phone)
    shown = page(staff, url)
    for text in (
        "㈱うみかぜ", "企業名が同じ", group.name, rival.name, "製品の言葉：歯車", twin.number, "同じ企業らしい応募がある",
        application.motive, "応募した方に見えていること",
    ):  # fmt: skip
        assert text in shown


def test_a_note_is_written_and_an_empty_one_is_told(staff, url, application):
    assert staff.client.post(url, {"text": "展示会で会った。"}).status_code == 302
    assert "展示会で会った。" in page(staff, url)
    answer = staff.client.post(url, {"text": " "})
    assert "メモを入れてください。" in answer.content.decode()
    assert application.notes.count() == 1


def test_it_is_matched_with_the_directory(staff, url, application):
    company = make_company(name="㈱うみかぜ")
    assert staff.client.post(f"{url}company/", {"company": company.pk}).status_code == 302
    assert now(application).known_company == company
    assert "照らし合わせをやりなおす" in page(staff, url)
    staff.client.post(f"{url}company/", {"company": "open"})
    staff.client.post(f"{url}company/", {"company": "new"})
    assert (now(application).known_company, now(application).is_new_company) == (None, True)
    answer = staff.client.post(f"{url}company/", {"company": "99999"}, follow=True)
    assert "この企業は、名簿にありません。" in answer.content.decode()


def test_a_decision_is_kept_with_its_reason_and_nothing_typed_is_lost(staff, url, application):
    decide = f"{url}decide/"
    page(staff, decide)
    lost = staff.client.post(decide, {"decision": "", "reason": "まよっている"})
    assert "まよっている" in lost.content.decode()
    assert "採択・補欠・不採択のどれかを選んでください。" in lost.content.decode()
    assert staff.client.post(decide, {"decision": "wait", "reason": "定員"}).status_code == 302
    assert (now(application).decision, now(application).decision_reason) == ("wait", "定員")
    assert "補欠にする" in page(staff, url)
    assert staff.client.post(decide, {"decision": "", "reason": "定員"}).status_code == 302
    assert now(application).decision == ""


def test_the_second_person_has_the_button_and_the_first_has_not(staff, office, url, call, application):
    call.needs_two = True
    call.save()
    person = make_person()
    make_staff(person, office=office)
    colleague = log_in(person)
    deciding.decide(application=application, decision="accept", by=staff.user)
    assert "この採否を確認する" not in page(staff, url)
    assert "この採否を確認する" in page(colleague, url)
    refused = staff.client.post(f"{url}approve/", follow=True).content.decode()
    assert "ご自分で決めた採否は、ご自分では確認できません。" in refused
    colleague.client.post(f"{url}approve/")
    assert now(application).approved_by == colleague.user


def test_a_question_is_asked_and_its_answer_written_down(staff, url, application):
    question = f"{url}question/"
    page(staff, question)
    late = staff.client.post(question, {"question": "資本金は。", "due": "2026-11-01"})
    assert "お返事の期限を、今日かそれより後の日にしてください。" in late.content.decode()
    assert staff.client.post(question, {"question": "資本金は。", "due": "R8.12.4"}).status_code == 302
    assert (now(application).state, Letter.objects.count()) == ("info_requested", 1)
    assert "お返事を入れる" in page(staff, question)
    assert "お尋ねのお返事が入ると、採否を決められます。" in page(staff, url)
    assert staff.client.post(question, {"answer": "1千万円です。"}).status_code == 302
    assert now(application).state == "under_review"
    assert "1千万円です。" in page(staff, url)


def test_it_is_withdrawn_for_the_applicant_after_a_second_look(staff, url, application):
    withdraw = f"{url}withdraw/"
    page(staff, withdraw)
    answer = staff.client.post(withdraw, {"note": "お電話で"})
    assert "お申し出を確かめて、印をつけてください。" in answer.content.decode()
    assert staff.client.post(withdraw, {"note": "お電話で", "confirmed": "on"}).status_code == 302
    assert now(application).state == "withdrawn"
    step = application.steps.get()
    assert (step.note, step.by) == ("お電話で", staff.user)
    assert "取り下げる</a>" not in page(staff, url)


def test_the_review_begins(staff, url, application):
    assert "審査を始める" in page(staff, url)
    assert staff.client.post(f"{url}take-up/").status_code == 302
    assert now(application).state == "under_review"
    assert "「審査中」から「審査中」には変えられません。" in (
        staff.client.post(f"{url}take-up/", follow=True).content.decode()
    )


def test_it_is_put_right_for_the_applicant(staff, url, application):
    correct = f"{url}correct/"
    shown = page(staff, correct)
    assert "consent_" not in shown
    form = staff.client.get(correct).context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, False, [])}
    typed |= {"name": "株式会社うみかぜ製作所", "p1_given_name": "四郎", "no_antisocial_ties": "on"}
    reviewing.take_up(application=application, by=staff.user)
    deciding.decide(application=application, decision="wait", by=staff.user)
    answer = staff.client.post(correct, typed)
    assert answer.status_code == 302, answer.context["form"].errors
    row = now(application)
    assert (row.name, row.decision, row.state) == ("株式会社うみかぜ製作所", "wait", "under_review")
    assert [each.given_name for each in row.participants.all()] == ["四郎"]
    wrong = staff.client.post(correct, typed | {"name": ""})
    assert "企業名を入れてください。" in wrong.content.decode()


def test_after_the_announcement_nothing_is_decided(staff, url, call, application):
    reviewing.take_up(application=application, by=staff.user)
    call.announced_at = timezone.now()
    call.save()
    assert "採否を決める" not in page(staff, url)
    answer = staff.client.post(f"{url}decide/", {"decision": "accept", "reason": ""})
    assert deciding.ANNOUNCED in answer.content.decode()
    assert now(application).decision == ""


@pytest.fixture
def colleague(office):
    person = make_person()
    make_staff(person, office=office)
    return log_in(person)


def test_two_who_decide_at_once_the_second_is_told_and_nothing_typed_is_lost(
    staff, colleague, url, application
):
    decide = f"{url}decide/"
    seen = colleague.client.get(decide).context["form"]["seen"].value()
    deciding.decide(application=application, decision="accept", by=staff.user)
    typed = {"decision": "decline", "reason": "業種が重なるため", "seen": seen}
    told = colleague.client.post(decide, typed)
    assert deciding.CHANGED.format("採択") in told.text
    assert "業種が重なるため" in told.text
    assert now(application).decision == "accept"
    again = typed | {"seen": told.context["form"]["seen"].value()}
    assert colleague.client.post(decide, again).status_code == 302
    assert now(application).decision == "decline"


def test_a_decision_that_changed_under_the_button_is_not_confirmed(staff, colleague, url, call, application):
    call.needs_two = True
    call.save()
    deciding.decide(application=application, decision="accept", by=staff.user)
    seen = deciding.mark_of(now(application))
    assert f'name="seen" value="{seen}"' in page(colleague, url)
    deciding.decide(application=application, decision="decline", by=staff.user)
    told = colleague.client.post(f"{url}approve/", {"seen": seen}, follow=True)
    assert deciding.CHANGED.format("不採択") in told.text
    assert now(application).approved_by is None


def test_an_answer_typed_while_the_applicant_answered_is_not_lost(staff, url, application):
    question = f"{url}question/"
    reviewing.ask(application=application, question="資本金は。", due=None, by=staff.user)
    applying.answer(application=application, text="1千万円です。")
    told = staff.client.post(question, {"answer": "電話で1千万円と伺った。"})
    parse_strictly(told.content)
    assert "お返事を待っているお尋ねは、ありません。" in told.text
    assert "電話で1千万円と伺った。" in told.text
    assert application.questions.get().answer == "1千万円です。"


def test_a_question_typed_while_another_was_asked_is_not_lost(staff, url, application):
    reviewing.ask(application=application, question="資本金は。", due=None, by=staff.user)
    told = staff.client.post(f"{url}question/", {"question": "従業員は何名ですか。", "due": ""})
    parse_strictly(told.content)
    assert "まえのお尋ねに、まだお返事がありません。" in told.text
    assert "従業員は何名ですか。" in told.text
    assert application.questions.get().question == "資本金は。"


@pytest.mark.parametrize("state", ["declined", "withdrawn"])
def test_what_is_over_is_neither_asked_nor_decided_nor_withdrawn(staff, url, call, state):
    over = make_application(call, state=state)
    url = f"/office/applications/{over.pk}/"
    for path, typed in (
        ("question/", {"question": "資本金は。"}),
        ("decide/", {"decision": "accept", "reason": ""}),
        ("withdraw/", {"note": "", "confirmed": "on"}),
    ):
        told = staff.client.post(f"{url}{path}", typed)
        assert (told.status_code, bool(told.context["form"].non_field_errors())) == (200, True)
    assert (now(over).state, now(over).decision, over.questions.count()) == (state, "", 0)


def test_a_member_is_neither_matched_anew_nor_put_right_here(staff, url, group, application):
    Application.objects.filter(pk=application.pk).update(membership=make_membership(group))
    told = staff.client.post(f"{url}company/", {"company": "new"}, follow=True)
    assert reviewing.TAKEN_IN in told.text
    form = staff.client.get(f"{url}correct/").context["form"]
    typed = {name: value for name in form.fields if (value := form[name].value()) not in (None, False, [])}
    told = staff.client.post(f"{url}correct/", typed | {"name": "株式会社べつ"})
    assert (reviewing.TAKEN_IN in told.text, now(application).name) == (True, "株式会社うみかぜ")
