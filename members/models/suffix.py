"""What the searches are answered from; kept by the database itself (`iri_exchange.lib.search`)."""

from iri_exchange.lib.search import Suffix
from members.models.company import Company
from members.models.person import Person


class CompanySuffix(Suffix):
    of = Company

    class Meta:
        verbose_name = verbose_name_plural = "企業の索引"


class PersonSuffix(Suffix):
    of = Person

    class Meta:
        verbose_name = verbose_name_plural = "人の索引"
