"""Where a company, or a person without one, is reached and what they do: shared columns."""

from django.db import models

from iri_exchange.lib.fields import (
    EmailField,
    LongTextField,
    NameField,
    PhoneField,
    PostalCodeField,
    UrlField,
)


class Contact(models.Model):
    """Address, telephone, trade. Every column may be empty: a gap in an old roster is 未確認, not an error."""

    postal_code = PostalCodeField("郵便番号", max_length=8, blank=True)
    prefecture = NameField("都道府県", max_length=4, blank=True)
    city = NameField("市区町村", max_length=40, blank=True)
    street = NameField("番地", max_length=120, blank=True)
    building = NameField("建物", max_length=120, blank=True)
    phone = PhoneField("電話", max_length=20, blank=True)
    fax = PhoneField("FAX", max_length=20, blank=True)
    email = EmailField("メール", max_length=254, blank=True)
    url = UrlField("ホームページ", max_length=200, blank=True)
    trade = NameField("業種", max_length=60, blank=True, help_text="名簿にのる言い方。例：電気機械器具製造業")
    products = LongTextField("主要製品・サービス", max_length=400, blank=True, help_text="400字まで")

    class Meta:
        abstract = True

    @property
    def address(self) -> str:
        """The address on one line as it is written on an envelope, without the postal code."""
        line = f"{self.prefecture}{self.city}{self.street}"
        return f"{line}　{self.building}" if self.building else line
