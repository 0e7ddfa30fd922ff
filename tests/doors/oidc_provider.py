"""A real OpenID provider (Canaille) on loopback, for the log-in tests: `python -m tests.doors.oidc_provider PORT BACK`.

It knows `lan` (an account of the small world), `lan2` (whose preferred user name is also lan) and `khach` (nobody
here). Their passwords are `PASSWORD`.
"""

from __future__ import annotations

import datetime
import sys

PASSWORD = "một mật khẩu dài của cơ quan"
SECRET = "the secret agreed between the two"
PEOPLE = (("lan", "lan"), ("lan2", "lan"), ("khach", "khach"))


def main(port: int, back: str) -> None:
    """Serve until killed."""
    from canaille import create_app
    from canaille.app import models
    from canaille.backends import Backend

    app = create_app(
        {
            "SECRET_KEY": "only for the tests, on loopback, in memory",
            "SERVER_NAME": f"127.0.0.1:{port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {"DATABASE": "memory", "ENABLE_PASSWORD_COMPROMISSION_CHECK": False},
            "CANAILLE_OIDC": {"TRUSTED_DOMAINS": "127.0.0.1"},
        }
    )
    with app.app_context():
        for name, shown in PEOPLE:
            user = models.User(
                user_name=name,
                formatted_name=name,
                family_name=name,
                display_name=shown,
                emails=[f"{name}@example.org"],
                password=PASSWORD,
            )
            Backend.instance.save(user)
        client = models.Client(
            client_id="chithi",
            client_secret=SECRET,
            client_name="chithi",
            client_uri="http://127.0.0.1",
            redirect_uris=[back],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope="openid profile",
            token_endpoint_auth_method="client_secret_basic",
            id_token_signed_response_alg="RS256",
            client_id_issued_at=datetime.datetime.now(datetime.UTC),
        )
        Backend.instance.save(client)
        client.audience = [client]
        Backend.instance.save(client)
    app.run(host="127.0.0.1", port=port)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
