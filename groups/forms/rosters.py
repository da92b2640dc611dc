"""What a roster is asked for: whom it is for, as of when, with which columns, what for, and who gets the copy."""

import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone

from groups.models import Group
from groups.rosters.building import Variant
from groups.rosters.cells import Column
from groups.rosters.settings import last_settled, settle_columns, settled_columns
from groups.rosters.sheets import CP932, UTF_8
from iri_exchange.lib.fields import DayFormField, LineField
from iri_exchange.lib.versions import version_of

UP, DOWN = "up", "down"
WITHOUT_COLUMNS = "列を1つ以上選んでください。"
UNKNOWN_COLUMN = "この種類の名簿にない列があります。下の一覧から選んでください。"


class ColumnsField(forms.Field):
    """Keys of columns in their order: as ticks, each with the same name, or with commas between them."""

    widget = forms.SelectMultiple

    def to_python(self, value: Any) -> tuple[str, ...]:
        keys = (key.strip() for part in value or () for key in part.split(","))
        return tuple(dict.fromkeys(filter(None, keys)))


class RosterForm(forms.Form):
    """Everything may be left out: the members' roster as of today, with its usual columns, for nobody in particular.

    Bound to the address, so that a link names a copy. With `user` and `group` it offers what the user may print;
    what is asked for all the same is read, and refused by its rule. `columns_of` in the address says which variant's
    columns stood on the page: when another variant is chosen, they no longer count.
    """

    variant = forms.ChoiceField(
        label="種類",
        required=False,
        choices=Variant.choices,
        error_messages={"invalid_choice": "この種類の名簿はありません。一覧から選んでください。"},
    )
    date = DayFormField(
        label="いつ現在", required=False, help_text="空けておくと今日です。例：令和8年4月1日、2026-04-01"
    )
    purpose = LineField(
        label="目的", required=False, max_length=100, help_text="名簿の下に印刷します。例：年度はじめの配付"
    )
    receiver = LineField(
        label="お渡し先",
        required=False,
        max_length=60,
        help_text="空けておくと、手で書ける欄になります。例：濵田 隆",
    )
    columns = ColumnsField(label="列と順番", required=False)
    encoding = forms.ChoiceField(
        label="CSVの文字コード",
        required=False,
        choices=[(UTF_8, "UTF-8"), ("utf-8", "UTF-8"), (CP932, "シフトJIS")],
        error_messages={
            "invalid_choice": "この文字コードでは出せません。Excel、またはUTF-8のCSVをお使いください。"
        },
    )

    def __init__(self, *args: Any, user: Any = None, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group = group
        if group:
            self.fields["variant"].widget.choices = [
                (each.value, each.label) for each in Variant if user.has_perm(each.terms.rule, group)
            ]
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    def clean_variant(self) -> Variant:
        return Variant(self.cleaned_data["variant"] or Variant.MEMBER)

    def clean_date(self) -> datetime.date:
        return self.cleaned_data["date"] or timezone.localdate()

    def clean_encoding(self) -> str:
        return CP932 if self.cleaned_data["encoding"] == CP932 else UTF_8

    def clean(self) -> dict[str, Any]:
        """Empty `columns`: those that the group has settled."""
        asked = self.cleaned_data
        variant = asked.get("variant")
        if not variant:
            return asked
        if self._turned_over:
            asked["columns"] = ()
        elif self._came_from and not asked["columns"]:
            self.add_error("columns", ValidationError(WITHOUT_COLUMNS, code="required"))
        elif not set(asked["columns"]) <= variant.terms.offered.keys():
            self.add_error("columns", ValidationError(UNKNOWN_COLUMN, code="invalid_choice"))
        return asked

    @property
    def shown_variant(self) -> Variant:
        """The variant whose columns the page offers, also when something else could not be read."""
        return self.cleaned_data.get("variant", Variant.MEMBER)

    @cached_property
    def settled(self) -> tuple[str, ...]:
        """The columns that hold for the group unless others are asked for."""
        return (
            settled_columns(self.group, self.shown_variant) if self.group else self.shown_variant.terms.usual
        )

    @cached_property
    def settled_version(self) -> str:
        """What was settled when the choice of columns began: goes along from page to page."""
        known = "" if self._turned_over else str(self.data.get("settled", ""))
        return known or (version_of(last_settled(self.group, self.shown_variant)) if self.group else "")

    meanwhile: Any = None

    def settle(self) -> bool:
        """Let the verb settle the columns; `meanwhile` is the history row of who did so before, and then nothing is."""
        variant = self.cleaned_data["variant"]
        columns = self.cleaned_data["columns"] or variant.terms.usual
        try:
            settle_columns(group=self.group, variant=variant, columns=columns, version=self.settled_version)  # type: ignore[arg-type]
        except ValidationError:
            self.meanwhile = last_settled(self.group, variant)  # type: ignore[arg-type]
            self.settled_version = version_of(self.meanwhile)
            return False
        return True

    @property
    def chosen_columns(self) -> tuple[str, ...]:
        return self.cleaned_data["columns"] or self.settled

    def arrangement(self) -> list[tuple[Column, bool]]:
        """All columns of the variant, each with whether it is chosen: the chosen ones first, in their order."""
        offered = self.shown_variant.terms.offered
        asked = () if self._turned_over else self.ticked
        chosen = [key for key in asked if key in offered]
        if not chosen and not self.has_error("columns", "required"):
            chosen = list(self.settled)
        rest = [key for key in offered if key not in chosen]
        return [(offered[key], key in chosen) for key in [*chosen, *rest]]

    @property
    def _came_from(self) -> str:
        return str(self.data.get("columns_of", ""))

    @property
    def _turned_over(self) -> bool:
        """Whether the columns that were sent are another variant's."""
        return bool(self._came_from) and self._came_from != self.shown_variant

    @property
    def ticked(self) -> tuple[str, ...]:
        """The columns as they were sent, whatever they are."""
        sent = self.data.getlist("columns") if isinstance(self.data, QueryDict) else []
        return ColumnsField().to_python(sent)

    def query(self, **changed: Any) -> str:
        """The address's question, as it was asked, without what was only a button."""
        told = ("variant", "date", "purpose", "receiver", "settled")
        asked = {name: self.data.get(name, "") for name in told}
        asked |= {"columns": ",".join(self.ticked), "columns_of": self._came_from} | changed
        return urlencode({name: value for name, value in asked.items() if value}, safe=",")


def moved(keys: tuple[str, ...], key: str, way: str) -> tuple[str, ...]:
    """The keys with one of them a place further up or down; as they were if there is no such place."""
    if key not in keys:
        return keys
    place = keys.index(key)
    to = place - 1 if way == UP else place + 1
    if not 0 <= to < len(keys):
        return keys
    order = list(keys)
    order.insert(to, order.pop(place))
    return tuple(order)
