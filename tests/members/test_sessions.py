"""Where a login is open, and how it ends there."""

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from members import accounts, sessions
from members.models import Letter, User
from tests.factories import PASSWORD, make_login, make_person

pytestmark = pytest.mark.django_db
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1 Version/18.0 Mobile Safari/604.1"
DESK = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130.0 Safari/537.36 Edg/130.0"


@pytest.fixture
def user() -> User:
    return make_login(make_person(email="mine@example.jp"))


def browser(agent: str = DESK) -> Client:
    client = Client(headers={"user-agent": agent})
    client.post(reverse("account_login"), {"login": "mine@example.jp", "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get(reverse("security")).status_code == 200


def test_each_browser_stands_in_the_list_and_looking_writes_nothing(user, django_assert_max_num_queries):
    here, phone = browser(), browser(PHONE)
    page = here.get(reverse("sessions")).content.decode()
    assert page.index("Windows の Edge") < page.index("いま見ている機器") < page.index("iPhone の Safari")
    rows = sessions.open_sessions(user, here.session.session_key)
    assert [(row.device, row.is_here) for row in rows] == [
        ("Windows の Edge", True),
        ("iPhone の Safari", False),
    ]
    assert is_in(phone)


def test_one_is_ended_or_all_others(user):
    here, phone, third = browser(), browser(PHONE), browser()
    row = next(row for row in sessions.open_sessions(user, None) if row.device.startswith("iPhone"))
    here.post(reverse("sessions"), {"session": row.pk})
    assert [is_in(client) for client in (here, phone, third)] == [True, False, True]
    for nonsense in ("0", "abc", "", "9" * 30, "9" * 5000):
        assert here.post(reverse("sessions"), {"session": nonsense}).status_code == 302
        assert is_in(third), "ends nothing"
    here.post(reverse("sessions"))
    assert [is_in(client) for client in (here, third)] == [True, False]


def test_nobody_ends_the_sessions_of_another(user):
    mine = browser()
    other = Client()
    other.force_login(make_login(make_person(email="other@example.jp")))
    row = sessions.open_sessions(user, None)[0]
    other.post(reverse("sessions"), {"session": row.pk})
    assert is_in(mine)


def test_a_new_password_ends_all_others_and_the_owner_is_told(user):
    here, phone = browser(), browser(PHONE)
    new = {"oldpassword": PASSWORD, "password1": "atarashii-2027", "password2": "atarashii-2027"}
    assert here.post(reverse("account_change_password"), new).url == reverse("security")
    assert (is_in(here), is_in(phone)) == (True, False)
    user.refresh_from_db()
    assert [row.is_here for row in sessions.open_sessions(user, here.session.session_key)] == [True]
    assert Letter.objects.get().kind == "account/password_changed"


def test_a_closed_login_is_out_everywhere_and_stays_out_when_it_is_opened_again(user):
    here = browser()
    user.is_active = False
    accounts.change_login(user=user)
    assert not is_in(here)
    user.is_active = True
    accounts.change_login(user=user)
    assert not is_in(here)
    assert is_in(browser())


def link(letter: Letter) -> str:
    return next(word for word in letter.text.split() if "/accounts/" in word).split("127.0.0.1:8000")[-1]


def change_to(client: Client, address: str) -> str:
    """Ask for another address, as people do: who they are, then the address. The link of the letter."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.post(reverse("account_email"), {"email": address, "action_add": "1"})
    return link(Letter.objects.get(to=address))


def test_an_address_is_changed_by_its_letter_and_the_old_one_is_told(user):
    client = browser()
    confirm = change_to(client, "next@example.jp")
    user.refresh_from_db()
    assert user.email == "mine@example.jp"
    client.get(confirm)
    user.refresh_from_db()
    assert user.email == "mine@example.jp"
    client.post(confirm)
    user.refresh_from_db()
    assert user.email == "next@example.jp"
    assert list(EmailAddress.objects.values_list("email", "verified")) == [("next@example.jp", True)]
    assert Letter.objects.get(kind="account/email_changed").to == "mine@example.jp"


def test_an_address_of_a_closed_login_is_free_and_one_of_an_active_login_is_not(user):
    closed = make_login(make_person(email="closed@example.jp"))
    make_login(make_person(email="taken@example.jp"))
    User.objects.filter(pk=closed.pk).update(is_active=False)
    # A login that only the database knows: without a confirmed address, active all the same.
    User.objects.create_user("bare@example.jp", PASSWORD)
    client = browser()
    for address, becomes in (
        ("taken@example.jp", "mine"),
        ("bare@example.jp", "mine"),
        ("closed@example.jp", "closed"),
    ):
        client.post(change_to(client, address))
        user.refresh_from_db()
        assert user.email == f"{becomes}@example.jp", address


def test_before_the_address_changes_one_says_again_who_one_is(user):
    client = browser()
    answer = client.post(reverse("account_email"), {"email": "next@example.jp", "action_add": "1"})
    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not Letter.objects.exists()
