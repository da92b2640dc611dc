"""manage.py import_roster: what it prints last, how it exits, what it writes."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from groups.models import Membership

DATA = Path(__file__).parents[2] / "data"


def run(*args):
    """(exit code, the last line of the output as JSON)."""
    out = StringIO()
    code = 0
    try:
        call_command("import_roster", *args, "--json", stdout=out, stderr=StringIO())
    except SystemExit as stop:
        code = stop.code
    return code, json.loads(out.getvalue().splitlines()[-1])


def test_a_check_tells_and_writes_nothing(group):
    code, said = run("keyaki", DATA / "tama24.csv")

    assert code == 0
    assert said == {
        "new": 21,
        "changed": 0,
        "same": 0,
        "problems": [],
        "warnings": [],
        "doubtful": [],
        "committed": False,
    }
    assert Membership.objects.count() == 0


def test_commit_imports_and_the_same_file_is_the_same(group):
    assert run("keyaki", DATA / "plaza62.xlsx", "--commit")[1]["committed"] is True
    code, said = run("keyaki", DATA / "plaza62.xlsx", "--commit")

    assert (code, said["new"], said["same"]) == (0, 0, 13)


def test_problems_exit_with_1_and_name_row_and_column(group):
    code, said = run("keyaki", DATA / "broken.xlsx", "--commit")

    assert (code, said["committed"], said["new"]) == (1, False, 6)
    assert said["problems"][1] == {
        "row": 9,
        "column": "郵便番号",
        "message": "7けたの数字で入れてください。いまは6けたです。",
    }
    assert Membership.objects.count() == 0


@pytest.mark.parametrize(
    ("slug", "name", "content", "said"),
    [
        ("nowhere", "tama24.csv", None, "「nowhere」というグループはありません。登録済み：keyaki"),
        ("keyaki", "missing.csv", None, "ファイルを開けません：No such file or directory"),
        (
            "keyaki",
            "prose.txt",
            "こんにちは\nお元気ですか",
            "見出しの行が見つかりません。「企業名」「氏名」などの見出しがある表にしてください。",
        ),
        ("keyaki", "bare.csv", "企業名,氏名\n", "見出しの下に会員の行がありません。"),
    ],
)
def test_nothing_to_import_exits_with_2_and_says_why(group, tmp_path, slug, name, content, said):
    path = tmp_path / name if content else DATA / name
    if content:
        path.write_text(content)

    code, report = run(slug, path)

    assert code == 2
    assert [problem["message"] for problem in report["problems"]] == [said]
