"""採否の発表: what is missing, every letter beforehand, the one step; afterwards the paper and what to decide still."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from groups.forms.announcing import AnnounceForm
from groups.models import Application, RecruitmentRound
from groups.recruitment import announcing, differences, matching, result_paper, results
from groups.recruitment.results import Decision, Result
from groups.visible_records import applications_visible_to, rounds_visible_to
from iri_exchange.lib import access

TOO_EARLY = "郵便の手紙は、結果をお知らせしたあとに印刷できます。文面は、このページで確かめられます。"


@access.allowed("recruitment.run", rounds_visible_to)
def round_announce(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """GET shows what is missing and every letter, POST tells all results at once."""
    letters = results.results_of(round)
    form = AnnounceForm(request.POST or None, round=round, letters=letters)
    if request.method == "POST" and form.is_valid() and (done := form.act(request.user)):
        messages.success(request, _said(done))
        return redirect("round_announce", round.pk)
    form.look_again()
    context: dict[str, Any] = {"round": round, "form": form, "count": len(letters)}
    context["parts"] = _by_decision(letters)
    context["by_post"] = [each for each in letters if not each.by_mail]
    context["lacks"] = [] if round.announced_at else announcing.missing(round)
    context["unknown"] = [] if round.announced_at else matching.unknown_in(round)
    context["to_decide"] = len(differences.to_decide(round)) if round.announced_at else 0
    return render(request, "groups/round_announce.html", context)


@require_POST
@access.allowed("recruitment.run", rounds_visible_to)
def round_new_companies(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """Whoever the directory does not know by anything is a new company."""
    messages.success(
        request, f"{matching.match_unknown(round=round)}件を、名簿にない新しい企業として進めます。"
    )
    return redirect("round_announce", round.pk)


@require_safe
@access.allowed("recruitment.run", rounds_visible_to)
def round_letters(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """The letters that go by post, once they are announced. GET hands them out and logs it; HEAD looks only."""
    if not round.announced_at:
        messages.error(request, TOO_EARLY)
        return redirect("round_announce", round.pk)
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    name = f"{round} 結果のお知らせ.pdf"
    answer["Content-Disposition"] = content_disposition_header(False, name) or ""
    if request.method == "GET":
        answer.content = result_paper.print_letters(round=round, by=request.user)
    return answer


@require_safe
@access.allowed("recruitment.run", rounds_visible_to)
def round_differences(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    """Where the applications of those who were admitted say something else than the directory."""
    return render(
        request, "groups/round_differences.html", {"round": round, "rows": differences.to_decide(round)}
    )


@require_POST
@access.allowed("recruitment.run", applications_visible_to)
def application_take(request: HttpRequest, application: Application) -> HttpResponse:
    """What the applicant wrote takes the place of what the directory had."""
    try:
        taken = differences.take(application=application, key=request.POST.get("key", ""))
        messages.success(request, f"{taken.record}の{taken.part.label}を、応募の内容にしました。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("round_differences", application.round_id)


def _by_decision(letters: list[Result]) -> list[tuple[str, list[Result]]]:
    return [
        (str(decision.label), [each for each in letters if each.application.decision == decision])
        for decision in Decision
    ]


def _said(done: announcing.Announced) -> str:
    sent = f"採択{done.accepted}件、補欠{done.waitlisted}件、不採択{done.declined}件をお知らせしました。"
    sent += f"メール{done.by_mail}通を送信待ちに入れました。" if done.by_mail else ""
    return sent + (f"郵便でお知らせする{done.by_post}通を印刷してください。" if done.by_post else "")
