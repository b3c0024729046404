"""nginx with the file of docs/operate before a real server: TLS, names, forwarded addresses."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from httpx import Client, ConnectError, HTTPError

from rukang.base.access import Grant, Role
from rukang.base.access.accounts import create_account
from rukang.base.settings import Settings
from rukang.doors.upkeep import init
from tests.api.house import PASSWORD

ROOT = Path(__file__).parents[2]
NAME = "rukang.example.org"
TRIES, PAUSE = 18_000, 0.2

pytestmark = pytest.mark.skipif(
    shutil.which("nginx") is None, reason="the test command says that it is left out"
)


@dataclass(frozen=True)
class Front:
    """A proxy with a server behind it: where each listens, and whom to trust."""

    plain: int
    tls: int
    behind: int
    authority: Path

    def client(self, secure: bool = True) -> Client:
        """Return a client that asks for the proxy's name, as a browser would."""
        port = self.tls if secure else self.plain
        address = f"{'https' if secure else 'http'}://127.0.0.1:{port}"
        trusted = ssl.create_default_context(cafile=str(self.authority))
        client = Client(base_url=address, verify=trusted, headers={"Host": NAME})
        client.event_hooks["request"] = [
            lambda request: request.extensions.update(sni_hostname=NAME)
        ]
        return client


@pytest.fixture(scope="module")
def front(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    """Start a server and nginx before it, on free ports, with a certificate of our own."""
    folder = tmp_path_factory.mktemp("front")
    here = Settings(folder / "data", f"sqlite:///{folder / 'rukang.sqlite'}")
    database = init(here)
    with database.session() as session:
        grant = Grant(Role.ADMINISTRATOR)
        create_account(session, "officer@example.org", "示例管理员", PASSWORD, [grant])
    database.close()
    made = Front(_free_port(), _free_port(), _free_port(), _certificate(folder))
    environment = {
        **os.environ,
        "RUKANG_DATA": str(here.data),
        "RUKANG_DATABASE_URL": here.database_url,
        "RUKANG_HOSTS": NAME,
        "RUKANG_PROXIES": "127.0.0.1",
    }
    words = [sys.executable, "-m", "rukang", "serve", "--no-worker", "--port", str(made.behind)]
    server = subprocess.Popen(words, env=environment, cwd=ROOT)
    proxy = subprocess.Popen(["nginx", "-c", str(_configuration(folder, made)), "-p", str(folder)])
    try:
        _wait_for(made)
        yield made
    finally:
        for process in (proxy, server):
            process.terminate()
            process.wait()


def _configuration(folder: Path, front: Front) -> Path:
    """Return the operator's file with our ports and certificate, inside a whole configuration."""
    text = (ROOT / "docs" / "operate" / "nginx.conf").read_text(encoding="utf-8")
    for given, ours in (
        ("listen 80;", f"listen 127.0.0.1:{front.plain};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{front.tls} ssl"),
        ("127.0.0.1:8000", f"127.0.0.1:{front.behind}"),
        ("/etc/ssl/rukang", str(folder)),
    ):
        assert given in text
        text = text.replace(given, ours)
    (folder / "rukang.conf").write_text(text, encoding="utf-8")
    whole = folder / "nginx.conf"
    whole.write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
        f"http {{ access_log {folder}/access.log; client_body_temp_path {folder}/body;"
        f" proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path"
        f" {folder}/u; scgi_temp_path {folder}/s; include {folder}/rukang.conf; }}\n",
        encoding="utf-8",
    )
    folder.chmod(0o755)
    return whole


def _certificate(folder: Path) -> Path:
    """Write a certificate for our name that signs itself, and its key; return the certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain = folder / "fullchain.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    (folder / "privkey.pem").write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return chain


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(front: Front) -> None:
    for _ in range(TRIES):
        try:
            with front.client() as client:
                if client.get("/sign-in").status_code == 200:
                    return
        except HTTPError:
            pass
        time.sleep(PAUSE)
    raise TimeoutError("The server behind the proxy did not come up.")


def test_a_cookie_is_bound_to_the_host_and_to_tls(front: Front) -> None:
    """Signing in through the proxy sets ``__Host-``, Secure, HttpOnly; HSTS holds for a year."""
    with front.client() as client:
        form = {"username": "officer@example.org", "password": PASSWORD, "next": "/"}
        answer = client.post("/sign-in", data=form, headers={"Origin": f"https://{NAME}"})
        assert answer.status_code == 303
        cookie = answer.headers["set-cookie"]
        assert cookie.startswith("__Host-")
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
        assert "max-age=31536000" in answer.headers["strict-transport-security"]


def test_people_are_led_to_tls_and_programs_are_told(front: Front) -> None:
    """A token sent in clear is not carried on by a redirect that nobody notices."""
    with front.client(secure=False) as client:
        page = client.get("/register")
        assert (page.status_code, page.headers["location"]) == (301, f"https://{NAME}/register")
        assert client.get("/api/v1/account").status_code == 403


def test_old_tls_is_refused(front: Front) -> None:
    """1.2 at least."""
    old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    old.load_verify_locations(front.authority)
    old.minimum_version = ssl.TLSVersion.TLSv1
    old.maximum_version = ssl.TLSVersion.TLSv1_1
    with pytest.raises((ConnectError, ssl.SSLError)), Client(verify=old) as client:
        client.get(f"https://127.0.0.1:{front.tls}/", extensions={"sni_hostname": NAME})


def test_what_a_client_says_of_itself_does_not_get_through(front: Front) -> None:
    """Neither another scheme nor another host changes what is answered."""
    forged = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "Forwarded": "for=1"}
    with front.client() as client:
        answer = client.get("/register/", headers=forged)
        assert "evil.example" not in str(answer.headers) + answer.text
        assert "strict-transport-security" in client.get("/sign-in", headers=forged).headers


def test_only_our_name_is_answered(front: Front) -> None:
    """By the server itself, whoever asks it directly."""
    with Client(base_url=f"http://127.0.0.1:{front.behind}") as client:
        assert client.get("/register", headers={"Host": "evil.example"}).status_code == 400
        assert client.get("/register", headers={"Host": NAME}).status_code == 200
