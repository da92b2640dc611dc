"""What becomes of a record's fields: what a file changes, and what it is too poor to change."""

import pytest

from groups.importing import import_roster
from members.models import Company, Person
from tests.factories import make_company, make_membership, make_person

SPLIT = "企業名,都道府県,市区町村,番地,建物,TEL"


@pytest.fixture
def company(group):
    """A member that the group knows well."""
    known = make_company(
        name="株式会社灯台",
        kana="トウダイ",
        phone="042-111-2222",
        fax="042-111-3333",
        url="https://todai.example.jp/",
        prefecture="東京都",
        city="昭島市",
        street="東町1-1",
        building="灯台ビル3階",
    )
    make_membership(group, company=known, representatives=[])
    return known


def brought(group, header, *lines, commit=True):
    content = "\n".join([header, *lines]).encode()
    report = import_roster(group=group, content=content, filename="roster.csv", commit=commit)
    assert report.problems == []
    return report


def told(report):
    """Each row's changes, and what is said about its cells."""
    changes = [(change.label, change.old, change.new) for row in report.rows for change in row.changes]
    return changes, [(item.row, item.column, item.message) for item in report.warnings]


# ── addresses ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "line", "in_file"),
    [
        (SPLIT, "株式会社灯台,東京都,,,,042-111-2222", "東京都"),
        (SPLIT, "株式会社灯台,東京都,昭島市,東町1-1,,042-111-2222", "東京都昭島市東町1-1"),
        ("企業名,住所,TEL", "株式会社灯台,昭島市東町1-1,042-111-2222", "昭島市東町1-1"),
    ],
)
def test_a_poorer_address_is_told_and_nothing_changes(group, company, header, line, in_file):
    report = brought(group, header, line)

    label = "住所" if "住所" in header else "都道府県"
    sentence = f"名簿の「東京都昭島市東町1-1　灯台ビル3階」を残します。ファイルは「{in_file}」です。"
    assert told(report) == ([], [(2, label, sentence)])
    company.refresh_from_db()
    assert company.address == "東京都昭島市東町1-1　灯台ビル3階"


def test_a_move_is_shown_part_by_part(group, company):
    report = brought(group, "企業名,住所,TEL", "株式会社灯台,東京都昭島市西町5,042-111-2222")

    assert told(report) == ([("番地", "東町1-1", "西町5"), ("建物", "灯台ビル3階", "")], [])


def test_two_rows_that_tell_two_addresses_are_told_by_the_files_own_heading(group):
    report = brought(
        group,
        "企業名,フリガナ,住所,TEL,氏名",
        "株式会社灯台,トウダイ,東京都昭島市東町,042-111-2222,灯 一",
        "株式会社灯台,トウダイ,東京都昭島市東町1-1,042-111-2222,灯 二",
        "株式会社灯台,トウダイ,東京都立川市西町5,042-111-2222,灯 三",
    )

    sentence = "前の行と違います。前の行の「東京都昭島市東町1-1」を残します。"
    assert (4, "住所", sentence) in told(report)[1]
    assert Company.objects.get().address == "東京都昭島市東町1-1"


# ── written differently ──────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("label", "cell"),
    [
        ("TEL", "0421112222"),
        ("TEL", "+81-42-111-2222"),
        ("TEL", "０４２（１１１）２２２２"),
        ("FAX", "0421113333"),
        ("URL", "https://todai.example.jp"),
        ("URL", "HTTPS://TODAI.example.jp/"),
    ],
)
def test_a_number_or_a_link_written_differently_is_the_same(group, company, label, cell):
    report = brought(group, f"企業名,{label}", f"株式会社灯台,{cell}")

    assert (report.counts["same"], told(report)) == (1, ([], []))
    company.refresh_from_db()
    assert (company.phone, company.fax, company.url) == (
        "042-111-2222",
        "042-111-3333",
        "https://todai.example.jp/",
    )


@pytest.mark.parametrize(
    ("label", "cell", "change"),
    [
        ("TEL", "042-111-2223", ("電話", "042-111-2222", "042-111-2223")),
        ("URL", "https://todai.example.jp/en", ("ホームページ", "https://todai.example.jp/", "https://todai.example.jp/en")),
        ("URL", "http://todai.example.jp/", ("ホームページ", "https://todai.example.jp/", "http://todai.example.jp/")),
    ],
)  # fmt: skip
def test_another_number_or_link_is_taken(group, company, label, cell, change):
    assert told(brought(group, f"企業名,{label}", f"株式会社灯台,{cell}")) == ([change], [])


def test_two_rows_with_one_number_agree_however_it_is_written(group):
    report = brought(
        group,
        "企業名,フリガナ,TEL,氏名",
        "株式会社灯台,トウダイ,042-111-2222,灯 一",
        "株式会社灯台,トウダイ,0421112222,灯 二",
    )

    assert told(report) == ([], [])


# ── names ────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("header", "line", "said"),
    [
        (
            "企業名,法人番号,TEL",
            "株式会社岬,7018561689034,042-111-2222",
            [(2, "フリガナ", "名前は変わりますが、フリガナは「トウダイ」のままです。取り込んだあとで、直してください。")],
        ),
        ("企業名,フリガナ,法人番号,TEL", "株式会社岬,ミサキ,7018561689034,042-111-2222", []),
    ],
)  # fmt: skip
def test_a_new_name_with_the_old_kana_is_told(group, company, header, line, said):
    Company.objects.update(corporate_number="7018561689034")

    changes, warnings = told(brought(group, header, line))

    assert changes[0] == ("企業名", "株式会社灯台", "株式会社岬")
    assert warnings == said


@pytest.mark.parametrize("lines", [("㈱岬", "株式会社岬"), ("株式会社岬", "㈱岬")])
def test_of_a_new_company_the_fuller_name_is_registered(group, lines):
    header = "企業名,フリガナ,TEL,氏名"
    rows = [f"{name},ミサキ,042-111-4444,岬 {number}" for name, number in zip(lines, "一二", strict=True)]

    brought(group, header, *rows)

    assert Company.objects.get().name == "株式会社岬"
    assert brought(group, header, *rows).counts["same"] == 1


def test_what_is_missing_of_a_company_is_said_once(group):
    report = brought(
        group,
        "企業名,TEL,氏名",
        "㈱岬,042-111-4444,岬 一",
        "㈱岬,042-111-4444,岬 二",
        "㈱浜,042-111-5555,浜 一",
    )

    assert [(row, column) for row, column, _ in told(report)[1]] == [
        (2, "フリガナ"),
        (2, "企業名"),
        (4, "フリガナ"),
        (4, "企業名"),
    ]


# ── whose it is ──────────────────────────────────────────────────────────────


def test_a_mobile_number_is_the_persons(group, company):
    report = brought(group, "企業名,氏名,携帯電話", "株式会社灯台,灯 一,090-1111-2222")

    assert told(report) == ([("登録者", "", "灯 一")], [])
    company.refresh_from_db()
    assert (company.phone, Person.objects.get(family_name="灯").phone) == ("042-111-2222", "090-1111-2222")
    again = brought(group, "企業名,氏名,携帯電話", "株式会社灯台,灯 一,09011112222")
    assert again.counts["same"] == 1
    other = brought(group, "企業名,氏名,携帯電話", "株式会社灯台,灯 一,090-1111-3333")
    assert told(other)[0] == [("本人の電話（携帯など）", "090-1111-2222", "090-1111-3333")]


def test_a_mobile_number_is_all_that_reaches_an_individual(group):
    brought(group, "企業名,氏名,携帯", "個人会員,灯 一,090-1111-2222")

    assert Person.objects.get().phone == "090-1111-2222"


def test_what_a_second_row_changes_in_a_known_company_and_its_people_is_shown(group, other_group):
    known = make_company(name="株式会社灯台", kana="トウダイ", phone="042-111-2222", fax="042-111-3333")
    people = [
        make_person(company=known, family_name="灯", given_name="一", title="社長"),
        make_person(company=known, family_name="台", given_name="二", title="専務", email="two@example.jp"),
    ]
    make_membership(other_group, company=known, representatives=people)

    report = brought(
        group,
        "企業名,氏名,役職,メール,TEL,FAX",
        "株式会社灯台,灯 一,,,042-111-2222,",
        "株式会社灯台,台 二,顧問,,042-111-2222,042-999-9999",
    )

    [row] = report.new
    assert (row.people, told(report)[0]) == (
        ["灯 一", "台 二"],
        [("FAX", "042-111-3333", "042-999-9999"), ("役職", "専務", "顧問")],
    )


def test_of_somebody_whom_two_rows_bring_the_first_is_believed(group):
    lines = (
        "企業名,フリガナ,氏名,氏名フリガナ,役職,メール",
        "株式会社岬,ミサキ,岬 一,ミサキ ハジメ,社長,m@example.jp",
        "個人会員,,岬 一,ミサキ イチ,部長,m@example.jp",
    )
    content = "\n".join(lines).encode()

    def bring(**also):
        return import_roster(group=group, content=content, filename="roster.csv", commit=True, **also)

    [asked] = bring().doubtful
    assert bring(answers={asked.number: asked.doubts[0].pk}).committed

    assert [(person.kana, person.title) for person in Person.objects.all()] == [("ミサキ ハジメ", "社長")]
    assert bring().counts["same"] == 2
