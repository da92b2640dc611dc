"""The office's calls for members: their list, planning, correcting and copying them."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from groups.forms.rounds import NewRoundForm, RoundForm
from groups.models import RecruitmentRound
from groups.recruitment import rounds
from groups.visible_records import rounds_visible_to
from iri_exchange.lib import access, asked, japan, versions


@require_safe
@access.allowed("recruitment.run")
@asked.knows()
def office_recruitment(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    found = list(rounds.with_counts(rounds_visible_to(request.user)))
    years = {(each.fiscal_year, each.office_id) for each in found}
    rows = [
        {
            "round": each,
            "phase": rounds.phase_of(each, today),
            "may_copy": (each.fiscal_year + 1, each.office_id) not in years,
        }
        for each in found
    ]
    return render(request, "groups/office_recruitment.html", {"rows": rows, "today": today})


@access.allowed("recruitment.run")
def round_new(request: HttpRequest) -> HttpResponse:
    form = NewRoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (planned := form.act(rounds.plan)):
        messages.success(
            request, f"{planned}を登録しました。受付は{japan.wareki(planned.opens_on)}からです。"
        )
        return redirect("office_recruitment")
    return render(request, "groups/round_new.html", {"form": form})


@access.allowed("recruitment.run", rounds_visible_to)
@versions.in_turn
def round_edit(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    form = RoundForm(request.POST or None, instance=round)
    change = partial(rounds.change, round=round)
    if request.method == "POST" and form.is_valid() and form.act(change):
        messages.success(request, f"{round}を保存しました。")
        return redirect("office_recruitment")
    context = {"form": form, "round": round, "received": rounds.received_in(round).count()}
    return render(request, "groups/round_edit.html", context)


@require_POST
@access.allowed("recruitment.run", rounds_visible_to)
def round_copy(request: HttpRequest, round: RecruitmentRound) -> HttpResponse:
    try:
        copied = rounds.copy(round=round)
    except ValidationError as error:
        messages.warning(request, " ".join(error.messages))
        return redirect("office_recruitment")
    messages.success(
        request,
        f"{copied}をつくりました。日付は1年後の同じ日（休みの日は、次の平日）に移してあります。確かめてください。",
    )
    return redirect("round_edit", copied.pk)
