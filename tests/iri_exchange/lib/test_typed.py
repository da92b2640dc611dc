"""Pages of the packages: what nobody sees is refused before they read it."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from iri_exchange.lib.once import SAID
from iri_exchange.lib.typed import IN_THE_FORM, IN_THE_QUESTION, SeenCharactersValidator
from members.models import Company


@pytest.mark.parametrize("character", ["\u200b", "\u202e", "\x00"])
def test_a_form_of_allauth_comes_back_with_the_sentence(visitor, character):
    url = f"{reverse('account_login')}?next=/my/"
    answer = visitor.client.post(url, {"login": f"a{character}@example.jp", "password": "x"})
    assert answer.url == url
    assert IN_THE_FORM in visitor.client.get(answer.url).content.decode()


def test_sent_once_more_as_it_is_it_is_refused_once_more(member):
    url = f"{reverse('account_change_password')}"
    form = {"oldpassword": "a\u200b", "csrfmiddlewaretoken": "t" * 64}
    for _ in range(2):
        said = member.client.get(member.client.post(url, form).url).content.decode()
        assert (IN_THE_FORM in said, SAID in said) == (True, False)


def test_a_search_in_the_admin_goes_on_without_what_cannot_be_read(staff):
    url = reverse("admin:members_company_changelist")
    answer = staff.client.get(url, {"q": "青葉", "status__exact": "\x00"})
    assert answer.url == f"{url}?q=%E9%9D%92%E8%91%89"
    assert IN_THE_QUESTION in staff.client.get(answer.url).content.decode()
    assert staff.client.get(url, {"q": "\u200b"}).url == url


def test_forms_of_the_admin_say_it_beside_the_field(staff):
    answer = staff.client.post(reverse("admin:members_company_add"), {"name": "青葉\u200b精機"})
    assert "目に見えない文字が入っています" in answer.content.decode()
    assert Company.objects.count() == 0


def test_a_password_can_be_typed_again():
    SeenCharactersValidator().validate("koryu-test-2026 葛\U000e0100")
    with pytest.raises(ValidationError, match="目に見えない文字"):
        SeenCharactersValidator().validate("koryu\u200b-test-2026")
