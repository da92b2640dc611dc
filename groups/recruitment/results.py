"""The letters by which the results of a round are told: who gets which, by mail or by post, and in which words."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from groups.models import Application, RecruitmentRound
from groups.papers.addressing import Address
from groups.recruitment import links
from iri_exchange.lib import japan
from members import bounces, letter_wording, letters
from members.letter_kind import Kind
from members.letter_kinds import KINDS
from members.letter_wording import Composed
from members.models import Letter

Decision, State = Application.Decision, Application.State
OFFERED = "groups/application_offered"
KIND_OF: Mapping[str, str] = {
    Decision.ACCEPT: "groups/application_accepted",
    Decision.WAIT: "groups/application_waitlisted",
    Decision.DECLINE: "groups/application_declined",
}
TO_BE_ARRANGED = "あらためてお知らせします"


@dataclass(frozen=True)
class Result:
    """What one applicant is told. `why_not`: why the letter goes by post, in words; by mail if there is nothing."""

    application: Application
    kind: Kind
    values: Mapping[str, str]
    letter: Composed
    why_not: str

    @property
    def by_mail(self) -> bool:
        return not self.why_not

    @property
    def address(self) -> Address:
        """As it stands in the window of an envelope."""
        sent = self.application
        place = "".join(getattr(sent, name) for name in ("prefecture", "city", "street"))
        return Address(sent.postal_code, place, sent.building, sent.name, "", sent.contact_name)

    @property
    def on_paper(self) -> tuple[str, str]:
        """(subject, text) without what belongs to a mail."""
        return letter_wording.on_paper(self.kind, self.values)


def decided(round: RecruitmentRound) -> list[Application]:
    """Those of whom something is announced, in the order of their numbers; afterwards without who has withdrawn."""
    rows = Application.objects.filter(round=round).exclude(decision="")
    if round.announced_at is None:
        rows = rows.filter(state__in=Application.OPEN)
    rows = rows.exclude(state=State.WITHDRAWN).select_related("membership__company")
    found = list(rows.order_by("serial", "pk"))
    for each in found:
        each.round = round
    return found


def results_of(round: RecruitmentRound) -> list[Result]:
    """The letters of a round. As many queries for many as for one."""
    rows = decided(round)
    stopped = bounces.suppressions_of([each.contact_email for each in rows if each.contact_email])
    kinds = {decision: KINDS[key] for decision, key in KIND_OF.items()}
    wordings = {decision: letter_wording.wording(key) for decision, key in KIND_OF.items()}
    places = _places(rows)
    made = []
    for each in rows:
        kind, values = kinds[each.decision], values_of(each, places.get(each.pk, 0))
        letter = letter_wording.compose(kind, values, wordings[each.decision])
        made.append(Result(each, kind, values, letter, _why_not(each, each.contact_email.lower() in stopped)))
    return made


def values_of(application: Application, place: int = 0) -> dict[str, str]:
    """What stands in the letter of a decision; `place` on the waiting list."""
    values = about(application)
    if application.decision == Decision.ACCEPT:
        values["発会式"] = _launch(application.round)
    elif application.decision == Decision.WAIT:
        values["順番"] = str(place)
    return values


def about(application: Application) -> dict[str, str]:
    """What every letter about an application may say."""
    round_ = application.round
    return {
        "お名前": application.contact_name,
        "企業名": application.name,
        "募集": f"{japan.fiscal_year_label(round_.fiscal_year)} {round_.office.name}の募集",
        "受付番号": application.number,
    }


def queue(result: Result) -> Letter:
    """The letter of a decision, by mail."""
    return letters.write(kind=result.kind.key, to=result.application.contact_email, values=result.values)


def queue_accepted(application: Application) -> Letter | None:
    """The letter to somebody who has taken a place that was offered; None for who has no address."""
    if _why_not(application, bool(bounces.suppression_of(application.contact_email))):
        return None
    values = about(application) | {"発会式": _launch(application.round)}
    return letters.write(kind=KIND_OF[Decision.ACCEPT], to=application.contact_email, values=values)


def queue_offered(application: Application, due: datetime.date) -> Letter | None:
    """The letter that offers a place, with a link to where it is answered; None for who has no address."""
    if not application.contact_email:
        return None
    token = links.make(application, links.Purpose.STATUS, application.contact_email)
    return letters.write(
        kind=OFFERED,
        to=application.contact_email,
        values=about(application) | {"期限": japan.wareki(due), "発会式": _launch(application.round)},
        link=f"{settings.SITE_URL}{reverse('application_status', args=[token])}",
    )


def _launch(round: RecruitmentRound) -> str:
    return japan.wareki(round.launch_on) if round.launch_on else TO_BE_ARRANGED


def _places(rows: Sequence[Application]) -> dict[int, int]:
    """{application id: its place on the waiting list, from 1}"""
    waiting = [each for each in rows if each.decision == Decision.WAIT]
    waiting.sort(key=lambda each: (each.waiting_place is None, each.waiting_place, each.serial))
    return {each.pk: place for place, each in enumerate(waiting, start=1)}


def _why_not(application: Application, is_stopped: bool) -> str:
    if not application.contact_email:
        return "メールアドレスがありません。"
    return "届かないアドレスです。" if is_stopped else ""
