"""Every disk takes the names of an archive, and none stands there twice."""

import pytest

from iri_exchange.office.archive.names import LONGEST, Names


@pytest.mark.parametrize(
    ("stem", "path"),
    [
        ("会場の写真", "資料/会場の写真.pdf"),
        ('a/b\\c:d*e?f"g<h>i|j', "資料/a_b_c_d_e_f_g_h_i_j.pdf"),
        ("一行\n二行\t三\x00四\x7f", "資料/一行二行三四.pdf"),
        ("さかさ\u202efdp", "資料/さかさfdp.pdf"),
        ("../../etc/passwd", "資料/_.._etc_passwd.pdf"),
        ("おわりの点. . ", "資料/おわりの点.pdf"),
        ("CON", "資料/_CON.pdf"),
        ("com1.2026", "資料/_com1.2026.pdf"),
        ("", "資料/_.pdf"),
        ("\x00", "資料/_.pdf"),
        ("𠮷田葛󠄀", "資料/𠮷田葛󠄀.pdf"),
    ],
)
def test_what_a_disk_refuses_is_not_in_it(stem, path):
    assert Names().path("資料", stem, "pdf") == path


def test_long_names_are_cut_before_their_ending():
    found = Names().path("資料", "長" * 200, "pdf").removeprefix("資料/")
    assert (len(found), found[-4:], len(found.encode()) <= 255) == (LONGEST, ".pdf", True)


def test_none_stands_there_twice_in_big_or_small_letters():
    names = Names()
    paths = [names.path("資料", stem, "pdf") for stem in ("Photo", "photo", "PHOTO", "長" * 200, "長" * 199)]
    assert len({path.casefold() for path in paths}) == 5
    assert paths[1:3] == ["資料/photo_2.pdf", "資料/PHOTO_3.pdf"]
    assert max(len(path) for path in paths) <= LONGEST + len("資料/")
