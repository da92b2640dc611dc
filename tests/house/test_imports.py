"""Imports point down: the contracts of pyproject.toml hold, and a planted step up breaks them."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

PACKAGES = ["iri_exchange", "events", "groups", "members", "tests"]


@pytest.fixture
def copy(tmp_path) -> Path:
    """The packages alone, in a folder where something can be planted."""
    for package in PACKAGES:
        shutil.copytree(
            settings.BASE_DIR / package,
            tmp_path / package,
            ignore=shutil.ignore_patterns("__pycache__", "vendor", "data"),
        )
    shutil.copy(settings.BASE_DIR / "pyproject.toml", tmp_path)
    return tmp_path


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [command, "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={"PYTHONPATH": str(folder)},
    )


def test_imports_point_down(copy):
    done = lint(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "line", "contract"),
    [
        (
            "members/directory.py",
            "import groups.models",
            "events happen in groups, groups are made of members",
        ),
        (
            "iri_exchange/lib/states.py",
            "import members.models",
            "events happen in groups, groups are made of members",
        ),
        ("groups/standing.py", "import groups.permissions", "inside groups"),
        ("members/models/user.py", "import members.accounts", "inside members"),
        ("groups/lifecycle.py", "import tests.factories", "nothing imports the tests"),
    ],
)
def test_a_planted_step_up_is_found(copy, module, line, contract):
    path = copy / module
    path.write_text(f"{path.read_text()}\n{line}\n")
    done = lint(copy)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout
