"""/office/launch/<slug>/…: the steps before a launch, told as the office goes through them."""

import datetime

import pytest

from events.models import Meeting
from groups import lifecycle
from groups.models import Group, OfficerTerm, RecruitmentRound
from iri_exchange.office import launching
from members.models import Invitation, Person
from tests.factories import make_membership
from tests.strictness import parse_strictly

URL = "/office/launch/tama-2026/"
NEW = "/office/launch/akebono/"
STEPS = ["name", "ceremony", "people", "meetings", "invitations", "look"]
LAUNCH = datetime.date(2026, 12, 1)
NAMED = {
    "name": "あけぼの会", "kana": "あけぼのかい", "slug": "akebono", "number_prefix": "AK", "introduction": "",
    "room": "sea", "mark": "sunrise",
}  # fmt: skip
CEREMONY = {"day": "R8.12.1", "start": "15:00", "end": "17:00", "place": "多摩テクノプラザ", "address": ""}
RULE = {
    "rule-meeting_week": "2", "rule-meeting_weekday": "2", "rule-meeting_time": "14:00", "rule-meeting_place": "大会議室",
    "rule": "1",
}  # fmt: skip
NOBODY = {"chair": "", "secretary": "", "person": "", "family_name": ""}


@pytest.fixture
def forming(office) -> Group:
    """As its round made it: with a working name, and with the members that the announcement brought."""
    made = lifecycle.found(
        stage=Group.Stage.FORMING, since=datetime.date(2026, 4, 1), name="令和8年度 多摩グループ", slug="tama-2026",
        number_prefix="T26", founded_year=2026, office=office,
    )  # fmt: skip
    RecruitmentRound.objects.create(
        fiscal_year=2026, office=office, group=made, opens_on=datetime.date(2026, 4, 1), launch_on=LAUNCH,
        closes_on=datetime.date(2026, 5, 29), announced_at=datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC),
    )  # fmt: skip
    for _ in range(3):
        make_membership(made, on=datetime.date(2026, 11, 20))
    return made


def page(actor, url: str) -> str:
    answer = actor.client.get(url)
    assert answer.status_code == 200, url
    parse_strictly(answer.content)
    return answer.content.decode()


def sent(actor, url: str, data: dict[str, object], to: str) -> None:
    """The form leads to another page."""
    answer = actor.client.post(url, data)
    assert (answer.status_code, getattr(answer, "url", "")) == (302, to)


def prepare(actor) -> None:
    sent(actor, f"{URL}name/", NAMED, f"{NEW}ceremony/")
    sent(actor, f"{NEW}ceremony/", CEREMONY, f"{NEW}people/")
    sent(actor, f"{NEW}people/", NOBODY, f"{NEW}meetings/")
    sent(actor, f"{NEW}meetings/", RULE, f"{NEW}meetings/?new=1#days")
    days = actor.client.get(f"{NEW}meetings/?new=1").context["days"]
    proposed = {name: field.initial or "" for name, field in days.fields.items()}
    sent(actor, f"{NEW}meetings/", proposed, f"{NEW}invitations/")


def test_from_the_desk_to_the_launched_group(staff, forming, visitor):
    assert URL in page(staff, "/office/")
    assert staff.client.get(URL).url == f"{URL}name/"
    prepare(staff)
    people = [str(row.person.pk) for row, _ in staff.client.get(f"{NEW}invitations/").context["rows"]]
    sent(staff, f"{NEW}invitations/", {"person": people}, f"{NEW}look/")
    text = page(staff, f"{NEW}look/")
    for told in ("発会する（招待3通）", "あけぼの会", "アケボノカイ", "第2水曜日 14:00から", "会員は3です"):
        assert told in text
    assert visitor.client.get("/groups/akebono/").status_code == 404
    assert not Invitation.objects.exists()

    sent(staff, f"{NEW}look/", {}, f"{NEW}look/")
    text = page(staff, f"{NEW}look/")
    assert "あけぼの会は、令和8年12月1日に発会します。3人に、ログインへの招待をお送りします。" in text
    assert [f"{each.name} {each.day}" for each in Meeting.objects.all()] == [
        "発会式 2026-12-01",
        "第1回 定例会 2027-01-13",
        "第2回 定例会 2027-02-10",
        "第3回 定例会 2027-03-10",
    ]
    assert Invitation.objects.count() == 3
    assert URL not in page(staff, "/office/")
    roster = "/groups/akebono/roster.pdf?variant=office&date=2026-12-01"
    assert roster.replace("&", "&amp;") in text
    assert staff.client.get(roster).status_code == 200


def test_each_page_opens_without_anything_typed(staff, forming):
    for step in ("name", "ceremony", "look"):
        assert "発会までの順番" in page(staff, f"{URL}{step}/")
    for step in ("people", "meetings", "invitations"):
        answer = staff.client.get(f"{URL}{step}/")
        assert (answer.status_code, answer.url) == (302, f"{URL}ceremony/")
    assert staff.client.get(f"{URL}ceremony/").context["form"].initial["day"] == LAUNCH


def test_it_goes_on_where_it_stopped(staff, forming):
    sent(staff, f"{URL}name/", NAMED, f"{NEW}ceremony/")
    assert staff.client.get(NEW).url == f"{NEW}ceremony/"
    sent(staff, f"{NEW}ceremony/", CEREMONY, f"{NEW}people/")
    assert staff.client.get(NEW).url == f"{NEW}meetings/"
    assert 'value="15:00"' in page(staff, f"{NEW}ceremony/")


def test_only_the_office_prepares(visitor, member, secretary, outsider, staff, forming, group):
    for actor in (member, secretary, outsider):
        assert actor.client.get(URL).status_code == 404
        assert actor.client.post(f"{URL}look/").status_code == 404
    assert visitor.client.get(URL).status_code == 302
    # A group that runs itself is not launched again.
    assert staff.client.get("/office/launch/keyaki/").status_code == 404


def test_what_is_missing_is_told_and_refused(staff, forming):
    text = page(staff, f"{URL}look/")
    assert "あと3つ、そろえてください" in text
    assert "発会する（" not in text
    assert [f"{URL}{step}/" in text for step in STEPS] == [True, True, True, True, True, False]
    answer = staff.client.post(f"{URL}look/")
    assert "定例会の日が、まだ決まっていません。" in answer.content.decode()
    assert launching.launch_of(forming) is None


@pytest.mark.parametrize(
    ("step", "data", "wrong", "kept"),
    [
        ("name", NAMED | {"kana": ""}, "kana", "あけぼの会"),
        ("name", NAMED | {"slug": "あけぼの"}, "slug", "あけぼの会"),
        ("name", NAMED | {"slug": "new"}, "slug", "あけぼの会"),
        ("ceremony", CEREMONY | {"day": "13月"}, "day", "多摩テクノプラザ"),
        ("ceremony", CEREMONY | {"day": "R9.4.1"}, "day", "多摩テクノプラザ"),
        ("ceremony", CEREMONY | {"end": "14:00"}, "end", "多摩テクノプラザ"),
        ("ceremony", CEREMONY | {"start": ""}, "start", "多摩テクノプラザ"),
    ],
)
def test_an_error_keeps_what_was_typed(step, data, wrong, kept, staff, forming):
    answer = staff.client.post(f"{URL}{step}/", data)
    assert (answer.status_code, [*answer.context["form"].errors]) == (200, [wrong])
    assert kept in answer.content.decode()
    assert Group.objects.get().name == "令和8年度 多摩グループ"
    assert not Meeting.objects.exists()


def test_officers_and_a_new_adviser(staff, forming):
    sent(staff, f"{URL}ceremony/", CEREMONY, f"{URL}people/")
    chair = Person.objects.filter(representations__membership__group=forming)[0]
    typed = {"chair": chair.pk, "family_name": "助川", "given_name": "言一"}
    sent(staff, f"{URL}people/", NOBODY | typed, f"{URL}meetings/")
    assert (OfficerTerm.objects.get().person, OfficerTerm.objects.get().since) == (chair, LAUNCH)
    adviser = forming.advisers.get().person
    assert adviser.name == "助川 言一"
    form = staff.client.get(f"{URL}people/").context["form"]
    assert (form.initial["chair"], form.initial["person"]) == (chair, adviser)

    answer = staff.client.post(f"{URL}people/", NOBODY | {"given_name": "言一"})
    assert [*answer.context["form"].errors] == ["family_name"]
    stranger = staff.client.post(f"{URL}people/", NOBODY | {"chair": staff.person.pk})
    assert [*stranger.context["form"].errors] == ["chair"]
    assert OfficerTerm.objects.get().person == chair


def test_without_days_the_rule_is_the_first_thing_to_press(staff, forming):
    sent(staff, f"{URL}name/", NAMED, f"{NEW}ceremony/")
    sent(staff, f"{NEW}ceremony/", CEREMONY, f"{NEW}people/")
    assert "日は、まだありません。" in page(staff, f"{NEW}meetings/")
    sent(staff, f"{NEW}meetings/", RULE, f"{NEW}meetings/?new=1#days")
    assert "日は、まだありません。" not in page(staff, f"{NEW}meetings/?new=1")


def test_the_meetings_are_proposed_at_the_office(staff, forming, office):
    sent(staff, f"{URL}name/", NAMED, f"{NEW}ceremony/")
    sent(staff, f"{NEW}ceremony/", CEREMONY, f"{NEW}people/")
    assert f'name="rule-meeting_place" value="{office.name}"' in page(staff, f"{NEW}meetings/")


def test_the_groups_page_leads_to_what_came_in_until_the_launch(staff, member, forming, group):
    inbox = f"/office/recruitment/{forming.recruitment_round.pk}/"
    assert inbox in page(staff, f"/groups/{forming.slug}/")
    assert "/office/recruitment/" not in page(member, f"/groups/{group.slug}/")


def test_days_are_corrected_left_out_and_added(staff, forming):
    prepare(staff)
    text = page(staff, f"{NEW}meetings/")
    assert "2027-01-13" in text
    edited = {"day_1": "R9.1.20", "day_2": "", "day_3": "2027-03-10", "day_4": "2027-03-17"}
    sent(staff, f"{NEW}meetings/", edited, f"{NEW}invitations/")
    assert [str(each.day) for each in launching.regular_of(forming)] == [
        "2027-01-20",
        "2027-03-10",
        "2027-03-17",
    ]
    for wrong, sentence in (
        ({"day_1": "2027-01-20", "day_2": "2027-01-20"}, "同じ日が、2度あります。"),
        ({"day_1": "", "day_2": ""}, "1つは入れてください"),
        ({"day_1": "2027-04-14"}, "令和9年3月31日までの日に"),
    ):
        answer = staff.client.post(f"{NEW}meetings/", wrong)
        assert sentence in answer.content.decode()
    assert launching.regular_of(forming).count() == 3


def test_another_rule_proposes_other_days_and_plans_nothing_yet(staff, forming):
    prepare(staff)
    sent(staff, f"{NEW}meetings/", RULE | {"rule-meeting_weekday": "4"}, f"{NEW}meetings/?new=1#days")
    assert "2027-01-08" in page(staff, f"{NEW}meetings/?new=1")
    assert "2027-01-13" in page(staff, f"{NEW}meetings/")
    assert [each.day.weekday() for each in launching.regular_of(forming)] == [2, 2, 2]


def test_everybody_with_an_address_is_chosen_until_somebody_is_left_out(staff, forming):
    silent = Person.objects.filter(representations__membership__group=forming)[0]
    silent.email = ""
    silent.save()
    prepare(staff)
    rows = staff.client.get(f"{NEW}invitations/").context["rows"]
    assert {row.person == silent: chosen for row, chosen in rows} == {True: False, False: True}
    assert "メールアドレスが、名簿にありません" in page(staff, f"{NEW}invitations/")
    others = [row.person.pk for row, _ in rows if row.person != silent]
    sent(staff, f"{NEW}invitations/", {"person": [others[0], silent.pk]}, f"{NEW}look/")
    assert "発会する（招待1通）" in page(staff, f"{NEW}look/")
    staff.client.post(f"{NEW}look/")
    assert [row.person_id for row in Invitation.objects.all()] == [others[0]]


def test_one_step_back(staff, forming):
    prepare(staff)
    staff.client.post(f"{NEW}look/")
    for step in STEPS[:-1]:
        assert staff.client.get(f"{NEW}{step}/").url == f"{NEW}look/"
    assert "発会を取り消す" in page(staff, f"{NEW}look/")
    sent(staff, f"{NEW}take-back/", {}, f"{NEW}look/")
    text = page(staff, f"{NEW}look/")
    assert "お送りした招待3通のリンクは、もう開けません。" in text
    assert "発会する（招待3通）" in text
    answer = staff.client.post(f"{NEW}take-back/", follow=True)
    assert "まだ登録されていません" in answer.content.decode()


def test_two_of_the_office_at_the_name(staff, forming):
    version = staff.client.get(f"{URL}name/").context["form"].record_version
    sent(staff, f"{URL}name/", NAMED | {"record-version": version}, f"{NEW}ceremony/")
    answer = staff.client.post(f"{NEW}name/", NAMED | {"name": "別の会", "record-version": version})
    assert answer.context["form"].conflict is not None
    assert Group.objects.get().name == "あけぼの会"
