"""What a paper is asked for: who stands on it, as of when, what for, and how the paper itself is to be.

Bound to the address, so that a link names a print. `make` logs the copy, then makes it.
"""

from typing import Any, ClassVar

from groups.forms.papers.fields import Choice
from groups.forms.papers.options import (
    OF_GROUP,
    OF_NOBODY,
    OF_OFFICE,
    AttendanceSheetOptions,
    BadgeOptions,
    CompanySheetOptions,
    EnvelopeOptions,
    LabelOptions,
)
from groups.forms.papers.whose import OfOneGroup, OfSeveralGroups, PaperForm
from groups.models import Group
from iri_exchange.lib.fields import LineField

__all__ = ["OF_ONE", "OF_SEVERAL", "OfOneGroup", "OfSeveralGroups", "PaperForm", "offered"]


class LabelsForm(LabelOptions, OfOneGroup):
    pass


class EnvelopesForm(EnvelopeOptions, OfOneGroup):
    """The office or the group sends."""

    options: ClassVar[tuple[str, ...]] = (*EnvelopeOptions.options, "sender_address")

    sender = Choice(label="差出人", choices=[OF_OFFICE, OF_GROUP, OF_NOBODY])
    sender_address = LineField(
        label="差出人の所在地",
        required=False,
        max_length=120,
        help_text="グループの事務局から出すときに入れます。空けておくと、名前だけになります。",
    )


class BadgesForm(BadgeOptions, OfOneGroup):
    pass


class LabelsOfSeveralForm(LabelOptions, OfSeveralGroups):
    pass


class EnvelopesOfSeveralForm(EnvelopeOptions, OfSeveralGroups):
    """The office sends: several groups have no secretariat in common."""


class BadgesOfSeveralForm(BadgeOptions, OfSeveralGroups):
    pass


OF_ONE: dict[str, type[OfOneGroup]] = {
    form.paper: form
    for form in (LabelsForm, EnvelopesForm, BadgesForm, CompanySheetOptions, AttendanceSheetOptions)
}
OF_SEVERAL: dict[str, type[OfSeveralGroups]] = {
    form.paper: form for form in (LabelsOfSeveralForm, EnvelopesOfSeveralForm, BadgesOfSeveralForm)
}


def offered(user: Any, group: Group) -> dict[str, type[OfOneGroup]]:
    """The papers of a group that a user may print."""
    return {paper: form for paper, form in OF_ONE.items() if user.has_perm(form.rule, group)}
