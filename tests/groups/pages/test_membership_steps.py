"""休会, 復帰, 退会 and putting them right: each page says first what it changes, and refuses in words."""

import datetime

from groups import memberships
from tests.factories import make_membership, make_officer
from tests.groups.pages.test_membership import page, url_of

TODAY, LAST = datetime.date(2026, 11, 25), datetime.date(2026, 11, 30)


def posted(actor, membership, step: str, **given: str):
    return actor.client.post(url_of(membership, f"{step}/"), given)


def test_a_leaving_says_what_ends_and_then_does_it(group, member, secretary):
    membership = member.membership
    make_officer(group, member.person, role="chair")
    shown = page(secretary, url_of(membership, "leave/"))
    for text in (
        f"登録者の任期1件が、令和8年11月25日で終わります：{member.person.name}さん（登録者）",
        f"役員の任期1件が、令和8年11月25日で終わります：{member.person.name}さん（代表幹事）",
        f"会員番号{membership.number}は、そのまま残ります",
        "令和8年11月26日から退会になります",
    ):
        assert text in shown
    answer = posted(secretary, membership, "leave", last_day="2026-11-30", reason="busy", note="電話で")
    assert answer.url == url_of(membership)
    row = membership.statuses.last()
    assert (row.state, row.since, row.reason, row.note) == (
        "left",
        datetime.date(2026, 12, 1),
        "busy",
        "電話で",
    )
    assert membership.representatives.get().until == member.person.officer_terms.get().until == LAST
    assert "令和8年12月1日から「退会」になる予定です" in page(secretary, url_of(membership))


def test_what_is_missing_is_said_and_nothing_is_lost(secretary, member):
    refused = posted(
        secretary, member.membership, "leave", last_day="きのう", reason="", note="社長の引退"
    ).content.decode()
    assert "社長の引退" in refused
    assert "2か所、直してください" in refused
    assert "理由を選んでください。" in refused
    assert member.membership.statuses.count() == 1


def test_the_last_officer_confirms(secretary):
    membership, given = secretary.membership, {"last_day": "2026-11-30", "reason": "retired"}
    assert "役員がいなくなることを分かったうえで" in page(secretary, url_of(membership, "leave/"))
    assert "ほかに役員がいない" in posted(secretary, membership, "leave", **given).content.decode()
    assert posted(secretary, membership, "leave", **given, confirmed="on").status_code == 302
    assert secretary.person.officer_terms.get().until == LAST


def test_a_member_rests_and_returns(secretary, member):
    membership = member.membership
    assert "出席率の計算には入りません" in page(secretary, url_of(membership, "rest/"))
    assert posted(secretary, membership, "rest", since="2026-11-25", note="改修").status_code == 302
    assert "からです" not in page(secretary, url_of(membership, "resume/"))
    assert posted(secretary, membership, "resume", since="2026-12-01").url == url_of(membership)
    assert [row.state for row in membership.statuses.all()] == ["active", "on_leave", "active"]
    again = posted(secretary, membership, "resume", since="2026-12-02").content.decode()
    assert "「在会」から「在会」には変えられません" in again


def test_who_comes_back_after_leaving_is_asked_for_its_people(group, secretary, left_member):
    membership = left_member.membership
    assert f"会員番号は、前と同じ{membership.number}です" in page(secretary, url_of(membership, "resume/"))
    answer = posted(secretary, membership, "resume", since="2026-11-25")
    assert answer.url == url_of(membership, "representatives/")
    assert "いま、登録者がいません" in page(secretary, answer.url)


def test_the_newest_status_is_put_right(secretary, member):
    membership, url = member.membership, url_of(member.membership, "status/")
    assert secretary.client.get(url).url == url_of(membership, "edit/")
    memberships.leave(membership=membership, since=TODAY, reason="busy", note="電話で")
    shown = page(secretary, url)
    assert 'value="2026-11-24"' in shown
    assert "電話で" in shown
    answer = posted(secretary, membership, "status", since="2026-11-30", reason="retired", note="書面で")
    assert answer.url == url_of(membership)
    row = membership.statuses.last()
    assert (row.since, row.reason, row.note) == (datetime.date(2026, 12, 1), "retired", "書面で")
    assert membership.representatives.get().until == LAST
    refused = posted(secretary, membership, "status", since="2010-01-01", reason="retired", note="書面で")
    assert "それより後の日にしてください" in refused.content.decode()


def test_a_status_is_taken_back(group, secretary, member):
    membership = member.membership
    make_officer(group, member.person, role="chair")
    memberships.leave(membership=membership, since=TODAY, reason="busy")
    names = f"{member.person.name}さん（代表幹事）、{member.person.name}さん（登録者）"
    shown = page(secretary, url_of(membership, "status/"))
    assert f"このとき終わった任期を、元に戻します：{names}。" in shown
    stale = posted(secretary, membership, "status", **{"take-back": "0"}).content.decode()
    assert "このあとに、別の変更があります" in stale
    newest = membership.statuses.last().pk
    answer = posted(secretary, membership, "status", **{"take-back": str(newest)})
    assert answer.url == url_of(membership)
    assert membership.statuses.get().state == "active"
    assert membership.representatives.get().until is None
    assert f"{names}の任期を、元に戻しました" in page(secretary, url_of(membership))
    again = posted(secretary, membership, "status", **{"take-back": str(newest)})
    assert "このあとに、別の変更があります" in page(secretary, again.url)


def test_two_at_once_do_not_both_leave(group, staff):
    """The second one sees a page that is older than the first one's leaving."""
    membership = make_membership(group)
    page(staff, url_of(membership, "leave/"))
    memberships.leave(membership=membership, since=TODAY, reason="busy")
    refused = posted(staff, membership, "leave", last_day="2026-11-30", reason="busy").content.decode()
    assert "「退会」から「退会」には変えられません" in refused
