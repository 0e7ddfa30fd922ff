"""What the frame of every page says: the keys of its places; and what a file says to the page that asked for it."""

from __future__ import annotations

import re

import pytest

from chithi.web import keys, places
from tests.doors.test_pages import signed_in
from tests.worlds import World

pytestmark = pytest.mark.django_db

FILE = "/quan-tri/nhap-xuat/mau/nguoi/vi.xlsx"


@pytest.mark.parametrize("who", ["lan", "dung", "an"])
def test_every_place_of_the_rail_has_the_letter_and_the_words_of_the_map_of_keys(world: World, who: str) -> None:
    frame = signed_in(world, who).get("/").context["frame"]
    known = {place.letter: str(place.text) for place in keys.PLACES}
    assert len(frame["nav"]) > 3
    assert {item["letter"]: item["text"] for item in frame["nav"]}.items() <= known.items()


def test_places_of_one_kind_stand_together_under_one_heading(world: World) -> None:
    nav = signed_in(world, "an").get("/").context["frame"]["nav"]
    heads = [item["under"] for item in nav]
    runs = [head for at, head in enumerate(heads) if head and (at == 0 or heads[at - 1] != head)]
    assert runs == [str(head) for head in (places.UNITS, places.LEADING, places.FIGURES)]
    rail = signed_in(world, "an").get("/").content.decode()
    rail = rail[rail.index('<nav id="rail"') : rail.index("</nav>", rail.index('<nav id="rail"'))]
    assert re.findall(r'<p class="rail-head" id="rail-\d+">(.*?)</p>', rail) == runs
    assert rail.count("<li>") == len(nav)


def test_the_dialog_says_the_keys_of_every_page_and_those_of_reading_only_there(world: World) -> None:
    page = signed_in(world, "lan").get("/").content.decode()
    dialog = page[page.index('<dialog id="keys"') : page.index("</dialog>")]
    assert [text for text in re.findall(r"<dd>(.*?)</dd>", dialog) if not text.startswith("Tới")] == [
        str(key.text) for key in keys.EVERYWHERE
    ]
    assert "Riêng trang này" not in dialog


def test_a_file_says_to_its_page_that_it_has_come_and_a_page_says_nothing(world: World) -> None:
    client = signed_in(world, "an")
    assert "chithi_file" not in client.get("/", headers={"accept": "text/html"}).cookies
    told = [client.get(FILE, headers={"accept": "text/html"}) for _ in range(2)]
    values = {answer.cookies["chithi_file"].value for answer in told}
    assert len(values) == 2
    cookie = told[0].cookies["chithi_file"]
    assert (cookie["samesite"], cookie["max-age"], cookie["httponly"]) == ("Lax", 60, "")
    machine = client.get(FILE, headers={"accept": "application/json"})
    assert "chithi_file" not in machine.cookies
