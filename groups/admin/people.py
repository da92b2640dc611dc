"""Companies and people, with what the groups know of them: memberships, representations, offices."""

from typing import Any

from django.contrib import admin

from groups.models import Adviser, Membership, OfficerTerm, Representative
from iri_exchange.lib.admin import HouseInline
from members.admin import CompanyAdmin, PersonAdmin
from members.models import Company, Person


class MembershipInline(HouseInline):
    """Looked at here; a member joins, rests and leaves by the verbs of the memberships."""

    model = Membership
    read_only = True
    fields = readonly_fields = ("number", "group", "kind", "joined_on")
    related = ("group", "company", "person")
    verbose_name_plural = "会員として入っているグループ"

    @admin.display(description="会員番号")
    def number(self, membership: Membership) -> str:
        return membership.number


class RepresentationInline(HouseInline):
    model = Representative
    read_only = True
    fields = readonly_fields = ("membership", "rank", "since", "until")
    related = ("person", "membership__group", "membership__company", "membership__person")
    verbose_name_plural = "登録者として出ている会員"


class OfficeInline(HouseInline):
    model = OfficerTerm
    read_only = True
    fields = readonly_fields = ("group", "role", "since", "until")
    related = ("group", "person")
    verbose_name_plural = "役員"


class AdviserInline(HouseInline):
    model = Adviser
    read_only = True
    fields = readonly_fields = ("group", "since", "until")
    related = ("group", "person")
    verbose_name_plural = "助言者"


@admin.register(Company)
class CompanyInGroupsAdmin(CompanyAdmin):
    inlines: Any = (*CompanyAdmin.inlines, MembershipInline)


@admin.register(Person)
class PersonInGroupsAdmin(PersonAdmin):
    inlines: Any = (
        *PersonAdmin.inlines,
        RepresentationInline,
        OfficeInline,
        AdviserInline,
        MembershipInline,
    )
