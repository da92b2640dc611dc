"""/groups/<slug>/edit/: introduction and by-laws, by staff and the officers of a group on its own."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from groups.models import Group
from tests.factories import make_officer

URL = reverse("group_edit", args=["keyaki"])
LOGO = reverse("group_logo", args=["keyaki"])


def picture() -> SimpleUploadedFile:
    out = io.BytesIO()
    Image.new("RGB", (900, 300), "#0b5548").save(out, "JPEG")
    return SimpleUploadedFile("logo.jpg", out.getvalue(), "image/jpeg")


@pytest.fixture
def typed(group) -> dict[str, object]:
    return {
        "name": "けやき会", "kana": "ケヤキカイ", "introduction": "紹介\n二行目", "theme": "ひとの手", "url": "keyaki.example.jp",
        "room": "green", "mark": "", "capacity": "30", "representatives_max": "3",
        "replies_shown": "count", "quorum_percent": "60", "same_trade": "one",
        "fiscal_year_start": "1", "meeting_week": "2", "meeting_weekday": "3", "meeting_time": "15:00",
        "number_prefix": "XX", "founded_year": "2000", "office": group.office_id, "authority": "institute",
    }  # fmt: skip


def test_staff_correct_everything_but_the_address(staff, group, typed):
    answer = staff.client.post(URL, typed | {"slug": "other"})
    assert (answer.status_code, answer.url) == (302, "/groups/keyaki/")
    group = Group.objects.get()
    assert (group.slug, group.url, group.theme) == ("keyaki", "https://keyaki.example.jp", "ひとの手")
    assert (group.number_prefix, group.founded_year, group.capacity) == ("XX", 2000, 30)
    assert group.meeting_rule == "第2木曜日 15:00から"
    assert group.accepts_visits is False
    assert "けやき会の内容を保存しました" in staff.client.get(answer.url).content.decode()


def test_officers_do_not_change_what_the_office_decided(secretary, typed):
    assert secretary.client.post(URL, typed).status_code == 302
    group = Group.objects.get()
    assert (group.theme, group.number_prefix, group.founded_year) == ("ひとの手", "KY", 2012)


def test_an_error_keeps_the_typed_text_and_the_name_in_the_head(staff, typed):
    answer = staff.client.post(URL, typed | {"name": "", "theme": "のこる言葉"})
    text = answer.content.decode()
    assert (answer.status_code, answer.context["form"].errors) == (200, {"name": ["名称を入れてください。"]})
    assert "のこる言葉" in text
    assert "<title>けやき会 紹介・設定" in text
    assert Group.objects.get().theme == ""


def test_a_logo_is_drawn_anew_and_shown_to_everyone(staff, visitor, typed):
    assert visitor.client.get(LOGO).status_code == 404
    assert staff.client.post(URL, typed | {"logo": picture()}).status_code == 302
    answer = visitor.client.get(LOGO)
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    drawn = Image.open(io.BytesIO(b"".join(answer.streaming_content)))
    assert (drawn.format, drawn.size) == ("PNG", (512, 171))


def test_a_logo_stays_when_nothing_new_is_chosen(staff, typed):
    staff.client.post(URL, typed | {"logo": picture()})
    kept = Group.objects.get().logo.name
    staff.client.post(URL, typed)
    assert Group.objects.get().logo.name == kept


def test_what_is_no_picture_is_refused(staff, typed):
    answer = staff.client.post(
        URL, typed | {"logo": SimpleUploadedFile("logo.png", b"no picture", "image/png")}
    )
    assert set(answer.context["form"].errors) == {"logo"}
    assert not Group.objects.get().logo


def test_who_may(visitor, member, secretary, adviser, outsider, staff, group, launched_group):
    actors = (visitor, member, secretary, adviser, outsider, staff)
    assert [actor.client.get(URL).status_code for actor in actors] == [302, 403, 200, 403, 403, 200]
    make_officer(launched_group, secretary.person)
    assert secretary.client.get(reverse("group_edit", args=["akebono"])).status_code == 403
