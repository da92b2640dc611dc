"""The library: what is kept, who sees it, what is refused."""

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from events import library, meetings
from events.library import files_visible_to, keep
from events.models import LibraryFile
from tests.events.pictures import paper, photo
from tests.factories import make_group, make_meeting

Kind = LibraryFile.Kind
DAY = datetime.date(2026, 12, 9)


def kept(group, by, upload=None, **about):
    given = {"kind": Kind.OTHER, "title": "資料"} | about
    return keep(group=group, upload=upload or paper(), by=by.user, **given)


def titles(actor):
    return sorted(file.title for file in files_visible_to(actor.user or AnonymousUser()))


def test_a_pdf_stays_as_it_is_and_a_picture_is_drawn_anew(secretary, group):
    upload = paper("ご案内 第1版.pdf")
    content = upload.read()
    file = kept(group, secretary, upload, title="")
    assert (file.title, file.filename, file.format) == ("ご案内 第1版", "ご案内 第1版.pdf", "pdf")
    assert (bytes(LibraryFile.objects.get().content), file.size) == (content, len(content))
    picture = kept(group, secretary, photo("IMG.HEIC.jpg"), kind=Kind.PHOTO, title="")
    assert (picture.filename, picture.format) == ("IMG.HEIC.jpg", "jpeg")
    assert b"SECRET-CAMERA" not in bytes(picture.content)
    assert file.history.get().history_change_reason == "資料の登録"
    assert not hasattr(file.history.get(), "content")


@pytest.mark.parametrize(
    ("upload", "kind", "code"),
    [
        (paper(content=b"%PDF-1.7 nothing"), Kind.OTHER, "invalid"),
        (paper("名簿.pdf", b"<html>"), Kind.OTHER, "invalid"),
        (SimpleUploadedFile("会議.docx", b"PK\x03\x04"), Kind.OTHER, "invalid"),
        (SimpleUploadedFile("絵.svg", b"<svg onload='x()'/>"), Kind.PHOTO, "invalid"),
        (SimpleUploadedFile("空.pdf", b""), Kind.OTHER, "empty"),
        (paper(), Kind.PHOTO, "no_picture"),
    ],
)
def test_everything_else_is_refused(secretary, group, upload, kind, code):
    with pytest.raises(ValidationError) as refused:
        kept(group, secretary, upload, kind=kind)
    assert (refused.value.code, LibraryFile.objects.count()) == (code, 0)


def test_a_file_belongs_to_a_meeting_of_its_own_group(secretary, group, other_group):
    met, theirs = make_meeting(group, DAY), make_meeting(other_group, DAY)
    item = theirs.agenda.create(position=1, title="話")
    for about in ({"meeting": theirs}, {"meeting": met, "agenda_item": item}, {"agenda_item": item}):
        with pytest.raises(ValidationError) as refused:
            kept(group, secretary, **about)
        assert refused.value.code == "elsewhere"
    assert kept(group, secretary, is_open=True).is_open is False  # what has no meeting has no notice


def test_a_library_that_is_full_says_so(secretary, group, monkeypatch):
    first = kept(group, secretary)
    monkeypatch.setattr(library, "MOST_BYTES", first.size)
    with pytest.raises(ValidationError) as refused:
        kept(group, secretary)
    assert refused.value.code == "full"


def test_renamed_and_removed(secretary, group):
    file = kept(group, secretary)
    with pytest.raises(ValidationError):
        library.rename(file=file, title="写真", kind=Kind.PHOTO)
    file = files_visible_to(secretary.user).get()
    library.rename(file=file, title="会の案内", kind=Kind.LEAFLET)
    assert LibraryFile.objects.values_list("title", "kind").get() == ("会の案内", "leaflet")
    library.remove(file=files_visible_to(secretary.user).get())
    told = [(row.title, row.history_type) for row in LibraryFile.history.order_by("history_id")]
    assert told == [("資料", "+"), ("会の案内", "~"), ("会の案内", "-")]


def test_insiders_see_all_and_nobody_else_anything(
    secretary, member, adviser, outsider, left_member, visitor, staff, group
):
    kept(group, secretary, title="会の資料")
    kept(group, secretary, title="会合の資料", meeting=make_meeting(group, DAY))
    for actor in (secretary, member, adviser):
        assert titles(actor) == ["会の資料", "会合の資料"]
    for actor in (outsider, left_member, visitor, staff):
        assert titles(actor) == []


def test_an_invited_group_sees_what_comes_with_the_notice(secretary, outsider, group, other_group):
    met = make_meeting(group, DAY)
    met.invited_groups.create(group=other_group, state="agreed")
    kept(group, secretary, title="当日の資料", meeting=met, is_open=True)
    kept(group, secretary, title="内輪の資料", meeting=met)
    assert titles(outsider) == []  # nobody was told yet
    type(met).objects.filter(pk=met.pk).update(state="announced")
    assert titles(outsider) == ["当日の資料"]


def test_staff_see_what_was_the_institutes_on_the_day(staff, launched_group):
    old = make_group(name="むかし会", slug="mukashi", number_prefix="MK", founded_year=2012)
    kept(launched_group, staff, title="発足年度の資料")
    kept(launched_group, staff, title="会合の資料", meeting=make_meeting(launched_group, DAY))
    kept(old, staff, title="自主運営の資料")
    assert titles(staff) == ["会合の資料", "発足年度の資料"]
    launched_group.stages.create(state="self_managed", since=datetime.date(2026, 11, 1))
    assert titles(staff) == []
    early = make_meeting(launched_group, datetime.date(2026, 8, 5))
    kept(launched_group, staff, title="8月の資料", meeting=early)
    assert titles(staff) == ["8月の資料"]


def test_a_meeting_that_is_off_keeps_its_files(secretary, member, group):
    met = make_meeting(group, DAY)
    kept(group, secretary, title="会合の資料", meeting=met)
    meetings.cancel(meeting=met)
    assert titles(member) == ["会合の資料"]
