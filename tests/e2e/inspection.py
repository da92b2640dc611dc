"""What is looked at on every page: order, width, language, links, and what axe finds."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import APIResponse, BrowserContext, ConsoleMessage, Page, Request

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text()
RUN_AXE = """rules => axe
    .run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        rules: Object.fromEntries(rules.map(rule => [rule, {enabled: false}])),
        preload: false,
        resultTypes: ["violations"],
    })
    .then(found => found.violations.map(each => `${each.id}: ${each.help} – ${each.nodes[0].html.slice(0, 160)}`))"""
# All at once: each question to the browser takes longer than its answer.
READ_PAGE = """() => [
    document.querySelectorAll("h1").length,
    document.documentElement.lang,
    [...document.querySelectorAll("a[href]")].map(link => link.getAttribute("href")),
    [...document.querySelectorAll("[id]")].map(each => each.id),
]"""
# Django's own admin: its search boxes (select2) and the tables of its inlines name their fields by title only.
OF_THE_ADMIN = ["aria-input-field-name", "empty-table-header", "label", "label-title-only", "select-name"]
NO_EXCUSE: list[str] = []
WIDE, PHONE, NARROWEST = 1280, 390, 360


@dataclass
class Inspector:
    """One page of one browser; collects sentences about what is wrong, and the links it has seen.

    `answered` are addresses that were asked already, with their status: a link to one of them is not asked again.
    `axe_at`: the widths at which axe looks at pages of ours.
    """

    context: BrowserContext
    url: str
    axe_at: tuple[int, ...] = (WIDE, PHONE)
    faults: list[str] = field(default_factory=list)
    links: dict[str, str] = field(default_factory=dict)
    answered: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.page: Page = self.context.new_page()
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self._fault(f"script error: {error}"))
        self.page.on("request", self._request)

    def ask(self, path: str) -> APIResponse:
        """The answer itself, wherever it leads."""
        answer = self.context.request.get(path, max_redirects=0)
        if not 300 <= answer.status < 400:
            self.answered[urljoin(self.url, path)] = answer.status
        return answer

    def look_at(self, path: str) -> None:
        """Open a page and look at it in three widths."""
        self.page.set_viewport_size({"width": WIDE, "height": 900})
        self.page.goto(path)
        headings, language, hrefs, places = self.page.evaluate(READ_PAGE)
        if headings != 1:
            self._fault(f"{headings} h1")
        if language != "ja":
            self._fault("the page does not say lang=ja")
        self._collect_links(hrefs, {*places})
        self.page.evaluate(AXE)
        is_admin = path.startswith("/admin/")
        # How the admin's tables become narrow is Django's: there axe looks once.
        looked_at = {WIDE: OF_THE_ADMIN} if is_admin else dict.fromkeys(self.axe_at, NO_EXCUSE)
        for width in (WIDE, PHONE, NARROWEST):
            self._at(width)
            if width in looked_at:
                for violation in self.page.evaluate(RUN_AXE, looked_at[width]):
                    self._fault(f"{width} px: {violation}")

    def follow_links(self) -> None:
        """Every link seen so far leads somewhere for this reader."""
        for target, source in self.links.items():
            status = self.answered.get(target) or self.context.request.get(target).status
            if status >= 400:
                self.faults.append(f"{source}: the link {target} answers {status}")

    def _at(self, width: int) -> None:
        self.page.set_viewport_size({"width": width, "height": 900})
        too_wide = self.page.evaluate("document.scrollingElement.scrollWidth - window.innerWidth")
        if too_wide > 0:
            self._fault(f"{width} px: the page scrolls sideways by {too_wide} px")

    def _collect_links(self, hrefs: list[str], places: set[str]) -> None:
        for href in hrefs:
            target = urljoin(self.page.url, href)
            if href.startswith("#"):
                if href != "#" and href[1:] not in places:
                    self._fault(f"the link {href} leads nowhere on its page")
            elif target.startswith(self.url):
                self.links.setdefault(target.split("#")[0], self._where())

    def _console(self, message: ConsoleMessage) -> None:
        # A page that answers 404 or 403 is looked at too; the browser remarks on its status.
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            self._fault(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https"} and not request.url.startswith(self.url):
            self._fault(f"asks another host: {request.url}")

    def _fault(self, sentence: str) -> None:
        self.faults.append(f"{self._where()}: {sentence}")

    def _where(self) -> str:
        parts = urlsplit(self.page.url)
        return parts.path + (f"?{parts.query}" if parts.query else "")
