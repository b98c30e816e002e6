"""Old TLS is spoken with the hosts whose rows say so, and with nobody else; a certificate is looked
at, and what speaks against it is said.
"""

from __future__ import annotations

import base64
import json
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from click.testing import Result
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from crawlers.run import crawl
from crawlers.scout.model import ScoutRequest
from crawlers.scout.run import scout
from crawlers.summary import ColumnStatus, CrawlSummary
from pipeline.cli import app
from pipeline.commands.sites_shown import said_of
from tests.crawl_town import FAST, REGION, Site, column, listing, report, row

GROUP_2 = (
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"
)
"""The 1024-bit prime of RFC 2409, 6.2, which old servers use for Diffie-Hellman."""


DAY = timedelta(days=1)


@dataclass
class Signed:
    """A name with its key, and the certificate that says so."""

    name: x509.Name
    key: rsa.RSAPrivateKey
    certificate: x509.Certificate

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    @property
    def private(self) -> bytes:
        plain = serialization.NoEncryption()
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain
        )


def signed(host: str, authority: Signed | None = None, *, days: int = 1) -> Signed:
    """A certificate for an address; without an authority it signs itself."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(
        authority.name if authority else name, name, key.public_key(), x509.random_serial_number()
    )
    builder = builder.not_valid_before(now - 9 * DAY).not_valid_after(now + days * DAY)
    if host in AUTHORITIES:
        builder = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
    else:
        names = x509.SubjectAlternativeName([x509.IPAddress(ip_address(host))])
        builder = builder.add_extension(names, critical=False)
    by = authority.key if authority else key
    return Signed(name, key, builder.sign(by, hashes.SHA256()))


def context(folder: Path, shown: Signed) -> ssl.SSLContext:
    """A server's, with its certificate."""
    (folder / "server.pem").write_bytes(shown.private + shown.pem)
    found = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    found.load_cert_chain(folder / "server.pem")
    return found


def old_protocol(found: ssl.SSLContext, folder: Path) -> None:
    found.set_ciphers("ALL:@SECLEVEL=0")
    with pytest.deprecated_call():
        found.minimum_version = ssl.TLSVersion.TLSv1
        found.maximum_version = ssl.TLSVersion.TLSv1_1


def small_key(found: ssl.SSLContext, folder: Path) -> None:
    found.set_ciphers("DHE-RSA-AES128-SHA:@SECLEVEL=0")
    found.maximum_version = ssl.TLSVersion.TLSv1_2
    # DER: a sequence of two integers, the prime and the generator 2.
    der = bytes.fromhex(f"308187 02818100{GROUP_2} 020102")
    body = base64.encodebytes(der).decode()
    pem = f"-----BEGIN DH PARAMETERS-----\n{body}-----END DH PARAMETERS-----\n"
    (folder / "dh.pem").write_text(pem)
    found.load_dh_params(str(folder / "dh.pem"))


def today(found: ssl.SSLContext, folder: Path) -> None:
    found.minimum_version = ssl.TLSVersion.TLSv1_2


SERVERS = {
    "old_refused": (old_protocol, "standard"),
    "old_listed": (old_protocol, "legacy"),
    "small_refused": (small_key, "standard"),
    "small_listed": (small_key, "legacy"),
    "modern": (today, "standard"),
    "trusted": (today, "standard"),
    "expired": (today, "standard"),
    "borrowed": (today, "standard"),
    "unknown": (today, "standard"),
}
AUTHORITIES = AUTHORITY, STRANGER = "An authority of the test", "Another authority"


def certificate_of(name: str, host: str, authority: Signed) -> Signed:
    match name:
        case "trusted" | "old_listed":
            return signed(host, authority)
        case "expired":
            return signed(host, authority, days=-1)
        case "borrowed":
            return signed("127.77.9.200", authority)
        case "unknown":
            return signed(host, signed(STRANGER))
        case _:
            return signed(host)


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CrawlSummary]:
    folder = tmp_path_factory.mktemp("tls")
    sites, rows, authority = [], [], signed(AUTHORITY)
    (folder / "authorities.pem").write_bytes(authority.pem)
    for number, (name, (spoken, tls)) in enumerate(SERVERS.items(), start=1):
        site = Site(f"127.77.9.{number}")
        host = str(site.server_address[0])
        server = context(folder, certificate_of(name, host, authority))
        spoken(server, folder)
        site.socket = server.wrap_socket(site.socket, server_side=True)
        site.put("/list.html", listing(row("/2020.html", "青禾县2020年政府信息公开工作年度报告")))
        site.put("/2020.html", report(2020))
        rows.append(column(name, f"{site.url.replace('http', 'https')}/list.html", tls=tls))
        sites.append(site)
    (folder / "registry").mkdir()
    (folder / "registry" / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")
    captures = folder / "captures"
    settings = FAST | {"CERTIFICATE_AUTHORITIES": str(folder / "authorities.pem")}
    yield crawl(REGION, [2020], registry=folder / "registry", captures=captures, settings=settings)
    for site in sites:
        site.close()


@pytest.mark.parametrize(
    ("name", "state"),
    {
        "trusted": "verified",
        "old_listed": "verified",
        "modern": "signed by itself",
        "expired": "expired",
        "borrowed": "not made out to this host",
        "unknown": "its issuer is unknown, or not sent along",
    }.items(),
)
def test_what_speaks_against_a_certificate_is_said_and_the_page_is_kept(
    summary: CrawlSummary, name: str, state: str
) -> None:
    (found,) = [each for each in summary.columns if each.column == name]
    host = f"127.77.9.{[*SERVERS].index(name) + 1}"
    (shown,) = [each for each in summary.hosts if each.host == host]

    assert (shown.certificate, found.new) == (state, 1)


def test_mozilla_s_authorities_do_not_know_ours(tmp_path: Path) -> None:
    site = Site("127.77.9.90")
    own = signed("127.77.9.90", signed(AUTHORITY))
    site.socket = context(tmp_path, own).wrap_socket(site.socket, server_side=True)
    url = site.url.replace("http", "https")
    site.put("/list.html", listing(row("/2020.html", "青禾县2020年政府信息公开工作年度报告")))
    asked = ScoutRequest(
        task="probe", url=f"{url}/list.html", hosts=("127.77.9.90",), captures=tmp_path / "kept"
    )

    scouted = scout(asked.model_copy(update={"settings": FAST}))

    site.shutdown()
    site.server_close()
    assert scouted.certificate == "its issuer is unknown, or not sent along"
    assert scouted.seen is not None
    assert "does not verify" in "\n".join(said_of(scouted, scouted.seen, ()))


def test_a_look_at_an_old_server_says_which_line_would_allow_it(tmp_path: Path) -> None:
    site = Site("127.77.9.91")
    server = context(tmp_path, signed("127.77.9.91"))
    old_protocol(server, tmp_path)
    site.socket = server.wrap_socket(site.socket, server_side=True)
    url = f"{site.url.replace('http', 'https')}/list.html"
    site.put("/list.html", listing(row("/2020.html", "青禾县2020年政府信息公开工作年度报告")))
    folder = tmp_path / "registry"
    folder.mkdir()
    file = folder / f"{REGION}.toml"
    file.write_text(column("old", url), "utf-8")
    given = {"NIANBAO_REGISTRY": str(folder), "NIANBAO_DATA": str(tmp_path)}
    env = {**given, "NIANBAO_CRAWL_SETTINGS": json.dumps(FAST)}

    def probe(*more: str) -> Result:
        return CliRunner().invoke(app, ["sites", "probe", *more], env=env)

    refused, once = probe("old"), probe(url, "--legacy-tls")
    file.write_text(column("old", url, tls="legacy"), "utf-8")
    allowed = probe("old")

    site.shutdown()
    site.server_close()
    assert (refused.exit_code, once.exit_code, allowed.exit_code) == (1, 0, 0), refused.output
    assert f'# for row old of {REGION}.toml, if you agree:\ntls = "legacy"\n' in refused.stdout
    assert "--legacy-tls" in refused.stderr


@pytest.mark.parametrize("name", ["old_listed", "small_listed", "modern"])
def test_a_host_is_spoken_to_as_its_row_says(summary: CrawlSummary, name: str) -> None:
    (found,) = [each for each in summary.columns if each.column == name]

    assert (found.status, found.why, found.new) == (ColumnStatus.ANSWERED, None, 1)


@pytest.mark.parametrize("name", ["old_refused", "small_refused"])
def test_a_host_that_is_not_listed_is_refused_and_the_reason_said(
    summary: CrawlSummary, name: str
) -> None:
    (found,) = [each for each in summary.columns if each.column == name]

    assert found.status is ColumnStatus.UNREACHED
    assert found.why is not None
    assert "no TLS that is safe today" in found.why
    assert 'tls = "legacy"' in found.why
