"""The API: what it answers, to whom, in which words, and that sending twice is sending once."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from chithi.access.sign_in import new_api_token
from chithi.indicators.drain import drain_all
from chithi.indicators.models import Figure
from chithi.registry.actions import set_term
from chithi.reporting.issuing import issue_report
from tests.concepts.test_from_sentence_to_word import PERIOD, TEXT, confirm_all, taken, text_of
from tests.concepts.test_totals import measure, say
from tests.worlds import World, add_members

pytestmark = pytest.mark.django_db


def caller(world: World, name: str, language: str = "vi") -> Client:
    """A program with a token of this person."""
    token = new_api_token(world.users[name], label="test", valid_for=timedelta(days=1))
    return Client(headers={"Authorization": f"Bearer {token}", "Accept-Language": language})


def send(client: Client, method: str, address: str, body: object = None) -> Any:
    return client.generic(method, address, json.dumps(body), content_type="application/json")


def classes(world: World, **more: object) -> dict[str, object]:
    said = {"unit_id": world.unit("A1"), "measure_id": measure("study.classes"), "period": "2025", "value": "7"}
    return said | more


def test_without_a_token_or_a_session_nothing_is_answered(world: World) -> None:
    answer = Client().get("/api/me")
    assert (answer.status_code, answer["Content-Type"]) == (401, "application/problem+json")
    assert answer["WWW-Authenticate"] == "Bearer"
    assert answer.json()["code"] == "api.not_signed_in"


def test_a_token_that_expired_or_was_never_given_is_refused_even_with_a_session(world: World) -> None:
    old = new_api_token(world.users["lan"], label="old", valid_for=timedelta(seconds=-1))
    client = Client()
    client.force_login(world.users["lan"], backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/me").status_code == 200
    for token in (old, "made-up", "x" * 100_000):
        assert client.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_closed_account_is_let_in_by_no_token(world: World) -> None:
    client = caller(world, "lan")
    assert client.get("/api/me").status_code == 200
    world.users["lan"].is_active = False
    world.users["lan"].save()
    assert client.get("/api/me").status_code == 401


def test_a_session_needs_its_csrf_token_to_change_anything(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["minh"], backend="django.contrib.auth.backends.ModelBackend")
    address = f"/api/figures/{uuid4()}"
    bare = send(client, "PUT", address, classes(world))
    assert (bare.status_code, bare.json()["code"]) == (403, "api.no_csrf")
    client.get("/vao/")
    protected = client.generic(
        "PUT",
        address,
        json.dumps(classes(world)),
        content_type="application/json",
        headers={"X-CSRFToken": client.cookies["csrftoken"].value},
    )
    assert protected.status_code == 201


def test_the_caller_learns_who_they_are(world: World) -> None:
    found = caller(world, "lan").get("/api/me").json()
    assert found["roles"] == [{"role": "secretary", "unit_id": world.unit("A11")}]
    assert found["capabilities"] == ["read", "records", "enter", "confirm", "people"]


def test_units_are_found_by_name_without_tone_marks_inside_the_reach(world: World) -> None:
    minh, lan = caller(world, "minh"), caller(world, "lan")
    assert {u["code"] for u in minh.get("/api/units?q=hoa").json()["items"]} == {"A11", "A12"}
    assert [u["code"] for u in lan.get("/api/units?q=hoa").json()["items"]] == ["A11"]


def test_pages_of_a_list_are_disjoint_and_say_whether_more_follow(world: World) -> None:
    chau = caller(world, "chau")
    address = f"/api/units/{world.unit('A')}/below?size=1&page="
    first, second, third = (chau.get(f"{address}{n}").json() for n in (1, 2, 3))
    assert [u["code"] for u in first["items"] + second["items"]] == ["A1", "A2"]
    assert (first["more"], second["more"], third["items"]) == (True, False, [])


def test_a_unit_outside_the_reach_answers_as_one_that_does_not_exist(world: World) -> None:
    lan = caller(world, "lan")
    outside, absent = lan.get(f"/api/units/{world.unit('A12')}"), lan.get("/api/units/999999")
    assert (outside.status_code, absent.status_code) == (404, 404)
    bodies = [answer.json() | {"facts": None} for answer in (outside, absent)]
    assert bodies[0] == bodies[1]


def test_a_refusal_speaks_the_language_of_the_caller(world: World) -> None:
    vi = caller(world, "lan").get("/api/units/999999").json()
    en = caller(world, "lan", "en-GB,en").get("/api/units/999999").json()
    assert vi["detail"].startswith("Không tìm thấy đơn vị")
    assert en["detail"].startswith("This unit was not found")
    assert (vi["code"], vi["type"]) == ("org.no_unit", "urn:chithi:org.no_unit")


def test_the_catalogue_tells_definitions_and_measures(world: World) -> None:
    items = caller(world, "lan").get("/api/indicators").json()["items"]
    found = next(item for item in items if item["code"] == "study.classes")
    assert found["numerator"]["id"] == measure("study.classes")
    leaders = next(i for i in items if i["numerator"]["code"] == "org.key_leaders")
    assert [m["code"] for m in leaders["numerator"]["members"]] == ["member", "other"]


def test_numbers_are_exact_texts_and_missing_is_not_zero(world: World) -> None:
    say(world, "minh", "A1", 0)
    drain_all()
    lines = caller(world, "chau").get(f"/api/units/{world.unit('A')}/numbers/2025").json()["items"]
    by_code = {line["indicator"]: line["number"] for line in lines}
    assert by_code["study.classes"]["value"] == "0"
    assert (by_code["study.classes"]["spoke"], by_code["study.classes"]["expected"]) == (1, 2)
    assert by_code["study.members"]["value"] is None


def _no_float(text: str) -> None:
    pytest.fail(f"a float: {text}")


def test_no_answer_holds_a_float(world: World) -> None:
    confirm_all(world, taken(world))
    chau = caller(world, "chau")
    for address in (
        f"/api/units/{world.unit('T')}/numbers/{PERIOD}",
        f"/api/numbers/21/{world.unit('T')}/{PERIOD}",
        "/api/indicators",
    ):
        json.loads(chau.get(address).content, parse_float=_no_float)


def test_a_trace_opens_down_to_the_sentence(world: World) -> None:
    confirm_all(world, taken(world))
    found = caller(world, "chau").get(f"/api/numbers/20/{world.unit('T')}/{PERIOD}").json()
    assert found["line"]["number"]["value"] == "731"
    sentence = found["history"][0]["sentence"]
    assert sentence["before"].startswith("Tính đến nay")
    assert sentence["marked"].startswith("731 lớp")
    assert found["statements"][0]["covers"] == "subtree"


def test_the_records_are_as_many_as_the_count_and_only_for_those_who_may(world: World) -> None:
    add_members(world.units["A11"], 3)
    drain_all()
    count = caller(world, "dung").get(f"/api/numbers/1/{world.unit('A11')}/2025").json()
    assert count["may_open_records"] is False
    address = f"/api/records/{measure('org.members_on_duty')}/{world.unit('A11')}/2025"
    opened = caller(world, "lan").get(address).json()
    assert opened["total"] == len(opened["items"]) == 3
    assert caller(world, "dung").get(address).status_code == 404


def test_sending_a_figure_twice_gives_one_figure(world: World) -> None:
    minh, address = caller(world, "minh"), f"/api/figures/{uuid4()}"
    first, again = (send(minh, "PUT", address, classes(world)) for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json() == again.json()
    assert Figure.objects.everywhere(because="a test").count() == 1


def test_one_key_does_not_serve_two_statements(world: World) -> None:
    minh, key = caller(world, "minh"), uuid4()
    send(minh, "PUT", f"/api/figures/{key}", classes(world))
    other = send(minh, "PUT", f"/api/figures/{key}", classes(world, value="8"))
    assert (other.status_code, other.json()["code"]) == (409, "indicators.key_taken")
    foreign = send(caller(world, "hoa"), "PUT", f"/api/figures/{key}", classes(world, unit_id=world.unit("A12")))
    assert (foreign.status_code, foreign.json()["code"]) == (409, "indicators.key_taken")
    assert Figure.objects.everywhere(because="a test").count() == 1


def test_two_callers_on_one_place_the_second_is_told_and_replaces_what_they_then_see(world: World) -> None:
    minh, chau = caller(world, "minh"), caller(world, "chau")
    first = send(minh, "PUT", f"/api/figures/{uuid4()}", classes(world)).json()
    blind = send(chau, "PUT", f"/api/figures/{uuid4()}", classes(world, value="9"))
    assert (blind.status_code, blind.json()["code"]) == (409, "db.stale")
    seeing = send(chau, "PUT", f"/api/figures/{uuid4()}", classes(world, value="9", replaces=first["id"]))
    assert (seeing.status_code, seeing.json()["replaces"]) == (201, first["id"])
    assert minh.get(f"/api/figures/{first['key']}").json()["state"] == "replaced"


def test_a_figure_is_withdrawn_with_the_version_that_was_seen(world: World) -> None:
    minh = caller(world, "minh")
    made = send(minh, "PUT", f"/api/figures/{uuid4()}", classes(world)).json()
    address = f"/api/figures/{made['key']}/withdraw"
    assert send(minh, "POST", address, {"version": made["version"] + 1}).status_code == 409
    gone = send(minh, "POST", address, {"version": made["version"], "why": "gõ nhầm"}).json()
    assert (gone["state"], gone["why"]) == ("withdrawn", "gõ nhầm")


def test_a_figure_read_out_of_a_document_is_not_withdrawn_behind_its_sentence(world: World) -> None:
    confirm_all(world, taken(world))
    figure = Figure.objects.everywhere(because="a test").filter(source="narrative")[0]
    answer = send(caller(world, "chau"), "POST", f"/api/figures/{figure.key}/withdraw", {"version": figure.version})
    assert (answer.status_code, answer.json()["code"]) == (404, "indicators.no_figure")


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": 7.5}, "value"),
        ({"value": "7,5"}, "value"),
        ({"value": "1e9"}, "value"),
        ({"value": None}, "value"),
        ({"unit_id": 10**20}, "unit_id"),
        ({"unit_id": "1"}, "unit_id"),
        ({"covers": "part"}, "covers"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_statement_that_is_not_well_formed_names_its_field(
    world: World, wrong: dict[str, object], field: str
) -> None:
    answer = send(caller(world, "minh"), "PUT", f"/api/figures/{uuid4()}", classes(world, **wrong))
    assert (answer.status_code, answer.json()["code"], answer.json()["field"]) == (422, "api.invalid", field)


@pytest.mark.parametrize(
    ("wrong", "code", "field"),
    [
        ({"value": "7.5"}, "numbers.too_fine", "value"),
        ({"value": "-7"}, "indicators.negative", "value"),
        ({"value": "9" * 30}, "numbers.too_large", "value"),
        ({"value_max": "3"}, "indicators.range_upside_down", "value_max"),
        ({"period": "2027"}, "periods.not_in_use", None),
        ({"period": "2025-Q9"}, "periods.unreadable", None),
        ({"member_id": 1}, "indicators.no_breakdown", "member_id"),
        ({"measure_id": 99999}, "indicators.no_measure", None),
    ],
)
def test_a_statement_that_cannot_be_is_refused_as_on_the_pages(
    world: World, wrong: dict[str, object], code: str, field: str | None
) -> None:
    answer = send(caller(world, "minh"), "PUT", f"/api/figures/{uuid4()}", classes(world, **wrong)).json()
    assert (answer["code"], answer["field"]) == (code, field)


def test_a_text_is_taken_in_and_its_figures_decided(world: World) -> None:
    chau = caller(world, "chau")
    body = {"unit_id": world.unit("T"), "period": PERIOD, "title": "Thử", "text": TEXT}
    answer = send(chau, "POST", "/api/documents", body)
    assert answer.status_code == 201
    spans = answer.json()["spans"]
    place = next(s for s in spans if s["taken_for"]["indicator"] == "study.classes")
    assert (place["quote"][:3], place["taken_for"]["value"]) == ("731", "731")
    done = send(chau, "POST", f"/api/spans/{place['id']}/confirm", {"version": place["version"]}).json()
    assert (done["span"]["state"], done["figure"]["value"]) == ("confirmed", "731")
    late = send(chau, "POST", f"/api/spans/{place['id']}/reject", {"version": place["version"]})
    assert late.json()["code"] == "narrative.decided_already"
    version = done["span"]["version"]
    back = send(chau, "POST", f"/api/spans/{place['id']}/reopen", {"version": version}).json()
    assert back["state"] == "proposed"
    correction = {"indicator": "study.classes", "period": PERIOD, "value": "713"}
    asked = {"version": back["version"], "correction": correction}
    assert send(chau, "POST", f"/api/spans/{place['id']}/confirm", asked).json()["figure"]["value"] == "713"
    again = send(chau, "POST", "/api/documents", body)
    assert (again.status_code, again.json()["code"]) == (400, "narrative.taken_in_already")


def test_a_file_is_taken_in_by_form(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    chau = caller(world, "chau")
    file = SimpleUploadedFile("bao-cao.txt", TEXT.encode())
    answer = chau.post("/api/documents/file", {"file": file, "unit_id": world.unit("T"), "period": PERIOD})
    assert answer.status_code == 201, answer.content
    found = chau.get(f"/api/documents?unit_id={world.unit('T')}").json()["items"]
    assert [(d["filename"], d["decided"]) for d in found] == [("bao-cao.txt", 0)]
    strange = SimpleUploadedFile("bao-cao.exe", b"MZ\x00")
    refused = chau.post("/api/documents/file", {"file": strange, "unit_id": world.unit("T"), "period": PERIOD})
    assert (refused.status_code, refused.json()["field"]) == (400, "file")


def test_a_report_is_made_listed_and_handed_over_by_code(world: World) -> None:
    confirm_all(world, taken(world))
    chau = caller(world, "chau")
    address = f"/api/units/{world.unit('T')}/reports"
    first, again = (send(chau, "POST", address, {"period": PERIOD}).json() for _ in range(2))
    assert first["code"] == again["code"]
    assert [r["code"] for r in chau.get(address).json()["items"]] == [first["code"]]
    assert "40.539" in text_of(chau.get(first["file"]).content)
    assert caller(world, "minh").get(first["file"]).status_code == 404
    lower = first["code"].lower().replace("-", "")
    assert "40539" in [line["value"] for line in chau.get(f"/api/reports/{lower}").json()["lines"]]
    assert (first["kind"], first["number"], first["issued_on"]) == ("report", None, None)
    by, unit = world.viewer("chau"), world.unit("T")
    set_term(by=by, unit_id=unit, name="k", since=date(2025, 1, 1), until=None)
    issue_report(by=by, code=first["code"], on=date(2026, 11, 20))
    told = [chau.get(address).json()["items"][0], chau.get(f"/api/reports/{lower}").json()]
    assert [(one["number"], one["issued_on"]) for one in told] == [("Số 01-BC/TU", "2026-11-20")] * 2


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [("GET", "/api/nowhere", 404), ("GET", "/api/", 404), ("DELETE", "/api/me", 405), ("POST", "/api/units/1", 405)],
)
def test_an_address_or_method_that_is_not_there_is_a_problem_too(
    world: World, method: str, address: str, status: int
) -> None:
    answer = caller(world, "lan").generic(method, address)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    if status == 405:
        assert "GET" in answer["Allow"]


def test_a_failure_inside_is_a_problem_without_its_inside(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("a secret of the machine")

    monkeypatch.setattr("chithi.api.indicators.meanings", fail)
    answer = caller(world, "lan").get("/api/indicators")
    assert (answer.status_code, answer.json()["code"]) == (500, "api.broken")
    assert "secret" not in answer.content.decode()


def test_a_token_is_made_on_the_command_line_and_shown_once(world: World) -> None:
    from io import StringIO

    from django.core.management import CommandError, call_command

    said = StringIO()
    call_command("new_token", "Lan", label="thử", days=1, stdout=said)
    token = said.getvalue().strip()
    answer = Client().get("/api/me", headers={"Authorization": f"Bearer {token}"})
    assert answer.json()["name"] == "Lan"
    with pytest.raises(CommandError, match="no account"):
        call_command("new_token", "nobody", stdout=said)
    with pytest.raises(CommandError, match="1 to 366"):
        call_command("new_token", "lan", days=0, stdout=said)


def test_a_text_with_nul_in_it_is_taken_in_by_no_door(world: World) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    broken = TEXT.encode() * 20 + b"\x00"
    file = SimpleUploadedFile("bao-cao.txt", broken)
    form = {"file": file, "unit_id": world.unit("T"), "period": PERIOD}
    answer = caller(world, "chau").post("/api/documents/file", form)
    assert (answer.status_code, answer.json()["code"]) == (400, "text.binary")
