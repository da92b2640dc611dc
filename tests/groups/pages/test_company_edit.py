"""/companies/<pk>/edit/: correcting a company, with its names kept."""

import pytest
from django.urls import reverse

from members.models import Company
from tests.strictness import parse_strictly


@pytest.fixture
def company(member) -> Company:
    return member.membership.company


@pytest.fixture
def url(company) -> str:
    return reverse("company_edit", args=[company.pk])


TYPED = {
    "name": "株式会社髙﨑葛󠄀𠮷製作所", "kana": "たかさきせいさくしょ", "postal_code": "〒１９６－００３３", "prefecture": "東京都",
    "city": "昭島市", "street": "東町3-6-1", "phone": "０４２（５００）２３００", "email": "INFO@Example.JP",
    "url": "www.example.jp", "corporate_number": "", "capital": "1,000万円", "employees": "２５名", "in_tokyo": "true",
    "founded": "昭和43年4月", "strengths_for": "group", "seeking_for": "members", "pr_for": "public", "pr": "一行目\n二行目",
}  # fmt: skip


def test_what_is_typed_is_read_and_names_stay_to_the_code_point(member, company, url):
    answer = member.client.post(url, TYPED)
    assert (answer.status_code, answer.url) == (302, reverse("company", args=[company.pk]))
    company.refresh_from_db()
    assert company.name == "株式会社髙﨑葛󠄀𠮷製作所"
    assert (company.kana, company.postal_code, company.phone) == (
        "タカサキセイサクショ",
        "196-0033",
        "042-500-2300",
    )
    assert (company.email, company.url) == ("info@example.jp", "https://www.example.jp")
    assert (company.capital, company.employees, company.founded, company.in_tokyo) == (
        1000,
        25,
        "1968-04",
        True,
    )
    assert company.corporate_number is None
    assert f"{company.name}を保存しました。" in member.client.get(answer.url).content.decode()


def test_the_old_name_is_kept_when_asked_for(member, company, url):
    old = company.name
    member.client.post(url, TYPED | {"name": "株式会社いちばん"})
    assert list(company.former_names.all()) == []
    member.client.post(url, TYPED | {"name": "株式会社にばん", "keep_old_name": "on"})
    member.client.post(url, TYPED | {"name": "株式会社さんばん", "keep_old_name": "on"})
    company.refresh_from_db()
    kept = list(company.former_names.values_list("name", flat=True))
    assert (old != company.name, company.name, kept) == (True, "株式会社さんばん", ["株式会社いちばん"])


def test_an_abbreviated_name_is_saved_with_a_warning(member, company, url):
    text = member.client.post(url, TYPED | {"name": "㈱青葉"}, follow=True).content.decode()
    company.refresh_from_db()
    assert company.name == "㈱青葉"
    assert "登記の名前が「株式会社青葉」でしたら" in text


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": " "}, "name"),
        ({"kana": "青葉"}, "kana"),
        ({"postal_code": "190-00"}, "postal_code"),
        ({"phone": "12"}, "phone"),
        ({"email": "a@b"}, "email"),
        ({"url": "javascript:alert(1)"}, "url"),
        ({"corporate_number": "1234567890123"}, "corporate_number"),
        ({"employees": "約50"}, "employees"),
        ({"capital": "たくさん"}, "capital"),
        ({"founded": "むかし"}, "founded"),
        ({"products": "あ" * 401}, "products"),
        ({"street": "東町\u202e1"}, "street"),
        ({"industry": "ZZ"}, "industry"),
        ({"pr_for": ""}, "pr_for"),
    ],
)
def test_errors_beside_the_field_and_on_top_and_nothing_is_lost(member, company, url, wrong, field):
    answer = member.client.post(url, TYPED | {"building": "のこるビル"} | wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])
    page = parse_strictly(answer.content)
    summary = page.find(".//*[@class='error-summary']")
    assert [link.get("href") for link in summary.iter("a")] == [f"#id_{field}"]
    assert page.find(".//input[@id='id_building']").get("value") == "のこるビル"
    assert Company.objects.get(pk=company.pk).name == company.name


def test_a_corporate_number_belongs_to_one_company(member, outsider, url):
    other = outsider.membership.company
    other.corporate_number = "5999900000400"
    other.save()
    answer = member.client.post(url, TYPED | {"corporate_number": "T5-9999-0000-0400"})
    assert answer.context["form"].errors == {
        "corporate_number": ["この法人番号の企業は、すでに名簿にあります。"]
    }


def test_a_plain_save_changes_nothing(member, company, url):
    before = Company.objects.filter(pk=company.pk).values().get()
    form = member.client.get(url).context["form"]
    typed = {name: form[name].value() for name in form.fields if form[name].value() is not None}
    typed["in_tokyo"] = "unknown"
    typed.pop("keep_old_name", None)
    assert member.client.post(url, typed).status_code == 302
    assert Company.objects.filter(pk=company.pk).values().get() == before


def test_who_may(visitor, member, secretary, adviser, staff, outsider, left_member, url):
    actors = (visitor, member, secretary, adviser, staff, outsider, left_member)
    assert [actor.client.get(url).status_code for actor in actors] == [302, 200, 200, 403, 200, 404, 404]
    answers = [
        actor.client.post(url, TYPED).status_code for actor in (visitor, adviser, outsider, left_member)
    ]
    assert (answers, Company.objects.filter(name=TYPED["name"]).count()) == ([302, 403, 404, 404], 0)
