"""Companies, people, accounts, consents, exports: what groups are made of."""

from members.models.company import Company, FormerName
from members.models.consent import Consent, ConsentText
from members.models.export import Export
from members.models.person import Employment, Person
from members.models.user import User

__all__ = ["Company", "Consent", "ConsentText", "Employment", "Export", "FormerName", "Person", "User"]
