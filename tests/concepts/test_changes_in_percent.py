"""What a text says of a movement feeds the arrow beside a number, in numbers or in percent."""

from __future__ import annotations

from decimal import Decimal

from chithi.core.periods import parse
from chithi.indicators.choice import Chosen, Said, Side
from chithi.indicators.meanings import Meaning
from chithi.indicators.models import Indicator, IndicatorDefinition, Measure
from chithi.indicators.queries import Line
from chithi.web.show.numbers import change

MEANING = Meaning(Indicator(id=1, code="x"), IndicatorDefinition(number=1, kind="count"), Measure(id=1), None)


def arrow(said: Said) -> object:
    line = Line(meaning=MEANING, numerator=Side(scale=0), denominator=None, chosen=Chosen(), changes=(said,))
    return change(line, parse("2025"), "Năm 2024")


def test_a_movement_told_in_percent_only_has_an_arrow_too() -> None:
    said = Said(1, "narrative", "subtree", None, share=Decimal("12.5"), role="change", against="năm 2024")
    assert arrow(said) == {"direction": "up", "text": "12,5%", "why": "năm 2024"}
    falls = Said(1, "narrative", "subtree", None, share=Decimal("-3"), role="change", against="năm 2024")
    assert arrow(falls) == {"direction": "down", "text": "3%", "why": "năm 2024"}


def test_a_movement_told_in_numbers_goes_by_them() -> None:
    said = Said(1, "narrative", "subtree", 109, share=Decimal("5"), role="change", against="năm 2011")
    assert arrow(said) == {"direction": "up", "text": "109", "why": "năm 2011"}
