"""Which sample report belongs to which unit and period of the demo, and taking them in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from chithi.cli.ground import today


@dataclass(frozen=True)
class Sample:
    """A file of the folder samples/, the code of the unit that gives it, the period it reports about."""

    file: str
    unit: str
    period: str


SAMPLES = (
    Sample("bao-cao-tinh-sau-thang.txt", "HL", "2013-H1"),
    Sample("bao-cao-huyen-hai-nam.docx", "HL-KS", "2011-05-14..2013-05-14"),
    Sample("tin-khao-sat.txt", "HL", "2017-Q2"),
    Sample("bao-cao-hoi-phu-nu.txt", "HL-KS", "2024"),
    Sample("bao-cao-xa-nam.docx", "HL-KS-07", "2025"),
)


def take_in_samples(folder: Path) -> int:
    """Take in the samples that the folder holds, for units that the demo has; returns how many.

    Nothing is confirmed: that is what the clerk tries out. Without the folder (an installation without its
    checkout) there are no samples.
    """
    from chithi.access.viewers import system_viewer
    from chithi.core.errors import Absent
    from chithi.narrative.actions import Incoming, take_in
    from chithi.org.queries import unit_by_code
    from chithi.text.extract import extract

    operator = system_viewer(today(), because="the first start takes in the sample reports of the demo")
    taken = 0
    for sample in SAMPLES:
        path = folder / sample.file
        if not path.is_file():
            continue
        try:
            unit_id = unit_by_code(operator, sample.unit)
        except Absent:  # a small demo lacks some units
            continue
        data = path.read_bytes()
        found = extract(data, path.name)
        reader = f"{found.extractor} {found.version}"
        report = Incoming("", found.text, reader, sample.period, filename=path.name, source=data)
        take_in(by=operator, unit_id=unit_id, incoming=report)
        taken += 1
    return taken
