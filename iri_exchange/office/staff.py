"""Who works at which office, now and from April on; colleagues move, leave, and are welcomed."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groups import staffing
from groups.models import StaffAssignment
from groups.visible_records import staff_assignments_visible_to
from iri_exchange.lib import access, japan, versions
from iri_exchange.office.staff_form import AssignmentForm, ColleagueForm, TransferForm, next_april
from members import invitations


@require_safe
@access.allowed("office.assign_staff")
def office_staff(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = sorted(
        StaffAssignment.objects.exclude(until__lt=today).select_related("person", "office"),
        key=lambda row: (row.office.order, row.person.sort_key, row.since, row.pk),
    )
    states = invitations.login_states({row.person_id for row in rows})
    april = next_april(today)
    context = {
        "today": today,
        "april": april,
        "now": [(row, states[row.person_id]) for row in rows if row.since <= today],
        "coming": [(row, states[row.person_id]) for row in rows if row.since > today],
        "in_april": [row for row in rows if row.since <= april and (row.until is None or row.until >= april)],
        "before": StaffAssignment.objects.filter(until__lt=today).select_related("person", "office")[:50],
    }
    return render(request, "iri_exchange/office_staff.html", context)


@access.allowed("office.assign_staff")
def office_transfer(request: HttpRequest) -> HttpResponse:
    form = TransferForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and (moved := form.act()):
        day = japan.wareki(form.cleaned_data["on"])
        messages.success(request, f"{moved}人の異動を登録しました。{day}から新しい配置になります。")
        return redirect("office_staff")
    return render(request, "iri_exchange/office_transfer.html", {"form": form})


@access.allowed("office.assign_staff")
def office_colleague(request: HttpRequest) -> HttpResponse:
    form = ColleagueForm(request.POST or None, by=request.user)
    if request.method == "POST" and form.is_valid() and (made := form.act()):
        messages.success(
            request,
            f"{made.person.name}さんを{made.office}の職員として登録しました。招待のようすは、下の一覧で見られます。",
        )
        return redirect("office_staff")
    return render(request, "iri_exchange/office_colleague.html", {"form": form})


@access.allowed("office.assign_staff", staff_assignments_visible_to)
@versions.in_turn
def office_assignment(request: HttpRequest, assignment: StaffAssignment) -> HttpResponse:
    """GET shows one assignment, POST puts it right, or takes it back before it begins."""
    name, begun = assignment.person.name, assignment.since <= timezone.localdate()
    taking_back = request.method == "POST" and "withdraw" in request.POST
    form = AssignmentForm(None if taking_back else request.POST or None, instance=assignment)
    if taking_back and _withdrawn(request, assignment, name):
        return redirect("office_staff")
    if form.is_bound and form.is_valid() and form.act():
        messages.success(request, f"{name}さんの配置を保存しました。")
        return redirect("office_staff")
    context = {"form": form, "assignment": assignment, "name": name, "begun": begun}
    return render(request, "iri_exchange/office_assignment.html", context)


def _withdrawn(request: HttpRequest, assignment: StaffAssignment, name: str) -> bool:
    try:
        staffing.withdraw(assignment=assignment)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    messages.success(request, f"{name}さんの配置を取り消しました。")
    return True
