"""当番と発表の順, and the theme of the year: members read them, whoever runs the meetings writes them."""

from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from events.forms.planning_turns import ThemeForm, TurnsForm
from events.planning import turns
from events.planning.people import members_of
from groups.models import Group
from groups.standing import standing
from groups.unnamed import masked
from groups.visibility import groups_visible_to
from iri_exchange.lib import access, asked, japan


@require_safe
@access.allowed("events.see_meetings", groups_visible_to, by="slug")
@asked.knows("year")
def group_turns(request: HttpRequest, group: Group) -> HttpResponse:
    return render(request, "events/group_turns.html", _about(request, group))


@access.allowed("events.run_meetings", groups_visible_to, by="slug")
@asked.knows("year")
def turns_edit(request: HttpRequest, group: Group) -> HttpResponse:
    context = _about(request, group)
    members = masked(members_of(group, timezone.localdate()), request.user)
    form = TurnsForm(request.POST or None, group=group, table=context["table"], members=members)
    if request.method == "POST" and form.is_valid() and (changed := form.act()) is not None:
        said = (
            f"会合{changed}回の当番と発表を直しました。"
            if changed
            else "変わったところは、ありませんでした。"
        )
        messages.success(request, said)
        return redirect(f"{reverse('group_turns', args=[group.slug])}?year={context['table'].year}")
    return render(request, "events/turns_edit.html", context | {"form": form})


@access.allowed("events.run_meetings", groups_visible_to, by="slug")
def theme_edit(request: HttpRequest, group: Group) -> HttpResponse:
    form = ThemeForm(request.POST or None, group=group)
    if request.method == "POST" and form.is_valid():
        form.act()
        messages.success(request, "今年のテーマを保存しました。")
        return redirect("group_turns", group.slug)
    return render(request, "events/theme_edit.html", {"group": group, "form": form})


def _about(request: HttpRequest, group: Group) -> dict[str, Any]:
    """The year in the address, or this one; the years beside it are offered as links."""
    now = turns.year_of(group, timezone.localdate())
    years = {str(each): each for each in range(group.founded_year, now + 2)}
    year = years.get(asked.choice(request, "year", years), now)
    runs = request.user.has_perm("events.run_meetings", group)
    own = None if runs else Q(pk__in=standing(request.user).memberships)
    table = turns.table_of(group, year, known=own)
    for members in (*table.without.values(), *(each for line in table.lines for each in line[1:])):
        masked(members, request.user)
    beside = [each for each in (year - 1, year + 1) if group.founded_year <= each <= now + 1]
    return {
        "group": group,
        "table": table,
        "years": beside,
        "label": _named(group, year),
        "names": {each: _named(group, each) for each in beside},
    }


def _named(group: Group, year: int) -> str:
    """令和8年度; of a group whose year begins in another month, with the month."""
    label = japan.fiscal_year_label(year)
    return label if group.fiscal_year_start == 4 else f"{label}（{group.fiscal_year_start}月から）"
