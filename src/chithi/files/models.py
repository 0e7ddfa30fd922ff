"""What is stored of a file: its bytes, once."""

from __future__ import annotations

from django.db import models

from chithi.db.models import Open


class Content(Open):
    """What a file holds, kept once under its hash (SHA-256, hex), and the text that was read out of it."""

    digest = models.CharField(max_length=64, unique=True)
    data = models.BinaryField()
    text = models.TextField(blank=True)

    class Meta(Open.Meta):
        db_table = "directives_content"  # where it was kept before tasks had files too
