"""The admin: for staff, searchable, moving states by their verbs, deleting nothing."""

import datetime
import re

import pytest
from django.contrib import admin
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from groups.models import (
    ColumnReading,
    GroupStage,
    ImportBatch,
    Membership,
    MembershipStatus,
    Office,
    RosterConsent,
    StaffAssignment,
)
from members import looking
from members.models import Company, Consent, ConsentText, Employment, Export, FormerName, Person, User
from tests.factories import (
    make_adviser,
    make_company,
    make_meeting,
    make_membership,
    make_officer,
    make_person,
)
from tests.house.portal.objects import recruiting

MODELS = list(admin.site._registry)
INSTALLED = [User, Office, StaffAssignment]
TODAY = datetime.date(2026, 11, 25)


def url(model, page: str, *args) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def installer(db) -> Client:
    """A superuser who is nobody at the institute."""
    client = Client()
    client.force_login(User.objects.create_superuser("root@example.jp", "long enough 2026"))
    return client


@pytest.fixture
def records(group, staff, member, secretary) -> None:
    """One row of every kind but those of recruitment and meetings."""
    company, person = member.membership.company, member.person
    make_adviser(group, make_person())
    FormerName.objects.create(company=company, name="むかし", until=TODAY)
    Consent.objects.create(person=person, kind="mail", given=True, since=TODAY)
    ConsentText.objects.create(kind="mail", version="1", text="案内を送ります。")
    Export.objects.create(
        subject="x", variant="member", file_format="pdf", as_of=TODAY, columns=[], row_count=1, copy_number=1
    )
    ImportBatch.objects.create(group=group, filename="a.csv", content=b"SECRET-BYTES", uploaded_by=staff.user)
    looking.start(looker=staff.user, person=person, why="お電話")
    ColumnReading.objects.create(shape="x", mapping={"0": "company_name", "1": ""})


def one_of(model, group, staff):
    """A row of the kind; what takes long to make is made where it is asked for."""
    if not model._default_manager.exists():
        recruiting(group, staff)
        # Of the launch year: later ones are the group's own.
        make_meeting(group, datetime.date(2013, 3, 6))
    return model._default_manager.first()


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_staff_open_every_page(model, group, staff, records):
    record = one_of(model, group, staff)
    may_add = admin.site._registry[model].has_add_permission(staff.client.get("/admin/").wsgi_request)
    pages = [url(model, "changelist"), url(model, "change", record.pk), url(model, "history", record.pk)]
    assert [staff.client.get(page).status_code for page in pages] == [200, 200, 200]
    assert staff.client.get(url(model, "add")).status_code == (200 if may_add else 403)
    assert staff.client.get(url(model, "changelist"), {"q": "髙橋 100%"}).status_code == 200


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_nothing_is_deleted(model, group, staff, records):
    record = one_of(model, group, staff)
    assert staff.client.post(url(model, "delete", record.pk), {"post": "yes"}).status_code == 403
    actions = admin.site._registry[model].get_actions(staff.client.get("/admin/").wsgi_request)
    assert "delete_selected" not in actions


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_who_installs_opens_logins_offices_and_assignments_only(model, installer):
    expected = 200 if model in INSTALLED else 403
    assert installer.get(url(model, "changelist")).status_code == expected


def test_others_stay_outside(visitor, member, secretary, adviser):
    for actor in (member, secretary, adviser):
        assert actor.client.get(url(Company, "changelist"), follow=True).status_code == 403
    answer = visitor.client.get(url(Company, "changelist"), follow=True)
    assert answer.redirect_chain[-1][0].startswith("/accounts/login/?next=")


@pytest.mark.parametrize("model", [ImportBatch, Export])
def test_logs_are_read_only(model, staff, records):
    record = model._default_manager.first()
    assert staff.client.post(url(model, "change", record.pk), {"filename": "x"}).status_code == 403
    assert "SECRET-BYTES" not in staff.client.get(url(model, "change", record.pk)).content.decode()


@pytest.mark.parametrize("model", [Consent, RosterConsent, ConsentText, GroupStage, MembershipStatus])
def test_dated_answers_and_states_are_added_and_never_changed(model, staff, records):
    record = model._default_manager.first()
    assert staff.client.get(url(model, "add")).status_code == 200
    assert staff.client.post(url(model, "change", record.pk), {"since": "2020-01-01"}).status_code == 403


def test_search_folds_what_is_typed(staff):
    make_person(family_name="髙橋", given_name="葛󠄀雄")
    make_company(name="㈱あおば")
    for model, q, found in (
        (Person, "高橋", 1),
        (Person, "髙橋 葛雄", 1),
        (Company, "株式会社アオバ", 1),
        (Person, "田中", 0),
    ):
        answer = staff.client.get(url(model, "changelist"), {"q": q})
        assert answer.context["cl"].result_count == found, q


def test_a_member_joins_with_the_next_number(staff, group):
    make_membership(group)
    company, person = make_company(), make_person()
    typed = {
        "group": group.pk,
        "company": company.pk,
        "person": "",
        "first": person.pk,
        "kind": "regular",
        "joined_on": "R8.4.1",
    }
    assert staff.client.post(url(Membership, "add"), typed).status_code == 302
    made = Membership.objects.get(company=company)
    assert (made.number, made.status_on(TODAY), made.representatives.get().person) == (
        "KY-002",
        "active",
        person,
    )
    again = staff.client.post(url(Membership, "add"), typed)
    assert again.status_code == 200
    assert Membership.objects.count() == 2


def test_leaving_is_recorded_with_its_reason(staff, group):
    membership = make_membership(group)
    typed = {"membership": membership.pk, "state": "left", "since": "2026-11-01", "reason": "", "note": ""}
    assert staff.client.post(url(MembershipStatus, "add"), typed).status_code == 200
    assert staff.client.post(url(MembershipStatus, "add"), typed | {"reason": "busy"}).status_code == 302
    assert (membership.status_on(TODAY), membership.representatives.get().until) == (
        "left",
        datetime.date(2026, 10, 31),
    )
    refused = staff.client.post(
        url(MembershipStatus, "add"), typed | {"state": "on_leave", "since": "2026-11-10"}
    )
    assert "「退会」から「休会」には変えられません" in refused.content.decode()


def test_a_stage_of_earlier_days_is_added_and_an_impossible_one_refused(staff, launched_group):
    typed = {"group": launched_group.pk, "state": "dormant", "since": "2026-10-01", "note": ""}
    assert "には変えられません" in staff.client.post(url(GroupStage, "add"), typed).content.decode()
    assert staff.client.post(url(GroupStage, "add"), typed | {"state": "self_managed"}).status_code == 302
    assert launched_group.stage_on(datetime.date(2026, 10, 1)) == "self_managed"


def test_a_stage_to_come_is_registered_on_its_page(staff, launched_group):
    typed = {"group": launched_group.pk, "state": "self_managed", "since": "2027-04-01", "note": ""}
    answer = staff.client.post(url(GroupStage, "add"), typed).content.decode()
    assert f'href="/office/handover/{launched_group.slug}/"' in answer
    assert launched_group.stage_on(datetime.date(2027, 4, 1)) == "launched"


def test_a_login_is_given_and_said_how_to_use(staff):
    person = make_person()
    answer = staff.client.post(
        url(User, "add"), {"email": "NEW@example.jp", "person": person.pk, "is_active": "on"}
    )
    assert answer.status_code == 302
    user = User.objects.get(email="new@example.jp")
    assert (user.person, user.has_usable_password(), user.is_superuser) == (person, False, False)
    assert "「パスワードを忘れたとき」" in said(answer)[0]
    again = staff.client.post(url(User, "add"), {"email": "new@example.jp", "person": "", "is_active": "on"})
    assert "すでに別のログインで使われています" in again.content.decode()


def test_nobody_becomes_an_installer_here(staff):
    staff.client.post(url(User, "change", staff.user.pk), {"email": staff.user.email, "person": staff.person.pk,
                                                          "is_active": "on", "is_superuser": "on"})  # fmt: skip
    staff.user.refresh_from_db()
    assert staff.user.is_superuser is False


def test_the_first_colleague_is_written_down_by_who_installs(installer, office):
    typed = {
        "family_name": "最初",
        "given_name": "職子",
        "email": "first@example.jp",
        "office": office.pk,
        "since": "2026-04-01",
    }
    assert installer.post(url(StaffAssignment, "add"), typed | {"email": ""}).status_code == 200
    assert installer.post(url(StaffAssignment, "add"), typed).status_code == 302
    user = User.objects.get(email="first@example.jp")
    assert user.has_perm("office.work")
    assert str(user.person) == "最初 職子"


def test_who_installs_does_not_look_through_people(installer, member):
    answer = installer.get(
        reverse("admin:autocomplete"),
        {"term": "児玉", "app_label": "groups", "model_name": "staffassignment", "field_name": "person"},
    )
    assert answer.status_code == 403


def test_old_versions_are_looked_at_and_not_put_back(staff):
    company = make_company(name="いちばん")
    company.name = "にばん"
    company.save()
    first = company.history.last()
    page = url(Company, "simple_history", company.pk, first.pk)
    text = staff.client.get(page).content.decode()
    assert "いちばん" in text
    assert staff.client.post(page, {"name": "いちばん"}).status_code == 403
    assert Company.objects.get(pk=company.pk).name == "にばん"
    history = staff.client.get(url(Company, "history", company.pk)).content.decode()
    assert re.search(r"企業名</strong>：いちばん → にばん", history)


def test_history_pages_have_no_inline_style(staff, records):
    company = Company.objects.first()
    for page in (
        url(Company, "history", company.pk),
        url(Company, "simple_history", company.pk, company.history.first().pk),
    ):
        assert re.findall(r"<style|style=", staff.client.get(page).content.decode()) == []


def test_changes_bear_the_name_of_who_made_them(staff):
    employment = Employment.objects.create(person=make_person(), company=make_company(), since=TODAY)
    typed = {"person": employment.person_id, "company": "", "since": "2026-11-01"}
    assert staff.client.post(url(Employment, "change", employment.pk), typed).status_code == 302
    assert employment.history.first().history_user == staff.user


def test_no_more_representatives_than_allowed_by_the_side_door(staff, group):
    """The inline calls the verb, and tells what it refuses."""
    membership = make_membership(group)
    make_officer(group, membership.representatives.get().person)
    term = membership.representatives.get()
    typed = {
        "kind": "regular", "introduced_by": "", "statuses-TOTAL_FORMS": "0", "statuses-INITIAL_FORMS": "0",
        "roster_consents-TOTAL_FORMS": "0", "roster_consents-INITIAL_FORMS": "0",
        "representatives-TOTAL_FORMS": "3", "representatives-INITIAL_FORMS": "1",
        "representatives-0-id": term.pk, "representatives-0-membership": membership.pk,
        "representatives-0-person": term.person_id, "representatives-0-rank": "1", "representatives-0-since": "2013-04-01",
    }  # fmt: skip
    for number, rank in ((1, 2), (2, 3)):
        typed |= {
            f"representatives-{number}-membership": membership.pk, f"representatives-{number}-person": make_person().pk,
            f"representatives-{number}-rank": rank, f"representatives-{number}-since": "2026-04-01",
        }  # fmt: skip
    answer = staff.client.post(url(Membership, "change", membership.pk), typed)
    assert "登録者は1社2名までです。" in answer.content.decode()
    assert membership.representatives.count() == 1
    assert (
        staff.client.post(
            url(Membership, "change", membership.pk), typed | {"representatives-TOTAL_FORMS": "2"}
        ).status_code
        == 302
    )
    assert membership.representatives.count() == 2
