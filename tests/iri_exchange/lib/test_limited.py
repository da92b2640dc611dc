"""Work under limits: its result comes whole, and whatever else it does, we go on and know why."""

import gc
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.db import connection

from iri_exchange.lib.limited import MEGABYTE, Failed, OutOfMemory, OutOfTime, run
from members.models import Company

LIMITS = {"seconds": 20, "cpu_seconds": 5, "memory": 256 * MEGABYTE}


def hog() -> bytes:
    kept = []
    while True:
        kept.append(bytearray(b"x" * MEGABYTE))


def loop() -> bytes:
    while True:
        pass


def sleep() -> bytes:
    time.sleep(60)
    return b"too late"


def die(by: int) -> bytes:
    os.kill(os.getpid(), by)
    return b"still alive"


@pytest.mark.parametrize("size", [0, 1, 16_384, 20 * MEGABYTE + 1])
def test_the_result_comes_whole(size):
    result = (b"\x00\xff\n" * size)[:size]
    assert run(lambda: result, **LIMITS) == result


def test_what_the_work_needs_it_knows_and_what_it_changes_stays_with_it():
    known = {"rows": ["髙橋", "𠮷田"]}

    def work() -> bytes:
        known["rows"].append("濵﨑")
        return "、".join(known["rows"]).encode()

    assert run(work, **LIMITS).decode() == "髙橋、𠮷田、濵﨑"
    assert known == {"rows": ["髙橋", "𠮷田"]}


def test_too_much_memory():
    with pytest.raises(OutOfMemory, match="more memory"):
        run(hog, **LIMITS)


def test_the_limit_of_memory_counts_from_what_there_is():
    ballast = bytearray(b"x" * (64 * MEGABYTE))
    assert run(lambda: bytes(bytearray(20 * MEGABYTE)[:1]), **LIMITS | {"memory": 60 * MEGABYTE}) == b"\x00"
    with pytest.raises(OutOfMemory):
        # More than what earlier tests may have left behind for the child to give back.
        run(lambda: bytes(bytearray(600 * MEGABYTE)[:1]), **LIMITS | {"memory": 60 * MEGABYTE})
    assert len(ballast) == 64 * MEGABYTE


def test_an_endless_loop():
    with pytest.raises(OutOfTime):
        run(loop, **LIMITS | {"cpu_seconds": 1})


def test_waiting_for_ever():
    begun = time.monotonic()
    with pytest.raises(OutOfTime, match="within 1 seconds"):
        run(sleep, **LIMITS | {"seconds": 1})
    assert time.monotonic() - begun < 10


@pytest.mark.parametrize("by", ["SIGSEGV", "SIGABRT", "SIGKILL"])
def test_a_crash(by):
    with pytest.raises(Failed, match=f"broke down \\({by}\\)"):
        run(lambda: die(signal.Signals[by]), **LIMITS)


def test_leaving_without_an_answer():
    with pytest.raises(Failed, match=r"broke down \(3\)"):
        run(lambda: os._exit(3), **LIMITS)


@pytest.mark.parametrize("leave", [SystemExit, KeyboardInterrupt, KeyError])
def test_an_error_is_told_with_where_it_came_from(leave):
    def work() -> bytes:
        raise leave("髙橋")

    with pytest.raises(Failed, match=leave.__name__) as raised:
        run(work, **LIMITS)
    assert "test_limited.py" in raised.value.__notes__[0]


def test_the_database_is_refused_and_ours_goes_on(company_known):
    with pytest.raises(Failed, match="Work under limits has no database"):
        run(lambda: str(Company.objects.count()).encode(), **LIMITS)
    assert Company.objects.count() == 1


@pytest.fixture
def company_known(db) -> None:
    Company.objects.create(name="株式会社青葉精機")
    assert connection.is_usable()


def open_files() -> list[str]:
    links = Path("/proc/self/fd").iterdir()
    return [os.readlink(link) for link in links if link.exists()]


def test_nothing_of_ours_is_open_in_the_child(tmp_path):
    with (tmp_path / "lock").open("w") as lock:
        assert lock.name in open_files()
        assert lock.name not in run(lambda: "\n".join(open_files()).encode(), **LIMITS).decode().split("\n")


def children() -> list[str]:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


def test_nobody_is_left_behind():
    gc.collect()  # files that an earlier test dropped are not closed meanwhile
    before, opened = children(), len(os.listdir("/proc/self/fd"))
    run(lambda: b"x", **LIMITS)
    for work in (sleep, loop):
        with pytest.raises(OutOfTime):
            run(work, **LIMITS | {"seconds": 1})
    assert (children(), len(os.listdir("/proc/self/fd"))) == (before, opened)


ORPHAN = """
import os, sys, time
sys.path.insert(0, sys.argv[1])
from django.conf import settings
settings.configure(DATABASES={})
from iri_exchange.lib.limited import MEGABYTE, run

def work():
    print(os.getpid(), flush=True)
    time.sleep(60)
    return b""

run(work, seconds=3, cpu_seconds=5, memory=64 * MEGABYTE)
"""


def test_an_orphan_ends_by_itself():
    root = str(Path(__file__).resolve().parents[3])
    with subprocess.Popen([sys.executable, "-c", ORPHAN, root], stdout=subprocess.PIPE, text=True) as parent:
        child = Path("/proc", parent.stdout.readline().strip())
        assert child.exists()
        parent.kill()
        parent.wait()
        for _ in range(100):
            if not child.exists() or "State:\tZ" in (child / "status").read_text():
                break
            time.sleep(0.1)
        else:
            pytest.fail("the child outlives its parent")
