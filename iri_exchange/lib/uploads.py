"""Uploaded pictures are opened and drawn anew: what is stored holds pixels and nothing else.

A PDF is kept as it came, after it was opened and found to be one that does nothing by itself.
"""

import io
from typing import Any

import pikepdf
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from PIL import Image, ImageFile, ImageOps

_FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
_MAX_BYTES = 5 * 1024 * 1024
_MAX_PHOTO_BYTES = 10 * 1024 * 1024
# Decoded, a pixel takes four bytes; JPEG is decoded at a fraction of its size.
_MAX_PIXELS = 30_000_000
MAX_PDF_BYTES = 10 * 1024 * 1024
# Scripts, and files hidden in the file.
_HIDDEN = ("/JavaScript", "/EmbeddedFiles")


def as_png(upload: "File[Any]", max_side: int = 512) -> "ContentFile[bytes]":
    """The picture as PNG, at most `max_side` pixels wide and high, upright, without metadata.

    Takes PNG, JPEG, GIF (its first picture) and WebP up to 5 MB. Raises Django's ValidationError.
    """
    drawn = _opened(upload, max_side, _MAX_BYTES)
    return ContentFile(_written(drawn, "PNG", optimize=True), name="picture.png")


def photograph(upload: "File[Any]", max_side: int = 1600) -> tuple[str, bytes]:
    """("jpeg" or "png", content) of a picture up to 10 MB, at most `max_side` pixels wide and high, upright.

    Where and when it was taken, and with which camera, stays behind. What came as PNG or GIF was drawn rather than
    photographed, and stays as sharp as it was. Raises Django's ValidationError.
    """
    drawn = _opened(upload, max_side, _MAX_PHOTO_BYTES)
    if _starts_as_drawing(upload):
        return "png", _written(drawn, "PNG", optimize=True)
    return "jpeg", _written(_on_white(drawn), "JPEG", quality=85, optimize=True)


def preview(content: bytes, max_side: int = 480) -> bytes:
    """A small JPEG of a picture that `photograph` made."""
    with Image.open(io.BytesIO(content), formats=("PNG", "JPEG")) as picture:
        return _written(_on_white(_redrawn(picture, max_side)), "JPEG", quality=80)


def _opened(upload: "File[Any]", max_side: int, max_bytes: int) -> Image.Image:
    if upload.size > max_bytes:
        most = max_bytes // (1024 * 1024)
        raise ValidationError(f"画像が大きすぎます。{most}MBまでの画像を選んでください。", code="too_large")
    # WeasyPrint turns this on for the whole process as soon as it is imported: half a picture would pass.
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        upload.seek(0)
        with Image.open(upload, formats=_FORMATS) as picture:
            if picture.width * picture.height > _MAX_PIXELS:
                raise Image.DecompressionBombError
            return _redrawn(picture, max_side)
    except Image.DecompressionBombError as error:
        raise ValidationError(
            "画像の画素が多すぎます。小さくしてから選んでください。", code="too_large"
        ) from error
    except Exception as error:  # Pillow's parsers raise whatever hostile bytes lead them to
        raise ValidationError(
            "画像として読めません。PNG、JPEG、GIF、WebPのどれかを選んでください。", code="invalid"
        ) from error


def _starts_as_drawing(upload: "File[Any]") -> bool:
    upload.seek(0)
    return upload.read(4) in (b"\x89PNG", b"GIF8")


def _on_white(picture: Image.Image) -> Image.Image:
    """JPEG knows nothing transparent."""
    if picture.mode != "RGBA":
        return picture.convert("RGB")
    white = Image.new("RGB", picture.size, "white")
    white.paste(picture, mask=picture.getchannel("A"))
    return white


def _written(picture: Image.Image, kind: str, **how: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format=kind, **how)
    return out.getvalue()


def _redrawn(picture: Image.Image, max_side: int) -> Image.Image:
    """A new image with the pixels only: profiles, comments and places stay behind."""
    # Palettes and the like cannot be scaled smoothly.
    small = picture if picture.mode in ("RGB", "RGBA") else picture.convert("RGBA")
    small.thumbnail((max_side, max_side))
    upright = ImageOps.exif_transpose(small).convert("RGBA")
    canvas = Image.new("RGBA", upright.size)
    canvas.paste(upright)
    is_opaque = canvas.getchannel("A").getextrema() == (255, 255)
    return canvas.convert("RGB") if is_opaque else canvas


def pdf_bytes(upload: "File[Any]") -> bytes:
    """The content of a PDF up to 10 MB that opens without a password, has a page, no script and no file inside.

    Raises Django's ValidationError.
    """
    if upload.size > MAX_PDF_BYTES:
        raise ValidationError("ファイルが大きすぎます。10MBまでのPDFを選んでください。", code="too_large")
    upload.seek(0)
    content: bytes = upload.read()
    if not content.startswith(b"%PDF-"):
        raise ValidationError("PDFではありません。PDFにしてから選んでください。", code="invalid")
    try:
        with pikepdf.open(io.BytesIO(content)) as opened:
            pages, acts = len(opened.pages), _acts(opened.Root)
    except pikepdf.PasswordError as error:
        raise ValidationError(
            "パスワードのかかったPDFです。パスワードを外してから選んでください。", code="locked"
        ) from error
    except Exception as error:  # the parser raises whatever hostile bytes lead it to
        raise ValidationError("PDFとして読めません。もう一度PDFにしてください。", code="invalid") from error
    if not pages:
        raise ValidationError("ページのないPDFです。別のファイルを選んでください。", code="empty")
    if acts:
        raise ValidationError(
            "開くと動くしかけや、ほかのファイルが入ったPDFです。印刷してPDFにし直すと、登録できます。",
            code="active",
        )
    return content


def _acts(root: pikepdf.Object) -> bool:
    """Whether the document does something by itself, or hides a file. To open at a page is harmless."""
    names: Any = root.get("/Names", {})
    action = root.get("/OpenAction")
    jumps = isinstance(action, pikepdf.Array) or (
        isinstance(action, pikepdf.Dictionary) and action.get("/S") == pikepdf.Name.GoTo
    )
    return "/AA" in root or any(key in names for key in _HIDDEN) or (action is not None and not jumps)
