"""What an applicant is told: until the results of the round are announced 審査中, whatever was decided."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from groups.models import Application, ApplicationStep, RecruitmentRound
from iri_exchange.lib import japan

State = Application.State
RESULTS = (State.ACCEPTED, State.WAITLISTED, State.OFFERED, State.DECLINED)
REVIEWED = "審査中"
LINES: dict[str, str] = {
    State.DRAFT: "送信していただきました",
    State.SUBMITTED: "受け付けました",
    State.UNDER_REVIEW: "審査を始めました",
    State.INFO_REQUESTED: "事務局からお尋ねしました",
    State.ACCEPTED: "採択になりました",
    State.WAITLISTED: "補欠になりました",
    State.OFFERED: "繰り上げのご案内をお送りしました",
    State.DECLINED: "不採択になりました",
    State.WITHDRAWN: "取り下げました",
}
ANSWERED = "お返事をいただきました"
BACK_IN_LINE = "補欠の順番に戻りました"


@dataclass(frozen=True)
class Line:
    """One station of the time line."""

    at: datetime.datetime
    text: str
    note: str


def state_for_applicant(application: Application) -> tuple[str, str]:
    """(state in a word, what it means and what to do now), as the applicant may know it today."""
    state = application.state
    if state == State.DRAFT:
        return (
            "確認待ち",
            "お送りしたメールのリンクを開いて、応募を確かめてください。まだ受け付けていません。",
        )
    if state == State.WITHDRAWN:
        return "取下げ", "この応募は取り下げられました。もう、することはありません。"
    if state == State.INFO_REQUESTED:
        return REVIEWED, "事務局からお尋ねがあります。このページの「お尋ね」に、お返事をお願いします。"
    if state not in RESULTS or not is_told(application.round):
        return REVIEWED, f"応募を受け付けました。結果は{_when(application.round)}、メールでお知らせします。"
    return str(State(state).label), _result(application)


def time_line(application: Application) -> list[Line]:
    """What happened, in its order; results only once they are announced."""
    told, lines, before = is_told(application.round), [], ""
    for step in application.steps.all():
        if told or step.state not in RESULTS:
            lines.append(Line(step.at, _text(step, before), step.note))
        before = step.state
    return lines


def is_told(round_: RecruitmentRound) -> bool:
    """Whether the results of the round are announced."""
    return round_.announced_at is not None


def _text(step: ApplicationStep, before: str) -> str:
    if step.state == State.UNDER_REVIEW and before == State.INFO_REQUESTED:
        return ANSWERED
    if step.state == State.WAITLISTED and before == State.OFFERED:
        return BACK_IN_LINE
    return LINES[step.state]


def _when(round_: RecruitmentRound) -> str:
    return f"{japan.wareki(round_.results_on)}ごろに" if round_.results_on else "審査のあと"


def _result(application: Application) -> str:
    launch = application.round.launch_on
    day = (
        f"発会式は{japan.wareki(launch)}の予定です。"
        if launch
        else "発会式の日は、あらためてお知らせします。"
    )
    sentences: dict[str, str] = {
        State.ACCEPTED: f"ご参加いただけることになりました。{day}",
        State.WAITLISTED: "今回は補欠です。席が空いたときに、順番にご案内します。",
        State.OFFERED: _offered(application),
        State.DECLINED: "今回は、ご希望にそうことができませんでした。ご応募いただき、ありがとうございました。",
    }
    return sentences[application.state]


def _offered(application: Application) -> str:
    if application.offers.filter(answered_at=None, due__gte=timezone.localdate()).exists():
        return "席が空きました。このページの「繰り上げのご案内」に、期限までにお返事をお願いします。"
    return (
        "ご案内の期限が過ぎました。補欠の順番に戻ります。お気持ちの変わらないときは、事務局へお電話ください。"
    )
