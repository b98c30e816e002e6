"""Old TLS is spoken with the hosts whose rows say so, and with nobody else."""

from __future__ import annotations

import base64
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

from crawlers.run import crawl
from crawlers.summary import ColumnStatus, CrawlSummary
from tests.crawl_town import FAST, REGION, Site, column, listing, report, row

GROUP_2 = (
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF"
)
"""The 1024-bit prime of RFC 2409, 6.2, which old servers use for Diffie-Hellman."""


def context(folder: Path) -> ssl.SSLContext:
    """A server's, with a certificate that it signed itself."""
    key = rsa.generate_private_key(65537, 2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.77.9.1")])
    now = datetime.now(UTC)
    builder = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
    builder = builder.not_valid_before(now).not_valid_after(now + timedelta(days=1))
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    certificate = builder.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    (folder / "server.pem").write_bytes(private + certificate)
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
}


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[CrawlSummary]:
    folder = tmp_path_factory.mktemp("tls")
    sites, rows = [], []
    for number, (name, (spoken, tls)) in enumerate(SERVERS.items(), start=1):
        site = Site(f"127.77.9.{number}")
        server = context(folder)
        spoken(server, folder)
        site.socket = server.wrap_socket(site.socket, server_side=True)
        site.put("/list.html", listing(row("/2020.html", "青禾县2020年政府信息公开工作年度报告")))
        site.put("/2020.html", report(2020))
        rows.append(column(name, f"{site.url.replace('http', 'https')}/list.html", tls=tls))
        sites.append(site)
    (folder / "registry").mkdir()
    (folder / "registry" / f"{REGION}.toml").write_text("\n".join(rows), "utf-8")
    captures = folder / "captures"
    yield crawl(REGION, [2020], registry=folder / "registry", captures=captures, settings=FAST)
    for site in sites:
        site.close()


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
