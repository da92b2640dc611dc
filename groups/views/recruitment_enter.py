"""代理入力: what came on paper or by FAX is entered by the office; and the blank form that is printed for it."""

from django.contrib import messages
from django.core.cache import caches
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups.forms.applying import EnterForm
from groups.models import RecruitmentRound
from groups.recruitment import paper
from groups.visible_records import rounds_visible_to
from iri_exchange.lib import access

KEPT_FOR = 600  # seconds


@access.allowed("recruitment.run", rounds_visible_to)
def recruitment_enter(request: HttpRequest, round_: RecruitmentRound) -> HttpResponse:
    rounds = RecruitmentRound.objects.filter(pk=round_.pk).select_related("office")
    late = not round_.takes_on(timezone.localdate())
    form = EnterForm(request.POST or None, rounds=rounds, late=late)
    if request.method == "POST" and form.is_valid() and (application := form.enter(request.user)):
        messages.success(
            request, f"{application.name}の応募を受け付けました。受付番号は{application.number}です。"
        )
        return redirect("recruitment_enter", round_.pk)
    context = {"form": form, "round": round_, "late": late}
    return render(request, "groups/recruitment_enter.html", context)


@require_safe
@access.public
def application_form_pdf(request: HttpRequest, year: int) -> HttpResponse:
    """The blank form of a year, to be filled in by hand. Anybody may ask, and often: it is drawn once in a while."""
    rounds = list(RecruitmentRound.objects.filter(fiscal_year=year).select_related("office"))
    if not rounds:
        raise Http404
    today = timezone.localdate()
    still = [each for each in rounds if today <= each.closes_on and not each.announced_at]
    asked = still or rounds
    key = f"application-form-{year}-{'-'.join(str(each.pk) for each in asked)}"
    drawn = caches["copies"].get_or_set(key, lambda: paper.blank(year, asked), KEPT_FOR)
    headers = {"Content-Disposition": f'inline; filename="application-form-{year}.pdf"'}
    return HttpResponse(drawn, content_type="application/pdf", headers=headers)
