"""The office's pages about letters: what became of each, again, did not arrive, and in which words."""

import datetime

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from members import account_letters, bounces, letter_wording
from members.delivery import NO_ANSWER, Sender
from members.models import Letter, LetterWording, Suppression
from tests.strictness import parse_strictly

State = Letter.State
KIND = "account/password_reset_key"


def notice(person, to="reader@example.com") -> Letter:
    letter = account_letters.write(prefix="account/email/password_changed", to=to, context={})
    letter.person = person
    letter.save()
    return letter


def secret(to="reader@example.com") -> Letter:
    context = {"password_reset_url": "/accounts/password/reset/key/1-SECRETTOKEN/"}
    return account_letters.write(prefix="account/email/password_reset_key", to=to, context=context)


def page(actor, name, *args, **asked) -> str:
    answer = actor.client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    parse_strictly(answer.content)
    return answer.content.decode()


def test_the_list_tells_what_became_of_each_and_is_narrowed(staff, member):
    notice(member.person)
    notice(None, to="other@example.com")
    stopped = secret("stopped@example.com")
    Letter.objects.filter(pk=stopped.pk).update(state=State.STOPPED, reason="届きませんでした。")
    everything = page(staff, "office_letters")
    assert all(word in everything for word in ("reader@", "other@", "stopped@", "届きませんでした。"))
    for asked in ({"state": "stopped"}, {"kind": KIND}, {"q": "STOPPED@"}):
        text = page(staff, "office_letters", **asked)
        assert ("stopped@" in text, "other@" in text, "reader@" in text) == (True, False, False)
    by_name = page(staff, "office_letters", q=member.person.family_name)
    assert ("reader@" in by_name, "other@" in by_name) == (True, False)
    assert "あてはまる手紙は、ありません" in page(staff, "office_letters", q="だれでもない")


def test_the_list_asks_as_often_for_thirty_as_for_one(staff, member, django_assert_max_num_queries):
    notice(member.person)
    page(staff, "office_letters")
    for number in range(30):
        notice(member.person, to=f"r{number}@example.com")
    with django_assert_max_num_queries(12):
        page(staff, "office_letters")


def test_no_page_shows_what_is_secret_and_nothing_is_kept_of_it(staff):
    letter = secret()
    assert "SECRETTOKEN" in letter.text
    for _ in range(2):
        text = page(staff, "office_letter", letter.pk) + page(staff, "office_letters")
        assert "SECRETTOKEN" not in text
        assert "ご本人だけが使えるリンクかコード" in text
        Sender().run_until_empty()
    letter.refresh_from_db()
    assert (letter.state, letter.text, letter.html) == (State.SENT, "", "")
    assert "SECRETTOKEN" in mail.outbox[0].body


def test_a_letter_is_shown_and_sent_again(staff, member):
    letter = notice(member.person)
    assert "これから送るところです" in page(staff, "office_letter", letter.pk)
    Sender().run_until_empty()
    text = page(staff, "office_letter", letter.pk)
    assert "パスワードが変わりました。" in text
    assert reverse("person", args=[member.person.pk]) in text
    url = reverse("office_letter_again", args=[letter.pk])
    assert staff.client.get(url).status_code == 405
    for _ in range(2):
        staff.client.post(url)
    assert list(Letter.objects.values_list("state", flat=True)) == [State.QUEUED, State.SENT]


def test_what_did_not_arrive_is_recorded_and_lifted_again(staff):
    letter = notice(None)
    Sender().run_until_empty()
    url = reverse("office_letter_returned", args=[letter.pk])
    for _ in range(2):
        answer = staff.client.post(url, follow=True)
        assert "届かなかった" in answer.content.decode()
    stop = Suppression.objects.get()
    assert (stop.address, letter.bounces.get().reported_by) == ("reader@example.com", staff.user)
    assert "送るのを止めています" in page(staff, "office_letter", letter.pk)
    assert "reader@example.com" in page(staff, "office_addresses")
    for _ in range(2):
        staff.client.post(reverse("office_address_lift", args=[stop.pk]))
    stop.refresh_from_db()
    assert (stop.lifted_by, bounces.suppression_of("reader@example.com")) == (staff.user, None)
    assert "再開" in page(staff, "office_addresses")


def test_an_office_changes_the_words_looks_at_them_and_goes_back(staff):
    url = reverse("office_wording", args=[KIND])
    typed = {"subject": "ご案内", "text": "《お名前》 様\r\n\r\n《リンク》\r\n\r\n新しい言いまわし"}
    text = page(staff, "office_wording", KIND)
    assert "{{ 7 }}{% x %}&lt;b&gt;《リンク》 様" in text
    shown = staff.client.post(url, typed | {"do": "preview"})
    assert "新しい言いまわし" in shown.content.decode()
    assert LetterWording.objects.count() == 0
    assert staff.client.post(url, typed).status_code == 302
    assert letter_wording.wording(KIND) == ("ご案内", "《お名前》 様\n\n《リンク》\n\n新しい言いまわし")
    assert LetterWording.history.get().history_user == staff.user
    assert "直した文面" in page(staff, "office_wordings")
    assert "新しい言いまわし" in secret().text
    wrong = staff.client.post(url, {"subject": "件名", "text": "《なまえ》だけ"}).content.decode()
    assert "《なまえ》は、この手紙では使えません。" in wrong
    assert "《リンク》を本文に入れてください。" in wrong
    for _ in range(2):
        staff.client.post(url, {"do": "standard"})
    assert letter_wording.wording(KIND) == letter_wording.standard(KIND)
    assert staff.client.get("/office/letters/wordings/no/such/").status_code == 404


def test_words_that_a_colleague_saved_meanwhile_are_not_written_over(staff, secretary):
    """Also the first words of the office's own, and those that were put back to the standard."""
    url = reverse("office_wording", args=[KIND])
    theirs = {"subject": "さきの件名", "text": "《リンク》\n\nさきの文面"}
    mine = {"subject": "わたしの件名", "text": "《リンク》\r\n\r\nわたしの文面"}
    opened = staff.client.get(url).context["form"]
    first, standard = opened.record_version, opened.initial["text"]
    assert (first, standard) == ("0", letter_wording.standard(KIND)[1])
    staff.client.post(url, theirs)
    asked = staff.client.post(url, mine | {"record-version": first})
    fields = asked.context["form"].conflict.fields
    assert [(each.theirs, each.mine, each.keep) for each in fields] == [
        ("さきの件名", "わたしの件名", ""),
        (theirs["text"], mine["text"], ""),
    ]
    parse_strictly(asked.content)
    version = asked.context["form"].record_version
    chosen = {
        "record-asked": ["subject", "text"],
        "record-keep-subject": "theirs",
        "record-keep-text": "mine",
    }
    staff.client.post(url, {"do": "standard"})
    again = staff.client.post(url, mine | chosen | {"record-version": version}).context["form"]
    assert [(each.theirs, each.keep) for each in again.conflict.fields] == [
        (letter_wording.standard(KIND)[0], "theirs"),
        (standard, "mine"),
    ]
    assert staff.client.post(url, mine | {"record-version": again.record_version}).status_code == 302
    assert letter_wording.wording(KIND)[0] == "わたしの件名"


def test_the_desk_says_what_has_to_be_done_about_letters(staff, member):
    def whats() -> list[str]:
        dues = staff.client.get(reverse("office_desk")).context["dues"]
        return [due.what for due in dues if due.url.startswith(reverse("office_letters"))]

    one, two, three = (notice(None, to=f"{number}@example.com") for number in range(3))
    assert whats() == []
    ago = timezone.now() - datetime.timedelta(hours=2)
    Letter.objects.filter(pk=one.pk).update(due_at=ago)
    Letter.objects.filter(pk=two.pk).update(written_at=ago, reason=NO_ANSWER)
    Letter.objects.filter(pk=three.pk).update(state=State.STOPPED, reason="止まりました。")
    bounces.record(letter=None, address="nobody@example.com", is_hard=True)
    bounces.record(letter=None, address=member.user.email.upper(), is_hard=True)
    assert sorted(whats()) == sorted(
        [
            "手紙が2通、1時間より長く待っています",
            "届けられなかった手紙1通を確かめる",
            *(["届かないアドレス1件を直す"] if not bounces.is_our_own(member.user.email) else []),
        ]
    )


@pytest.mark.parametrize("name", ["office_letters", "office_addresses", "office_wordings"])
def test_members_see_none_of_it(member, secretary, visitor, name):
    assert [actor.client.get(reverse(name)).status_code for actor in (member, secretary)] == [403, 403]
    assert visitor.client.get(reverse(name)).status_code == 302
    letter = secret()
    assert member.client.get(reverse("office_letter", args=[letter.pk])).status_code == 404
