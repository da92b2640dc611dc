"""Nothing that somebody writes into the portal makes a PDF fetch an address or carry a file of the host away.

Every address that ends in .pdf is asked, whatever it prints, with markup in every text that it could print.
"""

import datetime
import io
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db.models.fields.files import FieldFile
from django.template import engines
from PIL import EpsImagePlugin
from pypdf import PdfReader
from weasyprint.urls import URLFetcher

from groups.book import ask_for_book
from groups.models import Application, Group
from groups.papers.selection import Readers
from groups.recruitment import links
from groups.rosters.building import Variant
from iri_exchange.lib import limited, pdf
from iri_exchange.office.handover_book import ask_for_book as ask_for_handover_book
from members.models import User
from tests.factories import (
    make_adviser,
    make_company,
    make_membership,
    make_officer,
    make_person,
)
from tests.iri_exchange.hostile import agree, applicant, met, write_everywhere
from tests.iri_exchange.hostile_exchange import PAPERS_WITHOUT_A_LOGO, addressed, badges_of, gathered
from tests.iri_exchange.lib.test_pdf import PAGE, PAYLOADS, holds
from tests.listener import Listener, listening
from tests.urlmap import Address, addresses

SHORT = "<img src={url}>"
# Besides `purpose` and the like: what makes an address print whatever it can. {slug}: the group's.
SEVERAL = [{"groups": "{slug}"}]
QUESTIONS: dict[str, list[dict[str, str]]] = {
    "group_roster_pdf": [{"variant": variant} for variant in Variant.values],
    "group_envelopes": [{"sender": "group", "boxes": "print"}],
    "group_company_sheets": [{"circle": Readers.OFFICE.value}, {"circle": Readers.PUBLIC.value}],
    "office_labels": SEVERAL,
    "office_envelopes": SEVERAL,
    "office_badges": SEVERAL,
}
# Every text of the question, of which each print takes its own.
ASKED_FOR = ("purpose", "receiver", "heading", "place", "sender_address")


def prints() -> list[Address]:
    """Those that are made here; by-laws are files that somebody brought."""
    made = [address for address in addresses() if address.is_ours and address.route.endswith(".pdf")]
    return [address for address in made if address.name != "bylaws_file"]


@pytest.fixture
def listener() -> Iterator[Listener]:
    with listening() as listener:
        yield listener


@pytest.fixture
def secret() -> Iterator[Path]:
    """A stylesheet of the host, whose address is short enough for every text."""
    with tempfile.NamedTemporaryFile("w", suffix=".css", dir="/tmp") as file:
        file.write('body::after { content: "HOST-SECRET" }')
        file.flush()
        yield Path(file.name)


@pytest.fixture
def hostile(group, listener, secret) -> Group:
    """A group of members whose every text is a payload, to the listener or to the host's file, or to both."""
    targets = (f"{listener.address}/{{}}", secret.as_uri())
    for number, parts in enumerate(PAYLOADS.values()):
        urls = [target.format(number) for target in targets]
        both = "".join("".join(parts).format(url=url) for url in urls)
        company = make_company()
        person = make_person(company=company)
        make_membership(group, company=company, representatives=[person], consent="yes")
        agree(company)
        for record, url in ((company, urls[0]), (person, urls[1])):
            write_everywhere(record, both, "".join(parts).format(url=url), SHORT.format(url=url), url)
    alone, officer, adviser = make_person(), make_person(), make_person()
    make_membership(group, person=alone, consent="yes")
    make_officer(group, officer)
    make_adviser(group, adviser)
    records = (alone, officer, adviser, group, group.office, applicant(group), *met(group))
    for number, record in enumerate(records):
        url = targets[number % 2].format("short")
        write_everywhere(record, SHORT.format(url=url), url)
    for record in gathered(group, User.objects.latest("pk")):
        write_everywhere(record, SHORT.format(url=targets[0].format("short")))
    Application.objects.update(contact_email="")
    return Group.objects.get(pk=group.pk)


def made_at(address: Address, actor, group: Group, text: str) -> Iterator[bytes]:
    """Whatever an address prints, with a text in all that it asks for. A book is made before it is fetched."""
    application = applicant(group)
    objects: dict[str, object] = {
        "groups/:slug": group.slug,
        "recruitment/:year": application.fiscal_year,
        "office/recruitment/:pk": application.round_id,
        "applications/:token": links.make(application, links.Purpose.STATUS, "applicant@example.jp"),
        "meetings/:pk": met(group)[0].pk,
        **addressed(group, actor.user),
    }
    for question in QUESTIONS.get(address.name, [{}]):
        if address.name == "handover_book_file":
            objects["groups/<slug:slug>/book/:pk"] = ask_for_handover_book(
                group=group, by=actor.user, purpose=text, receiver=text
            ).pk
        if address.name == "office_book_file":
            order = {"variant": Variant.OFFICE, "day": datetime.date(2026, 11, 25)}
            objects["office/book/:pk"] = ask_for_book(by=actor.user, purpose=text, receiver=text, **order).pk
        if address.name == "exchange_badges_pdf":
            question = {"print": badges_of(group, actor.user)}
        asked = {name: value.format(slug=group.slug) for name, value in question.items()}
        answer = actor.client.get(address.path(objects), dict.fromkeys(ASKED_FOR, text) | asked)
        assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf"), (address, asked)
        yield answer.content


def leaks(actor, group: Group, listener: Listener) -> set[str]:
    """The names of the addresses that asked the listener while they printed, or carried the file away."""
    found = set()
    for address in prints():
        listener.asked.clear()
        for made in made_at(address, actor, group, SHORT.format(url=f"{listener.address}/q")):
            found |= {f"{address.name}: file"} if holds("HOST-SECRET", made) else set()
        found |= {f"{address.name}: asked"} if listener.asked else set()
    return found


def let_markup_through(monkeypatch) -> None:
    """As if no template escaped anything."""
    monkeypatch.setattr(engines["django"].engine, "autoescape", False)


def let_the_engine_fetch(monkeypatch) -> None:
    """As if it had no fetcher of ours."""
    monkeypatch.setattr(pdf, "_fetcher", URLFetcher)


def test_every_print_is_asked():
    assert {address.name for address in prints()} >= {
        *QUESTIONS,
        "office_book_file",
        "handover_book_file",
        "group_badges",
    }
    assert len(PAYLOADS) >= 12


@pytest.mark.any_database
@pytest.mark.logs_errors
@pytest.mark.parametrize("fault", [let_markup_through, let_the_engine_fetch])
def test_nothing_is_fetched_even_with_one_wall_down(staff, hostile, listener, monkeypatch, fault):
    fault(monkeypatch)
    assert leaks(staff, hostile, listener) == set()


@pytest.mark.any_database
@pytest.mark.logs_errors
def test_with_both_walls_down_every_print_is_caught(staff, hostile, listener, monkeypatch):
    let_markup_through(monkeypatch)
    let_the_engine_fetch(monkeypatch)
    found = leaks(staff, hostile, listener)
    assert {f"{address.name}: asked" for address in prints()} <= found
    assert {"group_roster_pdf: file", "group_company_sheets: file", "office_book_file: file"} <= found


@pytest.mark.logs_errors
def test_each_payload_reaches_the_roster(staff, hostile, listener, monkeypatch):
    """Not only one of them, or the walls would stand before a single kind."""
    let_markup_through(monkeypatch)
    let_the_engine_fetch(monkeypatch)
    (roster,) = (address for address in prints() if address.name == "group_roster_pdf")
    assert list(made_at(roster, staff, hostile, "総会")) != []
    assert {path for path in listener.asked if path[1:].isdigit()} == {
        f"/{number}" for number in range(len(PAYLOADS))
    }


@pytest.mark.logs_errors
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "FILE:///etc/hostname",
        "/etc/hostname",
        "{font}/../../../../../../etc/hostname",
        "{font}#{font}",
        "{font}?x",
        "{font}%00",
        "file://localhost{path}",
        "http://127.0.0.1/",
        "https://example.jp/",
        "ftp://127.0.0.1/",
        "//127.0.0.1/",
        "jar:file:///etc/hostname!/",
        " data:text/plain,x",
        "",
    ],
)
def test_the_list_of_our_own_files_has_no_gap(url):
    font = pdf.font_files()[400]
    assert pdf._fetcher().fetch(font.as_uri()) is not None
    with pytest.raises((ValueError, OSError)):
        pdf._fetcher().fetch(url.format(font=font.as_uri(), path=font))


LOGOS = {
    "svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><image href="{url}" width="9" height="9"/></svg>',
    "html": '<img src="{url}">',
    "playlist": "#EXTM3U\n{url}\n",
    "postscript": "%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n%%EndComments\n({url}) run\nshowpage\n%%EOF\n",
}


# These carry no logo: they are printed with the first of the files, which they must not even open.
WITHOUT_A_LOGO = {
    "application_copy",
    "application_form_pdf",
    "group_badges",
    "group_envelopes",
    "group_labels",
    "meeting_notice_pdf",
    "office_badges",
    "office_envelopes",
    "office_labels",
    "round_letters",
    *PAPERS_WITHOUT_A_LOGO,
}


@pytest.mark.any_database
@pytest.mark.parametrize("name", LOGOS)
def test_a_file_that_is_no_picture_is_no_logo(staff, group, member, listener, monkeypatch, tmp_path, name):
    """Not even handed to another program: PostScript is one that would be run."""
    ran, program = tmp_path / "ran", tmp_path / "gs"
    program.write_text(f"#!/bin/sh\necho $@ > {ran}\n")
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(EpsImagePlugin, "gs_binary", str(program))
    opened, really = set(), FieldFile.open
    monkeypatch.setattr(FieldFile, "open", lambda file, *mode: opened.add(file.name) or really(file, *mode))
    group.logo.save("logo.png", ContentFile(LOGOS[name].format(url=f"{listener.address}/logo").encode()))
    for address in prints():
        if address.name not in WITHOUT_A_LOGO or name == next(iter(LOGOS)):
            opened.clear()
            assert list(made_at(address, staff, group, "総会")), address
            assert address.name not in WITHOUT_A_LOGO or opened == set(), address
    assert (listener.asked, ran.exists()) == ([], False)


LIMITS = {"seconds": 300, "cpu_seconds": 60, "memory": 400 * limited.MEGABYTE}


@pytest.fixture
def warm() -> str:
    """The engine loaded, as it is in a worker, and what it makes of three tables."""
    return text_of(pdf.write(made_of(3), title="けやき会"))


def made_of(tables: int) -> str:
    return PAGE.format(head="", body="<p>けやき会</p>" + "<table><tr><td>x</td></tr></table>" * tables)


def text_of(made: bytes) -> str:
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(made)).pages)


def test_a_print_in_a_child_process_is_the_same_print(warm):
    made = limited.run(lambda: pdf.write(made_of(3), title="けやき会"), **LIMITS)
    assert text_of(made) == warm != ""


def test_a_print_without_end_is_ended(warm):
    with pytest.raises(limited.OutOfTime):
        limited.run(lambda: pdf.write(made_of(50_000), title="x"), **LIMITS | {"cpu_seconds": 1})


@pytest.mark.any_database
def test_a_print_that_eats_the_memory_is_ended(warm):
    """Whether it is told so, or breaks down in the middle of a library."""
    with pytest.raises(limited.Failed) as raised:
        limited.run(lambda: pdf.write(made_of(50_000), title="x"), **LIMITS | {"memory": limited.MEGABYTE})
    assert not isinstance(raised.value, limited.OutOfTime)
