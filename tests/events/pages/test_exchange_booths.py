"""The exhibitor's pages and the public list."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from events.models import Booth
from tests.exchange_factories import make_booth, make_exchange, make_partner, make_partner_group
from tests.factories import make_company

TYPED = {
    "exhibitor": "株式会社架空精機", "title": "小さな部品の検査", "words": "カメラで傷を見つけます。", "trade": "E",
    "technologies": "画像検査", "desks": "1", "watts": "300", "first_person": "架空 太郎", "email": "taro@example.jp",
}  # fmt: skip


@pytest.fixture
def exchange(office):
    return make_exchange(office=office)


def picture():
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "navy").save(out, "PNG")
    return SimpleUploadedFile("photo.png", out.getvalue(), "image/png")


def accepted(exchange, by, **fields):
    return make_booth(
        exchange, **{"company": make_company(), "applied_by": by.user, "state": "accepted"} | fields
    )


def test_a_member_applies_for_the_company_with_a_picture(exchange, member):
    url = reverse("exchange_booth_new", args=[2026])
    page = member.client.get(url).content.decode()
    assert f'value="{member.membership.company.name}"' in page
    answer = member.client.post(url, TYPED | {"photo": picture()})
    booth = Booth.objects.get()
    assert answer.url == reverse("exchange_booth", args=[booth.pk])
    assert (booth.company, booth.picture_format, booth.applied_by) == (
        member.membership.company,
        "png",
        member.user,
    )
    shown = member.client.get(reverse("exchange_booth_picture", args=[booth.pk]))
    assert (shown.headers["Content-Type"], shown.content[:4]) == ("image/png", b"\x89PNG")
    again = member.client.get(
        reverse("exchange_booth_picture", args=[booth.pk]), HTTP_IF_NONE_MATCH=shown["ETag"]
    )
    assert again.status_code == 304


def test_an_officer_says_as_whom(exchange, secretary, group):
    url = reverse("exchange_booth_new", args=[2026])
    assert f"?for=group-{group.pk}" in secretary.client.get(url).content.decode()
    secretary.client.post(f"{url}?for=group-{group.pk}", TYPED)
    assert Booth.objects.get().group == group


def test_a_partner_chooses_among_its_groups(exchange, outsider):
    make_partner(outsider.person)
    theirs = make_partner_group()
    url = reverse("exchange_booth_new", args=[2026])
    assert "公社の架空会" in outsider.client.get(url).content.decode()
    outsider.client.post(f"{url}?for=partner-{theirs.pk}", TYPED)
    assert Booth.objects.get().partner_group == theirs


def test_what_was_typed_stays_beside_the_sentence(exchange, member):
    page = member.client.post(
        reverse("exchange_booth_new", args=[2026]), TYPED | {"watts": "2000", "email": ""}
    ).content.decode()
    assert "カメラで傷を見つけます。" in page
    assert "2か所、直してください" in page
    assert "連絡のメールを入れてください。" in page
    assert Booth.objects.count() == 0


def test_a_file_that_is_no_picture_is_refused(exchange, member):
    page = member.client.post(
        reverse("exchange_booth_new", args=[2026]),
        TYPED | {"photo": SimpleUploadedFile("a.png", b"no picture")},
    ).content.decode()
    assert "画像として読めません" in page


def test_an_exhibitor_corrects_and_withdraws(exchange, member):
    booth = make_booth(exchange, company=member.membership.company, applied_by=member.user)
    url = reverse("exchange_booth_edit", args=[booth.pk])
    assert "小さな部品の検査" in member.client.get(url).content.decode()
    member.client.post(url, TYPED | {"title": "直した見出し"})
    assert Booth.objects.get().title == "直した見出し"
    member.client.post(reverse("exchange_booth_withdraw", args=[booth.pk]))
    assert Booth.objects.get().state == "withdrawn"
    assert "もう直せません" in member.client.get(url, follow=True).content.decode()


def test_once_accepted_the_needs_are_not_in_the_form(exchange, member):
    booth = accepted(exchange, member, company=member.membership.company)
    url = reverse("exchange_booth_edit", args=[booth.pk])
    page = member.client.get(url).content.decode()
    assert ('name="words"' in page, 'name="desks"' in page) == (True, False)
    member.client.post(url, TYPED | {"desks": "2", "words": "直した文"})
    assert (Booth.objects.get().desks, Booth.objects.get().words) == (1, "直した文")


def test_two_who_edit_at_once_choose(exchange, member):
    booth = make_booth(exchange, company=member.membership.company, applied_by=member.user)
    url = reverse("exchange_booth_edit", args=[booth.pk])
    version = member.client.get(url).context["form"].record_version
    member.client.post(url, TYPED | {"title": "一人目", "record-version": version})
    page = member.client.post(url, TYPED | {"title": "二人目", "record-version": version}).content.decode()
    assert Booth.objects.get().title == "一人目"
    assert ("一人目" in page, "二人目" in page) == (True, True)


def test_the_public_sees_those_that_exhibit_by_trade(exchange, visitor, member):
    accepted(exchange, member, title="めっきの見本", trade="E", number=1, place_row=1, place_column=1)
    accepted(exchange, member, title="紙の器", trade="G")
    make_booth(exchange, company=make_company(), applied_by=member.user, title="まだ受付のもの")
    url = reverse("exchange_booths", args=[2026])
    page = visitor.client.get(url).content.decode()
    assert [word in page for word in ("めっきの見本", "紙の器", "まだ受付のもの", "<svg")] == [
        True,
        True,
        False,
        True,
    ]
    narrowed = visitor.client.get(url, {"trade": "G"}).content.decode()
    assert ("紙の器" in narrowed, ">めっきの見本<" in narrowed) == (True, False)


def test_contacts_are_the_exhibitors_and_the_offices(exchange, visitor, member, outsider, staff):
    secret = {
        "email": "himitsu@example.jp",
        "phone": "03-0000-0000",
        "request": "秘密の希望",
        "first_person": "秘 密子",
    }
    booth = accepted(exchange, member, company=member.membership.company, **secret)
    url = reverse("exchange_booth", args=[booth.pk])
    for actor, sees in ((visitor, False), (outsider, False), (member, True), (staff, True)):
        page = actor.client.get(url).content.decode()
        assert [word in page for word in secret.values()] == [sees] * 4


def test_under_another_name_the_company_is_told_to_those_who_keep_the_booth(exchange, visitor, member, staff):
    company = member.membership.company
    booth = accepted(exchange, member, company=company, exhibitor="検査の部屋")
    url = reverse("exchange_booth", args=[booth.pk])
    told = {who: company.name in who.client.get(url).content.decode() for who in (visitor, member, staff)}
    assert told == {visitor: False, member: True, staff: True}


def test_an_open_application_is_its_exhibitors_alone(exchange, visitor, member, outsider):
    booth = make_booth(exchange, company=member.membership.company, applied_by=member.user)
    for name in ("exchange_booth", "exchange_booth_picture"):
        url = reverse(name, args=[booth.pk])
        assert [actor.client.get(url).status_code for actor in (visitor, outsider)] == [404, 404]
    assert outsider.client.get(reverse("exchange_booth_edit", args=[booth.pk])).status_code == 404


def test_the_list_asks_as_much_of_thirty_as_of_one(exchange, visitor, member, django_assert_max_num_queries):
    url = reverse("exchange_booths", args=[2026])
    accepted(exchange, member)
    with django_assert_max_num_queries(12) as one:
        visitor.client.get(url)
    for _ in range(29):
        accepted(exchange, member)
    with django_assert_max_num_queries(len(one.captured_queries)):
        visitor.client.get(url)


@pytest.mark.parametrize("state", ["applied", "declined", "withdrawn"])
def test_nothing_of_a_booth_that_does_not_exhibit_is_public(exchange, member, outsider, visitor, state):
    company = member.membership.company
    secret = {"title": "まだ秘密", "words": "まだ秘密", "picture": b"x", "picture_format": "png"}
    booth = accepted(exchange, member, company=company, state=state, **secret)
    pages = ["/joint/2026/", "/joint/2026/booths/", "/joint/2026/booths/?q=秘密"]
    for reader in (visitor, outsider):
        assert not any("まだ秘密" in reader.client.get(page).content.decode() for page in pages)
        for page in ("", "picture/"):
            assert reader.client.get(f"/joint/booths/{booth.pk}/{page}").status_code == 404
    assert "まだ秘密" in member.client.get(f"/joint/booths/{booth.pk}/").content.decode()


def test_who_attends_and_how_they_are_reached_is_not_public(exchange, member, visitor):
    secret = {
        "first_person": "秘密 一郎",
        "email": "himitsu@example.jp",
        "phone": "042-999-0000",
        "request": "秘密の願い",
    }
    booth = accepted(exchange, member, answer_words="秘密のことば", **secret)
    page = visitor.client.get(f"/joint/booths/{booth.pk}/").content.decode()
    assert not [text for text in (*secret.values(), "秘密のことば") if text in page]


def test_what_is_wrong_elsewhere_asks_for_the_picture_again(exchange, member):
    url = reverse("exchange_booth_new", args=[2026])
    page = member.client.post(url, TYPED | {"watts": "99999", "photo": picture()}).content.decode()
    assert "1500以下の数を入れてください。" in page
    assert "写真は、まだ入っていません。" in page
    page = member.client.post(url, TYPED | {"watts": "99999"}).content.decode()
    assert "写真は、まだ入っていません。" not in page
    assert not Booth.objects.exists()


def test_who_withdrew_may_apply_anew(exchange, member):
    company = member.membership.company
    booth = make_booth(exchange, company=company, applied_by=member.user, state="withdrawn")
    page = member.client.get(reverse("exchange_booth", args=[booth.pk])).content.decode()
    assert f'href="{reverse("exchange_booth_new", args=[2026])}">あらためて申し込む' in page


def test_without_numbers_the_list_names_no_order_of_numbers(exchange, member, visitor):
    url = reverse("exchange_booths", args=[2026])
    booth = accepted(exchange, member)
    assert "番号の順" not in visitor.client.get(url).content.decode()
    Booth.objects.filter(pk=booth.pk).update(number=1)
    assert "番号の順" in visitor.client.get(url).content.decode()
