"""Where a person works, and since when."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from groups.forms.employment import EmploymentForm
from groups.membership_record import attending_for
from groups.visibility import companies_visible_to, employments_kept_by, people_visible_to
from iri_exchange.lib import access
from members import directory
from members.models import Employment, Person


@access.allowed("members.change_employer", people_visible_to)
def person_employment(request: HttpRequest, person: Person) -> HttpResponse:
    """The companies somebody has belonged to, as far as the reader may know them, and the next one."""
    form = EmploymentForm(request.POST or None, person=person, user=request.user)
    if request.method == "POST" and form.is_valid() and (made := form.act()):
        where = made.company.name if made.company else "所属なし"
        messages.success(request, f"{person.name}さんの所属を、{where}にしました。")
        return redirect("person_employment", person.pk)
    rows = list(person.employments.order_by("-since").select_related("company"))
    theirs = companies_visible_to(request.user).filter(
        pk__in=[row.company_id for row in rows if row.company_id]
    )
    context = {
        "person": person,
        "form": form,
        "rows": rows,
        "shown": set(theirs.values_list("pk", flat=True)),
        "today": timezone.localdate(),
        "attending": attending_for(person, request.user),
    }
    return render(request, "groups/person_employment.html", context)


@require_POST
@access.allowed("members.change_employer", employments_kept_by)
def employment_take_back(request: HttpRequest, employment: Employment) -> HttpResponse:
    try:
        directory.take_back_employment(employment=employment)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, "所属の変更を取り消しました。")
    return redirect("person_employment", employment.person_id)
