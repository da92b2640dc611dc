"""What the 申込書 says back: errors and progress in the order of the page, answers before sentences, a second person only if named."""

from django.test import Client

from groups.forms.applying import ApplyForm
from groups.models import RecruitmentRound
from groups.recruitment.applying import open_rounds
from tests.factories import make_round
from tests.groups.recruitment.by_hand import FORM, TYPED, YEAR, opened

SECOND = {
    "p2_family_name": "水面",
    "p2_given_name": "守",
    "p2_family_kana": "ミナモ",
    "p2_given_kana": "マモル",
}


def filled(**changes):
    round_ = RecruitmentRound.objects.get()
    empty = ApplyForm(rounds=open_rounds(YEAR))
    marks = {"mark": empty.mark_now, "seen_texts": empty.texts_now, "round": round_.pk}
    form = ApplyForm(TYPED | marks | changes, rounds=open_rounds(YEAR))
    assert form.is_valid(), form.errors
    return form


def test_errors_stand_in_the_order_of_the_page(office):
    make_round()
    form = ApplyForm({"p2_phone": "x", "contact_phone": "x"}, rounds=open_rounds(YEAR))
    wrong = [name for name in form.fields if name in form.errors]
    asked = [name for section in form.sections() for name in section.names if name in form.errors]
    assert wrong == asked
    assert wrong.index("p1_family_name") < wrong.index("motive") < wrong.index("contact_email")


def test_progress_tells_what_may_stay_empty(office):
    make_round()
    told = {part.anchor: (part.left, part.asks) for part in filled().progress}
    assert (told["company"], told["second"]) == ((0, True), (0, False))


def test_what_is_agreed_to_follows_its_answer(office):
    make_round()
    shown = dict(filled().shown)["お約束と同意"]
    assert shown[0] == ("はい", "会社も役員も、反社会的勢力ではなく、関係もありません")
    assert ("同意する", "グループの会員名簿にのせること") in shown
    assert ("同意しない", "写真を使うこと") in shown


def test_a_second_person_is_shown_only_if_one_is_named(office):
    make_round()
    assert "参加する方（2人目）" not in dict(filled().shown)
    assert ("2人目の名", "守") in dict(filled(**SECOND).shown)["参加する方（2人目）"]


def test_the_part_of_the_second_person_is_open_when_something_stands_in_it(office):
    make_round()
    browser = Client()
    assert "<details>" in browser.get(FORM).text
    wrong = browser.post(FORM, opened(browser, p2_phone="x") | {"step": "look"})
    assert "<details open>" in wrong.text
    assert "2人目の電話" in wrong.text


def test_the_back_button_finds_what_was_typed(office):
    """A page that says no-store comes back empty, or not at all."""
    make_round()
    browser = Client()
    typed = opened(browser)
    for answer in (browser.get(FORM), browser.post(FORM, typed | {"step": "look"})):
        assert answer["Cache-Control"] == "private, no-cache"
