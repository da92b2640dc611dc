"""審査: received applications are taken up, noted upon, asked about, put right, and matched with the directory.

What is decided about them is in `deciding`.
"""

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from groups.models import (
    Application,
    ApplicationNote,
    ApplicationQuestion,
    RecruitmentRound,
)
from groups.recruitment import links, notices, steps
from groups.recruitment.applying import ASKED, Sheet, send_page, write_participants
from groups.recruitment.deciding import lock
from iri_exchange.lib import history
from members.models import Company

State = Application.State
ENDED = (State.DECLINED, State.WITHDRAWN)
TAKEN_IN = "この応募は、もう会員になっています。企業や会員のページで直してください。"


@transaction.atomic
def take_up(*, application: Application, by: Any) -> Application:
    """The review begins. Raises ValidationError unless the application was received, and not taken up."""
    row = lock(application)
    steps.move(row, State.UNDER_REVIEW, by=by)
    return row


@transaction.atomic
def take_up_all(*, round: RecruitmentRound, by: Any) -> int:
    """The review of everything that the round has received begins; how many there were."""
    RecruitmentRound.objects.select_for_update(no_key=True).get(pk=round.pk)
    received = Application.objects.select_for_update(no_key=True).filter(round=round, state=State.SUBMITTED)
    rows = list(received.order_by("pk"))
    for row in rows:
        steps.move(row, State.UNDER_REVIEW, by=by)
    return len(rows)


@transaction.atomic
def write_note(*, application: Application, text: str, by: Any) -> ApplicationNote:
    """審査メモ, for the office alone."""
    note = ApplicationNote(application=application, text=text, by=by)
    note.full_clean()
    note.save()
    return note


@transaction.atomic
def ask(
    *, application: Application, question: str, due: datetime.date | None, by: Any
) -> ApplicationQuestion:
    """追加照会: ask the applicant; a letter with the link to its status goes out if there is an address.

    An application that was only received is taken up with it. Raises ValidationError while another question is open,
    for a day that is over, and for a state in which nothing is asked any more.
    """
    row = lock(application)
    if row.state == State.INFO_REQUESTED:
        raise ValidationError(
            "まえのお尋ねに、まだお返事がありません。お返事を入れてから、次をお尋ねください。", code="asked"
        )
    if due and due < timezone.localdate():
        raise ValidationError("お返事の期限を、今日かそれより後の日にしてください。", code="over")
    if row.state == State.SUBMITTED:
        steps.move(row, State.UNDER_REVIEW, by=by)
    steps.move(row, State.INFO_REQUESTED, by=by)
    asked = ApplicationQuestion(application=row, question=question, due=due, asked_by=by)
    asked.full_clean()
    with history.in_step("応募した方へのお尋ね"):
        asked.save()
    if row.contact_email:
        token = links.make(row, links.Purpose.STATUS, row.contact_email)
        notices.question(asked=asked, token=token)
    return asked


@transaction.atomic
def record_answer(*, application: Application, answer: str, by: Any) -> ApplicationQuestion:
    """What the applicant answered by telephone or on paper; the review goes on.

    Raises ValidationError if nothing was asked, or it is answered already.
    """
    row = lock(application)
    asked = row.questions.select_for_update(no_key=True).filter(answered_at=None).first()
    if asked is None:
        raise ValidationError("お返事を待っているお尋ねは、ありません。", code="not_asked")
    asked.answer, asked.answered_at = answer, timezone.now()
    asked.full_clean()
    with history.in_step("お尋ねへのお返事（代理入力）"):
        asked.save()
    steps.move(row, State.UNDER_REVIEW, by=by)
    return asked


@transaction.atomic
def match(*, application: Application, company: Company | None) -> Application:
    """It is this company of the directory; None: the directory does not have it.

    Raises ValidationError once the application has become a member.
    """
    row = _open_to_correction(application)
    row.known_company, row.is_new_company = company, company is None
    with history.in_step("名簿にある企業と確かめる" if company else "名簿にない企業と確かめる"):
        row.save(update_fields=["known_company", "is_new_company"])
    return row


@transaction.atomic
def unmatch(*, application: Application) -> Application:
    """Whether the directory has it is open again. Raises ValidationError as `match` does."""
    row = _open_to_correction(application)
    row.known_company, row.is_new_company = None, False
    with history.in_step("名簿との照らし合わせを取り消す"):
        row.save(update_fields=["known_company", "is_new_company"])
    return row


@transaction.atomic
def correct(*, sheet: Sheet) -> Application:
    """Put right for the applicant what was written and who attends; the round and what was agreed to stay.

    Only what is asked in the form is written: what was decided meanwhile stays. The links that went to another address
    open nothing any more; a new one goes to the new address. Raises ValidationError as `match` does.
    """
    row = _open_to_correction(sheet.application)
    moved = row.contact_email.lower() != sheet.application.contact_email.lower()
    names = [name for name in ASKED if name != "round"]
    for name in names:
        setattr(row, name, getattr(sheet.application, name))
    with history.in_step("応募の内容を直す（代理入力）"):
        row.save(update_fields=[*names, "search_key"])
        write_participants(row, sheet.participants)
    if moved:
        row.links.all().delete()
        if row.contact_email and row.state not in ENDED:
            send_page(application=row)
    return row


def _open_to_correction(application: Application) -> Application:
    row = lock(application)
    if row.membership_id:
        raise ValidationError(TAKEN_IN, code="taken_in")
    return row
