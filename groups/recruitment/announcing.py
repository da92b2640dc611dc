"""採否の発表: what still stands against it, and the one step by which all results are told together."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups import endings
from groups.models import Application, Group, RecruitmentRound
from groups.recruitment import admission, results, steps
from groups.recruitment.differences import same_company
from groups.recruitment.results import Result
from iri_exchange.lib import history, japan
from members.models import Company

Decision, State = Application.Decision, Application.State
BECOMES = {
    Decision.ACCEPT: State.ACCEPTED,
    Decision.WAIT: State.WAITLISTED,
    Decision.DECLINE: State.DECLINED,
}
CHANGED = "ごらんのあいだに、採否かお手紙の内容が変わりました。もう一度、下の内容を確かめてください。"


@dataclass(frozen=True)
class Lack:
    """One thing that has to be done before: a sentence; where (the round or one application)."""

    code: str
    what: str
    application: Application | None = None


@dataclass(frozen=True)
class Announced:
    """What an announcement has done."""

    accepted: int
    waitlisted: int
    declined: int
    by_mail: int
    by_post: int


def missing(round: RecruitmentRound) -> list[Lack]:
    """What still stands against the announcement, in the order in which one would do it. A few queries, however many."""
    rows = Application.objects.filter(round=round, state__in=Application.OPEN)
    waiting = list(rows.select_related("known_company").order_by("serial", "pk"))
    accepted = [each for each in waiting if each.decision == Decision.ACCEPT]
    return [
        *_of_the_round(round, waiting, accepted),
        *_undecided(round, waiting),
        *_unmatched(accepted),
        *_twice(accepted),
    ]


@transaction.atomic
def announce(*, round: RecruitmentRound, shown: str, by: Any) -> Announced:
    """All at once: states move, the accepted are admitted, the letters are queued; or nothing of it.

    `shown` is the `fingerprint` of the letters as they were looked at. Raises ValidationError with what is missing, if
    they have changed since, and for a second announcement.
    """
    rows = RecruitmentRound.objects.select_for_update(no_key=True, of=("self",))
    round = rows.select_related("office", "group", "announced_by__person").get(pk=round.pk)
    if round.announced_at:
        raise ValidationError(told(round), code="announced")
    open_ = Application.objects.filter(round=round, state__in=Application.OPEN).order_by("pk")
    list(open_.select_for_update(no_key=True).values_list("pk"))
    if lacks := missing(round):
        raise ValidationError([lack.what for lack in lacks], code="missing")
    letters = results.results_of(round)
    if fingerprint(letters) != shown:
        raise ValidationError(CHANGED, code="changed")
    _lock_admitting(round, letters)
    with history.step("採否の発表", by):
        for each in letters:
            _carry_out(each, by)
        round.announced_at, round.announced_by = timezone.now(), by
        round.save(update_fields=["announced_at", "announced_by"])
    return _counted(letters)


def _lock_admitting(round: RecruitmentRound, letters: Sequence[Result]) -> None:
    """The group, then all companies in their order: two announcements that know the same companies wait for each other."""
    if round.group_id:
        endings.lock(round.group_id)
    admitted = [each.application for each in letters if each.application.decision == Decision.ACCEPT]
    known = [each.known_company_id for each in admitted if each.known_company_id]
    companies = Company.objects.select_for_update(no_key=True).filter(pk__in=known)
    list(companies.order_by("pk").values_list("pk"))


def _carry_out(result: Result, by: Any) -> None:
    application = result.application
    steps.move(application, BECOMES[Decision(application.decision)], by=by)
    if application.decision == Decision.ACCEPT:
        admission.admit(application=application, since=timezone.localdate(), by=by)
    if result.by_mail:
        results.queue(result)


def fingerprint(letters: Sequence[Result]) -> str:
    """The same as long as the same letters go the same way to the same people."""
    digest = hashlib.sha256()
    for each in letters:
        told_to = (each.application.pk, each.by_mail, each.application.contact_email, each.letter.subject)
        digest.update(repr((*told_to, each.letter.text)).encode())
    return digest.hexdigest()


def told(round: RecruitmentRound) -> str:
    """That the results are announced: when and by whom."""
    assert round.announced_at
    day = japan.wareki(timezone.localdate(round.announced_at))
    return f"この募集の結果は、{day}に{round.announced_by}さんがお知らせしました。二度はお知らせできません。"


def _counted(letters: Sequence[Result]) -> Announced:
    decisions = [each.application.decision for each in letters]
    by_mail = sum(each.by_mail for each in letters)
    return Announced(
        accepted=decisions.count(Decision.ACCEPT),
        waitlisted=decisions.count(Decision.WAIT),
        declined=decisions.count(Decision.DECLINE),
        by_mail=by_mail,
        by_post=len(letters) - by_mail,
    )


def _of_the_round(
    round: RecruitmentRound, waiting: Sequence[Application], accepted: Sequence[Application]
) -> Iterator[Lack]:
    today = timezone.localdate()
    if today <= round.closes_on:
        yield Lack(
            "open", f"受付は{japan.wareki(round.closes_on)}までです。受付が終わってから、お知らせします。"
        )
    if not waiting:
        yield Lack("nobody", "審査する応募がありません。お知らせする相手がいません。")
    if accepted and round.group is None:
        yield Lack("no_group", admission.NO_GROUP)
    elif accepted and round.group and round.group.stage_on(today) != Group.Stage.FORMING:
        yield Lack(
            "no_forming_group",
            f"{round.group}は、準備の段階ではありません。募集の設定で、グループを選びなおしてください。",
        )
    if len(accepted) > round.capacity:
        yield Lack(
            "capacity",
            f"定員は{round.capacity}社ですが、採択は{len(accepted)}社です。採択を減らすか、定員を直してください。",
        )


def _undecided(round: RecruitmentRound, waiting: Sequence[Application]) -> Iterator[Lack]:
    for each in waiting:
        if each.state == State.INFO_REQUESTED:
            yield Lack("asked", f"{_named(each)}：お尋ねのお返事を待っています。", each)
        elif not each.decision:
            yield Lack("undecided", f"{_named(each)}：採否が決まっていません。", each)
        elif each.state != State.UNDER_REVIEW:
            yield Lack("not_reviewed", f"{_named(each)}：審査を始めていません。", each)
        elif round.needs_two and each.approved_by_id is None:
            yield Lack("unapproved", f"{_named(each)}：もう一人の職員が、まだ採否を確かめていません。", each)


def _unmatched(accepted: Sequence[Application]) -> Iterator[Lack]:
    """Companies of which nobody has said whether the directory knows them, and numbers that are another company's."""
    numbers = [each.corporate_number for each in accepted if each.corporate_number]
    owners = dict(Company.objects.filter(corporate_number__in=numbers).values_list("corporate_number", "pk"))
    for each in accepted:
        owner = owners.get(each.corporate_number)
        if each.known_company_id is None and not each.is_new_company:
            yield Lack("unmatched", f"{_named(each)}：名簿にある企業かどうかを、まだ確かめていません。", each)
        elif owner is not None and owner != each.known_company_id:
            yield Lack("number", f"{_named(each)}：同じ法人番号の、別の企業が名簿にあります。", each)


def _twice(accepted: Sequence[Application]) -> Iterator[Lack]:
    for one, other in combinations(accepted, 2):
        known = one.known_company_id is not None and one.known_company_id == other.known_company_id
        if known or same_company(one, other):
            yield Lack(
                "twice",
                f"{_named(one)}と{_named(other)}は、同じ企業の応募です。採択は片方だけにしてください。",
                other,
            )


def _named(application: Application) -> str:
    return f"{application.number} {application.name}"
