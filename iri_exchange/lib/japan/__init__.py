"""Japanese conventions in one place: dates, names, numbers as people type them, addresses, trades.

Readers (`phone`, `postal_code`, `parse_date` …) take what was typed and return what is stored, or
raise ValueError with one plain Japanese sentence. None of them changes a name.
"""

from iri_exchange.lib.japan.dates import (
    era_month,
    era_year,
    fiscal_year,
    fiscal_year_label,
    full_date,
    month_day,
    parse_date,
    parse_month,
    short_date,
    wareki,
)
from iri_exchange.lib.japan.industry import INDUSTRIES, SME_LIMITS, sme_hint
from iri_exchange.lib.japan.names import fold, in_full, is_kana, kana, legal_form, sort_key, split_name
from iri_exchange.lib.japan.places import PREFECTURES, split_address
from iri_exchange.lib.japan.readers import (
    capital,
    corporate_number,
    email,
    phone,
    postal_code,
    url,
    whole_number,
)
from iri_exchange.lib.japan.text import cp932_losses, half_width, has_unsafe_characters, tidy

__all__ = [
    "INDUSTRIES",
    "PREFECTURES",
    "SME_LIMITS",
    "capital",
    "corporate_number",
    "cp932_losses",
    "email",
    "era_month",
    "era_year",
    "fiscal_year",
    "fiscal_year_label",
    "fold",
    "full_date",
    "half_width",
    "has_unsafe_characters",
    "in_full",
    "is_kana",
    "kana",
    "legal_form",
    "month_day",
    "parse_date",
    "parse_month",
    "phone",
    "postal_code",
    "short_date",
    "sme_hint",
    "sort_key",
    "split_address",
    "split_name",
    "tidy",
    "url",
    "wareki",
    "whole_number",
]
