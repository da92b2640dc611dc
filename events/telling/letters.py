"""The letters to the invited: one function each, one letter to one address."""

from django.conf import settings
from django.urls import reverse

from events import links
from events.models import Meeting, Notice, Reply
from events.replying.contact import Contact, contact_of
from events.replying.facts import deadline, facts_of
from events.replying.words import said
from iri_exchange.lib import japan
from members import letters
from members.letter_kind import LINK, MORE_LINK
from members.letter_kinds import KINDS
from members.letter_wording import Composed, compose
from members.models import Letter, Person

NONE = "まだいただいていません。"


class About:
    """What is the same in all letters of one sending: read once."""

    def __init__(self, meeting: Meeting, words: str = "") -> None:
        self.meeting, self.words = meeting, words
        self.facts = "\n".join(f"{label}：{_one_line(text)}" for label, text in facts_of(meeting))
        self.contact = contact_of(meeting)

    def values(self, person: Person) -> dict[str, str]:
        return {
            "お名前": str(person),
            "グループ": self.meeting.group.name,
            "会合": self.meeting.name,
            "日": japan.full_date(self.meeting.day),
            "内容": self.facts,
            "ことば": self.words,
            "連絡先": _called(self.contact),
        }


def write(*, kind: str, about: About, reply: Reply) -> Letter:
    """Queue the letter of a kind (Notice.Kind, or "reply_link") to the person of a reply, about its meeting.

    Raises ValidationError where the person's address is none.
    """
    link = address_of(reply)
    if kind == Notice.Kind.NOTICE:
        link = f"{link}?answer=yes"
    return letters.write(
        kind=f"events/{kind}",
        to=reply.person.email,
        values=_values(kind, about, reply),
        person=reply.person,
        link=link if LINK in KINDS[f"events/{kind}"].placeholders else "",
    )


def preview(*, kind: str, about: About, reply: Reply) -> Composed:
    """The letter as this person would get it, with a link that opens nothing; `reply` need not be stored."""
    values, example = _values(kind, about, reply, "example"), f"{settings.SITE_URL}/reply/example/"
    wanted = KINDS[f"events/{kind}"]
    return compose(wanted, values | ({LINK: example} if LINK in wanted.placeholders else {}))


def minutes(*, meeting: Meeting, person: Person) -> Letter:
    """Tells a member that the minutes can be read. What they say stands behind the log-in."""
    return letters.write(
        kind="events/minutes",
        to=person.email,
        values={
            "お名前": str(person),
            "グループ": meeting.group.name,
            "会合": meeting.name,
            "日": japan.full_date(meeting.day),
        },
        person=person,
        link=f"{settings.SITE_URL}{reverse('meeting', args=[meeting.pk])}minutes/",
    )


def address_of(reply: Reply) -> str:
    """The whole address of the personal page."""
    return f"{settings.SITE_URL}{reverse('reply', args=[links.token_of(reply)])}"


def _values(kind: str, about: About, reply: Reply, token: str = "") -> dict[str, str]:
    values = about.values(reply.person)
    placeholders = KINDS[f"events/{kind}"].placeholders
    if "期限" in placeholders:
        values["期限"] = deadline(about.meeting)
    if MORE_LINK in placeholders:
        values[MORE_LINK] = f"{settings.SITE_URL}/reply/{token}/" if token else address_of(reply)
    if "お返事" in placeholders:
        values["お返事"] = "".join(said(reply, about.meeting)) or NONE
    if "理由" in placeholders:
        values["理由"] = about.meeting.cancel_reason or "事務局にお尋ねください。"
    return values


def _one_line(text: str) -> str:
    return "、".join(line.strip() for line in text.splitlines() if line.strip())


def _called(contact: Contact) -> str:
    return " ".join(filter(None, [contact.name, contact.phone]))
