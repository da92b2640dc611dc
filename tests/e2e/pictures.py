"""Takes the handbook's pictures from the running portal: make pictures."""

import subprocess
import tempfile
from pathlib import Path

from playwright.sync_api import Browser

from tests.e2e.portal import NEW_GROUP, ROOT, Portal, log_in, running_browser, running_portal

FOLDER = ROOT / "docs" / "handbook" / "img"
SIZE, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 900}
ON_A_PHONE = {"apply", "reply", "reception", "exchange_ticket"}
# name, who looks, address; {company}, {person}, {membership}, {year}, {call} and the batches ({clean}, {mend} …) are
# those of the demo's objects
PAGES = [
    ("login", "visitor", "/accounts/login/"),
    ("home", "visitor", "/"),
    ("office_desk", "staff", "/office/"),
    ("group_list", "staff", "/groups/"),
    ("group", "secretary", "/groups/tama24/"),
    ("group_members", "staff", "/groups/tama24/members/"),
    ("group_roster", "secretary", "/groups/tama24/roster/"),
    ("group_papers", "secretary", "/groups/tama24/papers/"),
    ("office_book", "staff", "/office/book/"),
    ("group_exports", "secretary", "/groups/tama24/exports/"),
    ("person_exports", "staff", "/people/{person}/exports/"),
    ("roster_import", "staff", f"/groups/{NEW_GROUP}/import/"),
    ("import_preview", "staff", "/imports/{clean}/"),
    ("import_columns", "staff", "/imports/{columns}/"),
    ("import_asked", "staff", "/imports/{asked}/?show=doubtful#rows"),
    ("import_mend", "staff", "/imports/{mend}/#ways"),
    ("import_reading", "staff", "/imports/{reading}/"),
    ("import_done", "staff", "/imports/{done}/"),
    ("import_undo", "staff", "/imports/{done}/undo/"),
    ("office_imports", "staff", "/office/imports/"),
    ("company_edit", "staff", "/companies/{company}/edit/"),
    ("membership", "secretary", "/memberships/{membership}/"),
    ("group_timeline", "secretary", "/groups/tama24/timeline/"),
    ("search", "staff", "/search/?q=精機"),
    ("my_page", "member", "/my/"),
    ("apply", "visitor", "/recruitment/{year}/apply/"),
    ("round_inbox", "staff", "/office/recruitment/{call}/"),
    ("round_workbench", "staff", "/office/recruitment/{call}/workbench/"),
    ("notice", "secretary", "{notice}"),
    ("reply", "visitor", "/reply/{reply}/?answer=yes"),
    ("reception", "secretary", "/meetings/{today}/attendance/"),
    ("minutes", "secretary", "/meetings/{met}/minutes/"),
    ("handover", "staff", "/office/handover/{launched}/"),
    ("handover_book", "secretary", "/groups/tama24/book/"),
    ("group_readiness", "secretary", "/groups/tama24/readiness/"),
    ("group_election", "secretary", "/groups/tama24/election/"),
    ("offer_board", "secretary", "/events/board/"),
    ("group_rest", "staff", "/office/groups/tama24/rest/"),
    ("exchange", "visitor", "/joint/{february}/"),
    ("exchange_office", "staff", "/office/joint/{february}/"),
    ("exchange_ticket", "visitor", "/joint/ticket/{ticket}/"),
    ("exchange_places", "staff", "/office/joint/{last_february}/floor/places/"),
    ("exchange_tables", "staff", "/office/joint/{last_february}/tables/"),
    ("admin", "staff", "/admin/"),
]
PAPERS = {
    "roster_member": "roster.pdf?variant=member",
    "roster_office": "roster.pdf?variant=office",
    "papers_badges": "papers/badges.pdf",
}


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as work,
        running_portal(Path(work)) as portal,
        running_browser() as browser,
    ):
        take_pages(browser, portal)
        take_papers(browser, portal, Path(work))


def take_pages(browser: Browser, portal: Portal) -> None:
    known = {
        "company": portal.objects["companies/:pk"],
        "person": portal.objects["people/:pk"],
        "membership": portal.objects["memberships/:pk"],
        "year": portal.objects["recruitment/:year"],
        "call": portal.objects["office/recruitment/:pk"],
        "notice": portal.objects["replied"][1],
        "reply": portal.objects["reply/:token"],
        "today": portal.objects["received"],
        "met": portal.objects["meetings/:pk"],
        "launched": portal.objects["office/handover/:slug"],
        "february": (february := portal.objects["joint/:fiscal_year"]),
        "last_february": february - 1,
        "ticket": portal.objects["joint/ticket/:token"],
        **portal.objects["batches"],
    }
    for name, role, path in PAGES:
        size = PHONE if name in ON_A_PHONE else SIZE
        context = log_in(browser, portal, role, viewport=size, reduced_motion="reduce")
        page = context.new_page()
        page.goto(path.format(**known))
        page.screenshot(path=FOLDER / f"{name}.png")
        context.close()
        print(name)


def take_papers(browser: Browser, portal: Portal, work: Path) -> None:
    context = log_in(browser, portal, "staff")
    for name, paper in PAPERS.items():
        pdf = work / f"{name}.pdf"
        pdf.write_bytes(context.request.get(f"/groups/tama24/{paper}").body())
        picture = FOLDER / name
        command = [
            "pdftoppm",
            "-png",
            "-singlefile",
            "-scale-to-x",
            "1280",
            "-scale-to-y",
            "-1",
            pdf,
            picture,
        ]
        subprocess.run(command, check=True)
        print(name)
    context.close()


if __name__ == "__main__":
    main()
