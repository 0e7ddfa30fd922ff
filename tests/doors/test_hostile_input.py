"""Hostile input at the doors: whatever is sent, the answer is a clear message, never a failure of the server."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse

from tests.leaks.planted import Planted, standing
from tests.leaks.routes import ROUTES, Row

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore::UserWarning"),
]

HUGE = "9" * 20
IDS = (HUGE, "0", "-1", "9223372036854775808", "%00", "%ff%fe", "..%2f..%2fetc%2fpasswd", "%C2%B2")
PERIODS = (
    "0000",
    "9999",
    "2025-13",
    "2025-Q9",
    "=2025-02-30",
    "2025@99",
    "....",
    "2025-01-01..2024-01-01",
    "%00%00%00%00",
)
TEXTS = (
    "\x00",
    "\ud800",
    "a" * 100_000,
    "‮đảo",
    "'; DROP TABLE--",
    "{{7*7}}",
    "<script>",
    "%s%n",
    "²",
    "٣",
    "-1",
    HUGE * 300,
)


FORM_TEXTS = ("\x00", "²", "a" * 100_000, "-1", HUGE, HUGE * 300)
PARAMETERS = (
    "trang",
    "page",
    "size",
    "ky",
    "q",
    "xep",
    "chi-tieu",
    "ma",
    "day",
    "unit_id",
    "next",
    "cach",
    "member_id",
)


@pytest.fixture(scope="module")
def planted_world(django_db_setup: None, django_db_blocker: Any) -> Iterator[Planted]:
    """The planted world, built once for these tests."""
    with standing(django_db_blocker, "A1") as planted:
        yield planted


@pytest.fixture
def planted(planted_world: Planted, db: None) -> Planted:
    """What a test changes is undone."""
    return planted_world


def is_clear(answer: HttpResponse) -> bool:
    """An answer that says what is wrong (or that nothing is): no failure, and never an empty refusal.

    A file in it is read to its end, as a browser does, which closes it.
    """
    if answer.streaming:
        return answer.status_code < 400 and bool(b"".join(answer))
    if answer.status_code >= 500:
        return False
    if answer.status_code < 400 or answer.status_code == 405:
        return True
    if answer["Content-Type"].startswith("application/problem+json"):
        return bool(json.loads(answer.content)["detail"])
    return len(re.sub(rb"<[^>]+>|\s", b"", answer.content)) > 20


def twisted(row: Row, planted: Planted) -> Iterator[str]:
    """The row's address with each of its ids and its period replaced by something absurd, one at a time."""
    address = row.address(planted.things["A1"])
    path, _, query = address.partition("?")
    parts = path.split("/")
    for at, part in enumerate(parts):
        if part.isdigit() and part != "2024":
            yield from ("/".join([*parts[:at], wrong, *parts[at + 1 :]]) for wrong in IDS)
        elif part == "2024":
            yield from ("/".join([*parts[:at], wrong, *parts[at + 1 :]]) for wrong in PERIODS)
        elif re.fullmatch(r"[0-9a-f-]{36}|[2-9A-Z]{4}-.*", part):
            yield from ("/".join([*parts[:at], wrong, *parts[at + 1 :]]) for wrong in (*IDS, "x" * 5000))
    for wrong in ("-1", HUGE, "%00%ff", "%C2%B2", "x" * 3000):
        yield path + "?" + "&".join(f"{name}=1&{name}={wrong}" for name in PARAMETERS)
        yield f"{path}?{query}&trang={wrong}&page={wrong}&q={wrong}"


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row.method == "GET"])
def test_absurd_addresses_are_refused_in_words(planted: Planted, name: str) -> None:
    client, wrong = planted.client("minh"), []
    for address in twisted(ROUTES[name], planted):
        answer = client.generic("GET", address)
        if not is_clear(answer):
            wrong.append(f"{address}: {answer.status_code}")
    assert not wrong, wrong[:8]


def fields(row: Row, planted: Planted) -> dict[str, Any]:
    """What the row's form holds, with the fields only the page's own script sends."""
    made = row.form(planted.things["A1"]) if row.form else {}
    return made | ({"replacing": ""} if "version" in made else {})


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row.method == "POST" and " /api" not in name])
def test_absurd_forms_are_refused_in_words(planted: Planted, name: str) -> None:
    from django.db import transaction

    row, wrong = ROUTES[name], []
    address = row.address(planted.things["A1"])
    given = fields(row, planted)
    for field in given:
        for text in FORM_TEXTS:
            with transaction.atomic():
                answer = planted.client("minh").post(address, {**given, field: text})
                transaction.set_rollback(True)
            if not is_clear(answer):
                wrong.append(f"{field}={text[:20]!r}: {answer.status_code}")
    for body, kind in (
        (b"\xff\xfe=\xff&version=\x00", "application/x-www-form-urlencoded"),
        (b"a=1", "application/x-www-form-urlencoded; charset=nowhere"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"nonsense", "multipart/form-data"),
        (b"{}", "application/json"),
        (b"&".join(b"a%d=1" % n for n in range(6000)), "application/x-www-form-urlencoded"),
    ):
        with transaction.atomic():
            answer = planted.client("minh").generic("POST", address, body, content_type=kind)
            transaction.set_rollback(True)
        if not is_clear(answer):
            wrong.append(f"{kind} {body[:20]!r}: {answer.status_code}")
    assert not wrong, wrong[:8]


BODIES = (
    b"", b"{", b"null", b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"NaN", b"1e999", b"{}" * 3,
    b'{"version": 99999999999999999999999}', b'{"version": 1, "version": 2}', b'{"version": true}',
    b'{"why": "\\ud800", "version": 1}', b'{"why": "\\u0000", "version": 1}', b"9" * 5000,
    b'{"text": "\\u0000", "unit_id": 1, "period": "2025"}', b'{"text": "\\ud800", "unit_id": 1, "period": "2025"}',
)  # fmt: skip


@pytest.mark.parametrize("name", [name for name, row in ROUTES.items() if row.body is not None])
def test_absurd_json_is_refused_in_words(planted: Planted, name: str) -> None:
    from django.db import transaction

    row, wrong = ROUTES[name], []
    for body in BODIES:
        for kind in ("application/json", "text/plain") if body == BODIES[-1] else ("application/json",):
            with transaction.atomic():
                address = row.address(planted.things["A1"])
                answer = planted.client("minh").generic(row.method, address, body, content_type=kind)
                transaction.set_rollback(True)
            if not is_clear(answer):
                wrong.append(f"{body[:30]!r}: {answer.status_code}")
    assert not wrong, wrong[:8]


@pytest.mark.parametrize(
    "field", ["unit_id", "measure_id", "period", "value", "value_max", "total", "replaces", "why", "bound"]
)
def test_every_field_of_a_statement_withstands_absurd_values(planted: Planted, field: str) -> None:
    from django.db import transaction

    row, wrong = ROUTES["PUT /api/figures/{key}"], []
    assert row.body is not None
    for value in (*TEXTS, 2**70, -1, 0, True, None, [], {}, 1.5, [[[]]]):
        said = json.dumps({**row.body(planted.things["A1"]), field: value})
        with transaction.atomic():
            answer = planted.client("minh").generic("PUT", row.address(planted.things["A1"]), said)
            transaction.set_rollback(True)
        if not is_clear(answer):
            wrong.append(f"{value!r:.30}: {answer.status_code}")
    assert not wrong, wrong


FILES = {
    "nul.txt": b"\xc4\x90\xc3\xa3 m\xe1\xbb\x9f 5 l\xe1\xbb\x9bp." + b"\x00" + b" V\xc4\x83n b\xe1\xba\xa3n." * 100,
    "empty.txt": b"",
    "broken.txt": b"\xff\xfe\xfa" * 100,
    "not-a-word-file.docx": b"PK\x03\x04 nonsense",
    "../../etc/passwd.txt": "Đã mở 5 lớp.".encode(),
    "a" * 3000 + ".txt": "Đã mở 6 lớp.".encode(),
    "x\x00y.txt": "Đã mở 7 lớp.".encode(),
}


@pytest.mark.parametrize("name", FILES, ids=lambda name: repr(name[:20]))
@pytest.mark.parametrize("address", ["/van-ban/", "/api/documents/file"])
def test_absurd_files_are_refused_or_taken_whole(planted: Planted, address: str, name: str) -> None:
    form: dict[str, Any] = {"file": SimpleUploadedFile("a.txt", FILES[name]), "period": "2025"}
    form["file"].name = name
    things = planted.things["A1"]
    form |= {"unit_id": things.unit} if "/api/" in address else {"unit": things.code}
    answer = planted.client("minh").post(address, form)
    assert is_clear(answer), answer.content[:300]
    assert "\x00" not in answer.content.decode(errors="replace")


@pytest.mark.parametrize("name", ["POST documents", "POST /api/documents", "PUT /api/figures/{key}", "POST entry"])
def test_ten_megabytes_in_one_field_are_refused_in_words(planted: Planted, name: str) -> None:
    row, big = ROUTES[name], "a" * 10_000_000
    client, address = planted.client("minh"), row.address(planted.things["A1"])
    if row.body is not None:
        said = row.body(planted.things["A1"])
        answer = client.generic(row.method, address, json.dumps({**said, list(said)[-1]: big}))
    else:
        given = fields(row, planted)
        answer = client.post(address, {**given, "text" if "text" in given else next(iter(given)): big})
    assert is_clear(answer)
    assert answer.status_code in (400, 422)


@pytest.mark.parametrize("name", ["POST documents", "POST /api/documents", "POST /api/documents/file"])
def test_thirty_megabytes_are_refused_before_they_are_read(planted: Planted, name: str) -> None:
    row, big = ROUTES[name], "a" * 30_000_000
    client, address = planted.client("minh"), row.address(planted.things["A1"])
    if row.body is not None:
        answer = client.generic(row.method, address, json.dumps({**row.body(planted.things["A1"]), "text": big}))
    elif row.form is not None and "file" in row.form(planted.things["A1"]):
        form = row.form(planted.things["A1"]) | {"file": SimpleUploadedFile("a.txt", big.encode())}
        answer = client.post(address, form)
    else:
        answer = client.post(address, fields(row, planted) | {"text": big})
    assert is_clear(answer)
    assert answer.status_code in (400, 413)
