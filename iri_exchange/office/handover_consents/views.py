"""The page on which the office asks who agrees to the handing on of the roster, and writes the answers down."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from groups import handing_on
from groups.models import Group
from groups.visibility import groups_visible_to
from iri_exchange.lib import access
from iri_exchange.office.handover_consents import asking
from iri_exchange.office.handover_consents.forms import AnswersForm

RULE = "groups.hand_over"


@access.allowed(RULE, groups_visible_to, by="slug")
def handover_consents(request: HttpRequest, group: Group) -> HttpResponse:
    today = timezone.localdate()
    rows = handing_on.answers(group, today)
    form = AnswersForm(request.POST or None, group=group, rows=rows, by=request.user)
    if request.method == "POST" and form.is_valid() and (written := form.act()) is not None:
        done = f"{written}人のお答えを書きとめました。" if written else "お答えは、前と同じでした。"
        messages.success(request, done)
        return redirect("handover_consents", group.slug)
    said = [answer.said for row in rows for answer in row.people]
    context = {
        "group": group,
        "form": form,
        "counts": [
            (label, said.count(key)) for key, label in (("yes", "同意"), ("no", "不同意"), ("", "まだ"))
        ],
        "out": [row for row in rows if row.is_left_out],
        "reach": asking.silent_of(group, today),
    }
    return render(request, "office/handover_consents.html", context)


@require_POST
@access.allowed(RULE, groups_visible_to, by="slug")
def handover_consents_ask(request: HttpRequest, group: Group) -> HttpResponse:
    try:
        reach = asking.ask(group=group, by=request.user)
        messages.success(request, f"{len(reach.by_letter)}人に、お返事をお願いするメールを一人ずつ送ります。")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("handover_consents", group.slug)
