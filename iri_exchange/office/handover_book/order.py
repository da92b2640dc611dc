"""What a handover book was asked for."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class Order:
    """Who receives the copy, and what for. What stands in it is as of the day on which it is made."""

    receiver: str = ""
    purpose: str = ""

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Order":
        return cls(receiver=stored["receiver"], purpose=stored["purpose"])
