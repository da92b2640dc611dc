"""The check of many at one meeting in small, and that it finds its planted faults (`make reliability` does it in full)."""

import os
import subprocess
import sys

from django.conf import settings


def test_few_meetings():
    command = [sys.executable, "-m", "tests.reliability.meetings", "--meetings=2"]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")
    }
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "2 × 8 replies, 2 × 16 ticks" in done.stdout
    assert "planted: 3 × 8 replies" in done.stdout
