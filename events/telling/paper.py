"""The notice on paper: a sheet for each who is off e-mail, with a square code of the personal page and a reply sheet.

It holds names and companies, and no way to reach anybody: envelopes are printed elsewhere, and logged there.
"""

from dataclasses import dataclass

from events.models import Delivery, Meeting, Notice, Reply
from events.replying.contact import contact_of
from events.replying.doors import attended, attends
from events.replying.facts import Fact, deadline, facts_of
from events.replying.reach import reach_of
from events.replying.strangers import Knows, called
from events.telling.letters import address_of
from iri_exchange.lib import japan, pdf, qr
from iri_exchange.lib.qr import Square


@dataclass(frozen=True)
class Sheet:
    """One person's, as templates/pdf/notice.html shows it."""

    reply: Reply
    name: str
    company: str
    address: str
    square: Square


def print_notices(*, meeting: Meeting, only: str = "", in_full: bool | Knows = False) -> bytes:
    """One sheet for each who is not reached by letter; or for the one reply whose id is `only`.

    `in_full` as in `strangers.called`.
    """
    sheets = [_sheet(reply, meeting, in_full) for reply in _chosen(meeting, only)]
    facts: list[Fact] = facts_of(meeting)
    context = {
        "meeting": meeting,
        "group": meeting.group,
        "sheets": sheets,
        "facts": facts,
        "words": _words(meeting),
        "until": deadline(meeting),
        "contact": contact_of(meeting),
        "answers": _answers(meeting),
    }
    title = f"{meeting.group} {meeting.name}のご案内 {japan.wareki(meeting.day)}"
    return pdf.render("pdf/notice.html", context, title=title, css=[pdf.stylesheet("print_notice")])


def _chosen(meeting: Meeting, only: str) -> list[Reply]:
    rows = attended().filter(meeting=meeting).order_by("membership__sequence", "pk")
    replies: list[Reply] = [each for each in rows if attends(each)]
    if only:
        return [each for each in replies if str(each.pk) == only]
    reach = reach_of([each.person for each in replies])
    on_paper = Delivery.objects.filter(notice__meeting=meeting, channel=Delivery.Channel.PAPER)
    told = set(on_paper.filter(notice__kind=Notice.Kind.NOTICE).values_list("reply", flat=True))
    return [each for each in replies if each.pk in told or not reach[each.person_id].by_letter]


def _sheet(reply: Reply, meeting: Meeting, in_full: bool | Knows) -> Sheet:
    address, membership = address_of(reply), reply.membership
    answered, oneself = bool(reply.answer), reply.source in Reply.OWN
    who = called(meeting, membership, reply.person, answered=answered, in_full=in_full, oneself=oneself)
    return Sheet(reply, who.name, who.company if membership.company else "", address, qr.square(address))


def _words(meeting: Meeting) -> str:
    """Of the last notice."""
    notice = meeting.notices.filter(kind=Notice.Kind.NOTICE).order_by("-sent_at", "-pk").first()
    return notice.words if notice else ""


def _answers(meeting: Meeting) -> list[tuple[str, list[str]]]:
    """The lines of the reply sheet: what is asked, and the boxes to tick."""
    lines = [
        (meeting.get_kind_display(), ["出席", "欠席", "代理（お名前：　　　　　　　　　　　　）", "未定"])
    ]
    if meeting.has_party:
        lines.append(("懇親会", ["参加", "不参加", "未定"]))
    lines.append(("ごいっしょの方", ["なし", "あり（　　名　お名前：　　　　　　　　　　　　）"]))
    if meeting.kind == Meeting.Kind.GENERAL:
        lines.append(("委任状", ["欠席するので、議決を（　　　　　　　　　）に委任します。空けておくと議長"]))
    return lines
