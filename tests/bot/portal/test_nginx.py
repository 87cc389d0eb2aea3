"""The site behind a real nginx as documented: TLS, a path, stock buffering, two processes."""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from bot.portal.server import DrainingServer
from tests.bot.fakes import ScriptedBot
from tests.bot.portal.sites import ASK, PASSWORD, site_with
from tests.local_server import free_port, on_thread, until_open

DOCUMENTED = Path(__file__).parents[3] / "examples" / "deploy" / "nginx.conf"
STREAM = {"accept": "text/event-stream"}


def write_certificate(folder: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    (folder / "portal.crt").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "portal.key").write_bytes(key.private_bytes(*private))


def configured(folder: Path, port: int, backends: list[int]) -> Path:
    """The documented configuration with this test's places in it, and nothing else changed."""
    text = DOCUMENTED.read_text("utf-8")
    for documented, used in (
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        ("127.0.0.1:7860;", f"127.0.0.1:{backends[0]};"),
        ("127.0.0.1:7861;", f"127.0.0.1:{backends[1]};"),
        ("/etc/ssl/", f"{folder}/"),
    ):
        assert documented in text
        text = text.replace(documented, used)
    temporary = "".join(
        f"{kind}_temp_path {folder};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = text.replace("http {", f"http {{\naccess_log off;\n{temporary}", 1)
    file = folder / "nginx.conf"
    file.write_text(f"daemon off;\npid {folder}/nginx.pid;\nerror_log stderr;\n{text}", "utf-8")
    return file


@pytest.fixture
def behind(nginx: str, tmp_path: Path) -> Iterator[tuple[httpx.Client, list[ScriptedBot]]]:
    """A client of nginx, and the bots of the two processes behind it."""
    bots, backends = [ScriptedBot(), ScriptedBot()], []
    options = {"password": PASSWORD, "session_secret": "one secret for both", "proxies": "127.0.0.1"}
    with ExitStack() as open_things:
        for bot in bots:
            site = site_with(tmp_path, bot, **options)
            serving = DrainingServer(site, site.state.portal.bot, 1.0, "/news")
            backends.append(open_things.enter_context(on_thread(serving)))
            open_things.callback(bot.release.set)
        port = free_port()
        write_certificate(tmp_path)
        file = configured(tmp_path, port, backends)
        process = subprocess.Popen([nginx, "-p", str(tmp_path), "-c", str(file)], stderr=subprocess.DEVNULL)
        try:
            until_open(port)
            address = f"https://127.0.0.1:{port}/news"
            with httpx.Client(base_url=address, verify=False, timeout=30) as client:
                yield client, bots
        finally:
            process.terminate()
            process.wait(10)


def test_the_site_works_under_its_path_and_streams_through_stock_buffering(
    behind: tuple[httpx.Client, list[ScriptedBot]],
) -> None:
    client, bots = behind
    assert client.get(str(client.base_url).rstrip("/")).headers["location"].endswith("/news/")
    sent = client.get("/", headers={"accept": "text/html"})
    assert sent.headers["location"] == "/news/sign-in?next=/"
    own = {"origin": str(client.base_url).removesuffix("/news/")}
    assert client.post("/sign-in", data={"password": PASSWORD}, headers=own).headers["location"] == "/news/"
    page = client.get("/").text
    assert f'"root":"{str(client.base_url).rstrip("/")}"' in page
    assert client.get("/theme.css").status_code == 200
    with client.stream("POST", "/api/v1/ask", json={"question": "slow"}, headers=STREAM) as reply:
        first = next(reply.iter_lines())
        assert first == "event: delta"  # the rest waits for what comes next
        for bot in bots:
            bot.release.set()


def test_each_visitor_stays_with_one_process_and_a_sign_in_counts_in_both(
    behind: tuple[httpx.Client, list[ScriptedBot]],
) -> None:
    client, bots = behind
    seen = []
    for _ in range(16):
        with httpx.Client(base_url=client.base_url, verify=False, timeout=30) as visitor:
            before = [len(bot.asked) for bot in bots]
            for _ in range(3):
                reply = visitor.post("/api/v1/ask", json=ASK, auth=("ada", PASSWORD))
                assert reply.status_code == 200
            seen.append([len(bot.asked) - count for bot, count in zip(bots, before, strict=True)])
    assert all(sorted(counts) == [0, 3] for counts in seen)
    assert {tuple(counts) for counts in seen} == {(0, 3), (3, 0)}
