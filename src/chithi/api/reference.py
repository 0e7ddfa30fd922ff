"""Makes openapi.json, api.md and api-operations.md of docs/reference: `python -m chithi.api.reference FOLDER`.

A test compares them with what this makes, so that neither can fall behind the code.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

from chithi.api.reference_details import details

ABOUT = """\
# The API

*Made by `python -m chithi.api.reference docs/reference` from the code; a test compares them. Edit the code instead.*

JSON over HTTP under `/api/`. The whole description is OpenAPI 3.1: `/api/openapi.json` of a running installation, and
[openapi.json](openapi.json) here. There is no page to click through the operations: those in use load scripts from
elsewhere, which the content policy of this product forbids; any OpenAPI tool reads the file. How to begin stands in
[call the API](../how-to/call-the-api.md); every parameter, what is sent and answered in
[operation by operation](api-operations.md).

- **Who calls**: `Authorization: Bearer TOKEN`, or the session cookie of the pages, which needs `X-CSRFToken` for
  anything but reading. A wrong token is refused even where a session is open. Both see exactly what the same person
  sees on the pages; what lies outside the reach is 404, as if it did not exist.
- **Numbers** are strings of plain digits, `"40539"`, `"98.1"`; never floats. `null` is missing, `"0"` is zero.
- **Periods** are codes: `2025`, `2025-Q2`, `2025-06`, `2011-05-14..2013-08-23`. A range of days nobody
  has used is refused.
- **Lists** take `page` (from 1) and `size` (at most 200) and answer `items`, `page`, `more`.
- **Two at once**: whoever changes names what they saw (`replaces`, `version`); where somebody else was first the answer
  is 409 and nothing was written.
- **Sent twice**: a figure's key is a UUID made by the caller; the same request again gives the same figure.
- **Language**: `Accept-Language: vi` or `en` for `detail`, `title` and names; codes and facts never change with it.

A refusal is `application/problem+json`:

| field | what it holds |
|---|---|
"""

STATUSES = """\

| status | when |
|---|---|
| 400 | the request is understood and cannot be done; `code` says why |
| 401 | no valid token and no session |
| 403 | the session's protection token is missing, or the right was given nowhere |
| 404 | not there, or outside the reach; both look the same |
| 405 | the address does not take this method |
| 409 | somebody else was first, or the key belongs to another statement |
| 422 | not well formed; `field` names where, `facts.errors` lists all |
"""


def page(told: dict[str, Any]) -> str:
    """The reference page of a description."""
    problem = told["components"]["schemas"]["Problem"]["properties"]
    rows = [f"| `{name}` | {field['description']} |" for name, field in problem.items()]
    text = ABOUT + "\n".join(rows) + "\n" + STATUSES
    part = ""
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            if operation["tags"][0] != part:
                part = operation["tags"][0]
                text += f"\n## {part.capitalize()}\n\n| operation | what it does |\n|---|---|\n"
            text += f"| `{method.upper()} {path}` | {operation['summary'].rstrip('?.')} |\n"
    return text


def made() -> dict[str, str]:
    """The files by name."""
    from chithi.api.door import api

    told = json.loads(json.dumps(api.get_openapi_schema()))
    return {
        "openapi.json": json.dumps(told, indent=1, ensure_ascii=False) + "\n",
        "api.md": page(told),
        "api-operations.md": details(told),
    }


def main() -> None:
    """Write both files into a folder."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chithi.settings")
    import django

    django.setup()
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference")
    for name, text in made().items():
        (folder / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
