"""One address put over another: what is poorer, what is only written differently, what is another."""

import pytest

from groups.importing.addresses import put_over

ADDRESS = ("prefecture", "city", "street", "building")
TOWER = ("東京都", "昭島市", "東町1-1", "灯台ビル3階")


def put(stored, new):
    """The address after the file's is put over it; the parts that the file does not have are None."""
    told = {name: part for name, part in zip(ADDRESS, new, strict=True) if part}
    found = put_over(dict(zip(ADDRESS, stored, strict=True)), told)
    return found and tuple(found.values())


@pytest.mark.parametrize(
    "poorer",
    [
        ("東京都", None, None, None),
        ("東京都", "昭島市", None, None),
        ("東京都", "昭島市", "東町1-1", None),
        ("東京都", "昭島市", "東町", None),
        ("東京都", "昭島市", "東町1", None),
        (None, None, "東町1-1", None),
        (None, None, "昭島市東町1-1", None),
        (None, None, "昭島市", None),
        (None, None, None, "灯台ビル3階"),
        ("東京都", None, None, "灯台ビル3階"),
        ("東京都", "立川市", None, None),
        ("神奈川県", None, None, None),
        (None, None, "東京都昭島", None),
    ],
)
def test_what_is_known_is_not_lost_to_a_poorer_address(poorer):
    assert put(TOWER, poorer) is None


@pytest.mark.parametrize(
    "other",
    [
        ("東京都", "昭島市", "東町1丁目1番地", "灯台ビル3階"),
        ("東京都", "昭島市", "東町一丁目1", "灯台ビル3階"),
        ("東京都", "昭島市", "東町１－１ 灯台ビル３階", None),
        (None, None, "昭島市東町1-1　灯台ビル3階", None),
        (None, None, "東町1番1号 灯台ビル3階", None),
    ],
)
def test_an_address_that_is_only_written_differently_stays(other):
    assert put(TOWER, other) == TOWER


@pytest.mark.parametrize(
    ("stored", "new", "after"),
    [
        # Another street: what the file does not say of it is not known any more.
        (TOWER, ("東京都", "昭島市", "東町1-10", None), ("東京都", "昭島市", "東町1-10", "")),
        (TOWER, ("東京都", "立川市", "西町5", None), ("東京都", "立川市", "西町5", "")),
        (TOWER, (None, None, "立川市西町5", None), ("", "", "立川市西町5", "")),
        (TOWER, ("神奈川県", "横浜市西区", "東町1-1", None), ("神奈川県", "横浜市西区", "東町1-1", "")),
        # The same town, which goes without saying.
        (TOWER, (None, None, "昭島市西町5", None), ("東京都", "昭島市", "西町5", "")),
        (TOWER, (None, None, "西町5", "西ビル"), ("東京都", "昭島市", "西町5", "西ビル")),
        # More than was known.
        (("東京都", "昭島市", "東町1-1", ""), TOWER, TOWER),
        (("東京都", "昭島市", "", ""), TOWER, TOWER),
        (("", "", "", ""), TOWER, TOWER),
        (("", "", "昭島市東町1-1", ""), TOWER, TOWER),
        (("東京都", "", "", ""), (None, None, "昭島市東町1-1", None), ("東京都", "昭島市", "東町1-1", "")),
        (("東京都", "昭島市", "東町1", ""), ("東京都", "昭島市", "東町1-1", None), ("東京都", "昭島市", "東町1-1", "")),
        # A number behind a number is not one number.
        (("東京都", "昭島市", "東町1-1", "3F"), ("東京都", "昭島市", "東町1-13", "F"),
         ("東京都", "昭島市", "東町1-13", "F")),
        (("東京都", "昭島市", "東町十二丁目3", ""), ("東京都", "昭島市", "東町12丁目4", None),
         ("東京都", "昭島市", "東町12丁目4", "")),
    ],
)  # fmt: skip
def test_another_address_or_a_better_one_is_taken(stored, new, after):
    assert put(stored, new) == after
