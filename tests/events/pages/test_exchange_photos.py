"""Photographs: the office keeps them, everybody sees what is public."""

import pytest

from events.models import ExchangePhoto
from tests.events.exchange.after.over import make_over
from tests.events.pictures import paper
from tests.events.pictures import photo as taken

PAGE = "/office/joint/2026/photos/"


@pytest.fixture
def exchange(office):
    return make_over()


def test_added_shown_changed_removed(exchange, staff, visitor):
    assert "写真は、まだありません" in staff.client.get(PAGE).text
    assert staff.client.post(PAGE, {"upload": taken(), "caption": "分散会"}).url == PAGE
    photo = ExchangePhoto.objects.get()
    picture, edit = f"/joint/photos/{photo.pk}/", f"/office/joint/photos/{photo.pk}/"
    assert visitor.client.get(picture).status_code == 404
    assert "職員だけが見られます" in staff.client.get(PAGE).text
    assert staff.client.get(edit).status_code == 200
    refused = staff.client.post(edit, {"caption": "分散会", "is_public": "on"})
    assert "みなの承知が要ります" in refused.text
    assert staff.client.post(edit, {"caption": "分散会", "is_public": "on", "all_agreed": "on"}).url == PAGE
    shown = visitor.client.get(picture)
    assert (shown.status_code, shown["Content-Type"]) == (200, "image/jpeg")
    assert f'src="{picture}" alt="分散会"' in visitor.client.get("/joint/2026/").text
    assert staff.client.post(f"{edit}remove/").url == PAGE
    assert not ExchangePhoto.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"caption": "分散会"}, "写真を選んでください。"),
        ({"caption": "", "upload": taken}, "説明を入れてください。"),
        ({"caption": "分散会", "upload": paper}, "画像"),
        ({"caption": "分散会", "upload": taken, "is_public": "on"}, "みなの承知が要ります"),
    ],
)
def test_what_is_wrong_is_said(exchange, staff, given, says):
    page = staff.client.post(
        PAGE, {key: value() if callable(value) else value for key, value in given.items()}
    )
    assert page.status_code == 200
    assert says in page.text
    assert not ExchangePhoto.objects.exists()
