"""What an 申込書 says and what it lacks: all of it in words before it is sent, and how far each section is."""

from typing import Any, NamedTuple

from groups.models import RecruitmentRound
from groups.recruitment.applying import ASKED
from iri_exchange.lib import japan

NOTHING = "―"
AGREED = "に同意する"
SECOND = "p2_"


class Part(NamedTuple):
    """How far a section is filled in: `left` of what must be there is missing; `asks`: something must be there."""

    anchor: str
    title: str
    left: int
    asks: bool


class ShownSheet:
    """For `SheetForm`: reads its fields, its sections and what was written."""

    fields: dict[str, Any]
    cleaned_data: dict[str, Any]
    instance: Any
    sections: Any
    has_error: Any
    __getitem__: Any

    @property
    def shown(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """[(section, [(label, text)])] of a valid form."""
        return [
            (section.title, [self._shown_row(name) for name in section.names if name in self.fields])
            for section in self.sections()
            if section.anchor != "second" or self.names_a_second
        ]

    def _shown_row(self, name: str) -> tuple[str, str]:
        """What is agreed to is a sentence: the answer stands before it."""
        label, text = str(self.fields[name].label), self._text(name)
        if name.startswith("consent_"):
            return text, label.removesuffix(AGREED)
        return (text, label) if name == "no_antisocial_ties" else (label, text)

    def _text(self, name: str) -> str:
        # As it is stored: the columns read digits and kana of any width.
        value = getattr(self.instance, name) if name in ASKED else self.cleaned_data.get(name)
        field = self.fields[name]
        if name.startswith("consent_"):
            return "同意する" if value else "同意しない"
        if isinstance(value, bool):
            return ("はい" if value else "いいえ") if name != "in_tokyo" else ("ある" if value else "ない")
        if isinstance(value, RecruitmentRound):
            return str(value.office.name)
        labels = {str(key): str(label) for key, label in getattr(field, "choices", ())}
        if isinstance(value, list):
            return "・".join(labels[each] for each in value) or NOTHING
        return NOTHING if value in (None, "") else labels.get(str(value), str(value))

    @property
    def hints(self) -> list[str]:
        """Of a valid form: what is worth a second look; nothing is refused by it."""
        name, full = self.instance.name, japan.in_full(self.instance.name)
        said = (
            [f"企業名は、略さない「{full}」ではありませんか。登記の名前でお書きください。"]
            if full != name
            else []
        )
        return [*said, f"中小企業のめやす：{self.instance.sme}（めやすです。事務局の職員が確かめます）"]

    @property
    def progress(self) -> list[Part]:
        """Section by section."""
        return [
            Part(section.anchor, section.title, sum(self._lacks(name) for name in names), self._asks(names))
            for section in self.sections()
            for names in [section.names]
        ]

    @property
    def names_a_second(self) -> bool:
        """Whether something stands in the part of the second person, right or wrong."""
        return any(
            self[name].value() or self.has_error(name) for name in self.fields if name.startswith(SECOND)
        )

    def _asks(self, names: list[str]) -> bool:
        return any(name in self.fields and self.fields[name].required for name in names)

    def _lacks(self, name: str) -> bool:
        field = self.fields.get(name)
        return field is not None and field.required and self[name].value() in (None, "", False, [])
