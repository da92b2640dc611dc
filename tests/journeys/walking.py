"""Somebody at the portal who knows no address of it: reads a page, follows what is on it, fills in what it asks.

A page has to be in order and to lead on; what is not offered on it cannot be done. Every link followed and every form
sent is counted, and so is everything that is typed.
"""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

from django.http import HttpResponse
from django.test import Client

from tests.house.portal.crawling import body
from tests.strictness import parse_strictly

WRITTEN = {"text", "search", "email", "tel", "url", "date", "time", "number", "password", "textarea"}
AROUND = ("li", "tr", "article", "form", "section")
Page = Any


class Walker:
    """`page` is what is read now, `file` the last one that came; `did` a line for each link followed and form sent.

    `typed` is what was written with one's own hands, as it stands in the field afterwards; `keys` how many letters of it were
    not there before; `touched` how many fields were changed.
    """

    def __init__(self, name: str, client: Client | None = None) -> None:
        self.name = name
        self.client = client or Client(enforce_csrf_checks=True)
        self.client.handler.enforce_csrf_checks = True
        self.path, self.page, self.file = "", None, b""
        self.did: list[str] = []
        self.typed: list[str] = []
        self.keys = self.touched = 0
        self._last: tuple[str, str, dict[str, Any]] | None = None

    def open(self, address: str) -> "Walker":
        """From outside: out of a letter, or the one address that everybody knows."""
        self._arrive("get", address, {})
        return self

    def follow(self, words: str, beside: str = "") -> "Walker":
        """The link that says so, in the row or on the card that says `beside`."""
        link = self._find(words, beside, ("a",))
        self.did.append(f"→ {words}")
        self._arrive("get", urljoin(self.path, link.get("href", "")).partition("#")[0], {})
        return self

    def send(self, words: str, /, beside: str = "", **typed: Any) -> "Walker":
        """The form by its button, with what stands in it but for what is typed: text, a choice's label, True for a tick."""
        button = self._find(words, beside, ("button",))
        form = next(each for each in self._above(button) if each.tag == "form")
        self.did.append(f"● {words}")
        data = values_of(form)
        for name, value in typed.items():
            data[name] = self._typed(form, name, value, data.get(name, []))
        if name := button.get("name"):
            data[name] = [button.get("value", "")]
        method = form.get("method", "get").lower()
        action = button.get("formaction") or form.get("action") or self.path
        self._last = (method, urljoin(self.path, action).partition("#")[0], data)
        self._arrive(*self._last)
        return self

    def again(self) -> "Walker":
        """The very same form once more, as by a second tap."""
        assert self._last
        self._arrive(*self._last)
        return self

    @property
    def text(self) -> str:
        """All of the page's main part, without the spaces between words."""
        return said(self._main())

    def reads(self, *sentences: str) -> "Walker":
        """All of these stand on the page."""
        missing = [each for each in sentences if "".join(each.split()) not in self.text]
        assert not missing, f"{self.name} does not read {missing} at {self.path}: {self.text[:1500]}"
        return self

    def offers(self, words: str) -> bool:
        """Whether a link or a button says so."""
        parts = (said(each) for each in self._main().iter() if each.tag in ("a", "button"))
        return any("".join(words.split()) in part for part in parts)

    def names(self, start: str) -> list[str]:
        """The fields that are called so, each once, in the order of the page."""
        found = (each.get("name", "") for each in self._main().iter())
        return list(dict.fromkeys(name for name in found if name.startswith(start)))

    def offered(self, name: str) -> list[str]:
        """What can be ticked in a field."""
        return [each.get("value", "") for each in self._main().iter("input") if each.get("name") == name]

    def value(self, name: str) -> str:
        """What stands in a field."""
        for form in self._main().iter("form"):
            if name in (values := values_of(form)):
                return "".join(values[name])
        raise AssertionError(f"{self.path} has no field {name}")

    def _arrive(self, method: str, address: str, data: dict[str, Any]) -> None:
        answer: HttpResponse = getattr(self.client, method)(address, data)
        while answer.status_code == 302:
            address = urljoin(address, answer["Location"])
            answer = self.client.get(address)
        where = f"{self.name}, {method} {address}"
        assert answer.status_code == 200, f"{where}: {answer.status_code} {self.did[-3:]}"
        if not answer["Content-Type"].startswith("text/html"):
            self.file = body(answer)
            return
        self.path, self.page = address.partition("#")[0], parse_strictly(answer.content)
        assert list(self._ways_on()), f"{where} leads nowhere: {self.text}"

    def _ways_on(self) -> Iterator[Element]:
        """Links to other pages and forms; a telephone is no page."""
        for each in self._main().iter():
            here = ("#", "tel:", "mailto:")
            if each.tag == "form" or (each.tag == "a" and not each.get("href", "#").startswith(here)):
                yield each

    def _main(self) -> Page:
        assert self.page is not None, f"{self.name} has opened nothing"
        return next(self.page.iter("main"))

    def _find(self, words: str, beside: str, tags: tuple[str, ...]) -> Element:
        """What says so or begins so before what only contains it; in the row or on the card that says `beside`."""
        words, beside = "".join(words.split()), "".join(beside.split())
        found = [each for each in self._main().iter() if each.tag in tags and words in said(each)]
        if beside:
            near = ([each for each in found if self._is_beside(each, beside, far)] for far in (1, 2))
            found = next(filter(None, near), [])
        found = [each for each in found if said(each) == words] or found
        found = [each for each in found if said(each).startswith(words)] or found
        goals = {self._goal(each) for each in found}
        offered = [said(each) for each in self._main().iter() if each.tag in tags]
        assert len(goals) == 1, f"{self.name} at {self.path}: {len(found)} say {words!r}: {offered}"
        return found[0]

    def _goal(self, element: Element) -> tuple[Any, ...]:
        """The same for two links to one page, and for two buttons that send one form the same way."""
        if element.tag == "a":
            return (element.get("href"),)
        form = next(each for each in self._above(element) if each.tag == "form")
        return (form, element.get("name"), element.get("value"))

    def _is_beside(self, element: Element, words: str, far: int) -> bool:
        """Whether one of the `far` nearest rows, cards or forms around it says so."""
        parts = [each for each in self._above(element) if each.tag in AROUND]
        return any(words in said(each) for each in (*parts[:far], element))

    def _above(self, element: Element) -> list[Element]:
        """What it stands in, the nearest first."""
        parents = {child: each for each in self._main().iter() for child in each}
        way = []
        while element in parents:
            element = parents[element]
            way.append(element)
        return way

    def _typed(self, form: Element, name: str, value: Any, before: list[str]) -> list[str]:
        controls = [each for each in form.iter() if each.get("name") == name]
        assert controls, f"{self.name}: nothing is called {name} at {self.path}"
        after = [chosen for each in _listed(value) for chosen in _as_sent(controls, each)]
        if after != before:
            self.touched += len(after) if isinstance(value, list) else 1
            self._note(controls[0], before, after)
        return after

    def _note(self, control: Element, before: list[str], after: list[str]) -> None:
        kind = control.get("type", "text") if control.tag == "input" else control.tag
        if kind in WRITTEN:
            old, new = "".join(before), "".join(after)
            self.keys += len(new) - len(old) if old and new.startswith(old) else len(new)
            if kind != "password" and new:
                self.typed.append(new)


def said(element: Element) -> str:
    """The text of a part of a page, without spaces."""
    return "".join("".join(element.itertext()).split())


def values_of(form: Element) -> dict[str, list[str]]:
    """What a browser would send of a form that nobody has touched."""
    values: dict[str, list[str]] = {}
    for each in form.iter():
        name, kind = each.get("name"), each.get("type", "text") if each.tag == "input" else each.tag
        if not name or kind in ("button", "submit", "file") or each.get("disabled") is not None:
            continue
        if kind in ("checkbox", "radio"):
            sent = [each.get("value", "on")] if each.get("checked") is not None else []
        elif kind == "select":
            sent = _selected(each)
        elif kind == "textarea":
            sent = [(each.text or "").removeprefix("\n")]
        else:
            sent = [each.get("value", "")]
        if sent or kind not in ("checkbox", "radio"):
            values.setdefault(name, []).extend(sent)
    return values


def _selected(select: Element) -> list[str]:
    options = list(select.iter("option"))
    chosen = [each.get("value", "") for each in options if each.get("selected") is not None]
    return chosen or [each.get("value", "") for each in options[:1]]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _as_sent(controls: list[Element], value: Any) -> list[str]:
    """A choice by its label, a tick by True or False, anything else as it is written."""
    if value is True:
        return [controls[0].get("value", "on")]
    if value is False:
        return []
    if controls[0].tag == "select":
        options = {said(each): each.get("value", "") for each in controls[0].iter("option")}
        words = "".join(value.split())
        meant = [options[label] for label in options if label == words]
        meant = meant or [options[label] for label in options if label.startswith(words)]
        assert len(meant) == 1, f"{value!r} is not one of {[*options]}"
        return meant
    if controls[0].get("type") in ("radio", "checkbox"):
        offered = [each.get("value", "on") for each in controls]
        assert value in offered, f"{value!r} is none of {offered}"
    return [value]
