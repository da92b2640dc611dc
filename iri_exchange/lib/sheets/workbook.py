"""Reading a workbook in a child process, so that no foreign file can harm the server."""

import contextlib
import datetime
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import IO

from iri_exchange.lib.sheets.model import Row, Sheet, SheetError

_log = logging.getLogger(__name__)

_ROOT = str(Path(__file__).resolve().parents[3])
# Isolated from the environment and from the working directory, so it is told where we are.
_PROGRAM = "import sys; sys.path.append(sys.argv[1]); from iri_exchange.lib.sheets.child import main; main()"
# What an interpreter outside of the usual folders may need to start. No secret goes to the child.
_ENVIRONMENT = {name: os.environ[name] for name in ("LD_LIBRARY_PATH",) if name in os.environ}
_SECONDS = 30
_LONGEST_ANSWER = 80 * 1024 * 1024
# Of children a server process runs at once; others wait.
_turn = threading.BoundedSemaphore(2)

_FAILED = (
    "ファイルが大きすぎるか、ふつうのExcelと違うため、読み切れませんでした。"
    "名簿のシートだけを新しいブックに写して、保存し直してください。"
)


def read_workbook(content: bytes) -> list[Sheet]:
    """The sheets of an XLSX file; SheetError also when the child is killed, hangs or breaks down."""
    # In memory: an uploaded roster is not to lie about on a disk.
    with open(os.memfd_create("answer"), "w+b") as answer:
        _ask(content, answer)
        long = os.stat(answer.fileno()).st_size > _LONGEST_ANSWER
        answer.seek(0)
        try:
            said = _FAILED if long else _understood(answer)
        except (ValueError, TypeError, LookupError, RecursionError):  # not the words of our child
            said = _FAILED
    if isinstance(said, str):
        raise SheetError(said)
    return said


def _understood(answer: Iterable[bytes]) -> list[Sheet] | str:
    """The sheets in the child's answer, or the sentence that it has instead."""
    sheets: list[Sheet] = []
    for line in answer:
        match json.loads(line, object_hook=_day):
            case ["sheet", str(name)]:
                sheets.append(Sheet(name, []))
            case ["rows", rows]:
                sheets[-1].rows.extend(Row(number, cells) for number, cells in rows)
            case ["error", str(sentence)]:
                return sentence
            case ["end"]:
                return sheets
    return _FAILED


def _day(value: dict[str, int]) -> datetime.date:
    return datetime.date.fromordinal(value["day"])


def _ask(content: bytes, answer: IO[bytes]) -> None:
    """Start the child and wait until it has written its answer, or died."""
    command = [sys.executable, "-I", "-c", _PROGRAM, _ROOT]
    with _turn, contextlib.suppress(subprocess.TimeoutExpired):
        ended = subprocess.run(
            command,
            input=content,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd="/",
            env=_ENVIRONMENT,
            timeout=_SECONDS,
            check=False,
        )
        if ended.returncode > 0:
            _log.error("The process that reads workbooks does not start. Is python-calamine installed?")
