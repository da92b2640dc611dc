"""Every page of the account: ours, in Japanese, and none offers to sign up."""

import re

import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.urls import reverse

from tests.strictness import parse_strictly

FOR_VISITORS = {
    "account_login": "ログイン",
    "account_signup": "ログインの登録について",
    "account_inactive": "このログインは使えません",
    "account_reset_password": "パスワードを忘れたとき",
    "account_reset_password_done": "メールをお送りしました",
    "account_reset_password_from_key_done": "パスワードを新しくしました",
    "account_email_verification_sent": "メールをお確かめください",
}
FOR_MEMBERS = {
    "account_logout": "ログアウト",
    "account_change_password": "パスワードを変える",
    "account_reauthenticate": "ご本人か確かめます",
}


def check(answer, heading):
    html = answer.content.decode()
    assert answer.status_code == 200
    tree = parse_strictly(answer.content)
    assert [h1.text.strip() for h1 in tree.iter("h1")] == [heading]
    assert f"<title>{heading}｜異業種交流ポータル</title>" in html
    assert reverse("account_signup") not in html
    text = re.sub(r"<[^>]*>", " ", html[html.index("<main") : html.index("</main>")])
    assert re.findall(r"[A-Za-z]{3,}", text.replace("FAX", "")) == []
    return tree


@pytest.mark.parametrize(("name", "heading"), FOR_VISITORS.items())
def test_page_of_a_visitor(name, heading, visitor, office):
    check(visitor.client.get(reverse(name)), heading)


@pytest.mark.parametrize(("name", "heading"), FOR_MEMBERS.items())
def test_page_of_a_member(name, heading, member):
    check(member.client.get(reverse(name)), heading)


def test_email_page_says_which_address_is_in_use(member):
    answer = member.client.get(reverse("account_email"))
    tree = parse_strictly(answer.content)
    assert [b.text for b in tree.iter("b") if "@" in (b.text or "")] == [member.user.email]
    assert reverse("account_email") in [form.get("action") for form in tree.iter("form")]


def test_spent_reset_link_says_what_to_do(visitor, office):
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": "1", "key": "spent-key"})
    html = check(visitor.client.get(path), "新しいパスワードを決める")
    links = [link.get("href") for link in html.iter("a")]
    assert reverse("account_reset_password") in links


def test_reset_link_leads_to_a_new_password(member, visitor):
    key = default_token_generator.make_token(member.user)
    path = reverse(
        "account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(member.user), "key": key}
    )
    answer = visitor.client.get(path, follow=True)
    check(answer, "新しいパスワードを決める")
    new = {"password1": "ketsui-atarashii-8", "password2": "ketsui-atarashii-8"}
    answer = visitor.client.post(answer.request["PATH_INFO"], new, follow=True)
    check(answer, "パスワードを新しくしました")
    member.user.refresh_from_db()
    assert member.user.check_password("ketsui-atarashii-8") is True


def test_confirmation_link_asks_before_it_acts(member, visitor):
    address = member.user.emailaddress_set.get()
    address.verified = False
    address.save()
    path = reverse("account_confirm_email", kwargs={"key": EmailConfirmationHMAC(address).key})
    answer = visitor.client.get(path)
    parse_strictly(answer.content)
    assert "このアドレスでまちがいありません" in answer.content.decode()
    address.refresh_from_db()
    assert address.verified is False
    visitor.client.post(path)
    address.refresh_from_db()
    assert address.verified is True


def test_spent_confirmation_link(visitor, office):
    check(
        visitor.client.get(reverse("account_confirm_email", kwargs={"key": "spent"})), "メールアドレスの確認"
    )


def test_wrong_password_is_told_on_top_and_keeps_the_address(member, visitor):
    answer = visitor.client.post(
        reverse("account_login"), {"login": "dareka@example.jp", "password": "chigau-chigau"}
    )
    tree = check_errors(answer)
    typed = [field.get("value") for field in tree.iter("input") if field.get("name") == "login"]
    assert typed == ["dareka@example.jp"]


def test_empty_log_in_points_at_both_fields(visitor, office):
    tree = check_errors(visitor.client.post(reverse("account_login"), {}))
    links = [link.get("href") for link in tree.iter("a")]
    assert {"#id_login", "#id_password"} <= set(links)
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    assert {"id_login", "id_password"} <= ids


def check_errors(answer):
    assert answer.status_code == 200
    tree = parse_strictly(answer.content)
    assert [div.get("role") for div in tree.iter("div") if div.get("class") == "error-summary"] == ["alert"]
    return tree


def test_signing_up_is_closed(visitor, office):
    answer = visitor.client.post(
        reverse("account_signup"),
        {"email": "new@example.jp", "password1": "nagai-aikotoba-1", "password2": "nagai-aikotoba-1"},
    )
    check(answer, "ログインの登録について")
