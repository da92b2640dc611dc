"""What belongs to each paper alone: its sheet, to whom it is addressed, for whom it is."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from groups.forms.papers.fields import Choice, NumberField, ShiftField
from groups.forms.papers.whose import ROSTER, OfOneGroup, PaperForm
from groups.models import LabelFormat, Office
from groups.papers import attendance_sheet, badges, company_sheets, envelopes, labels
from groups.papers.addressing import Addressee
from groups.papers.selection import Readers
from iri_exchange.lib.fields import LineField

ADDRESSEES = [
    (Addressee.FIRST.value, "登録者あて（1社に1枚。はじめの方）"),
    (Addressee.EACH.value, "登録者あて（全員に1枚ずつ）"),
    (Addressee.HEAD.value, "代表者あて"),
    (Addressee.COMPANY.value, "会社あて（御中）"),
]
WHOM = "お名前が分からない会社は「御中」にします。個人会員は、ご本人の所在地にお名前で送ります。"
OFFICE, GROUP, NOBODY = "office", "group", "none"
OF_OFFICE = (OFFICE, "拠点の事務局")
OF_GROUP = (GROUP, "グループの事務局")
OF_NOBODY = (NOBODY, "刷らない（封筒に刷ってある）")
CIRCLES = [
    (Readers.GROUP.value, "会員に配る（同意のとおり）"),
    (Readers.MEMBERS.value, "ほかのグループの会員に見せる（公開に同意した企業だけ）"),
    (Readers.PUBLIC.value, "どなたにも見せる（公開に同意した企業だけ）"),
]
IN_FULL = (Readers.OFFICE.value, "事務局で使う（すべて）")


class LabelOptions(PaperForm):
    """The printer's own shift is kept in the address, and for the person's next print."""

    paper, says, tests = "labels", "A4のラベル用紙に、宛名を刷ります。", True
    options: ClassVar[tuple[str, ...]] = ("addressee", "format", "start", "right", "down")

    addressee = Choice(label="宛名", choices=ADDRESSEES, help_text=WHOM)
    format = forms.ModelChoiceField(
        label="用紙",
        queryset=LabelFormat.objects.all(),
        required=False,
        empty_label=None,
        error_messages={"invalid_choice": "この用紙はありません。一覧から選んでください。"},
    )
    start = NumberField(
        label="はじめの面",
        least=1,
        most=200,
        usual=1,
        help_text="使いかけの用紙は、左上を1として、残っているはじめの面の番号を入れます。",
    )
    right = ShiftField(
        label="右へずらす（mm）",
        help_text="プリンターのずれを直します。左へずらすときは -1.5 のように入れます。",
    )
    down = ShiftField(label="下へずらす（mm）", help_text="上へずらすときは -1.5 のように入れます。")

    def __init__(self, *args: Any, kept: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, kept=kept, **kwargs)
        usual = LabelFormat.objects.filter(columns=2, rows=6).first() or LabelFormat.objects.first()
        kept_format = LabelFormat.objects.filter(pk=self.kept.get("format", 0)).first()
        self.fields["format"].initial = self.usual = kept_format or usual
        for name in ("right", "down"):
            self.fields[name].initial = self.kept.get(name, "0")

    def clean_format(self) -> LabelFormat:
        found = self.cleaned_data["format"] or self.usual
        if found is None:
            raise ValidationError("ラベル用紙がありません。管理サイトの「ラベル用紙」で登録してください。")
        return found

    def clean(self) -> None:
        """A shift that the address does not name is that of the person's printer."""
        super().clean()
        for name in {"right", "down"} - set(self.data):
            self.cleaned_data[name] = self.fields[name].clean(self.fields[name].initial)
        kind, start = self.cleaned_data.get("format"), self.cleaned_data.get("start")
        if kind and start and start > kind.columns * kind.rows:
            self.add_error(
                "start", f"この用紙は{kind.columns * kind.rows}面です。それまでの数を入れてください。"
            )

    def make(self) -> bytes:
        asked = self.cleaned_data
        sheet = labels.Sheet(asked["format"], asked["start"], asked["right"], asked["down"])
        if self.is_test:
            return labels.print_test(sheet=sheet)
        addressee = Addressee(asked["addressee"])
        return labels.print_labels(job=self.job(), sheet=sheet, members=self.members(), addressee=addressee)

    @property
    def is_test(self) -> bool:
        return bool(self.data.get("test"))

    def remembered(self) -> dict[str, str]:
        asked = self.cleaned_data
        return {"format": str(asked["format"].pk), "right": str(asked["right"]), "down": str(asked["down"])}


class EnvelopeOptions(PaperForm):
    paper, says = "envelopes", "封筒に1枚ずつ、宛名と差出人を刷ります。"
    options: ClassVar[tuple[str, ...]] = ("addressee", "envelope", "boxes", "sender")

    addressee = Choice(label="宛名", choices=ADDRESSEES, help_text=WHOM)
    envelope = Choice(label="封筒", choices=[(each.value, each.size.label) for each in envelopes.Envelope])
    boxes = Choice(
        label="郵便番号の枠",
        choices=[("", "封筒に枠がある（数字だけを刷る）"), ("print", "封筒に枠がない（枠も刷る）")],
    )
    sender = Choice(label="差出人", choices=[OF_OFFICE, OF_NOBODY])

    def make(self) -> bytes:
        asked = self.cleaned_data
        return envelopes.print_envelopes(
            job=self.job(),
            envelope=envelopes.Envelope(asked["envelope"]),
            members=self.members(),
            addressee=Addressee(asked["addressee"]),
            sender=self.sent_by(),
            boxes=asked["boxes"] == "print",
        )

    def sent_by(self) -> envelopes.Sender:
        asked, job = self.cleaned_data, self.job()
        if asked["sender"] == NOBODY:
            return envelopes.Sender()
        if asked["sender"] == GROUP:
            return envelopes.of_group(job.groups[0], asked.get("sender_address", ""))
        return envelopes.of_office(job.about if isinstance(job.about, Office) else job.about.office)


class BadgeOptions(PaperForm):
    paper, says = "badges", "A4の紙に、91×55mmの名札を刷ります。"
    options: ClassVar[tuple[str, ...]] = ("layout", "blanks", "named")

    layout = Choice(
        label="1枚の紙に",
        choices=[("10", "10枚（名刺用紙、または一度に切る）"), ("8", "8枚（あいだを空けて切る）")],
    )
    blanks = NumberField(
        label="手書き用の名札", least=0, most=200, usual=0, help_text="ゲストの分を、何枚か足します。"
    )
    named = Choice(label="会員の名札", choices=[("yes", "刷る"), ("no", "刷らない（手書き用だけ）")])

    def make(self) -> bytes:
        asked = self.cleaned_data
        present = self.members() if asked["named"] == "yes" else []
        others = self.guests(present) if asked["named"] == "yes" else []
        layout = badges.Layout(asked["layout"])
        return badges.print_badges(
            job=self.job(), layout=layout, members=present, guests=others, blanks=asked["blanks"]
        )


class CompanySheetOptions(OfOneGroup):
    paper, says = "company-sheets", "1社に1枚、A4の紹介シートを刷ります。空いた欄は、手で書けます。"
    rule = ROSTER
    options: ClassVar[tuple[str, ...]] = ("circle",)

    circle = Choice(label="だれに見せますか", choices=[*CIRCLES, IN_FULL])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.keeps_register:
            circle: Any = self.fields["circle"]
            circle.choices = CIRCLES

    def readers(self) -> Readers:
        return Readers(self.cleaned_data["circle"])

    def make(self) -> bytes:
        return company_sheets.print_company_sheets(job=self.job(), members=self.members())


class AttendanceSheetOptions(OfOneGroup):
    paper, says = "attendance-sheet", "ある日の集まりの、受付で使う名簿を刷ります。連絡先はのりません。"
    rule = ROSTER
    options: ClassVar[tuple[str, ...]] = ("heading", "place", "blanks")

    heading = LineField(label="件名", required=False, max_length=40, initial="定例会")
    place = LineField(label="会場", required=False, max_length=80)
    blanks = NumberField(label="ゲストの行", least=0, most=50, usual=5)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].initial = self.group.meeting_place
        self.fields["date"].label = "集まりの日"

    def make(self) -> bytes:
        asked, present = self.cleaned_data, self.members()
        return attendance_sheet.print_attendance_sheet(
            job=self.job(),
            meeting=attendance_sheet.Meeting(asked["heading"] or "定例会", asked["place"]),
            members=present,
            guests=self.guests(present),
            blanks=asked["blanks"],
        )
