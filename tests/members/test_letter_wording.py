"""What letters say: every kind has its words, allauth's too, and no name or wording does harm."""

import re
from pathlib import Path

import allauth
import pytest
from django.core.exceptions import ValidationError

from members import account_letters, letter_wording, letters
from members.delivery import message
from members.letter_kind import Kind
from members.letter_kinds import KINDS
from members.models import Letter, LetterWording
from tests.factories import make_login, make_person
from tests.strictness import parse_strictly

pytestmark = pytest.mark.django_db
HOSTILE = [
    "{{ 7 }}",
    "{% x %}",
    "<b>太字</b>",
    "《リンク》",
    "髙橋\r\nBcc: victim@example.com\r\n\r\n本文",
    "a\u2028b\x00c\u202e",
]


def reset_letter(to: str = "reader@example.com", name: str = "髙橋 花子") -> Letter:
    return letters.write(
        kind="account/password_reset_key",
        to=to,
        values={"お名前": name},
        link="https://portal.example.jp/reset/x/",
    )


@pytest.mark.parametrize("kind", KINDS.values(), ids=lambda kind: kind.key)
def test_every_kind_has_its_three_files_and_no_fault(kind):
    subject, text = letter_wording.standard(kind.key)
    assert letter_wording.faults(kind, subject, text) == []
    for name in ("", letter_wording.HOSTILE):
        written = letter_wording.compose(kind, letter_wording.example_values(kind, name))
        parse_strictly(written.html)
        assert written.subject.startswith("【異業種交流ポータル】")
        assert len(written.subject.splitlines()) == 1
    for name in kind.required:
        assert len(re.findall(f"^《{name}》$", text, re.MULTILINE)) == 1, "not on a line of its own"


def test_nothing_lies_in_the_folder_that_no_kind_uses():
    files = {
        path.relative_to(letter_wording.FOLDER).as_posix() for path in letter_wording.FOLDER.rglob("*/*.*")
    }
    assert files == {f"{key}{end}" for key in KINDS for end in (".subject.txt", ".txt", ".html")}


def allauth_prefixes() -> set[str]:
    """Every letter that allauth's accounts and second factors have a template for."""
    folder = Path(allauth.__file__).parent / "templates"
    found = [path for app in ("account", "mfa", "usersessions") for path in folder.glob(f"{app}/email/*")]
    return {
        path.relative_to(folder).as_posix().removesuffix("_subject.txt")
        for path in found
        if path.name.endswith("_subject.txt")
    }


def test_every_letter_of_allauth_is_ours():
    prefixes = allauth_prefixes()
    assert len(prefixes) > 15
    assert {prefix for prefix in prefixes if account_letters.kind_of(prefix) not in KINDS} == set()
    with pytest.raises(LookupError):
        account_letters.write(prefix="account/email/planted", to="a@example.com", context={})


def test_every_letter_of_allauth_can_be_written():
    user = make_login(make_person(family_name="浜田", given_name="一", email="hamada@example.com"))
    context = {
        "password_reset_url": "http://evil.example.com/accounts/password/reset/key/1-x/",
        "activate_url": "http://evil.example.com/accounts/confirm-email/x/",
        "from_email": "old@example.com",
        "to_email": "new@example.com",
        "deleted_email": "old@example.com",
    }
    for prefix in allauth_prefixes():
        extra = {"code": "12345678"} if "code" in prefix else {}
        letter = account_letters.write(prefix=prefix, to=user.email, context=context | extra)
        assert "浜田 一 様" in letter.text
        assert "evil" not in letter.text + letter.html
        assert letter.person == user.person
        assert "《" not in letter.subject + letter.text + letter.html
    code = account_letters.write(
        prefix="account/email/email_confirmation", to=user.email, context={"code": "A1B2C3"}
    )
    assert "A1B2C3" in code.text


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_does_no_harm(name):
    letter = reset_letter(name=name)
    shown = letter_wording.one_line(name)
    assert f"\n{shown} 様\n" in f"\n{letter.text}"
    assert letter.text.count("https://portal.example.jp/reset/x/") == 1
    page = parse_strictly(letter.html)
    assert next(each.text for each in page.iter("p")) == f"{shown} 様"
    assert list(page.iter("b")) == []
    raw = message(letter).message()
    assert raw["Bcc"] is None
    assert raw["To"] == "reader@example.com"
    assert not re.search(r"[\x00\u2028\u202e]", letter.text + letter.html)


def test_an_office_writes_a_subject_with_a_hostile_name_in_it():
    kind = KINDS["account/password_changed"]
    letter_wording.reword(kind=kind, subject="《お名前》 様へ", text="《お名前》様\r\n\r\n《日時》")
    values = {"お名前": HOSTILE[4], "日時": "きょう"}
    letter = letters.write(kind=kind.key, to="a@example.com", values=values)
    assert letter.subject == "【異業種交流ポータル】髙橋 Bcc: victim@example.com 本文 様へ"
    assert letter.text.startswith("髙橋 Bcc: victim@example.com 本文様\n\nきょう\n\n")
    letter_wording.back_to_standard(kind=kind)
    assert LetterWording.objects.count() == 0
    assert LetterWording.history.count() == 2
    assert letter_wording.wording(kind.key) == letter_wording.standard(kind.key)


@pytest.mark.parametrize(
    ("subject", "text", "sentence"),
    [
        ("件名", "《おなまえ》様 《リンク》", "《おなまえ》は、この手紙では使えません。"),
        ("件名", "リンクを忘れました", "《リンク》を本文に入れてください。"),
        ("《リンク》", "《リンク》", "《リンク》は件名には入れられません。"),
        ("件名", "《リンク》《", "《 と 》 は、差し込むことばを囲むときだけに使ってください。"),
    ],
)
def test_a_wording_that_would_not_work_is_refused_in_words(subject, text, sentence):
    kind = KINDS["account/password_reset_key"]
    with pytest.raises(ValidationError, match=sentence):
        letter_wording.reword(kind=kind, subject=subject, text=text)
    assert LetterWording.objects.count() == 0


def test_values_that_do_not_fit_the_kind_are_an_error_of_ours():
    with pytest.raises(LookupError):
        letters.write(kind="account/password_changed", to="a@example.com", values={"お名前": "髙橋"})
    assert Kind("x", "y").required == frozenset()
