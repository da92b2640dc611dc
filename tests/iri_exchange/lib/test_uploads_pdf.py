"""A PDF is opened before it is kept: what is none, is locked, or does something by itself is refused, in words."""

import io

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile

from iri_exchange.lib import uploads


def made(prepare=lambda made: None, pages=1, **saving):
    content = io.BytesIO()
    with pikepdf.Pdf.new() as new:
        for _ in range(pages):
            new.add_blank_page()
        prepare(new)
        new.save(content, **saving)
    return content.getvalue()


def script(new):
    new.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def named_script(new):
    new.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary())


def attached(new):
    new.attachments["a.txt"] = pikepdf.AttachedFileSpec(new, b"x", filename="a.txt")


def jumps(new):
    new.Root.OpenAction = pikepdf.Array([new.pages[0].obj, pikepdf.Name.Fit])


LOCKED = pikepdf.Encryption(user="secret", owner="secret")
REFUSED = {
    "text": (b"hello", "invalid"),
    "only the head": (b"%PDF-1.7 nothing else", "invalid"),
    "empty": (made(pages=0), "empty"),
    "locked": (made(encryption=LOCKED), "locked"),
    "script": (made(script), "active"),
    "named script": (made(named_script), "active"),
    "attached": (made(attached), "active"),
    "too large": (b"%PDF-" + b"x" * uploads.MAX_PDF_BYTES, "too_large"),
}


@pytest.mark.parametrize("kind", REFUSED)
def test_what_is_no_plain_pdf_is_refused(kind):
    content, code = REFUSED[kind]
    with pytest.raises(ValidationError) as refused:
        uploads.pdf_bytes(ContentFile(content, "a.pdf"))
    assert refused.value.code == code


@pytest.mark.parametrize("prepare", [lambda new: None, jumps])
def test_a_plain_one_is_kept_as_it_came(prepare):
    content = made(prepare)
    assert uploads.pdf_bytes(ContentFile(content, "a.pdf")) == content
