"""The letters to an applicant about its own application: one function each."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from groups.models import Application, ApplicationDraft, ApplicationQuestion
from groups.recruitment import links
from iri_exchange.lib import japan
from members import letters
from members.models import Letter


def resume(*, draft: ApplicationDraft, token: str) -> Letter:
    """The way back to what was typed so far."""
    typed = draft.typed.get("contact_name") or [""]
    return letters.write(
        kind="groups/application_resume",
        to=draft.email,
        values={
            "お名前": typed[0].strip() or "ご担当者",
            "年度": japan.fiscal_year_label(draft.fiscal_year),
            "期限": japan.wareki(timezone.localdate(draft.expires_at)),
        },
        link=_address("apply_resume", token),
    )


def confirm(*, application: Application, token: str) -> Letter:
    """Asks whether the address is right, and the application meant."""
    until = timezone.localdate(timezone.now() + links.VALID_FOR[links.Purpose.CONFIRM])
    return letters.write(
        kind="groups/application_confirm",
        to=application.contact_email,
        values=_about(application) | {"期限": japan.wareki(until)},
        link=_address("application_confirm", token),
    )


def received(*, application: Application, token: str) -> Letter:
    """The number, and the way to the page where the application stands; also sent again when that link was lost."""
    planned = application.round.results_on
    return letters.write(
        kind="groups/application_received",
        to=application.contact_email,
        values=_about(application)
        | {
            "受付番号": application.number,
            "結果の予定": f"{japan.wareki(planned)}ごろ" if planned else "審査のあと",
        },
        link=_address("application_status", token),
    )


def question(*, asked: ApplicationQuestion, token: str) -> Letter:
    """What the office asks, and the way to the page where it is answered."""
    application = asked.application
    return letters.write(
        kind="groups/application_question",
        to=application.contact_email,
        values=_about(application)
        | {
            "受付番号": application.number,
            "お尋ね": asked.question,
            "お返事の期限": japan.wareki(asked.due) if asked.due else "なるべく早め",
        },
        link=_address("application_status", token),
    )


def withdrawn(*, application: Application) -> Letter:
    """Says that it is withdrawn, so that nobody else does it unnoticed."""
    return letters.write(
        kind="groups/application_withdrawn",
        to=application.contact_email,
        values=_about(application) | {"受付番号": application.number or "なし"},
    )


def _about(application: Application) -> dict[str, str]:
    round_ = application.round
    return {
        "お名前": application.contact_name,
        "企業名": application.name,
        "募集": f"{japan.fiscal_year_label(round_.fiscal_year)} {round_.office.name}の募集",
    }


def _address(name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(name, args=[token])}"
