"""A turn of a quarter or of half a year is no longer named like one of a month (`chithi.routine.rules.Turn`)."""

from __future__ import annotations

from django.db import migrations

_ANEW = """
UPDATE routine_turn SET slot = substr(slot, 1, 5) || '{letter}' || substr(slot, 7)
WHERE length(slot) = 7 AND substr(slot, 6, 1) = '0' AND substr(slot, 7) <= '4' AND line_id IN (SELECT id FROM routine_line WHERE rhythm = '{rhythm}')
"""
_BACK = """
UPDATE routine_turn SET slot = substr(slot, 1, 5) || '0' || substr(slot, 7)
WHERE length(slot) = 7 AND substr(slot, 6, 1) = '{letter}'
"""


class Migration(migrations.Migration):
    dependencies = [("routine", "0001_initial")]

    operations = [
        migrations.RunSQL(_ANEW.format(letter=letter, rhythm=rhythm), _BACK.format(letter=letter))
        for letter, rhythm in (("H", "half_yearly"), ("Q", "quarterly"))
    ]
