"""The table of postal codes: a help that knows all of Japan, and says so where a code lies in two places."""

import json
import lzma
import sqlite3

from django.core.management import call_command

from iri_exchange.lib.japan import PREFECTURES, postal
from iri_exchange.lib.japan.postal import Place, places_of


def test_a_code_leads_to_its_place():
    assert places_of("190-0012") == [Place("東京都", "立川市", "曙町")]
    assert [place.prefecture for place in places_of("498-0000")] == ["三重県", "愛知県"]


def test_what_is_no_code_leads_nowhere():
    assert [places_of(code) for code in ("", "190", "999-9999", "１９０-００１２", "190\t012")] == [[]] * 5


def test_the_table_holds_every_prefecture_and_is_small():
    lines = lzma.decompress(postal.TABLE.read_bytes()).decode().split()
    assert set(PREFECTURES) <= set(lines)
    assert postal.TABLE.stat().st_size < 2_000_000


def test_is_made_of_the_data_of_the_post_office(tmp_path, monkeypatch):
    place = {"postal_code": "1900012", "prefecture": "東京都", "city": "立川市", "neighborhood": "曙町"}
    with sqlite3.connect(tmp_path / "postaldata.db") as database:
        database.execute("CREATE TABLE postal_data (code text, data text)")
        data = json.dumps(place | {"alternates": [place | {"neighborhood": None}]})
        database.execute("INSERT INTO postal_data VALUES (?, ?)", ["1900012", data])
    monkeypatch.setattr(postal, "TABLE", tmp_path / "made.xz")
    call_command("build_postal_codes", tmp_path / "postaldata.db")
    made = lzma.decompress((tmp_path / "made.xz").read_bytes()).decode()
    assert made == "\n1900012\t東京都\t立川市\t\n1900012\t東京都\t立川市\t曙町\n"
