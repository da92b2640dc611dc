"""Documents that are printed from the code are current; links in documents lead somewhere."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command

ROOT = settings.BASE_DIR
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)")
CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)


def dead_links(document: Path) -> list[str]:
    """Relative links of a document that lead to no file."""
    links = LINK.findall(CODE_BLOCK.sub("", document.read_text()))
    relative = [link.split("#")[0] for link in links if not re.match(r"[a-z]+:|#", link)]
    return [link for link in relative if not (document.parent / link).exists()]


def test_generated_documents_are_current():
    call_command("generate_docs", check=True)


def test_a_stale_document_is_reported(tmp_path):
    call_command("generate_docs", folder=tmp_path)
    call_command("generate_docs", folder=tmp_path, check=True)
    (tmp_path / "permissions.md").write_text("as it was last year")
    with pytest.raises(CommandError, match=r"permissions\.md is not what the code says"):
        call_command("generate_docs", folder=tmp_path, check=True)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(document):
    assert dead_links(document) == []


def test_a_dead_link_is_found(tmp_path):
    document = tmp_path / "page.md"
    document.write_text("[one](page.md#part) ![two](img/gone.png) [three](https://example.jp/) `[x](y)`")
    assert dead_links(document) == ["img/gone.png", "y"]


@pytest.mark.parametrize("lock", ["requirements.txt", "requirements-dev.txt"])
def test_every_locked_package_stands_among_the_licences(lock):
    locked = re.findall(r"^([a-z0-9-]+)==", (ROOT / lock).read_text(), re.MULTILINE)
    named = set(re.findall(r"[a-z0-9]+(?:-[a-z0-9]+)*", (ROOT / "docs" / "third-party.md").read_text()))
    assert [package for package in locked if package not in named] == []
