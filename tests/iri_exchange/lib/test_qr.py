"""The square code says what was put into it, and leaves room around itself."""

import base64
import io

from PIL import Image

from iri_exchange.lib import qr

TEXT = "https://portal.example.jp/reply/123-1.Abc_def-ghi/"


def dark(square: qr.Square) -> set[tuple[int, int]]:
    """(column, row) of the dark modules, read from the path."""
    found = set()
    for bar in square.path.split("z")[:-1]:
        start, _, rest = bar.removeprefix("M").partition("h")
        x, y = map(int, start.split())
        found |= {(x + step, y) for step in range(int(rest.split("v")[0]))}
    return found


def test_the_three_corners_stand_where_they_belong_within_the_quiet_zone():
    square = qr.square(TEXT)
    modules = dark(square)
    assert min(x for x, _ in modules) == min(y for _, y in modules) == qr.QUIET
    assert max(x for x, _ in modules) == max(y for _, y in modules) == square.size - qr.QUIET - 1
    last = square.size - qr.QUIET - 7
    for left, top in ((qr.QUIET, qr.QUIET), (last, qr.QUIET), (qr.QUIET, last)):
        assert {(left + step, top) for step in range(7)} <= modules
        assert (left + 1, top + 1) not in modules


def test_other_texts_are_other_codes():
    assert qr.square(TEXT).path != qr.square(TEXT.replace("123", "124")).path


def test_the_picture_is_the_same_code_with_a_pixel_for_a_module():
    square, (head, data) = qr.square(TEXT), qr.picture(TEXT).split(",")
    image = Image.open(io.BytesIO(base64.b64decode(data)))
    assert (head, image.mode, image.size) == ("data:image/png;base64", "1", (square.size, square.size))
    places = [(x, y) for x in range(square.size) for y in range(square.size)]
    assert {place for place in places if image.getpixel(place) == 0} == dark(square)
