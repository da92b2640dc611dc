"""Filters and tags of the portal's templates; built in, so that no template has to load them."""

import datetime
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from groups.histories import reading as histories
from groups.models import Application, Group, Membership, Office
from iri_exchange.lib import japan
from iri_exchange.lib.marks import MARKS, NO_MARK
from members import letters
from members.models import Letter, User

register = template.Library()

# A state is a word and a shape: the shapes as static/css/components.css names them, "" the full circle.
PILL_SHAPES: dict[str, str] = {
    Group.Stage.FORMING: "rest",
    Group.Stage.LAUNCHED: "new",
    Group.Stage.SELF_MANAGED: "",
    Group.Stage.DORMANT: "rest",
    Group.Stage.DISSOLVED: "done",
    Membership.Status.ACTIVE: "",
    Membership.Status.ON_LEAVE: "rest",
    Membership.Status.LEFT: "done",
}
LETTER_SHAPES: dict[str, str] = {
    Letter.State.QUEUED: "rest",
    Letter.State.SENDING: "open",
    Letter.State.SENT: "done",
    Letter.State.RETURNED: "due",
    Letter.State.STOPPED: "due",
    Letter.State.SHOWN: "new",
}
APPLICATION_SHAPES: dict[str, str] = {
    Application.State.DRAFT: "rest",
    Application.State.SUBMITTED: "new",
    Application.State.UNDER_REVIEW: "open",
    Application.State.INFO_REQUESTED: "due",
    Application.State.ACCEPTED: "",
    Application.State.WAITLISTED: "rest",
    Application.State.OFFERED: "open",
    Application.State.DECLINED: "done",
    Application.State.WITHDRAWN: "done",
}


@register.filter
def wareki(day: datetime.date | None) -> str:
    """令和8年12月10日"""
    return japan.wareki(day) if day else ""


@register.filter
def full_date(day: datetime.date | None) -> str:
    """令和8年（2026年）12月10日（木）, once a page"""
    return japan.full_date(day) if day else ""


@register.filter
def short_date(day: datetime.date | None) -> str:
    """12/10 木, in lists"""
    return japan.short_date(day) if day else ""


@register.filter
def distance(day: datetime.date, today: datetime.date) -> str:
    """A day as a distance: あと5日, きょう, 3日おくれ."""
    days = (day - today).days
    return f"あと{days}日" if days > 0 else f"{-days}日おくれ" if days else "きょう"


@register.filter
def era_month(day: datetime.date | None) -> str:
    """H24.7"""
    return japan.era_month(day) if day else ""


@register.filter
def fiscal_year(year: int) -> str:
    """令和8年度"""
    return japan.fiscal_year_label(year)


@register.filter
def grouped(number: int) -> str:
    """20,000"""
    return f"{number:,}"


@register.filter
def group_links(groups: Iterable[tuple[str, str]]) -> SafeString:
    """Links to groups, given by slug and name. Half as dear as a loop of the template in each row of a long list."""
    return mark_safe("、".join(_group_link(slug, name) for slug, name in groups))


@lru_cache(maxsize=1_000)
def _group_link(slug: str, name: str) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("group", args=[slug]), name)


@register.filter
def clipped(text: str, most: int) -> str:
    """As truncatechars, without its long look at letters made of several characters: each of those counts."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


@register.simple_tag(takes_context=True)
def may(context: template.Context, rule: str, about: Any = None) -> bool:
    """Ask the rule that the view asks: {% may "groups.edit_group" group as may_edit %}."""
    user = context["request"].user
    return bool(user.has_perm(rule, about))


@register.simple_tag
def mark_shapes(key: str) -> SafeString:
    """The drawn mark's inside, the dashed ring without one; the shapes are our own constants."""
    return mark_safe(MARKS.get(key, NO_MARK).shapes)


@register.simple_tag
def stage_pill(stage: str | None) -> SafeString:
    """The stage of a group's life as a pill; nothing before the first stage."""
    return _pill(stage, Group.Stage(stage).label) if stage else SafeString()


@register.simple_tag
def status_pill(status: str | None) -> SafeString:
    """A membership's status as a pill; nothing before the first."""
    return _pill(status, Membership.Status(status).label) if status else SafeString()


@register.simple_tag(takes_context=True)
def latest_changes(context: template.Context, record: Any) -> list[histories.Line]:
    """The newest entries of a record's history, for those who may read it: the template asks the rule first."""
    return histories.latest(record, context["request"].user)


@register.simple_tag(takes_context=True)
def who_saved(context: template.Context, login: User | None) -> str:
    """Who saved meanwhile, as far as the reader may know it: {% who_saved form.conflict.by %}."""
    return histories.who_did({login.pk}, context["request"].user)(login.pk) if login else "（取込・設定）"


@register.simple_tag
def offices() -> list[Office]:
    """The institute's sites, for the pages that say whom to ask."""
    return list(Office.objects.all())


@register.filter
def letter_pill(state: str) -> SafeString:
    """What became of a letter, as a pill."""
    return _pill(state, Letter.State(state).label)


@register.filter
def application_pill(state: str) -> SafeString:
    """What became of an application inside the office, as a pill; no applicant is shown this one."""
    return _drawn(APPLICATION_SHAPES[state], Application.State(state).label)


@register.simple_tag
def letters_are_shown() -> bool:
    """Whether this is a demo that shows its letters instead of sending them."""
    return letters.are_shown()


def _pill(state: str, word: str) -> SafeString:
    return _drawn(PILL_SHAPES[state] if state in PILL_SHAPES else LETTER_SHAPES[state], word)


def _drawn(shape: str, word: str) -> SafeString:
    return format_html('<span class="pill{}">{}</span>', f" pill-{shape}" if shape else "", word)
