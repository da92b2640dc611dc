"""The check of many for few places in small, and that it finds its planted fault (`make reliability` does it in full)."""

import os
import subprocess
import sys

from django.conf import settings


def test_few_places():
    command = [sys.executable, "-m", "tests.reliability.registrations", "--attempts=80", "--places=10"]
    environment = {
        name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "DATA_DIR")
    }
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "80 attempts for 10 places: 10 confirmed, 70 waiting" in done.stdout
    assert "50 at once for the last place" in done.stdout
    assert "planted: 40 attempts for 5 places" in done.stdout
