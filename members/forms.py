"""Forms of the directory, grouped as people think. What is typed is converted by the models' fields."""

import re
from collections.abc import Callable
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from iri_exchange.lib import japan
from iri_exchange.lib.versions import Versioned
from members.models import Company, Person

ATTRIBUTES: dict[str, dict[str, str]] = {
    "postal_code": {"autocomplete": "postal-code", "inputmode": "numeric", "class": "w-s"},
    "prefecture": {"autocomplete": "address-level1"},
    "city": {"autocomplete": "address-level2"},
    "street": {"autocomplete": "address-line1"},
    "building": {"autocomplete": "address-line2"},
    "phone": {"autocomplete": "tel", "inputmode": "tel"},
    "fax": {"inputmode": "tel"},
    "email": {"autocomplete": "email", "inputmode": "email"},
    "url": {"autocomplete": "url", "inputmode": "url"},
    "corporate_number": {"inputmode": "numeric", "class": "w-m"},
    "founded": {"class": "w-s"},
    "industry": {"class": "w-m"},
    "industry_middle": {"inputmode": "numeric", "class": "w-s"},
    "sme_category": {"class": "w-m"},
    "family_name": {"autocomplete": "family-name"},
    "given_name": {"autocomplete": "given-name"},
    "title": {"autocomplete": "organization-title"},
    "contact_method": {"class": "w-m"},
    "age_band": {"class": "w-m"},
}
HINTS = {
    "postal_code": "ハイフンはあってもなくてもかまいません。",
    "url": "https:// から始まる住所。",
    "industry_middle": "2けたの番号。分からなければ空けておいてください。",
}
CODES = ("postal_code", "phone", "fax", "corporate_number")


class NumberField(forms.CharField):
    """A number as people write it, read by `reader` (japan.whole_number, japan.capital) or refused with its sentence."""

    def __init__(self, *, reader: Callable[[str], int], **kwargs: Any) -> None:
        self.reader = reader
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "class": "w-s"}

    def clean(self, value: Any) -> int | None:
        text = super().clean(value)
        try:
            return self.reader(text) if text else None
        except ValueError as error:
            raise ValidationError(str(error), code="invalid") from error


class DirectoryForm(Versioned):
    """Shared by companies and people: hints for the keyboard and the browser, codes of any length as typed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.form_tag, self.helper.disable_csrf = False, True
        for name, field in self.fields.items():
            field.widget.attrs.update(ATTRIBUTES.get(name, {}))
            field.help_text = field.help_text or HINTS.get(name, "")
        for name in CODES:
            if name in self.fields:
                let_the_reader_measure(self.fields[name])


class CompanyForm(DirectoryForm):
    """`full_name`, once valid: the legal form in full, if the name has it abbreviated (㈱, (株)); else empty."""

    capital = NumberField(label="資本金（万円）", required=False, reader=japan.capital)
    employees = NumberField(label="従業員数（人）", required=False, reader=japan.whole_number)
    keep_old_name = forms.BooleanField(
        label="以前の名前を旧社名として残す",
        required=False,
        help_text="社名が変わったときに印をつけます。書きまちがいを直すだけなら、つけません。",
    )

    class Meta:
        model = Company
        fields = (
            "name", "kana", "other_names", "corporate_number", "postal_code", "prefecture", "city",
            "street", "building", "in_tokyo", "phone", "fax", "email", "url", "founded", "capital",
            "employees", "industry", "industry_middle", "sme_category", "trade", "products", "strengths",
            "strengths_for", "seeking", "seeking_for", "pr", "pr_for", "representative_title",
            "representative_name", "representative_kana",
        )  # fmt: skip
        labels: ClassVar = {
            "strengths_for": "得意技術・設備を見せる相手",
            "seeking_for": "求める連携を見せる相手",
            "pr_for": "ひとことPRを見せる相手",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["in_tokyo"].widget.choices = [("unknown", "未確認"), ("true", "ある"), ("false", "ない")]
        self.fields["in_tokyo"].widget.attrs["class"] = "w-s"
        for name in ("strengths_for", "seeking_for", "pr_for"):
            self.fields[name].widget.attrs["class"] = "w-m"
        self.helper.layout = Layout(
            section("会社の名前", "name", "kana", "keep_old_name", "other_names", "corporate_number"),
            section(
                "所在地と連絡先",
                "postal_code", pair("prefecture", "city"), "street", "building", "in_tokyo",
                pair("phone", "fax"), "email", "url",
            ),
            section(
                "大きさと業種",
                "trade", "industry", "industry_middle", pair("capital", "employees"), "sme_category", "founded",
            ),
            section(
                "製品と技術", "products", "strengths", "strengths_for", "seeking", "seeking_for", "pr", "pr_for"
            ),
            section("代表者", "representative_title", "representative_name", "representative_kana"),
        )  # fmt: skip

    def clean_corporate_number(self) -> str | None:
        """Told beside the field, where the database's own check would stand at the top."""
        number = Company._meta.get_field("corporate_number").to_python(self.cleaned_data["corporate_number"])
        if number and Company.objects.filter(corporate_number=number).exclude(pk=self.instance.pk).exists():
            raise ValidationError("この法人番号の企業は、すでに名簿にあります。", code="taken")
        return number

    def clean_founded(self) -> str:
        return founded_month(self.cleaned_data["founded"])

    @property
    def full_name(self) -> str:
        full = japan.in_full(self.instance.name)
        return full if full != self.instance.name else ""


class PersonForm(DirectoryForm):
    """`company`: where the person belongs today; an address and a trade of one's own are asked of others only."""

    confirmed = forms.BooleanField(
        label="本人が、この内容でまちがいないことを確かめた",
        required=False,
        help_text="印をつけると、最終確認日が今日になります。",
    )

    class Meta:
        model = Person
        fields = (
            "family_name", "given_name", "family_kana", "given_kana", "other_names", "title", "department",
            "trade", "products", "email", "phone", "fax", "postal_code", "prefecture", "city", "street",
            "building", "url", "contact_method", "age_band",
        )  # fmt: skip

    OWN = ("trade", "products", "fax", "postal_code", "prefecture", "city", "street", "building", "url")

    def __init__(self, *args: Any, company: Company | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kept = [name for name in self.OWN if not company or getattr(self.instance, name)]
        for name in set(self.OWN) - set(kept):
            del self.fields[name]
        self.fields["title"].label = "会社での役職" if company else "役職"
        work = [name for name in ("trade", "products") if name in kept]
        self.helper.layout = Layout(
            section(
                "氏名",
                pair("family_name", "given_name"),
                pair("family_kana", "given_kana"),
                "other_names",
                "age_band",
            ),
            section("仕事", pair("title", "department"), *work),
            section("連絡", "email", "phone", *[name for name in kept if name not in work], "contact_method"),
            section("確認", "confirmed"),
        )


def section(title: str, *fields: Any) -> Fieldset:
    return Fieldset(title, *fields, css_class="form-section")


def pair(*fields: str) -> Div:
    return Div(*fields, css_class="pair")


def founded_month(text: str) -> str:
    """1968-04 or 1968 of 1968年4月, 昭和43年4月, S43.4, １９６８; raises ValidationError with what to type."""
    plain = japan.half_width(text)
    if not plain or re.fullmatch(r"(1[89]|20)\d\d", plain):
        return plain
    separator = re.search(r"[年./-]", plain)
    last = "1日" if plain.endswith("月") else f"{separator[0]}1" if separator else ""
    try:
        return f"{japan.parse_date(plain + last):%Y-%m}"
    except ValueError as error:
        raise ValidationError("西暦の年と月で入れてください。例：1968-04", code="invalid") from error


def let_the_reader_measure(field: Any) -> None:
    """〒190-0023 is longer than what is stored of it: the length counts after the reader (see ReadField)."""
    field.validators = [check for check in field.validators if not isinstance(check, MaxLengthValidator)]
    field.max_length = None
    field.widget.attrs.pop("maxlength", None)
