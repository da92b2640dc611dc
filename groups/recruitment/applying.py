"""Applying: sent, confirmed by the link in a letter, put right until the round closes; or entered for somebody else."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet
from django.utils import timezone

from groups.importing.likeness import digits
from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationLink,
    ApplicationNote,
    Participant,
    RecruitmentRound,
)
from groups.recruitment import deciding, drafts, links, notices, steps
from iri_exchange.lib import history, japan, search
from members import consents
from members.models import Consent

State = Application.State
# What is asked of an applicant, in the order of the form.
COMPANY = (
    "name", "kana", "corporate_number", "postal_code", "prefecture", "city", "street", "building", "in_tokyo",
    "phone", "fax", "email", "url", "representative_title", "representative_name", "representative_kana",
)  # fmt: skip
TRADE = (
    "industry", "trade", "sme_category", "employees", "capital", "founded", "products", "strengths", "seeking",
)  # fmt: skip
ASKED = (
    *COMPANY, *TRADE, "contact_name", "contact_email", "contact_phone", "round", "motive", "hopes",
    "other_groups", "source", "no_antisocial_ties",
)  # fmt: skip
PURPOSE, ROSTER = "purpose", "roster"
CONSENTS: dict[str, str] = {
    PURPOSE: "応募の内容を、審査と連絡に使うこと",
    ROSTER: "グループの会員名簿にのせること",
    **{str(kind.value): str(kind.label) for kind in Consent.Kind},
}
CLOSED = "この募集の受け付けは、終わりました。お急ぎのときは、事務局へお電話ください。"
OVER = "この募集の結果は、もうお知らせしました。次の募集で受け付けるか、グループの会員のページから加えてください。"
VOID = "このリンクは、もう使えません。新しくお送りしたメールのリンクを開いてください。"
LATE = "直せる期間が終わりました。直したいことがあるときは、事務局へお知らせください。"


@dataclass(frozen=True)
class Sheet:
    """申込書: what was written, valid and unsaved. `consents`: {kind: whether it was ticked}."""

    application: Application
    participants: Sequence[Participant]
    consents: Mapping[str, bool]


@transaction.atomic
def send(*, sheet: Sheet, key: str) -> Application:
    """One application for one draft `key`, however often it is sent; a letter asks to confirm it.

    Sent again before it was confirmed it is what was sent last; to another address goes another letter, and the first
    link is void. Raises ValidationError once the round is closed.
    """
    application = sheet.application
    lock_year(application.round.fiscal_year)
    sent = _sent_with(key)
    if sent and japan.fold(sent.name) != japan.fold(application.name):
        key = _for_another_company(key, application)
        sent = _sent_with(key)
    if sent and sent.state != State.DRAFT:
        return sent
    refuse_if_closed(application.round)
    if sent:
        return _sent_again(sent, sheet)
    application.draft_key, application.route = key, Application.Route.WEB
    application.state = State.DRAFT
    _write(sheet, by=None)
    drafts.forget(key)
    _ask_to_confirm(application)
    return application


@transaction.atomic
def confirm(*, link: ApplicationLink) -> str:
    """The application is received and gets its number; the token of its page. Pressed twice it is received once.

    Raises ValidationError if the link was made void meanwhile, if the application was withdrawn, or the results are
    announced already.
    """
    assert link.application is not None
    lock_year(link.application.fiscal_year)
    application = _locked(link.application)
    if not application.links.filter(pk=link.pk).exists():
        raise ValidationError(VOID, code="void")
    if application.state == State.WITHDRAWN:
        raise ValidationError("この応募は、取り下げられています。", code="withdrawn")
    if application.state == State.DRAFT:
        if application.round.announced_at:
            raise ValidationError(CLOSED, code="closed")
        steps.move(
            application, State.SUBMITTED, serial=_next_serial(application), confirmed_at=timezone.now()
        )
        notices.received(
            application=application, token=links.make(application, links.Purpose.STATUS, link.email)
        )
    return links.make(application, links.Purpose.STATUS, link.email)


@transaction.atomic
def enter(*, sheet: Sheet, route: str, by: Any, reason: str = "", paper: str = "") -> Application:
    """One of the staff enters what came on paper or by FAX: received at once, without a confirmed address.

    `paper` names the sheet in the hand: entered twice, it is one application. Without a `reason`, which becomes a note
    of the office's own, it raises ValidationError when the round does not take applications today; and always after
    the results are announced, for nothing is decided any more.
    """
    application = sheet.application
    lock_year(application.round.fiscal_year)
    key = f"paper-{paper}" if paper else None
    if entered := key and _sent_with(key):
        return entered
    if RecruitmentRound.objects.exclude(announced_at=None).filter(pk=application.round_id).exists():
        raise ValidationError(OVER, code="announced")
    if not reason and not application.round.takes_on(timezone.localdate()):
        raise ValidationError("募集の期間の外です。入力する理由を書いてください。", code="late")
    application.route, application.entered_by, application.state = route, by, State.SUBMITTED
    application.draft_key = key
    application.fiscal_year = application.round.fiscal_year
    application.serial, application.confirmed_at = _next_serial(application), timezone.now()
    _write(sheet, by=by)
    if reason:
        ApplicationNote.objects.create(
            application=application, text=f"期間の外に入力した理由：{reason}", by=by
        )
    if application.contact_email:
        send_page(application=application)
    return application


@transaction.atomic
def correct(*, sheet: Sheet) -> Application:
    """The applicant puts right what was sent, until the last second of the round. The address of the letters stays.

    Who asks for another office is undecided there, whatever the first one has decided. Raises ValidationError
    afterwards, and once it is withdrawn or decided.
    """
    lock_year(sheet.application.fiscal_year)
    application = _locked(sheet.application)
    if not may_be_corrected(application):
        raise ValidationError(LATE, code="late")
    refuse_if_closed(sheet.application.round)
    if application.round_id != sheet.application.round_id:
        deciding.undecide(application=application)
        application = _locked(application)
    with history.in_step("応募した方の訂正"):
        _rewrite(application, sheet, [name for name in ASKED if name != "contact_email"])
    return application


@transaction.atomic
def answer(*, application: Application, text: str) -> None:
    """The applicant answers the question that is open; the same answer twice is one.

    Raises ValidationError if there is no question (any more).
    """
    RecruitmentRound.objects.select_for_update(no_key=True).get(pk=application.round_id)
    application = _locked(application)
    question = application.questions.select_for_update().filter(answered_at=None).first()
    if question is None or application.state != State.INFO_REQUESTED:
        if application.questions.filter(answer=text).exists():
            return
        raise ValidationError("このお尋ねには、もうお返事をいただいています。", code="answered")
    question.answer, question.answered_at = text, timezone.now()
    question.full_clean(exclude=["application", "asked_by"])
    question.save()
    steps.move(application, State.UNDER_REVIEW)


def send_page(*, application: Application) -> None:
    """A letter with the number and a new link to the application's page."""
    token = links.make(application, links.Purpose.STATUS, application.contact_email)
    notices.received(application=application, token=token)


def open_rounds(year: int) -> QuerySet[RecruitmentRound]:
    """The rounds of a fiscal year to which one may apply now."""
    today = timezone.localdate()
    rounds = RecruitmentRound.objects.filter(fiscal_year=year, opens_on__lte=today, closes_on__gte=today)
    return rounds.select_related("office").order_by("office__order", "pk")


def refuse_if_closed(round_: RecruitmentRound) -> None:
    """Raise ValidationError unless the round takes applications this second."""
    if not round_.takes_on(timezone.localdate()):
        raise ValidationError(CLOSED, code="closed")


def may_be_corrected(application: Application) -> bool:
    """Received, not decided in public, and the round is open still."""
    return application.state in Application.OPEN and application.round.takes_on(timezone.localdate())


def twins_of(application: Application) -> list[Application]:
    """Other applications of the year by the same company: its number, or its folded name with its telephone.

    The office is told, no applicant is.
    """
    others = Application.objects.filter(fiscal_year=application.fiscal_year).exclude(pk=application.pk)
    others = others.exclude(state__in=[State.DRAFT, State.WITHDRAWN])
    called = others.filter(search_key__startswith=search.NAME + japan.fold(application.name) + search.OTHER)
    twins = {each.pk: each for each in called if digits(each.phone) == digits(application.phone)}
    if application.corporate_number:
        twins |= {each.pk: each for each in others.filter(corporate_number=application.corporate_number)}
    return [twins[pk] for pk in sorted(twins)]


def lock_year(year: int) -> None:
    """Whoever gives a number locks all rounds of the year: numbers go through its offices."""
    rounds = RecruitmentRound.objects.select_for_update(no_key=True).filter(fiscal_year=year)
    list(rounds.order_by("pk"))


def _locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("round__office")
    return rows.get(pk=application.pk)


def _next_serial(application: Application) -> int:
    """Numbers are not used twice: those of withdrawn applications count too. The year is locked."""
    rows = Application.objects.filter(fiscal_year=application.fiscal_year)
    return (rows.aggregate(highest=Max("serial"))["highest"] or 0) + 1


def _sent_with(key: str) -> Application | None:
    return Application.objects.select_for_update().filter(draft_key=key).first()


def _for_another_company(key: str, application: Application) -> str:
    """Whoever applies for two companies in two tabs of one browser means two applications; each is one still."""
    return f"{key[:40]}-{hashlib.sha256(japan.fold(application.name).encode()).hexdigest()[:20]}"


def _write(sheet: Sheet, by: Any) -> None:
    application = sheet.application
    application.fiscal_year, application.sent_at = application.round.fiscal_year, timezone.now()
    steps.begin(application, by)
    _write_parts(application, sheet)


def _sent_again(application: Application, sheet: Sheet) -> Application:
    to_another = application.contact_email != sheet.application.contact_email
    _rewrite(application, sheet, ASKED)
    if to_another:
        application.links.all().delete()
        _ask_to_confirm(application)
    return application


def _ask_to_confirm(application: Application) -> None:
    token = links.make(application, links.Purpose.CONFIRM, application.contact_email)
    notices.confirm(application=application, token=token)


def _rewrite(application: Application, sheet: Sheet, names: Sequence[str]) -> None:
    """Only what was asked is written: what the office has recorded meanwhile stays."""
    for name in names:
        setattr(application, name, getattr(sheet.application, name))
    application.save(update_fields=[*names, "search_key"])
    _write_parts(application, sheet)


def write_participants(application: Application, participants: Sequence[Participant]) -> None:
    """Who attends, in this order, and nobody else."""
    before = {each.order: each for each in application.participants.all()}
    for order, each in enumerate(participants, start=1):
        each.application, each.order = application, order
        each.pk = before.pop(order).pk if order in before else None
        each.save()
    for gone in before.values():
        gone.delete()


def _write_parts(application: Application, sheet: Sheet) -> None:
    """Who attends, and what was agreed to with the wording of today; what stays as it was is not written again."""
    write_participants(application, sheet.participants)
    texts = consents.current_texts()
    known = {each.kind: each for each in application.consents.all()}
    for kind, given in sheet.consents.items():
        row = known.get(kind) or ApplicationConsent(application=application, kind=kind)
        if row.pk is None or row.given != given:
            row.given, row.text = given, texts.get(kind)
            row.save()
