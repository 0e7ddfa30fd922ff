"""The intake page takes files of every format, and says what it noticed about them."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.worlds import World

pytestmark = pytest.mark.django_db
RTF = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}B\u225?o c\u225?o: c\u243? 12 h\u7897? ngh\u232?o.\par}"


def bring(world: World, client: Client, name: str, data: bytes) -> Any:
    client.force_login(world.users["minh"])
    given = {"file": SimpleUploadedFile(name, data), "unit": world.units["A1"].code, "period": "2024"}
    return client.post(reverse("documents"), given, follow=True)


def test_a_wrong_ending_is_said_and_the_document_opened(world: World, client: Client) -> None:
    answer = bring(world, client, "bao-cao.doc", RTF)
    assert answer.status_code == 200
    assert "12 hộ" in answer.content.decode()
    assert "Tệp mang đuôi .doc nhưng nội dung là .rtf" in answer.content.decode()


def test_what_cannot_be_read_is_refused_at_its_field(world: World, client: Client) -> None:
    answer = bring(world, client, "bao-cao.pdf", b"%PDF-1.7 hong")
    assert answer.status_code == 400
    assert "không đúng loại như đuôi tệp" in answer.content.decode()
