"""Files to upload: a page, a photograph with its place, a drawing."""

import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from tests.house.portal.objects import pdf

PLACE = {2: 35.0, 4: 139.0}


def paper(name: str = "案内.pdf", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, pdf() if content is None else content, "application/pdf")


def photo(
    name: str = "IMG_1.jpg", size: tuple[int, int] = (60, 40), form: str = "JPEG"
) -> SimpleUploadedFile:
    """As a phone takes it: lying on its side, with the camera's name and the place."""
    options: dict[str, Any] = {}
    if form == "JPEG":
        exif = Image.Exif()
        exif[0x010F], exif[0x0112] = "SECRET-CAMERA", 6
        exif.get_ifd(0x8825).update(PLACE)
        options["exif"] = exif
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 30)).save(out, form, **options)
    return SimpleUploadedFile(name, out.getvalue(), f"image/{form.lower()}")
