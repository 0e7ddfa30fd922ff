"""Administration of breakdowns as its users meet it; the parts in the grid, the trace and the API."""

from __future__ import annotations

import pytest
from django.test import Client

from chithi.indicators.drain import drain_all
from chithi.indicators.models import Breakdown, Indicator, IndicatorDefinition, Member
from tests.doors.test_manage_indicators import NEW, TYPED, chau, page
from tests.worlds import World

__all__ = ["chau"]
pytestmark = pytest.mark.django_db
LIST = "/quan-tri/cach-chia/"
CHANNELS = {"name_vi": "Kênh phát", "name_en": "Channel", "members": "Truyền thanh | Radio\n\nTruyền hình|Television"}


def channels(client: Client) -> Breakdown:
    assert client.post(f"{LIST}moi/", CHANNELS).status_code == 302
    return Breakdown.objects.latest("pk")


def test_a_new_breakdown_is_split_in_the_grid_the_trace_and_the_api(chau: Client, world: World) -> None:
    breakdown = channels(chau)
    radio, video = Member.objects.filter(breakdown=breakdown).order_by("pk")
    assert (radio.name_en, video.name_vi) == ("Radio", "Truyền hình")
    answer = chau.post(NEW, TYPED | {"breakdown": str(breakdown.pk)})
    assert answer.status_code == 302, answer.context["form"].errors
    indicator = Indicator.objects.latest("pk")
    measure = IndicatorDefinition.objects.get(indicator=indicator).numerator_id
    grid = f"/nhap/{world.unit('A1')}/2025/"
    assert f'id="value-{measure}-{radio.pk}"' in page(chau, grid)
    keys = (measure, f"{measure}-{radio.pk}", f"{measure}-{video.pk}")
    typed = {f"value-{key}": text for key, text in zip(keys, ("5", "4", "3"), strict=True)}
    answer = chau.post(grid, typed | {f"version-{key}": "0" for key in keys})
    assert answer.status_code == 400
    assert "Các phần cộng lại lớn hơn tổng số." in answer.content.decode()
    typed[f"value-{measure}"] = ""
    assert chau.post(grid, typed | {f"version-{key}": "0" for key in keys}).status_code == 302
    drain_all()
    trace = page(chau, f"/so/{indicator.pk}/{world.unit('A1')}/2025/")
    assert "Truyền thanh" in trace
    row = chau.get(f"/api/units/{world.unit('T')}/numbers/2025").json()["items"][-1]
    assert row["number"]["value"] == "7"
    assert [(part["member_id"], part["number"]["value"]) for part in row["members"]] == [
        (radio.pk, "4"),
        (video.pk, "3"),
    ]


def test_parts_are_added_renamed_closed_and_merged_on_pages_that_keep_what_was(chau: Client) -> None:
    breakdown = channels(chau)
    assert (
        chau.post(f"{LIST}{breakdown.pk}/them/", {"name_vi": "Mạng xã hội", "since": "2025-01-01"}).status_code == 302
    )
    radio, video, net = Member.objects.filter(breakdown=breakdown).order_by("pk")
    assert "từ ngày 1/1/2025" in page(chau, f"{LIST}{breakdown.pk}/")
    typed = {"name_vi": "Phát thanh", "name_en": "Radio", "version": "1"}
    assert chau.post(f"{LIST}phan/{radio.pk}/", typed).status_code == 302
    typed = {"name_vi": "Truyền hình", "until": "2026-01-01", "merged_into": str(net.pk), "version": "1"}
    assert chau.post(f"{LIST}phan/{video.pk}/", typed).status_code == 302
    shown = page(chau, f"{LIST}{breakdown.pk}/")
    assert "đến trước ngày 1/1/2026, gộp vào “Mạng xã hội”" in shown
    assert "“Truyền thanh”" in page(chau, f"{LIST}phan/{radio.pk}/"), "what it was called"
    assert chau.post(f"{LIST}{breakdown.pk}/ten/", {"name_vi": "Kênh", "version": "1"}).status_code == 302
    assert "Kênh" in page(chau, LIST)


def test_what_cannot_be_is_said_at_its_field(chau: Client) -> None:
    breakdown = channels(chau)
    radio, video = Member.objects.filter(breakdown=breakdown).order_by("pk")
    for address, typed, said in (
        (f"{LIST}moi/", {"name_vi": "Một", "members": "Chỉ một"}, "Hãy ghi ít nhất hai phần."),
        (f"{LIST}moi/", {"name_vi": "Trùng", "members": "Một\nmột"}, "Đã có tên “một”"),
        (f"{LIST}moi/", {"name_vi": "kênh phát", "members": "a\nb"}, "Đã có tên"),
        (f"{LIST}moi/", {}, "Ô này phải ghi"),
        (f"{LIST}{breakdown.pk}/them/", {"name_vi": "truyền hình"}, "Đã có tên"),
        (f"{LIST}{breakdown.pk}/ten/", {"name_vi": "Kênh", "version": "7"}, ""),
        (f"{LIST}phan/{radio.pk}/", {"name_vi": "x", "version": "9" * 40}, ""),
        (f"{LIST}phan/{radio.pk}/", {"name_vi": "x"}, ""),
        (f"{LIST}phan/{radio.pk}/", {"name_vi": "x", "version": "1", "merged_into": "1"}, ""),
        (f"{LIST}phan/{radio.pk}/", {"name_vi": "x", "version": "1", "merged_into": str(video.pk)}, "từ ngày nào"),
        (f"{LIST}phan/{radio.pk}/", {"name_vi": "x", "version": "1", "until": "0001-01-01"}, "Ngày phải từ"),
        (f"{LIST}1/them/", {"name_vi": "Cảm tình Đảng"}, "chỉ đổi được tên"),
    ):
        answer = chau.post(address, typed)
        assert answer.status_code == 400, (address, typed)
        assert said in answer.content.decode(), (address, typed)
    assert Member.objects.filter(breakdown=breakdown).count() == 2


def test_a_recorded_breakdown_offers_names_only(chau: Client) -> None:
    form = chau.get(f"{LIST}phan/1/").context["form"]
    assert set(form.fields) == {"name_vi", "name_en", "version"}
    assert "Thêm phần" not in page(chau, f"{LIST}1/")


def test_a_breakdown_or_part_that_is_none_is_not_found(chau: Client) -> None:
    for address in ("777777/", "777777/ten/", "777777/them/", "phan/777777/"):
        assert chau.get(LIST + address).status_code == 404
