"""The members of groups, with what hangs on each: status, representatives, consent to the roster."""

import re
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from groups.admin import forms, moves
from groups.admin.lists import AsOfToday, ConsentToday, StatusToday
from groups.models import Membership, MembershipStatus, Representative, RosterConsent
from iri_exchange.lib import japan
from iri_exchange.lib.admin import HouseAdmin, HouseInline
from iri_exchange.lib.admin_moves import ask

NUMBER = re.compile(r"(.+?)-?0*(\d{1,6})")


class StatusInline(HouseInline):
    model = MembershipStatus
    read_only = True
    show_change_link = False
    verbose_name_plural = "状態（変えるときは、会員の一覧の操作を使います）"


class RepresentativeInline(HouseInline):
    """Terms end by their last day; how many there may be at a time the by-laws say."""

    model = Representative
    formset = forms.RepresentativeFormSet
    autocomplete_fields = ("person",)
    related = ("person", "membership__group", "membership__company", "membership__person")
    verbose_name_plural = "登録者（直すとき、終えるときは、その行から開きます）"


class RosterConsentInline(HouseInline):
    model = RosterConsent
    fields = ("answer", "since", "text", "note")
    related = ("text", "membership__group", "membership__company", "membership__person")
    show_change_link = False
    verbose_name_plural = "名簿への掲載の同意（答えが変わったら、新しい行を加えます）"


@admin.register(Membership)
class MembershipAdmin(AsOfToday):
    verb_form = forms.JoinForm
    list_display = ("number", "member", "group", "kind", "status_today", "joined_on")
    list_filter = ("group__office", StatusToday, ConsentToday, "kind", "group")
    list_select_related = ("group", "company", "person")
    search_fields = ("company__search_key", "person__search_key", "representatives__person__search_key")
    autocomplete_fields = ("group", "company", "person")
    inlines = (StatusInline, RepresentativeInline, RosterConsentInline)
    actions = ("rest", "resume", "leave")
    page = ("membership", "pk")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A membership never changes hands: another member is another membership."""
        return ("number", "group", "company", "person", "joined_on") if obj else ()

    def also_found(self, queryset: QuerySet[Any], search_term: str) -> QuerySet[Any] | None:
        """By the number as it is written: T24-001, T24-1, t24-1."""
        typed = NUMBER.fullmatch(japan.half_width(search_term).strip())
        if not typed:
            return None
        return Membership.objects.filter(group__number_prefix__iexact=typed[1], sequence=int(typed[2]))

    @admin.display(description="会員番号", ordering="sequence")
    def number(self, membership: Membership) -> str:
        return membership.number

    @admin.display(description="企業・個人")
    def member(self, membership: Membership) -> str:
        return str(membership.member)

    @admin.display(description="状態")
    def status_today(self, membership: Any) -> str:
        return Membership.Status(membership.status).label if membership.status else "―"

    @admin.action(description="休会にする")
    def rest(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return ask(self, request, chosen, moves.REST)

    @admin.action(description="在会に戻す（休会・退会から）")
    def resume(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return ask(self, request, chosen, moves.RESUME)

    @admin.action(description="退会にする")
    def leave(self, request: HttpRequest, chosen: QuerySet[Any]) -> HttpResponse | None:
        return ask(self, request, chosen, moves.LEAVE)


@admin.register(MembershipStatus)
class MembershipStatusAdmin(HouseAdmin):
    """Dated, by the table: 休会・復帰・退会 are added, none is changed."""

    add_only = True
    verb_form = forms.StatusForm
    list_display = ("membership", "state", "since", "reason")
    list_filter = ("state", "reason", "since")
    list_select_related = ("membership__group", "membership__company", "membership__person")
    search_fields = ("membership__company__search_key", "membership__person__search_key")
    autocomplete_fields = ("membership",)


@admin.register(Representative)
class RepresentativeAdmin(HouseAdmin):
    form = forms.RepresentativeForm
    list_display = ("person", "membership", "rank", "since", "until")
    list_filter = ("rank", "since")
    list_select_related = ("person", "membership__group", "membership__company", "membership__person")
    search_fields = ("person__search_key", "membership__company__search_key")
    autocomplete_fields = ("membership", "person")
    page = ("representatives", "membership_id")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Another person is another term."""
        return ("membership", "person", "rank") if obj else ()


@admin.register(RosterConsent)
class RosterConsentAdmin(HouseAdmin):
    add_only = True
    list_display = ("membership", "answer", "since", "note")
    list_filter = ("answer", "since")
    list_select_related = ("membership__group", "membership__company", "membership__person")
    search_fields = ("membership__company__search_key", "membership__person__search_key")
    autocomplete_fields = ("membership",)
