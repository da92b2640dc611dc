"""An application is put right by the office, for whoever sent it."""

from typing import Any

from crispy_forms.layout import Layout
from django.core.exceptions import ValidationError

from groups.forms.application_sheet import SheetForm
from groups.forms.applying import written_in
from groups.forms.parts import refuse
from groups.models import Application, RecruitmentRound
from groups.recruitment import reviewing
from groups.recruitment.applying import CONSENTS


class OfficeCorrectForm(SheetForm):
    """Neither the round nor what the applicant agreed to is the office's to change."""

    lock = "round"

    def __init__(self, *args: Any, instance: Application, **kwargs: Any) -> None:
        own = RecruitmentRound.objects.filter(pk=instance.round_id)
        super().__init__(*args, instance=instance, initial=written_in(instance), rounds=own, **kwargs)
        for name in ("round", *(f"consent_{kind}" for kind in CONSENTS)):
            del self.fields[name]
        self.fields["contact_email"].required = False
        self.fields["contact_email"].help_text = (
            "変えると、前のアドレスへ送ったリンクは使えなくなり、新しいアドレスへリンクをお送りします。"
            "空けると、お知らせは郵便になります。"
        )
        self.fields["no_antisocial_ties"].required = False
        self.helper.layout = Layout(*[self._drawn(section) for section in self.sections()])

    def act(self) -> Application | None:
        """What was put right; None if it was refused, which then stands in the form."""
        try:
            return reviewing.correct(sheet=self.sheet)
        except ValidationError as error:
            refuse(self, error)
            return None
