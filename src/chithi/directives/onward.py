"""What else happens when a document goes out or its draft is thrown away, inside the same transaction.

Concepts above documents name their part here, by dotted names because they lie above.
"""

from __future__ import annotations

from django.utils.module_loading import import_string

from chithi.db.viewer import Viewer
from chithi.directives.models import Directive

GOES_OUT: tuple[str, ...] = ("chithi.tasks.planning.goes_out",)
"""`f(document, by)`: called once, when a document has gone out."""
THROWN_AWAY: tuple[str, ...] = ("chithi.tasks.planning.thrown_away",)
"""`f(document)`: what belongs to a draft goes before it."""


def went_out(document: Directive, by: Viewer) -> None:
    """Tell those concerned."""
    for name in GOES_OUT:
        import_string(name)(document, by)


def is_thrown_away(document: Directive) -> None:
    """Let go of what belongs to a draft."""
    for name in THROWN_AWAY:
        import_string(name)(document)
