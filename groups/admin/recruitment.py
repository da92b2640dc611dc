"""Calls for members, and what came in. What moves a state, or is decided, is done on the portal's own pages."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from groups.models import (
    Application,
    ApplicationConsent,
    ApplicationNote,
    ApplicationQuestion,
    ApplicationStep,
    Offer,
    Participant,
    RecruitmentRound,
    Scenario,
)
from groups.recruitment import deciding, reviewing
from iri_exchange.lib.admin import HouseAdmin, HouseInline
from iri_exchange.lib.admin_moves import each


@admin.register(RecruitmentRound)
class RecruitmentRoundAdmin(HouseAdmin):
    """Planned and corrected on the portal's page, whose verbs keep inside of it what was received."""

    read_only = True
    list_display = ("__str__", "opens_on", "closes_on", "capacity", "group", "announced_at")
    list_filter = ("fiscal_year", "office")
    list_select_related = ("office", "group")
    page = ("round_edit", "pk")


@admin.register(Scenario)
class ScenarioAdmin(HouseAdmin):
    read_only = True
    list_display = ("name", "round", "made_by", "made_at")
    list_filter = ("round",)
    list_select_related = ("round__office", "made_by__person")


class ParticipantInline(HouseInline):
    model = Participant
    read_only = True
    verbose_name_plural = "参加者（直すときは、その行から開きます）"


class ConsentInline(HouseInline):
    model = ApplicationConsent
    read_only = True
    show_change_link = False
    related = ("text",)


class StepInline(HouseInline):
    model = ApplicationStep
    read_only = True
    show_change_link = False
    related = ("by__person",)


@admin.register(Application)
class ApplicationAdmin(HouseAdmin):
    """What was written may be put right; how it came, where it stands and what was decided is read.

    The address of the letters is put right on the portal's page, whose verb takes the links with it.
    """

    list_display = ("number", "name", "round", "state", "decision", "route", "confirmed_at")
    list_filter = ("round", "state", "decision", "route", "industry")
    list_select_related = ("round__office",)
    ordering = ("-fiscal_year", "serial")
    search_fields = ("search_key",)
    number_fields = ("corporate_number", "phone")
    inlines = (ParticipantInline, ConsentInline, StepInline)
    readonly_fields = (
        "number", "round", "state", "route", "entered_by", "sent_at", "confirmed_at", "hopes_in_words",
        "no_antisocial_ties", "contact_email", "decision", "decision_reason", "decided_by", "decided_at", "approved_by",
        "approved_at", "waiting_place", "known_company", "is_new_company", "membership",
    )  # fmt: skip
    exclude = ("hopes",)
    actions = ("take_up", "accept", "wait", "decline", "undecide")
    page = ("application_review", "pk")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Paper and FAX are entered on the portal's page."""
        return False

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """What nobody has confirmed is no application yet, and has no page."""
        return super().get_view_on_site_url(obj) if obj and obj.serial else None

    @admin.display(description="受付番号", ordering="serial")
    def number(self, application: Application) -> str:
        return application.number or "―"

    @admin.display(description="期待すること")
    def hopes_in_words(self, application: Application) -> str:
        return application.hopes_in_words or "―"

    @admin.action(description="審査を始める（受付から）")
    def take_up(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        each(request, chosen, lambda row: reviewing.take_up(application=row, by=request.user), "審査中")

    @admin.action(description="採択にする（お知らせの前の採否）")
    def accept(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        _decide(request, chosen, Application.Decision.ACCEPT)

    @admin.action(description="補欠にする（お知らせの前の採否）")
    def wait(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        _decide(request, chosen, Application.Decision.WAIT)

    @admin.action(description="不採択にする（お知らせの前の採否）")
    def decline(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        _decide(request, chosen, Application.Decision.DECLINE)

    @admin.action(description="採否を白紙に戻す（お知らせの前）")
    def undecide(self, request: HttpRequest, chosen: QuerySet[Any]) -> None:
        each(request, chosen, lambda row: deciding.undecide(application=row), "採否の決まっていない応募")


def _decide(request: HttpRequest, chosen: QuerySet[Any], decision: Application.Decision) -> None:
    """In the order of the numbers, so that the waiting list is in it too."""
    each(
        request,
        chosen.order_by("fiscal_year", "serial", "pk"),
        lambda row: deciding.decide(application=row, decision=decision, by=request.user),
        f"「{decision.label}」",
    )


@admin.register(Participant)
class ParticipantAdmin(HouseAdmin):
    """Who attends is added with the application."""

    list_display = ("__str__", "application", "order", "title", "email")
    list_select_related = ("application",)
    readonly_fields = ("application", "order")
    folded = False
    search_fields = ("family_name", "given_name", "family_kana", "given_kana")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadAdmin(HouseAdmin):
    """What hangs on an application, as it was written there."""

    read_only = True
    list_select_related: tuple[str, ...] = ("application",)


@admin.register(ApplicationConsent)
class ApplicationConsentAdmin(ReadAdmin):
    list_display = ("application", "kind", "given", "text")
    list_filter = ("kind", "given")
    list_select_related = ("application", "text")


@admin.register(ApplicationStep)
class ApplicationStepAdmin(ReadAdmin):
    list_display = ("application", "state", "at", "by", "note")
    list_filter = ("state", "at")
    list_select_related = ("application", "by__person")


@admin.register(ApplicationNote)
class ApplicationNoteAdmin(ReadAdmin):
    list_display = ("application", "at", "by", "text")
    list_select_related = ("application", "by__person")


@admin.register(ApplicationQuestion)
class ApplicationQuestionAdmin(ReadAdmin):
    list_display = ("application", "asked_at", "asked_by", "due", "answered_at")
    list_select_related = ("application", "asked_by__person")


@admin.register(Offer)
class OfferAdmin(ReadAdmin):
    list_display = ("application", "offered_at", "due", "taken", "answered_at")
    list_filter = ("taken",)
