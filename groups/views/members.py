"""The members of a group."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from groups.forms.filters import MembershipFilter
from groups.forms.rosters import RosterForm
from groups.member_list import figures, member_rows, with_pages
from groups.models import Group
from groups.standing import standing
from groups.unnamed import withheld_rows
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked


@access.allowed("groups.see_members", groups_visible_to, by="slug")
@asked.knows(MembershipFilter)
def group_members(request: HttpRequest, group: Group) -> HttpResponse:
    everyone = request.user.has_perm("groups.print_office_roster", group)
    without = standing(request.user).withheld
    known: Any = {"everyone": everyone, "without": without}
    chosen = MembershipFilter(request.GET, group=group, **known)
    rows = member_rows(chosen.qs, group, chosen.day, **known)
    if everyone and not request.user.has_perm("office.work"):
        rows = with_pages(rows, request.user)
    context = {
        "group": group,
        "filter": chosen,
        "roster_form": RosterForm(
            user=request.user, group=group, initial={"date": chosen.day}, auto_id="roster_%s"
        ),
        "day": chosen.day,
        "another_day": chosen.day != chosen.today and not everyone,
        "rows": rows,
        "withheld": withheld_rows(group, request.user) if without.memberships else [],
        "figures": figures(group, chosen.day, **known),
    }
    return render(request, "groups/group_members.html", context)
