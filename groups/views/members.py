"""The members of a group: their list and their printed roster."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from groups import roster_print, rosters
from groups.filters import MembershipFilter
from groups.member_list import figures, member_rows
from groups.models import Group
from groups.roster_form import RosterForm
from groups.visibility import groups_visible_to
from iri_exchange.lib import access


@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_members(request: HttpRequest, group: Group) -> HttpResponse:
    everyone = request.user.has_perm("groups.print_office_roster", group)
    chosen = MembershipFilter(request.GET, group=group, everyone=everyone)
    context = {
        "group": group,
        "filter": chosen,
        "roster_form": RosterForm(
            user=request.user, group=group, initial={"date": chosen.day}, auto_id="roster_%s"
        ),
        "day": chosen.day,
        "another_day": chosen.day != chosen.today and not everyone,
        "rows": member_rows(chosen.qs, group, chosen.day, everyone=everyone),
        "figures": figures(group, chosen.day, everyone=everyone),
    }
    return render(request, "groups/group_members.html", context)


@require_safe
@access.allowed("groups.see_members", groups_visible_to, by="slug")
def group_roster(request: HttpRequest, group: Group) -> HttpResponse:
    """The printed roster. GET hands out a numbered copy and logs it; HEAD looks only."""
    form = RosterForm(request.GET, user=request.user, group=group)
    if not form.is_valid():
        return render(request, "groups/group_roster.html", {"group": group, "form": form}, status=400)
    asked = form.cleaned_data
    access.require(request.user, asked["variant"].terms.rule, group)
    roster = rosters.roster(group, asked["variant"], asked["date"])
    answer = HttpResponse(content_type="application/pdf", headers={"Cache-Control": "private, no-store"})
    answer["Content-Disposition"] = (
        content_disposition_header(False, roster_print.file_name(roster, "pdf")) or ""
    )
    if request.method == "GET":
        answer.content = roster_print.print_copy(
            roster=roster, by=request.user, purpose=asked["purpose"], receiver=asked["receiver"]
        )
    return answer
