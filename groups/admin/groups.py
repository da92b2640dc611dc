"""The groups: what they are; their stages, officers and advisers hang on them."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html

from groups.admin import forms, moves
from groups.admin.lists import AsOfToday, StageToday
from groups.models import Adviser, Group, GroupStage, OfficerTerm
from iri_exchange.lib.admin import HouseAdmin, HouseInline


class StageInline(HouseInline):
    model = GroupStage
    read_only = True
    show_change_link = False
    verbose_name_plural = "段階（変えるときは、グループの一覧の操作を使います）"


class OfficerInline(HouseInline):
    """Each term is put right, and ends, on its own page, so that the last two do not end unasked."""

    model = OfficerTerm
    autocomplete_fields = ("person",)
    related = ("person", "group")
    verbose_name_plural = "役員の任期（直すとき、終えるときは、その行から開きます）"


class AdviserInline(HouseInline):
    model = Adviser
    formset = forms.AdviserFormSet
    autocomplete_fields = ("person",)
    related = ("person", "group")
    verbose_name_plural = "助言者（直すとき、終えるときは、その行から開きます）"


@admin.register(Group)
class GroupAdmin(AsOfToday):
    """New groups are registered on the portal's own page; there a logo is drawn anew before it is kept."""

    list_display = ("name", "founded_year", "office", "stage_today", "number_prefix", "capacity")
    list_filter = ("office", StageToday, "authority")
    list_select_related = ("office",)
    search_fields = ("search_key",)
    exclude = ("logo",)
    readonly_fields = ("slug", "logo_kept", "members_now")
    inlines = (StageInline, OfficerInline, AdviserInline)
    actions = ("begin_self_management", "rest", "resume", "dissolve")
    page = ("group", "slug")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    @admin.display(description="段階")
    def stage_today(self, group: Any) -> str:
        return Group.Stage(group.stage).label if group.stage else "―"

    @admin.display(description="ロゴ画像")
    def logo_kept(self, group: Group) -> str:
        page = "group_logo" if group.logo else "group_edit"
        said = "見る" if group.logo else "ありません。グループのページで加えます"
        return format_html('<a href="{}">{}</a>', reverse(page, args=[group.slug]), said)

    @admin.display(description="会員")
    def members_now(self, group: Group) -> str:
        url = reverse("admin:groups_membership_changelist")
        return format_html(
            '<a href="{}?group__id__exact={}">会員の記録 {}件を見る</a>',
            url,
            group.pk,
            group.memberships.count(),
        )

    @admin.action(description="自主運営にする（発足年度から）")
    def begin_self_management(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return moves.on_its_page(request, chosen, "handover")

    @admin.action(description="休止にする")
    def rest(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return moves.on_its_page(request, chosen, "group_rest")

    @admin.action(description="再開する（休止から）")
    def resume(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return moves.on_its_page(request, chosen, "group_revive")

    @admin.action(description="解散にする")
    def dissolve(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return moves.on_its_page(request, chosen, "group_dissolve")


@admin.register(GroupStage)
class GroupStageAdmin(HouseAdmin):
    """Dated, by the table: a row is added, none is changed."""

    add_only = True
    verb_form = forms.StageForm
    list_display = ("group", "state", "since", "note")
    list_filter = ("state", "since")
    list_select_related = ("group",)
    search_fields = ("group__search_key",)
    autocomplete_fields = ("group",)
    page = ("group", "group.slug")
