"""Pictures: redrawn without what they carried, hostile ones refused."""

import io
import struct
import zlib
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, PngImagePlugin

from iri_exchange.lib.uploads import as_png

RED, CLEAR = (200, 30, 30), (0, 0, 0, 0)


def upload(content: bytes, name: str = "写真.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def drawn(form: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, RED).convert(mode).save(out, format=form, **options)
    return out.getvalue()


def opened(file: Any) -> Image.Image:
    return Image.open(io.BytesIO(file.read()))


@pytest.mark.parametrize(
    ("form", "mode"),
    [
        ("PNG", "RGB"),
        ("PNG", "P"),
        ("PNG", "L"),
        ("JPEG", "RGB"),
        ("JPEG", "CMYK"),
        ("GIF", "P"),
        ("WEBP", "RGB"),
    ],
)
def test_pictures_become_png(form: str, mode: str) -> None:
    file = as_png(upload(drawn(form, mode=mode)))
    picture = opened(file)
    assert (file.name, picture.format, picture.mode, picture.size) == ("picture.png", "PNG", "RGB", (40, 20))


def test_large_pictures_shrink_and_keep_their_shape() -> None:
    assert opened(as_png(upload(drawn("JPEG", (2000, 1000))))).size == (512, 256)
    assert opened(as_png(upload(drawn("PNG", (2000, 1000))), max_side=100)).size == (100, 50)
    assert opened(as_png(upload(drawn("PNG", (30, 10))))).size == (30, 10)


def test_transparency_stays() -> None:
    out = io.BytesIO()
    Image.new("RGBA", (10, 10), CLEAR).save(out, format="PNG")
    assert opened(as_png(upload(out.getvalue()))).getpixel((0, 0)) == CLEAR


def test_metadata_does_not_stay() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "secret place")
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    content = drawn("PNG", pnginfo=notes, exif=exif, icc_profile=b"secret place")
    assert b"secret place" in content
    written = as_png(upload(content)).read()
    assert b"secret place" not in written
    assert opened(io.BytesIO(written)).info == {}


def test_turned_photographs_stand_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert opened(as_png(upload(drawn("JPEG", (40, 20), exif=exif)))).size == (20, 40)


def bomb(width: int, height: int) -> bytes:
    """A tiny PNG that claims to be huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(b"\0" * 9))
        + chunk(b"IEND", b"")
    )


UNREADABLE = "画像として読めません。PNG、JPEG、GIF、WebPのどれかを選んでください。"
TOO_MANY_PIXELS = "画像の画素が多すぎます。小さくしてから選んでください。"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", UNREADABLE),
        (b"not a picture", UNREADABLE),
        (b"%PDF-1.7", UNREADABLE),
        (b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', UNREADABLE),
        (drawn("BMP"), UNREADABLE),
        (drawn("TIFF"), UNREADABLE),
        (drawn("PNG")[:60], UNREADABLE),
        (drawn("JPEG", (400, 400))[:-200], UNREADABLE),
        (drawn("GIF", mode="P")[:20], UNREADABLE),
        (bomb(100, 100), UNREADABLE),
        (bomb(6_000, 6_000), TOO_MANY_PIXELS),
        (bomb(60_000, 60_000), TOO_MANY_PIXELS),
        (drawn("PNG") + b"\0" * 5 * 1024 * 1024, "画像が大きすぎます。5MBまでの画像を選んでください。"),
    ],
    # Not the five megabytes themselves, which every process would tell every other.
    ids=lambda case: f"{len(case)}-bytes" if isinstance(case, bytes) else "",
)
def test_others_are_refused(content: bytes, message: str) -> None:
    with pytest.raises(ValidationError) as caught:
        as_png(upload(content))
    assert caught.value.messages == [message]


def test_half_a_picture_is_refused_after_a_pdf_too() -> None:
    import weasyprint  # noqa: F401  (its import lets Pillow take truncated pictures)
    from PIL import ImageFile

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with pytest.raises(ValidationError):
        as_png(SimpleUploadedFile("logo.jpg", drawn("JPEG", (400, 400))[:-200]))
