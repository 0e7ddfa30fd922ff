"""The main job on real input: real reports taken in, confirmed, told again in Word with links to their sentences."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from chithi.core.errors import Refused
from chithi.core.periods import parse
from chithi.indicators.drain import drain_all
from chithi.indicators.from_text import confirm
from chithi.indicators.trace import trace
from chithi.narrative.actions import Incoming, take_in
from chithi.narrative.queries import spans_of
from chithi.reporting.actions import make_report
from tests.concepts.test_from_sentence_to_word import links_of, text_of
from tests.worlds import World

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
REPORTS = {
    "000": (
        "T",
        "2011-05-14..2013-08-23",
        ["731", "40.539", "98,1%", "21.255", "799", "94,2%", "2.462", "38.969", "22.252", "83,5%"],
    ),
    "001": ("T", "2017", ["2 đảng bộ", "4 đơn vị"]),
    "003": (
        "A",
        "2011-05-14..2013-05-15",
        [
            "176/251",
            "70,1%",
            "145/231",
            "63%",
            "109",
            "820/820",
            "710",
            "110",
            "667/710",
            "93,9%",
            "97/110",
            "88,2%",
            "832",
            "43/43",
            "5.200",
            "600",
            "400",
            "500.000",
            "1.438",
            "850",
            "17",
            "50",
        ],
    ),
}


@pytest.mark.shared
@pytest.mark.skipif(not SEEDS.is_dir(), reason="NOT CHECKED: no folder `shared` with real reports")
@pytest.mark.parametrize("seed", sorted(REPORTS))
def test_a_real_report_is_told_again_in_word_and_every_figure_opens(world: World, seed: str) -> None:
    unit, period, figures = REPORTS[seed]
    chau, file = world.viewer("chau"), next(SEEDS.glob(f"{seed}_*.txt"))
    incoming = Incoming(title="", text=file.read_text(encoding="utf-8"), extractor="plain/1", period_code=period)
    document = take_in(by=chau, unit_id=world.unit(unit), incoming=incoming)
    left = []
    for span in spans_of(chau, document.pk):
        try:
            confirm(by=chau, span_id=span.pk, seen_version=span.version)
        except Refused as refused:
            left.append((document.text[span.start : span.end], refused.code))
    assert set(left) <= {("5 nhóm nội dung", "indicators.choose_indicator")}
    drain_all()
    report = make_report(by=chau, unit_id=world.unit(unit), period=parse(period))
    told = text_of(bytes(report.file))
    assert [figure for figure in figures if figure not in told.replace("\xa0", " ")] == []
    opened = 0
    for link in {link for link in links_of(bytes(report.file)) if "/so/" in link}:
        _, indicator, unit_id, code = urlsplit(link).path.strip("/").split("/")
        found = trace(chau, int(indicator), int(unit_id), parse(code))
        opened += sum(stated.quote is not None for stated in found.stated)
    assert opened >= min(len(spans_of(chau, document.pk)) - len(left), 2)
