"""The process that reads workbooks: whatever becomes of it, the server gets sheets or one sentence."""

import concurrent.futures
import os
import subprocess
import sys
from pathlib import Path

import pytest

from iri_exchange.lib import sheets
from iri_exchange.lib.sheets import workbook as module

from .excel import excel_file
from .hostile import workbook

PROLOGUE = "import sys; content = sys.stdin.buffer.read(); "
FAILED = "ファイルが大きすぎるか、ふつうのExcelと違うため、読み切れませんでした。"

ENDS = {
    "killed": "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
    "crashed": "import os; os.abort()",
    "out of memory": "import resource as r; r.setrlimit(r.RLIMIT_AS, (2**25, 2**25)); bytes(2**26)",
    "out of time": "import resource as r; r.setrlimit(r.RLIMIT_CPU, (1, 1))\nwhile True: pass",
    "silent": "pass",
    "cut off": """print('["sheet","a"]'); print('["rows",[[1,["a"')""",
    "without an end": """print('["sheet","a"]'); print('["rows",[[1,["a"]]]]')""",
    "garbage": "sys.stdout.buffer.write(bytes(range(256)))",
    "another language": """print('{"sheet": "a"}'); print('7')""",
    "rows before a sheet": """print('["rows",[[1,["a"]]]]'); print('["end"]')""",
    "no rows": """print('["sheet","a"]'); print('["rows",[7]]'); print('["end"]')""",
    "no day": """print('["sheet","a"]'); print('["rows",[[1,[{"day":0}]]]]'); print('["end"]')""",
}


@pytest.mark.logs_errors
@pytest.mark.parametrize("end", ENDS)
def test_whatever_the_end_there_is_a_sentence(end: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PROGRAM", PROLOGUE + ENDS[end])
    with pytest.raises(sheets.SheetError) as caught:
        sheets.read(workbook(), "a.xlsx")
    assert str(caught.value).startswith(FAILED)


def test_a_process_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.5)
    late = """import time; time.sleep(5); print('["sheet","a"]\\n["rows",[[1,["a"]]]]\\n["end"]')"""
    monkeypatch.setattr(module, "_PROGRAM", late)
    with pytest.raises(sheets.SheetError, match=FAILED):
        sheets.read(workbook() + bytes(1_000_000), "a.xlsx")


def test_an_endless_answer_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_LONGEST_ANSWER", 1_000)
    monkeypatch.setattr(module, "_PROGRAM", PROLOGUE + """print('["sheet","a"]\\n' * 100 + '["end"]')""")
    with pytest.raises(sheets.SheetError, match=FAILED):
        sheets.read(workbook(), "a.xlsx")


def test_it_ends_before_the_file_is_written_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PROGRAM", """print('["error","読めません。"]')""")
    with pytest.raises(sheets.SheetError, match=r"^読めません。$"):
        sheets.read(workbook() + bytes(1_000_000), "a.xlsx")


@pytest.mark.logs_errors
def test_a_missing_reader_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "_PROGRAM", "import python_calamine_is_not_here")
    with pytest.raises(sheets.SheetError, match=FAILED):
        sheets.read(workbook(), "a.xlsx")
    assert [record.levelname for record in caplog.records] == ["ERROR"]


def test_it_is_light_and_has_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "planted")
    monkeypatch.setattr(
        module,
        "_PROGRAM",
        "import sys; sys.path.append(sys.argv[1]); import iri_exchange.lib.sheets.child, json, os; "
        "heavy = [name for name in ('django', 'openpyxl', 'PIL', 'multiprocessing') if name in sys.modules]; "
        "print(json.dumps(['error', f'{heavy} {os.environ.get(\"SECRET_KEY\")} {os.getcwd()}']))",
    )
    with pytest.raises(sheets.SheetError) as caught:
        sheets.read(workbook(), "a.xlsx")
    assert str(caught.value) == "[] None /"


def test_its_limits_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        module,
        "_PROGRAM",
        "import sys; sys.path.append(sys.argv[1]); from iri_exchange.lib.sheets import child; "
        "import resource as r; child._answer = lambda content: [['error', str([r.getrlimit(limit) for limit in "
        "(r.RLIMIT_AS, r.RLIMIT_CPU, r.RLIMIT_CORE, r.RLIMIT_FSIZE)])]]; child.main()",
    )
    with pytest.raises(sheets.SheetError) as caught:
        sheets.read(workbook(), "a.xlsx")
    mega = 1024 * 1024
    assert str(caught.value) == str([(200 * mega,) * 2, (8, 8), (0, 0), (128 * mega,) * 2])


def test_from_any_directory_and_thread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    files = [excel_file({"名簿": [[f"会社{number}"]]}) for number in range(6)]
    with concurrent.futures.ThreadPoolExecutor(6) as pool:
        read = list(pool.map(lambda file: sheets.read(file, "a.xlsx")[0].rows[0].cells, files))
    assert read == [[f"会社{number}"] for number in range(6)]
    assert list(tmp_path.iterdir()) == []


def test_nothing_stays_open() -> None:
    before = len(os.listdir("/proc/self/fd"))
    for _ in range(3):
        sheets.read(workbook(), "a.xlsx")
    assert len(os.listdir("/proc/self/fd")) == before


def test_without_django() -> None:
    """The server's settings are not needed to read."""
    program = (
        "import sys; sys.path.append(sys.argv[1]); from iri_exchange.lib import sheets; "
        "print(sheets.read(sys.stdin.buffer.read(), 'a.xlsx')[0].rows[0].cells)"
    )
    ended = subprocess.run(
        [sys.executable, "-I", "-c", program, str(Path(__file__).parents[4])],
        input=workbook(),
        capture_output=True,
        check=True,
        env={},
    )
    assert ended.stdout.decode().strip() == "['企業名', '氏名']"
