"""The check of the letters in small, and that it finds its planted fault (`make reliability` does it in full)."""

import os
import subprocess
import sys

from django.conf import settings


def test_few_letters_few_kills():
    command = [sys.executable, "-m", "tests.reliability.letters", "--letters=60", "--kills=4", "--lease=4"]
    environment = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    done = subprocess.run(
        command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "60 letters, 4 kills" in done.stdout
    assert "planted: 60 letters" in done.stdout
