"""Photographs of the day: public only by consent."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from events.exchange.after import photos
from events.models import ExchangePhoto
from tests.events.exchange.after.over import make_over
from tests.events.pictures import photo as taken

pytestmark = pytest.mark.django_db


@pytest.fixture
def exchange(office):
    return make_over()


def add(exchange, by, **fields):
    about = {"caption": "分散会", "all_agreed": True, "is_public": True} | fields
    upload = about.pop("upload", None) or taken()
    return photos.add(exchange=exchange, upload=upload, by=by, **about)


def test_kept_and_shown(exchange, staff):
    photo = add(exchange, staff.user)
    assert photo.format == "jpeg"
    assert b"SECRET-CAMERA" not in bytes(photo.content)
    assert list(photos.public_photos(exchange)) == [photo]
    assert list(photos.exchange_photos_visible_to(AnonymousUser())) == [photo]


def test_never_public_without_consent(exchange, staff):
    with pytest.raises(ValidationError) as refused:
        add(exchange, staff.user, all_agreed=False)
    assert refused.value.message_dict == {
        "all_agreed": ["どなたにも見せるには、写っている方のみなの承知が要ります。"]
    }
    kept = add(exchange, staff.user, all_agreed=False, is_public=False)
    with pytest.raises(ValidationError):
        photos.change(photo=kept, caption="分散会", all_agreed=False, is_public=True, by=staff.user)
    assert not photos.exchange_photos_visible_to(AnonymousUser()).exists()
    assert list(photos.exchange_photos_visible_to(staff.user)) == [kept]


def test_consent_withdrawn_hides_it(exchange, staff):
    photo = add(exchange, staff.user)
    photos.change(photo=photo, caption="分散会", all_agreed=False, is_public=False, by=staff.user)
    assert not photos.public_photos(exchange).exists()


def test_what_is_no_picture_is_refused(exchange, staff):
    with pytest.raises(ValidationError):
        add(exchange, staff.user, upload=SimpleUploadedFile("a.png", b"<svg/>", "image/png"))
    assert not ExchangePhoto.objects.exists()


def test_removed_for_good(exchange, staff):
    photo = add(exchange, staff.user)
    photos.remove(photo=photo, by=staff.user)
    with pytest.raises(ValidationError):
        photos.remove(photo=photo, by=staff.user)


def test_so_many_and_no_more(exchange, staff, monkeypatch):
    monkeypatch.setattr(photos, "MOST", 1)
    add(exchange, staff.user)
    with pytest.raises(ValidationError) as refused:
        add(exchange, staff.user)
    assert refused.value.code == "too_many"
