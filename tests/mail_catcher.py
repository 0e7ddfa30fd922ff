"""A real mail server on this machine that keeps the letters it is given."""

from __future__ import annotations

import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from chithi.environment import Mailing

USER, PASSWORD = "chithi", "mat khau cua may chu thu"


class Catcher:
    """Takes every letter; `broken` answers that it cannot. `visits`: how many connections brought letters."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.broken = False
        self.kept_way: list[bool] = []
        self.logged_in: list[bool] = []
        self.peers: list[Any] = []

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.broken:
            return "451 try again later"
        letter = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(letter, EmailMessage)
        self.letters.append(letter)
        self.kept_way.append(server.transport.get_extra_info("ssl_object") is not None)
        self.logged_in.append(bool(session.authenticated))
        self.peers.append(session.peer)
        return "250 taken"

    @property
    def visits(self) -> int:
        """How many connections brought letters."""
        return len(set(self.peers))

    def plain(self, at: int = -1) -> str:
        """The words of a letter without its HTML."""
        body = self.letters[at].get_body(("plain",))
        assert body is not None
        return str(body.get_content())

    def html(self, at: int = -1) -> str:
        """The same as HTML."""
        body = self.letters[at].get_body(("html",))
        assert body is not None
        return str(body.get_content())


def free_port() -> int:
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def catching(
    settings: Any, *, security: str = "none", offers: ssl.SSLContext | None = None, log_in: bool = False, port: int = 0
) -> Iterator[Catcher]:
    """The catcher, with `settings` (pytest-django's) set up to send to it.

    `security` is how we go there; `offers` is the certificate the server has: it speaks TLS at once where we go by
    "tls", else it offers STARTTLS. `log_in`: it takes letters only from who says `USER` and `PASSWORD`.
    """
    port = port or free_port()
    catcher = Catcher()
    known: dict[str, Any] = {"hostname": "127.0.0.1", "port": port}
    if offers is not None:
        known["ssl_context" if security == "tls" else "tls_context"] = offers
    if log_in:
        by_starttls = security == "starttls"  # the server does not know that TLS from the first byte is a kept way
        known |= {"authenticator": _authenticate, "auth_required": by_starttls, "auth_require_tls": by_starttls}
    controller = Controller(catcher, **known)
    controller.start()
    try:
        goes_there(settings, port, security, log_in=log_in)
        yield catcher
    finally:
        controller.stop()


def goes_there(settings: Any, port: int, security: str = "none", *, log_in: bool = False) -> None:
    """Set up to send to a server on this machine, whether or not there is one."""
    settings.MAILING = Mailing("127.0.0.1", port, security, "", "", "chithi@province.example")
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = security == "starttls", security == "tls"
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = (USER, PASSWORD) if log_in else ("", "")
    settings.DEFAULT_FROM_EMAIL = "chithi@province.example"


def _authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
    said = (data.login, data.password) if isinstance(data, LoginPassword) else ()
    return AuthResult(success=said == (USER.encode(), PASSWORD.encode()), handled=False)


def certified(folder: Path, *, address: str = "127.0.0.1") -> tuple[ssl.SSLContext, Path]:
    """A server's certificate for an address, signed by itself, and the file by which others trust it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.example.vn")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(address))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "server.pem", folder / "server.key"
    trusted.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(trusted, private)
    return context, trusted
