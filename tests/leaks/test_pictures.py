"""Pictures and their files tell nobody what lies outside the reach, whatever is asked of them."""

from __future__ import annotations

import pytest

from tests.leaks.planted import Planted, traces_of
from tests.leaks.test_canaries import BESIDE, hidden_from, leaks, text_of

pytestmark = pytest.mark.django_db

LEVELS = ("duoi", "co-so", "chi-bo")
FILES = ("dien-bien", "dong-gop", "canh-nhau", "ai-da-bao-cao")
CODES = ("org.members_on_duty", "study.classes", "study.members")


def addresses(unit: int) -> list[str]:
    """Every way to ask for a picture of a unit, or its numbers."""
    found = []
    for code in CODES:
        about = f"ky=2025&chi-tieu={code}"
        found += [
            f"/don-vi/{unit}/?{about}",
            f"/don-vi/{unit}/?{about}&truoc=yeu",
            f"/don-vi/{unit}/canh-nhau/?{about}",
        ]
        found += [f"/don-vi/{unit}/ai-da-bao-cao/?{about}&cap={level}&cot=nam" for level in LEVELS]
        found += [f"/don-vi/{unit}/ai-da-bao-cao/?{about}&cap=chi-bo&cot=nam&thieu=1"]
        found += [f"/don-vi/{unit}/so-lieu/{what}.csv?{about}&cap=chi-bo&cot=nam" for what in FILES]
    return found


@pytest.mark.parametrize("person", BESIDE)
def test_no_picture_of_ones_own_unit_tells_of_the_others(planted: Planted, person: str) -> None:
    client = planted.client(person)
    own = {"lan": "A11", "minh": "A1", "dung": "A"}[person]
    for address in addresses(planted.world.unit(own)):
        answer = client.get(address)
        assert answer.status_code == 200, address
        if answer.streaming:
            text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
        else:
            text = text_of(answer)  # type: ignore[arg-type]
        assert not traces_of(text, *hidden_from(person)), address


@pytest.mark.parametrize("person", BESIDE)
def test_no_picture_of_a_unit_outside_is_answered(planted: Planted, person: str) -> None:
    client = planted.client(person)
    for code in hidden_from(person):
        for address in addresses(planted.world.unit(code)):
            answer = client.get(address)
            assert answer.status_code == 404, address
            assert not leaks(answer, person), address  # type: ignore[arg-type]


def test_whoever_may_sees_the_canaries_in_every_kind_of_picture(planted: Planted) -> None:
    """The walk above can fail: the same addresses sing for somebody with the reach."""
    client, district = planted.client("chau"), planted.world.unit("B")
    for address in (
        f"/don-vi/{district}/ai-da-bao-cao/?ky=2025&cap=chi-bo&cot=nam",
        f"/don-vi/{district}/canh-nhau/?ky=2025&chi-tieu=study.classes",
        f"/don-vi/{district}/so-lieu/ai-da-bao-cao.csv?ky=2025&chi-tieu=study.classes",
    ):
        answer = client.get(address)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        assert traces_of(body.decode(), "B1", "B11"), address
