"""Companies, people, accounts, consents, exports: what groups are made of."""

from members.models.company import Company, CompanyFacts, FormerName
from members.models.company_changes import CompanyClosing, FormerAddress
from members.models.consent import Consent, ConsentText
from members.models.export import Export
from members.models.invitation import Invitation
from members.models.letter import Bounce, Letter, LetterWording, Suppression
from members.models.look import Look
from members.models.person import Employment, Person
from members.models.saved_search import SavedSearch
from members.models.suffix import CompanySuffix, PersonSuffix
from members.models.user import User

__all__ = [
    "Bounce",
    "Company",
    "CompanyClosing",
    "CompanyFacts",
    "CompanySuffix",
    "Consent",
    "ConsentText",
    "Employment",
    "Export",
    "FormerAddress",
    "FormerName",
    "Invitation",
    "Letter",
    "LetterWording",
    "Look",
    "Person",
    "PersonSuffix",
    "SavedSearch",
    "Suppression",
    "User",
]
