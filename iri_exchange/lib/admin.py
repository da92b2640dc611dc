"""What every admin page of ours does the same: asks a rule, folds what is searched, compares versions, deletes nothing."""

import re
from abc import abstractmethod
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Replace
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from iri_exchange.lib import japan, search
from iri_exchange.lib.fields import FoldedKeyField, SortKeyField
from iri_exchange.lib.versions import Versioned, words

# Of a number people remember a part.
FEWEST_DIGITS = 3


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


class VerbForm(Versioned):
    """A form whose new record is made by a verb; what the verb refuses stands at the top of the form."""

    made: models.Model

    @abstractmethod
    def act(self) -> models.Model:
        """Call the verb with `cleaned_data`; may raise ValidationError."""

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and not self.errors and not self.conflict:
            try:
                with transaction.atomic():
                    self.made = self.act()
            except ValidationError as error:
                self.add_error(None, ValidationError(error.messages))

    def save_m2m(self) -> None:
        """The verb has saved everything."""


class HouseAdmin(HouseRules, SimpleHistoryAdmin):
    """`verb_form` makes new records; search terms are folded as the search keys are, unless `folded` is off.

    `number_fields` are also found by some of their digits, with or without hyphens. `page` is the record's place on the
    portal: the name of a URL and the attribute that stands in it.
    """

    form = Versioned
    verb_form: type[VerbForm] | None = None
    folded = True
    number_fields: Sequence[str] = ()
    page: tuple[str, str] | None = None
    list_per_page = 50

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.view_on_site = self._page_of if self.page else False

    def _page_of(self, obj: Any) -> str:
        name, attribute = self.page or ("", "")
        value = obj
        for part in attribute.split("."):
            value = getattr(value, part)
        return reverse(name, args=[value])

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        if not self.folded or not japan.fold(search_term):
            unfolded: tuple[QuerySet[Any], bool] = super().get_search_results(request, queryset, search_term)
            return unfolded
        rows = self.model._default_manager.filter(search.matching(search_term, self._having))
        either = Q(pk__in=rows.values("pk"))
        also = self.also_found(queryset, search_term)
        if also is not None:
            either |= Q(pk__in=also.values("pk"))
        return queryset.filter(either), False

    def _having(self, piece: str) -> Q:
        names = self.search_fields
        return Q(*[(f"{name}__contains", piece) for name in names], _connector=Q.OR)

    def also_found(self, queryset: QuerySet[Any], search_term: str) -> QuerySet[Any] | None:
        """What is found by a number; None where none was typed."""
        typed = japan.half_width(search_term).replace("-", "").strip()
        if not (self.number_fields and re.fullmatch(r"[0-9]+", typed)) or len(typed) < FEWEST_DIGITS:
            return None
        plain = {f"digits_of_{name}": Replace(F(name), Value("-"), Value("")) for name in self.number_fields}
        holds = Q(*[(f"{name}__contains", typed) for name in plain], _connector=Q.OR)
        numbered: QuerySet[Any] = queryset.model._default_manager.annotate(**plain).filter(holds)
        return numbered

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
        """Of a record that exists only what was asked is written, and the keys derived from it; nothing without a change."""
        if isinstance(form, VerbForm):
            return
        if not change:
            super().save_model(request, obj, form, change)
        elif form.has_changed():
            obj._history_user = request.user
            obj.save(
                update_fields=[each.name for each in obj._meta.concrete_fields if _is_written(each, form)]
            )

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Logs keep no history of themselves; Django's own page says so."""
        if hasattr(self.model._meta, "simple_history_manager_attribute"):
            page: HttpResponse = super().history_view(request, object_id, extra_context)
            return page
        return admin.ModelAdmin.history_view(self, request, object_id, extra_context)

    def set_history_delta_changes(
        self, request: HttpRequest, historical_records: Any, foreign_keys_are_objs: bool = True
    ) -> None:
        """Old → new for each field, in words: choices by their labels, days as people write them."""
        rows = list(historical_records)
        for row, before in pairwise(rows):
            row.history_delta_changes = [
                {"field": column.verbose_name, "old": words(column, old), "new": words(column, new)}
                for column in row.tracked_fields
                if (old := column.value_from_object(before)) != (new := column.value_from_object(row))
            ]

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


def _is_written(column: Any, form: Any) -> bool:
    return column.name in form.fields or isinstance(column, FoldedKeyField | SortKeyField)


class HouseInline(HouseRules, admin.TabularInline):
    """What hangs on a record is added here; it is put right on its own page, where its version is compared."""

    extra = 0
    can_delete = False
    add_only = True
    show_change_link = True
    related: Sequence[str] = ()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request)
        return rows.select_related(*self.related) if self.related else rows
