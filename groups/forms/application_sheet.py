"""申込書: what is asked of a company that wants to join, in sections, built on the columns of the application."""

from typing import Any, NamedTuple

from crispy_forms.layout import HTML, Div, Fieldset, Layout
from django import forms
from django.core.exceptions import ValidationError

from groups.forms.application_shown import AGREED, ShownSheet
from groups.forms.parts import StoredField, plain_helper
from groups.models import Application, Participant, RecruitmentRound
from groups.recruitment.applying import ASKED, CONSENTS, PURPOSE, ROSTER, Sheet
from iri_exchange.lib import japan
from iri_exchange.lib.fields import KnownChoice
from iri_exchange.lib.versions import Versioned
from members import consents
from members.forms import ATTRIBUTES, CODES, HINTS, NumberField, founded_month, let_the_reader_measure

CHOOSE = "選んでください"
ATTENDING = (
    "family_name",
    "given_name",
    "family_kana",
    "given_kana",
    "title",
    "department",
    "email",
    "phone",
)
NAMED = ATTENDING[:4]
REQUIRED = (
    "name", "kana", "postal_code", "prefecture", "city", "street", "phone", "industry", "sme_category",
    "employees", "products", "motive", "round", "contact_email",
)  # fmt: skip
CHOICES = {
    "industry": list(japan.INDUSTRIES.items()),
    "sme_category": Application.SmeCategory.choices,
    "source": Application.Source.choices,
}
IN_TOKYO = [("unknown", CHOOSE), ("true", "ある"), ("false", "ない")]
COMPANY_ONLY = " 「企業だけ」にされるときは、印をつけずにお送りになり、会員になってからお選びください。"
ONE_ONLY = "お一人で参加されるときは、空けたままにします。"
SECOND = HTML(
    "<details{% if form.names_a_second %} open{% endif %}>"
    f'<summary>2人目の方を入れる</summary><p class="note mb-3">{ONE_ONLY}</p>'
)
# The page comes back to where the button was pressed.
FILL = (
    '<p class="mb-3"><button class="btn" name="step" value="fill"'
    ' formaction="{% url "apply" year %}#id_postal_code">郵便番号から住所を入れる</button></p>'
)
Row = str | tuple[str, ...]


class Section(NamedTuple):
    """A part of the page; a row of several names stands on one line."""

    anchor: str
    title: str
    rows: tuple[Row, ...]

    @property
    def names(self) -> list[str]:
        return [name for row in self.rows for name in ((row,) if isinstance(row, str) else row)]


def _attending(order: int) -> tuple[Row, ...]:
    p = f"p{order}_"
    pairs = [
        (f"{p}{first}", f"{p}{second}") for first, second in zip(ATTENDING[::2], ATTENDING[1::2], strict=True)
    ]
    return tuple(pairs)


SECTIONS = [
    Section(
        "company", "会社のこと",
        (
            "name", "kana", "corporate_number", "postal_code", ("prefecture", "city"), "street", "building",
            "in_tokyo", ("phone", "fax"), "email", "url", ("representative_title", "representative_name"),
            "representative_kana",
        ),
    ),
    Section(
        "trade", "事業のこと",
        (
            "industry", "trade", "sme_category", ("employees", "capital"), "founded", "products", "strengths",
            "seeking",
        ),
    ),
    Section("first", "参加する方（1人目）", _attending(1)),
    Section("second", "参加する方（2人目）", _attending(2)),
    Section("motive", "参加の動機", ("round", "motive", "hopes", "other_groups", "source")),
    Section("contact", "応募についてのご連絡先", ("contact_name", "contact_email", "contact_phone")),
    Section("consent", "お約束と同意", ("no_antisocial_ties", *(f"consent_{kind}" for kind in CONSENTS))),
]  # fmt: skip


class RoundField(KnownChoice, forms.ModelChoiceField):
    def label_from_instance(self, round_: Any) -> str:
        return str(round_.office.name)


class SheetForm(ShownSheet, Versioned):
    """`sheet` once valid: for the verbs. `shown` is all of it in words; `progress` what is still missing.

    `rounds` are those that may be chosen; of one there is nothing to choose.
    """

    fills_address = False  # where the page knows the button

    prefecture = forms.ChoiceField(
        label="都道府県", choices=[("", CHOOSE), *((name, name) for name in japan.PREFECTURES)]
    )
    capital = NumberField(label="資本金（万円）", required=False, reader=japan.capital)
    employees = NumberField(label="従業員数（人）", reader=japan.whole_number)
    round = RoundField(label="希望する拠点", queryset=RecruitmentRound.objects.none(), empty_label=CHOOSE)
    hopes = forms.MultipleChoiceField(
        label="期待すること",
        choices=Application.Hope.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="いくつでも選べます。",
        error_messages={"invalid_choice": "一覧から選んでください。"},
    )
    no_antisocial_ties = forms.BooleanField(
        label="会社も役員も、反社会的勢力ではなく、関係もありません",
        error_messages={"required": "お約束いただけるときは、印をつけてください。"},
    )

    class Meta:
        model = Application
        fields = ASKED

    def __init__(self, *args: Any, rounds: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rounds = rounds
        self.fields["round"].queryset = RecruitmentRound.objects.filter(
            pk__in=[each.pk for each in rounds]
        ).select_related("office")
        if len(rounds) == 1:
            self.initial.setdefault("round", rounds[0].pk)
        self._require()
        self._dress()
        self._ask_for_consents()
        self.order_fields([name for section in self.sections() for name in section.names])
        self.helper = plain_helper()
        self.lay_out()

    def lay_out(self) -> None:
        """Again after fields were taken out."""
        self.helper.layout = Layout(*[self._drawn(section) for section in self.sections()])

    def _require(self) -> None:
        for name in REQUIRED:
            if field := self.fields.get(name):
                field.required = True
                field.error_messages["required"] = (
                    "選んでください。"
                    if name in (*CHOICES, "prefecture", "round")
                    else f"{field.label}を入れてください。"
                )
        self.fields["contact_name"].required = False
        self.fields["contact_name"].help_text = "空けておくと、参加する方（1人目）になります。"

    def _dress(self) -> None:
        for name, field in self.fields.items():
            bare = (
                name.partition("_")[2] if name.startswith(("p1_", "p2_")) else name.removeprefix("contact_")
            )
            field.widget.attrs.update(ATTRIBUTES.get(bare, {}))
            field.help_text = field.help_text or HINTS.get(name, "")
            if bare in CODES:
                let_the_reader_measure(field)
        for name, choices in CHOICES.items():
            self.fields[name].choices = [("", CHOOSE), *choices]
        self.fields["in_tokyo"].widget.choices = IN_TOKYO
        for name in ("prefecture", "round", "in_tokyo", *CHOICES):
            self.fields[name].widget.attrs["class"] = "w-m"
        self.fields["motive"].widget.attrs["rows"] = 6
        self.fields[
            "other_groups"
        ].help_text = "いま、またはこれまでに入っていたグループの名前。なければ空けておきます。"
        self.fields["email"].label = "会社のメール"
        for name in ATTENDING:
            self.fields[f"p2_{name}"].label = f"2人目の{self.fields[f'p2_{name}'].label}"

    def _ask_for_consents(self) -> None:
        """Each question with the wording of today."""
        self.texts = consents.current_texts()
        for kind in CONSENTS:
            text = self.texts.get(kind)
            self.fields[f"consent_{kind}"].help_text = text.text if text else ""
        roster = self.fields[f"consent_{ROSTER}"]
        if "企業だけ" in roster.help_text:  # of the three answers, a tick tells two
            roster.help_text += COMPANY_ONLY

    def sections(self) -> list[Section]:
        """Of what this form asks."""
        return SECTIONS

    def _drawn(self, section: Section) -> Fieldset:
        rows = [row if isinstance(row, str) else Div(*row, css_class="pair") for row in self._asked(section)]
        if self.fills_address and "postal_code" in rows:
            rows.insert(rows.index("postal_code") + 1, HTML(FILL))
        if section.anchor == "second":
            rows = [SECOND, *rows, HTML("</details>")]
        return Fieldset(section.title, *rows, css_id=f"part-{section.anchor}", css_class="form-section")

    def _asked(self, section: Section) -> list[Row]:
        rows = [
            row if isinstance(row, str) else tuple(name for name in row if name in self.fields)
            for row in section.rows
        ]
        return [row for row in rows if row and (not isinstance(row, str) or row in self.fields)]

    def clean_founded(self) -> str:
        return founded_month(self.cleaned_data["founded"])

    def clean(self) -> None:
        """A second person is named in full, or not at all; the letters go to the first one unless another is named."""
        super().clean()
        given = self.cleaned_data
        if any(given.get(f"p2_{name}") for name in ATTENDING):
            for name in NAMED:
                if not given.get(f"p2_{name}") and f"p2_{name}" not in self.errors:
                    label = self.fields[f"p2_{name}"].label
                    self.add_error(
                        f"p2_{name}", ValidationError(f"{label}を入れてください。", code="required")
                    )
        if not given.get("contact_name"):
            given["contact_name"] = (
                f"{given.get('p1_family_name', '')} {given.get('p1_given_name', '')}".strip()
            )

    @property
    def sheet(self) -> Sheet:
        people = [self._person(order) for order in (1, 2) if self.cleaned_data.get(f"p{order}_family_name")]
        ticked = {kind: bool(self.cleaned_data.get(f"consent_{kind}")) for kind in CONSENTS}
        return Sheet(self.instance, people, ticked)

    def _person(self, order: int) -> Participant:
        return Participant(**{name: self.cleaned_data[f"p{order}_{name}"] for name in ATTENDING})


def _consent(kind: str, label: str) -> forms.BooleanField:
    wanted = {"required": "同意いただけないと、応募をお受けできません。"}
    return forms.BooleanField(label=f"{label}{AGREED}", required=kind == PURPOSE, error_messages=wanted)


_MORE: dict[str, forms.Field] = {
    f"p{order}_{name}": StoredField(Participant, name, required=order == 1 and name in NAMED)
    for order in (1, 2)
    for name in ATTENDING
} | {f"consent_{kind}": _consent(kind, label) for kind, label in CONSENTS.items()}
# The one for this form, the other for those made of it.
SheetForm.base_fields |= _MORE
SheetForm.declared_fields |= _MORE
