"""Every form that a page shows, as a browser would send it: found by opening the pages, so that a new form is tried too."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.http import HttpResponse
from django.test import Client

from tests.house.portal.world import OWN, World
from tests.strictness import parse_strictly
from tests.urlmap import Address, addresses

WHO = ("staff", "secretary", "member", "visitor")
TYPED = {"text", "search", "email", "tel", "url", "textarea"}
# To leave is not to send anything.
PASSED_OVER = ("/accounts/logout/", "/admin/logout/")
FILES = (".pdf", ".xlsx", ".csv", ".ics", "logo")
ROSTER = "会社名,氏名\n株式会社青葉精機,青葉 一郎\n".encode()


@dataclass(frozen=True)
class SentForm:
    """One form on a page: where and how it is sent, what stands in it, and in which fields one types."""

    page: str
    url: str
    method: str
    session: str
    values: dict[str, Any] = field(compare=False)
    typed: tuple[str, ...] = ()
    files: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.method.upper()} {self.url} ({self.page})"

    def browser(self) -> Client:
        """A new one, in which the reader of the page is logged in: what is sent may log them out."""
        client = Client()
        client.cookies[settings.SESSION_COOKIE_NAME] = self.session
        return client

    def send(self, client: Client, **changed: Any) -> HttpResponse:
        """As it stands on the page, but for what is changed."""
        data = {**self.values, **{name: roster_file() for name in self.files}, **changed}
        answer: HttpResponse = getattr(client, self.method)(self.url, data)
        return answer


def roster_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("名簿.csv", ROSTER, "text/csv")


def forms_of(world: World) -> list[SentForm]:
    """The forms of all pages, each once, as the first of WHO who may open the page; of the admin, those that add."""
    found: dict[tuple[str, str, tuple[str, ...]], SentForm] = {}
    objects = world.objects[OWN]
    for address in addresses():
        if address.has_objects(objects) and _may_have_a_form(address):
            for form in _forms_on(address.path(objects), world):
                key = (form.method, form.url.split("?")[0], tuple(sorted(form.values)))
                found.setdefault(key, form)
    return list(found.values())


def _may_have_a_form(address: Address) -> bool:
    in_the_admin = address.name.startswith("admin:")
    return not address.route.endswith(FILES) and (not in_the_admin or address.name.endswith("_add"))


def _forms_on(url: str, world: World) -> Iterator[SentForm]:
    for who in WHO:
        client = world.actors[who].client
        cookie = client.cookies.get(settings.SESSION_COOKIE_NAME)
        with transaction.atomic():
            page = client.get(url)
            transaction.set_rollback(True)
        if page.status_code == 200:
            break
    if page.status_code != 200 or not page.get("Content-Type", "").startswith("text/html"):
        return
    session = cookie.value if cookie else ""
    for form in parse_strictly(page.content).iter("form"):
        action = urljoin(url, form.get("action") or url)
        if action.startswith("/") and action not in PASSED_OVER:
            yield read(url, action, form, session)


def read(page: str, action: str, form: Element, session: str) -> SentForm:
    """A form of a page, with all that stands in it."""
    values: dict[str, Any] = {}
    typed, files = [], []
    for each in form.iter():
        name = each.get("name")
        if not name or each.get("disabled") is not None:
            continue
        kind = each.get("type", "text") if each.tag == "input" else each.tag
        if kind == "file":
            files += [name] if "required" in each.attrib else []
        elif kind in TYPED:
            values[name] = each.text or "" if kind == "textarea" else each.get("value", "")
            typed.append(name)
        elif kind == "select":
            values[name] = _chosen(each)
        elif kind in ("checkbox", "radio"):
            if "checked" in each.attrib:
                values.setdefault(name, []).append(each.get("value", "on"))
        elif kind not in ("button", "submit", "fieldset"):
            values[name] = each.get("value", "")
    method = form.get("method", "get").lower()
    return SentForm(page, action, method, session, values, tuple(typed), tuple(files))


def _chosen(select: Element) -> list[str]:
    """What is selected; where something must be, the first that can be."""
    options = list(select.iter("option"))
    chosen = [option.get("value", "") for option in options if "selected" in option.attrib]
    offered = [value for option in options if (value := option.get("value", ""))]
    if "required" in select.attrib and not any(chosen):
        return offered[:1]
    return chosen or [option.get("value", "") for option in options[:1]]
