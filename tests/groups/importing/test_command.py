"""manage.py import_roster: what it prints last, how it exits, what it writes."""

import json
from contextlib import suppress
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from groups.importing.report import Doubt, Row
from groups.models import Membership
from iri_exchange.management.commands.import_roster import Command, asked
from members.models import Company

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


def said_by(command, *args):
    out = StringIO()
    with suppress(SystemExit):
        call_command(command, *args, stdout=out, stderr=StringIO())
    return out.getvalue().splitlines()[-1]


def test_a_directory_that_changed_meanwhile_is_said_and_what_to_do(group):
    class Disturbed(Command):
        """A clerk registers one of the companies while the file is being read."""

        def _progress(self, done, total):
            Company.objects.get_or_create(name="株式会社立川印刷", corporate_number="4119722573927")

    args = ("keyaki", DATA / "tama24.csv", "--commit")

    assert said_by(Disturbed(), *args) == (
        "取り込んでいません。確かめているあいだに名簿が変わりました。もう一度、同じコマンドを実行してください。"
    )
    assert Membership.objects.count() == 0
    assert said_by("import_roster", *args) == "取り込みました。"


def test_problems_are_said_with_the_way_out(group):
    assert said_by("import_roster", "keyaki", DATA / "broken.xlsx", "--commit") == (
        "取り込んでいません。直すところがあります。"
        "表を直すか、--leave-bad を付けて、ほかの行だけを取り込んでください。"
    )


@pytest.mark.parametrize(
    ("asks", "question"),
    [
        ("same", "名簿の「株式会社灯台」と同じ会員ですか。"),
        ("renamed", "法人番号が「株式会社灯台」と同じです。名前の変わった同じ企業ですか。"),
        ("returns", "退会した「株式会社灯台」です。会に戻りますか。"),
    ],
)
def test_what_is_asked_is_told(asks, question):
    row = Row(2, "㈱灯台", "doubtful", doubts=[Doubt(7, "/companies/7/", "株式会社灯台", asks)])

    assert asked(row) == f"{question}画面で取り込むと、お答えいただけます。"
