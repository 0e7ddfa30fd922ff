"""An installation with one unit and nothing else: every list says kindly what belongs there and what to do next.

Complete by construction: each address that can be opened without saying which thing it is about is asked, by somebody
who administers and by somebody who reads and writes; it shows components/empty.html or stands below with a reason.
"""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from chithi.access.actions import grant, open_account
from chithi.access.roles import Role
from chithi.indicators.catalogue_sync import sync_catalogue
from chithi.org.kinds import UnitKind
from chithi.web.urls import urlpatterns
from tests.doors.test_pages import signed_in
from tests.worlds import World, add_unit

pytestmark = pytest.mark.django_db
SOON = re.compile(r'<div class="empty"><p>([^<]{20,})</p>')
STEP = re.compile(r'<div class="empty"><p>[^<]+</p><a class="btn" href="([^"]+)">[^<]+</a>')

NEVER_EMPTY = {
    "home": "the one unit itself",
    "manage": "the areas themselves",
    "accounts": "whoever looks has an account",
    "roles": "those that ship",
    "indicators": "those that ship",
    "breakdowns": "one ships",
    "journal": "the roles given to whoever looks were journalled",
    "health": "what the installation is made of",
    "retention": "the rules that ship",
    "my_account": "one's own account",
    "my_sessions_end": "a button",
    "gallery": "the components themselves",
    "manual": "the manual",
    "own_template_fields": "the fields there are",
    "code_lookup": "a form",
    "tour": "its steps",
    "tasks_calendar": "the days of the month",
    "search": "nothing was asked yet",
}
"""Pages that always show something, and what."""
NO_LIST = re.compile(
    r"_(new|define|suggest|hints|choices|read|file|open|starter)$|^(export|my_|sign_|second_|set_|organisation_|healthz)"
)
"""Forms, files and what stands before the log-in: nothing is listed there."""


def addresses() -> dict[str, str]:
    """Pages whose address says nothing but what kind of thing they list, by the name of their route."""
    plain = {str(one.name): f"/{one.pattern}" for one in urlpatterns if "<" not in str(one.pattern)}
    return {name: path for name, path in plain.items() if not NO_LIST.search(name) and "." not in path}


@pytest.fixture
def one_unit(db: None) -> World:
    """A province without anything: `an` administers it, `minh` writes and reports, `lan` looks on."""
    sync_catalogue()
    unit = add_unit("T", None, UnitKind.PROVINCE, "Đảng bộ tỉnh Thử", date(2010, 1, 1))
    users = {}
    for name, role in (("an", Role.ADMINISTRATOR), ("minh", Role.CLERK), ("lan", Role.LEADER)):
        users[name] = open_account(username=name, name=name.title())
        grant(by=None, user=users[name], role=role, unit_id=unit.pk, since=date(2010, 1, 1))
    return World({"T": unit}, users)


def opened(client: Client, path: str) -> str | None:
    """A page, or None where this person may not open it."""
    answer = client.get(path)
    if answer.status_code in (302, 403, 404, 405) or not answer.headers["Content-Type"].startswith("text/html"):
        return None
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_reasons_are_of_pages_that_exist() -> None:
    assert set(NEVER_EMPTY) - set(addresses()) <= {"my_account", "my_sessions_end"}


@pytest.mark.parametrize("who", ["an", "minh", "lan"])
def test_a_page_with_nothing_says_what_belongs_there_and_leads_where_the_reader_may_go(
    one_unit: World, who: str
) -> None:
    client = signed_in(one_unit, who)
    pages = {name: opened(client, path) for name, path in addresses().items()}
    found = {name: page for name, page in pages.items() if page is not None}
    assert len(found) > 10, "hardly a page was opened"
    assert [name for name, page in found.items() if name not in NEVER_EMPTY and not SOON.search(page)] == []
    steps = {href for page in found.values() for href in STEP.findall(page)}
    assert [href for href in steps if client.get(href).status_code != 200] == []


def test_a_filter_that_leaves_nothing_can_be_lifted(one_unit: World) -> None:
    client = signed_in(one_unit, "an")
    filtered = (
        "tai-khoan/?q=zzz",
        "don-vi/?name=zzz",
        "nhom/?q=zzz",
        "sap-xep/?state=draft",
        "nhat-ky/?since=2001-01-01&until=2001-01-02",
    )
    for path in filtered:
        page = opened(client, f"/quan-tri/{path}") or ""
        assert f'<a class="btn" href="/quan-tri/{path.split("?")[0]}">Bỏ lọc</a>' in page, path
    beyond = opened(client, "/quan-tri/nhom/?trang=9") or ""
    assert "Trang này không còn dòng nào." in beyond
