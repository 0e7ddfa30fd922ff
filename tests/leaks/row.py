"""What a row of the permission matrix is made of."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tests.leaks.planted import TEXT_PERIOD, Things

P = TEXT_PERIOD.code


@dataclass(frozen=True)
class Row:
    """One method of one route.

    `visitor` is what somebody without a session or token is answered; `nowhere` somebody who holds the capability
    over no unit at all (None: the same as outside). `anywhere`: the page is about no unit, the capability is enough.
    """

    method: str
    address: Callable[[Things], str]
    needs: str = ""
    inside: int = 200
    outside: int = 404
    visitor: int = 302
    nowhere: int | None = None
    anywhere: bool = False
    form: Callable[[Things], dict[str, Any]] | None = None
    body: Callable[[Things], Any] | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def ask(self, client: Client, things: Things) -> HttpResponse:
        """Send it about what a unit holds."""
        address, headers = self.address(things), self.headers
        if self.body is not None:
            said = json.dumps(self.body(things))
            answer = client.generic(self.method, address, said, content_type="application/json", headers=headers)
        elif self.form is not None:
            answer = client.post(address, self.form(things), headers=headers)
        else:
            answer = client.generic(self.method, address, headers=headers)
        if answer.streaming:  # read to its end, as a browser does
            whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
            answer = HttpResponse(whole, status=answer.status_code, headers=dict(answer.headers))
        assert isinstance(answer, HttpResponse)
        return answer


def api(method: str, address: Callable[[Things], str], **more: Any) -> Row:
    """A row of the API: a visitor is told 401."""
    return Row(method, address, **{"visitor": 401, **more})


def at(text: str) -> Callable[[Things], str]:
    """An address with the names of `Things` in braces; {P} is the period of the planted texts."""
    return lambda things: text.format(**vars(things), P=P)


def area(method: str, address: Callable[[Things], str], needs: str, **more: Any) -> Row:
    """A page of administration about no unit: whoever holds the capability anywhere is let in, others get 403."""
    return Row(method, address, needs, **{"anywhere": True, "outside": 403, **more})
