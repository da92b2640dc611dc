"""Long work under limits of time and memory: in a child process, so that whatever comes of it, the worker goes on.

The child is a fork, for which all that is loaded stays warm (fonts, stylesheets). So `run` is for a process with one
thread, as the worker is: a lock that another thread holds at that moment would never open in the child.
"""

import contextlib
import multiprocessing
import os
import resource
import signal
import traceback
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

from django.db import connections

MEGABYTE = 1024 * 1024

_fork = multiprocessing.get_context("fork")
_DONE, _NO_MEMORY, _RAISED = b"done", b"no memory", b"raised"
_OUT_OF_TIME = (-signal.SIGXCPU, -signal.SIGALRM)


class Failed(Exception):
    """The work came to nothing: it raised an error (the traceback is a note), or its process broke down."""


class OutOfTime(Failed):
    """It took longer than it was given."""


class OutOfMemory(Failed):
    """It wanted more memory than it was given."""


def run(work: Callable[[], bytes], *, seconds: int, cpu_seconds: int, memory: int) -> bytes:
    """What `work()` returns, done by a child process. Raises Failed, OutOfTime or OutOfMemory.

    `seconds` by the clock, `cpu_seconds` of the processor, `memory` in bytes beside what this process has already.
    The work has neither database nor open files: it knows what it needs and gives bytes.
    """
    receiving, sending = _fork.Pipe(duplex=False)
    child = _fork.Process(target=_child, args=(work, sending, seconds, cpu_seconds, memory), daemon=True)
    with receiving:
        with sending:
            child.start()
        try:
            if not receiving.poll(seconds):
                raise OutOfTime(f"no answer within {seconds} seconds")
            said, answer = receiving.recv_bytes(), receiving.recv_bytes()
        except EOFError:
            said, answer = b"", b""
        finally:
            child.kill()
            child.join()
    if said != _DONE:
        raise _failure(said, answer.decode(), child.exitcode or 0)
    return answer


def _failure(said: bytes, told: str, ended: int) -> Failed:
    if said == _NO_MEMORY:
        return OutOfMemory("it wanted more memory than it was given")
    if ended in _OUT_OF_TIME:
        return OutOfTime("it took longer than it was given")
    if said != _RAISED:
        return Failed(f"its process broke down ({signal.Signals(-ended).name if ended < 0 else ended})")
    error = Failed(told.rstrip().rpartition("\n")[2])
    error.add_note(told)
    return error


def _child(
    work: Callable[[], bytes], sending: Connection, seconds: int, cpu_seconds: int, memory: int
) -> NoReturn:
    try:
        _confine(sending.fileno(), seconds, cpu_seconds, memory)
        said, answer = _DONE, work()
    except MemoryError:
        said, answer = _NO_MEMORY, b""
    except BaseException:
        said, answer = _RAISED, traceback.format_exc().encode(errors="replace")
    try:
        sending.send_bytes(said)
        sending.send_bytes(answer)
    finally:
        # Nothing is tidied up: what there is belongs to the parent.
        os._exit(0)


def _confine(pipe: int, seconds: int, cpu_seconds: int, memory: int) -> None:
    """Limits, and no way to what the parent has open: its connections, its locks."""
    for deadly in (signal.SIGALRM, signal.SIGXCPU):
        signal.signal(deadly, signal.SIG_DFL)
    # Should the parent be gone by then, nobody else ends us.
    signal.alarm(seconds + 1)
    for name in os.listdir("/proc/self/fd"):
        if int(name) > 2 and int(name) != pipe:
            with contextlib.suppress(OSError):
                os.close(int(name))
    for connection in connections.all():
        connection.execute_wrappers.append(_no_database)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    for kind, limit in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, cpu_seconds),
        (resource.RLIMIT_AS, pages * resource.getpagesize() + memory),
    ):
        _, hardest = resource.getrlimit(kind)
        soft = limit if hardest == resource.RLIM_INFINITY else min(limit, hardest)
        resource.setrlimit(kind, (soft, hardest))


def _no_database(*_: Any) -> NoReturn:
    raise RuntimeError("Work under limits has no database: give it plain data.")
