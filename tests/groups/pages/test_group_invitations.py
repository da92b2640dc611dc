"""Who of a group has a login, who is invited and who is not; those chosen are invited at once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from members import bounces
from members.models import Invitation, Letter, Person, User
from tests.factories import make_membership, make_officer, make_person, make_staff
from tests.iri_exchange.lib.test_admin import sent

PATH = "/groups/keyaki/invitations/"


@pytest.fixture
def people(group, member, secretary):
    """One without a login, one without an address, one of another group too."""
    alone, silent, elsewhere = (
        make_person(email=each) for each in ("alone@example.jp", "", "else@example.jp")
    )
    for person in (alone, silent, elsewhere):
        make_membership(group, representatives=[person])
    make_staff(elsewhere)
    return alone, silent, elsewhere


def test_the_officer_invites_those_chosen_and_no_others(secretary, member, people):
    alone = people[0]
    page = secretary.client.get(PATH).content.decode()
    assert page.count("招待する</label>") == 1
    assert page.count("ログインあり") == 2
    assert "メールアドレスが、名簿にありません。" in page
    assert "事務局が招待します。" in page
    chosen = [person.pk for person in (*people, member.person)]
    answer = secretary.client.post(PATH, {"person": [*chosen, "x", "9" * 30]}, follow=True)
    assert "1人に招待をお送りしました。" in answer.content.decode()
    assert [(i.person, i.made_by) for i in Invitation.objects.all()] == [(alone, secretary.user)]
    assert [letter.to for letter in Letter.objects.all()] == ["alone@example.jp"]
    assert "招待中" in answer.content.decode()


def test_the_office_invites_also_those_with_rights_elsewhere(staff, people):
    staff.client.post(PATH, {"person": [person.pk for person in people]})
    assert sorted(Letter.objects.values_list("to", flat=True)) == ["alone@example.jp", "else@example.jp"]


def test_nobody_chosen_is_told(secretary, people):
    assert "印をつけてください" in secretary.client.post(PATH, follow=True).content.decode()
    assert not Letter.objects.exists()


def test_who_shares_an_address_is_not_chosen_beforehand(secretary, group):
    for _ in range(2):
        make_membership(group, representatives=[make_person(email="kyoyu@example.jp")])
    page = secretary.client.get(PATH).content.decode()
    assert page.count("ほかの方と同じアドレスです") == 2
    assert " checked" not in page


def test_members_and_others_do_not_see_it(member, outsider, visitor, adviser):
    assert [actor.client.get(PATH).status_code for actor in (member, outsider, adviser)] == [403] * 3
    assert visitor.client.get(PATH).status_code == 302


def test_the_list_costs_the_same_for_one_and_for_many(secretary, group, people):
    def cost() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            secretary.client.get(PATH)
        return len(queries)

    few = cost()
    for _ in range(10):
        make_membership(group)
    assert cost() == few


def test_an_officer_of_the_group_who_represents_nobody_is_in_the_list(staff, group):
    adviser_of_old = make_person(email="komon@example.jp")
    make_officer(group, adviser_of_old)
    assert "komon@example.jp" in staff.client.get(PATH).content.decode()


def test_on_the_page_of_a_person_one_address_is_looked_at_and_taken_back(staff, secretary, people):
    alone = people[0]
    path = f"/people/{alone.pk}/invitation/"
    assert path in secretary.client.get(f"/people/{alone.pk}/").content.decode()
    assert "alone@example.jp" in secretary.client.get(path).content.decode()
    assert "直してください" in secretary.client.post(path, {"email": "alone"}).content.decode()
    secretary.client.post(path, {"email": "Private@example.jp"})
    assert Letter.objects.get().to == "private@example.jp"
    for page in (f"/people/{alone.pk}/", path):
        # The address may be a private one: who keeps the register does not read it there.
        assert "private@example.jp" in staff.client.get(page).content.decode(), page
    said = [
        message
        for message in secretary.client.get(f"/people/{alone.pk}/").content.decode().split("\n")
        if "private" in message
    ]
    assert len(said) == 1, "only the message that says where it went"
    assert "招待中" in secretary.client.get(f"/people/{alone.pk}/").content.decode()
    secretary.client.post(f"{path}revoke/")
    assert Invitation.objects.get().state == Invitation.State.REVOKED
    assert User.objects.filter(person=alone).count() == 0


def test_somebody_with_a_login_is_not_invited_by_a_post_either(staff, member):
    page = staff.client.post(
        f"/people/{member.person.pk}/invitation/", {"email": "x@example.jp"}
    ).content.decode()
    assert "もうログインがあります" in page
    assert not Letter.objects.exists()


def test_to_an_address_that_takes_no_letters_it_is_not_said_to_be_sent(staff, people):
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    path = f"/people/{people[0].pk}/invitation/"
    said = staff.client.post(path, {"email": "gone@example.com"}, follow=True).content.decode()
    assert "手紙を止めてあります" in said
    assert "お送りしました" not in said


def test_the_list_says_who_takes_no_letters_and_counts_only_what_was_sent(secretary, group, people):
    gone = make_person(email="gone@example.com")
    make_membership(group, representatives=[gone])
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    page = secretary.client.get(PATH).content.decode()
    assert page.count("手紙を止めてあります。相手のサーバーが、このアドレスには届かないと返しました。") == 1
    assert page.count("招待する</label>") == 1
    chosen = {"person": [gone.pk, people[0].pk]}
    assert "1人に招待をお送りしました。" in secretary.client.post(PATH, chosen, follow=True).content.decode()
    assert [letter.to for letter in Letter.objects.all()] == ["alone@example.jp"]


def test_also_of_those_invited_the_list_says_that_no_letter_arrives(secretary, people):
    secretary.client.post(PATH, {"person": [people[0].pk]})
    bounces.record(letter=None, address="alone@example.jp", is_hard=True)
    Person.objects.filter(pk=people[0].pk).update(email="gone@example.com")
    bounces.record(letter=None, address="gone@example.com", is_hard=True)
    page = secretary.client.get(PATH).content.decode()
    assert ("招待中" in page, "手紙を止めてあります。" in page) == (True, True)


def test_who_cannot_be_reached_is_left_out_and_told(staff, people):
    """An address may have come into the directory before it was read as strictly as now."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE members_person SET email = 'else@' WHERE id = %s", [people[2].pk])
    said = staff.client.post(PATH, {"person": [people[0].pk, people[2].pk]}, follow=True).content.decode()
    assert "1人に招待をお送りしました。" in said
    assert "1人には、お送りできませんでした。" in said
    assert [letter.to for letter in Letter.objects.all()] == ["alone@example.jp"]


def test_one_inviter_sends_so_many_in_an_hour(staff, people, settings):
    settings.ACCOUNT_RATE_LIMITS = {"invite_people": "2/h/user"}
    alone, _, elsewhere = people
    path = f"/people/{alone.pk}/invitation/"
    assert staff.client.post(path, {"email": "alone@example.jp"}).status_code == 302
    said = staff.client.post(PATH, {"person": [alone.pk, elsewhere.pk]}, follow=True).content.decode()
    assert "1人に招待をお送りしました。" in said
    assert "1人には、まだお送りしていません。" in said
    assert staff.client.post(path, {"email": "alone@example.jp"}).status_code == 429
    assert Letter.objects.count() == 2


def test_the_limit_of_the_settings_lets_a_whole_group_be_invited(settings):
    assert settings.ACCOUNT_RATE_LIMITS["invite_people"] == "200/h/user"


EDITED = {"family_name": "濵田", "given_name": "花", "contact_method": "email"}


def test_an_invitation_to_an_address_that_is_corrected_is_taken_back(staff, secretary, people):
    alone = people[0]
    secretary.client.post(PATH, {"person": [alone.pk]})
    edit = f"/people/{alone.pk}/edit/"
    typed = EDITED | {"email": "ALONE@example.jp"}
    assert "取り消しました" not in secretary.client.post(edit, typed, follow=True).content.decode()
    typed["email"] = "right@example.jp"
    said = secretary.client.post(edit, typed, follow=True).content.decode()
    assert "新しいアドレスへ、あらためて招待してください。" in said
    assert Invitation.objects.get().state == Invitation.State.REVOKED
    # What was sent to a private address on purpose has nothing to do with the directory.
    staff.client.post(f"/people/{alone.pk}/invitation/", {"email": "private@example.jp"})
    typed["email"] = "third@example.jp"
    assert "取り消しました" not in secretary.client.post(edit, typed, follow=True).content.decode()
    assert Invitation.objects.waiting().get().email == "private@example.jp"


def test_so_it_is_when_the_address_is_corrected_in_the_admin(staff, people):
    alone = people[0]
    staff.client.post(PATH, {"person": [alone.pk]})
    path = f"/admin/members/person/{alone.pk}/change/"
    typed = sent(staff.client.get(path))
    said = staff.client.post(path, typed | {"email": "right@example.jp"}, follow=True).content.decode()
    assert "新しいアドレスへ、あらためて招待してください。" in said
    assert Invitation.objects.get().state == Invitation.State.REVOKED
