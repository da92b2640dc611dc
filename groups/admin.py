"""The groups in the admin. What moves a state calls the verb that moves it."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from groups import admin_forms, lifecycle, memberships
from groups.admin_lists import AsOfToday, ConsentToday, StageToday, StatusToday
from groups.importing.reading.columns import LABELS
from groups.models import (
    Adviser,
    ColumnReading,
    Group,
    GroupStage,
    ImportBatch,
    LabelFormat,
    Membership,
    MembershipStatus,
    Office,
    OfficerTerm,
    Representative,
    RosterConsent,
    StaffAssignment,
)
from iri_exchange.lib.admin import HouseAdmin, HouseInline


class StageInline(HouseInline):
    model = GroupStage
    read_only = True
    verbose_name_plural = "段階（変えるときは「グループの段階」に加えます）"


class OfficerInline(HouseInline):
    """Terms begin here; each is put right, and ends, on its own page, so that the last two do not end unasked."""

    model = OfficerTerm
    autocomplete_fields = ("person",)
    add_only = show_change_link = True
    verbose_name_plural = "役員の任期（直すとき、終えるときは、その行から開きます）"


class AdviserInline(HouseInline):
    model = Adviser
    autocomplete_fields = ("person",)


@admin.register(Group)
class GroupAdmin(AsOfToday):
    """New groups are registered on the portal's own page; there a logo is drawn anew before it is kept."""

    list_display = ("name", "founded_year", "office", "stage_today", "number_prefix", "capacity")
    list_filter = ("office", StageToday, "authority")
    list_select_related = ("office",)
    search_fields = ("search_key",)
    exclude = ("logo",)
    readonly_fields = ("slug", "logo_kept")
    inlines = (StageInline, OfficerInline, AdviserInline)
    actions = ("begin_self_management", "rest", "resume")

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

    @admin.action(description="今日から自主運営にする（発足年度から）")
    def begin_self_management(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self.move(request, chosen, Group.Stage.SELF_MANAGED, of=Group.Stage.LAUNCHED)

    @admin.action(description="今日から休止にする")
    def rest(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self.move(request, chosen, Group.Stage.DORMANT, of=Group.Stage.SELF_MANAGED)

    @admin.action(description="今日から再開する（休止から）")
    def resume(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        self.move(request, chosen, Group.Stage.SELF_MANAGED, of=Group.Stage.DORMANT)

    def move(self, request: HttpRequest, chosen: QuerySet[Any], to: Group.Stage, *, of: Group.Stage) -> None:
        today = timezone.localdate()

        def verb(group: Any) -> None:
            if group.stage != of:
                raise ValidationError(f"いま「{of.label}」ではないので、変えませんでした。")
            lifecycle.move(group=group, to=to, since=today)

        self.each(request, chosen, verb, to.label)


class StatusInline(HouseInline):
    model = MembershipStatus
    read_only = True
    verbose_name_plural = "状態（変えるときは「会員の状態」に加えます）"


class RepresentativeInline(HouseInline):
    """Terms end by their last day; how many there may be at a time the by-laws say."""

    model = Representative
    formset = admin_forms.RepresentativeFormSet
    autocomplete_fields = ("person",)


class RosterConsentInline(HouseInline):
    model = RosterConsent
    fields = ("answer", "since", "text", "note")
    add_only = True
    verbose_name_plural = "名簿への掲載の同意（答えが変わったら、新しい行を加えます）"


@admin.register(Membership)
class MembershipAdmin(AsOfToday):
    verb_form = admin_forms.JoinForm
    list_display = ("number", "member", "group", "kind", "status_today", "joined_on")
    list_filter = ("group__office", StatusToday, ConsentToday, "kind", "group")
    list_select_related = ("group", "company", "person")
    search_fields = ("company__search_key", "person__search_key", "representatives__person__search_key")
    autocomplete_fields = ("group", "company", "person")
    inlines = (StatusInline, RepresentativeInline, RosterConsentInline)
    actions = ("rest", "resume")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A membership never changes hands: another member is another membership."""
        return ("number", "group", "company", "person", "joined_on") if obj else ()

    @admin.display(description="会員番号", ordering="sequence")
    def number(self, membership: Membership) -> str:
        return membership.number

    @admin.display(description="企業・個人")
    def member(self, membership: Membership) -> str:
        return str(membership.member)

    @admin.display(description="状態")
    def status_today(self, membership: Any) -> str:
        return Membership.Status(membership.status).label if membership.status else "―"

    @admin.action(description="今日から休会にする")
    def rest(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        today = timezone.localdate()
        self.each(request, chosen, lambda row: memberships.rest(membership=row, since=today), "休会")

    @admin.action(description="今日から在会に戻す（休会・退会から）")
    def resume(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        today = timezone.localdate()
        self.each(request, chosen, lambda row: memberships.resume(membership=row, since=today), "在会")


@admin.register(GroupStage)
class GroupStageAdmin(HouseAdmin):
    """Dated, by the table: a row is added, none is changed."""

    add_only = True
    verb_form = admin_forms.StageForm
    list_display = ("group", "state", "since", "note")
    list_filter = ("state", "since")
    list_select_related = ("group",)
    search_fields = ("group__search_key",)
    autocomplete_fields = ("group",)


@admin.register(MembershipStatus)
class MembershipStatusAdmin(HouseAdmin):
    """Dated, by the table: 休会・復帰・退会 are added, none is changed."""

    add_only = True
    verb_form = admin_forms.StatusForm
    list_display = ("membership", "state", "since", "reason")
    list_filter = ("state", "reason", "since")
    list_select_related = ("membership__group", "membership__company", "membership__person")
    search_fields = ("membership__company__search_key", "membership__person__search_key")
    autocomplete_fields = ("membership",)


@admin.register(Representative)
class RepresentativeAdmin(HouseAdmin):
    list_display = ("person", "membership", "rank", "since", "until")
    list_filter = ("rank", "since")
    list_select_related = ("person", "membership__group", "membership__company", "membership__person")
    search_fields = ("person__search_key", "membership__company__search_key")
    autocomplete_fields = ("membership", "person")


@admin.register(RosterConsent)
class RosterConsentAdmin(HouseAdmin):
    add_only = True
    list_display = ("membership", "answer", "since", "note")
    list_filter = ("answer", "since")
    list_select_related = ("membership__group", "membership__company", "membership__person")
    search_fields = ("membership__company__search_key", "membership__person__search_key")
    autocomplete_fields = ("membership",)


@admin.register(OfficerTerm)
class OfficerTermAdmin(HouseAdmin):
    form = admin_forms.OfficerTermForm
    list_display = ("group", "role", "person", "since", "until")
    list_filter = ("role", "group__office", "since")
    list_select_related = ("group", "person")
    search_fields = ("person__search_key", "group__search_key")
    autocomplete_fields = ("group", "person")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A term never goes over to another group, which would leave the first alone."""
        return ("group",) if obj else ()


@admin.register(Adviser)
class AdviserAdmin(HouseAdmin):
    list_display = ("group", "person", "since", "until")
    list_filter = ("group__office", "since")
    list_select_related = ("group", "person")
    search_fields = ("person__search_key", "group__search_key")
    autocomplete_fields = ("group", "person")


@admin.register(ImportBatch)
class ImportBatchAdmin(HouseAdmin):
    """What came in; the file itself and what was read in it stay out of the admin."""

    read_only = True
    exclude = ("content", "report")
    list_display = ("uploaded_at", "group", "filename", "state", "uploaded_by", "finished_at")
    list_filter = ("state", "uploaded_at")
    list_select_related = ("group", "uploaded_by__person")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer("content", "report")


@admin.register(ColumnReading)
class ColumnReadingAdmin(HouseAdmin):
    """Corrected on the page of an import, the next time such a table comes."""

    read_only = True
    fields = ("taken", "changed_at", "changed_by")
    readonly_fields = ("taken", "changed_at")
    list_display = ("changed_at", "taken", "changed_by")
    list_filter = ("changed_at",)
    list_select_related = ("changed_by__person",)

    @admin.display(description="取り込む列")
    def taken(self, reading: ColumnReading) -> str:
        return "、".join(LABELS.get(key, key) for key in reading.mapping.values() if key) or "―"


@admin.register(LabelFormat)
class LabelFormatAdmin(HouseAdmin):
    """The sheets an office buys; the usual ones are there from the beginning."""

    form = admin_forms.LabelFormatForm
    list_display = ("name", "columns", "rows", "width", "height", "left", "top")


@admin.register(Office)
class OfficeAdmin(HouseAdmin):
    rule = "office.install"
    list_display = ("name", "short_name", "slug", "phone", "order")


@admin.register(StaffAssignment)
class StaffAssignmentAdmin(HouseAdmin):
    rule = "office.install"
    verb_form = admin_forms.StaffForm
    list_display = ("person", "office", "since", "until")
    list_filter = ("office", "since")
    list_select_related = ("person", "office")
    search_fields = ("person__search_key",)
    autocomplete_fields = ("person",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only installs the portal does not look through its people: they write the first colleague down."""
        if obj:
            return ["person", "office", "since", "until"]
        chosen = ["person"] if request.user.has_perm("office.administer") else []
        return [*chosen, "family_name", "given_name", "email", "office", "since", "until"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("person",) if obj else ()
