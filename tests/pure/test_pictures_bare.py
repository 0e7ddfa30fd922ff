"""Pictures are kept without what a camera wrote into them, and draw as they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pictures_brought import SECRET, exif, jpg, png

from chithi.core.errors import Refused
from chithi.files.checks import brought
from chithi.files.kinds import FileKind
from chithi.files.pictures import bare


@pytest.mark.parametrize("picture", [jpg(), jpg(6), jpg(6, "little"), png()])
def test_place_and_device_are_gone(picture: bytes) -> None:
    assert SECRET in picture
    assert SECRET not in bare(picture)


def test_an_upright_picture_loses_nothing_but_the_notes() -> None:
    assert bare(jpg()) == jpg(noted=False)
    assert bare(png()) == png(noted=False)


def test_a_smaller_picture_of_before_it_was_cut_goes_too() -> None:
    kept, body = jpg(noted=False), b"JFXX\x00\x10" + SECRET
    small = b"\xff\xe0" + (len(body) + 2).to_bytes(2) + body
    assert bare(kept[:2] + small + kept[2:]) == kept


@pytest.mark.parametrize("order", ["big", "little"])
@pytest.mark.parametrize("turned", range(2, 9))
def test_which_way_up_it_is_stays(turned: int, order: str) -> None:
    kept = bare(jpg(turned, order))
    assert kept.startswith(b"\xff\xd8\xff\xe1")
    assert kept[kept.index(b"Exif") :].startswith(exif(turned)[: 16 - 2] + b"\x00\x01" + exif(turned)[16:28])
    assert bare(kept) == kept


@pytest.mark.parametrize("turned", [0, 9, 65535])
def test_a_way_up_that_is_none_is_not_told(turned: int) -> None:
    assert b"Exif" not in bare(jpg(turned))


def test_a_picture_that_ends_too_early_is_refused() -> None:
    for whole in (jpg(noted=False), png(noted=False)):
        for length in range(8, len(whole) - 1):
            with pytest.raises(Refused) as told:
                bare(whole[:length])
            assert told.value.code == "files.broken_picture"


@given(st.binary(max_size=200), st.sampled_from([b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]))
def test_whatever_follows_the_first_signs_is_taken_or_refused(rest: bytes, signs: bytes) -> None:
    told = None
    try:
        bare(signs + rest)
    except Refused as problem:
        told = problem
    assert told is None or (told.code, told.field) == ("files.broken_picture", "file")


def test_a_picture_as_a_phone_sends_it_is_kept_bare() -> None:
    found = brought(jpg(), "IMG_1.JPEG")
    assert (found.kind, found.name, found.data) == (FileKind.JPG, "IMG_1.jpg", jpg(noted=False))


@pytest.mark.parametrize("brand", [b"heic", b"mif1"])
def test_a_picture_that_few_programs_open_is_refused_by_its_name(brand: bytes) -> None:
    with pytest.raises(Refused) as told:
        brought(b"\x00\x00\x00\x18ftyp" + brand + b"\x00" * 60, "IMG_1.HEIC")
    assert (told.value.code, told.value.field) == ("files.heic", "file")
