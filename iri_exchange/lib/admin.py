"""What every admin page of ours does the same: asks a rule, folds what is searched, keeps history, deletes nothing."""

from abc import abstractmethod
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from simple_history.admin import SimpleHistoryAdmin

from iri_exchange.lib import japan


class HouseRules:
    """`rule` opens the page; state rows and logs are `read_only`; dated answers are `add_only`."""

    rule = "office.administer"
    read_only = False
    add_only = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.rule)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm(self.rule)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not self.read_only and request.user.has_perm(self.rule)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return not (self.read_only or self.add_only) and request.user.has_perm(self.rule)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VerbForm(forms.ModelForm):
    """A form whose new record is made by a verb; what the verb refuses stands at the top of the form."""

    made: models.Model

    @abstractmethod
    def act(self) -> models.Model:
        """Call the verb with `cleaned_data`; may raise ValidationError."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors:
            try:
                with transaction.atomic():
                    self.made = self.act()
            except ValidationError as error:
                self.add_error(None, ValidationError(error.messages))

    def save_m2m(self) -> None:
        """The verb has saved everything."""


class HouseAdmin(HouseRules, SimpleHistoryAdmin):
    """`verb_form` makes new records; search terms are folded as the search keys are, unless `folded` is off."""

    verb_form: type[VerbForm] | None = None
    folded = True
    list_per_page = 50

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = japan.fold(search_term) if self.folded else search_term
        found: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, term)
        return found

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        if obj is None and self.verb_form:
            kwargs["form"] = self.verb_form
        return super().get_form(request, obj, change, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> list[Any]:
        """A record is made first; what hangs on it comes after."""
        return super().get_inlines(request, obj) if obj else []

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        return form.made if isinstance(form, VerbForm) else super().save_form(request, form, change)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not isinstance(form, VerbForm):
            super().save_model(request, obj, form, change)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Logs keep no history of themselves; Django's own page says so."""
        if hasattr(self.model._meta, "simple_history_manager_attribute"):
            page: HttpResponse = super().history_view(request, object_id, extra_context)
            return page
        return admin.ModelAdmin.history_view(self, request, object_id, extra_context)

    def history_form_view(
        self, request: HttpRequest, object_id: str, version_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """An old version is looked at, not put back: a correction is a new change, made by its verb."""
        if request.method != "GET":
            raise PermissionDenied
        page: HttpResponse = super().history_form_view(request, object_id, version_id, extra_context)
        return page

    def history_view_title(self, request: HttpRequest, obj: Any) -> str:
        return f"変更の履歴：{obj}"

    def history_form_view_title(self, request: HttpRequest, obj: Any) -> str:
        return f"そのときの内容：{obj}"

    def revert_disabled(self, request: HttpRequest, obj: Any = None) -> bool:
        return True


class HouseInline(HouseRules, admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False
