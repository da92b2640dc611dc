"""Photographs: upright, smaller, without camera and place; drawings stay drawings."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from iri_exchange.lib import uploads
from tests.events.pictures import photo


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content))


def test_a_photograph_is_upright_and_tells_no_place() -> None:
    taken = photo(size=(3200, 1600))
    assert b"SECRET-CAMERA" in taken.read()
    form, content = uploads.photograph(taken)
    picture = opened(content)
    assert (form, picture.format, picture.size) == ("jpeg", "JPEG", (800, 1600))
    assert b"SECRET-CAMERA" not in content
    assert dict(picture.getexif()) == {}


def test_a_drawing_stays_sharp_and_clear() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (30, 10), (0, 0, 0, 0)).save(out, "PNG")
    form, content = uploads.photograph(SimpleUploadedFile("図.png", out.getvalue()))
    assert (form, opened(content).format, opened(content).getpixel((0, 0))) == ("png", "PNG", (0, 0, 0, 0))
    small = opened(uploads.preview(content))
    assert (small.format, small.getpixel((0, 0))) == ("JPEG", (255, 255, 255))


def test_a_preview_is_small() -> None:
    _, content = uploads.photograph(photo(size=(1600, 1200)))
    assert opened(uploads.preview(content)).size == (360, 480)


@pytest.mark.parametrize(
    ("content", "code"), [(b"<svg/>", "invalid"), (b"\xff\xd8\xff half", "invalid"), (b"", "invalid")]
)
def test_what_is_no_picture_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refused:
        uploads.photograph(SimpleUploadedFile("写真.jpg", content))
    assert refused.value.code == code


def test_too_large_is_said_in_megabytes(monkeypatch) -> None:
    monkeypatch.setattr(uploads, "_MAX_PHOTO_BYTES", 2 * 1024 * 1024)
    with pytest.raises(ValidationError) as refused:
        uploads.photograph(SimpleUploadedFile("写真.jpg", b"x" * (2 * 1024 * 1024 + 1)))
    assert refused.value.messages == ["画像が大きすぎます。2MBまでの画像を選んでください。"]
