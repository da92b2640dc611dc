"""Companies, people, accounts, consents, exports: what groups are made of."""

from members.models.company import Company, FormerName
from members.models.consent import Consent, ConsentText
from members.models.export import Export
from members.models.invitation import Invitation
from members.models.letter import Bounce, Letter, LetterWording, Suppression
from members.models.look import Look
from members.models.person import Employment, Person
from members.models.user import User

__all__ = [
    "Bounce",
    "Company",
    "Consent",
    "ConsentText",
    "Employment",
    "Export",
    "FormerName",
    "Invitation",
    "Letter",
    "LetterWording",
    "Look",
    "Person",
    "Suppression",
    "User",
]
