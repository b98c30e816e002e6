"""What speaks against a host's certificate. It is written down, and no page is refused for it."""

from __future__ import annotations

from collections.abc import Callable

from OpenSSL import SSL
from OpenSSL.crypto import X509
from scrapy.core.downloader.tls import _ScrapyClientTLSOptions26
from service_identity import VerificationError
from service_identity.exceptions import CertificateError
from service_identity.hazmat import DNS_ID, IPAddress_ID, verify_service_identity
from service_identity.pyopenssl import extract_patterns
from twisted.protocols.tls import TLSMemoryBIOProtocol

Note = Callable[[str, str | None], None]
"""Takes a host and what speaks against its certificate; null: nothing so far."""

WORDS = {
    7: "its signature is wrong",
    9: "not valid yet",
    10: "expired",
    18: "signed by itself",
    19: "signed by an authority of its own",
    20: "its issuer is unknown, or not sent along",
    21: "its issuer is unknown, or not sent along",
    66: "its key is too short",
    67: "its authority's key is too short",
    68: "signed with a hash that is too weak",
}
"""X509_V_ERR_* by number, as OpenSSL's x509_vfy.h has them."""


class NotingOptions(_ScrapyClientTLSOptions26):
    """Scrapy's, which lets every certificate pass; what is wrong with one is noted here."""

    def __init__(
        self, connect: Callable[[TLSMemoryBIOProtocol], SSL.Connection], host: str, note: Note
    ) -> None:
        super().__init__(connect, host)
        self._note = note

    def clientConnectionForTLS(self, tlsProtocol: TLSMemoryBIOProtocol) -> SSL.Connection:  # noqa: N802, N803
        """Twisted asks this for every new connection."""
        connection = super().clientConnectionForTLS(tlsProtocol)
        asked = SSL.VERIFY_PEER | SSL.VERIFY_FAIL_IF_NO_PEER_CERT
        connection.set_verify(asked, self._verified)
        return connection

    def _verified(
        self, connection: SSL.Connection, certificate: X509, error: int, depth: int, ok: int
    ) -> bool:
        """OpenSSL calls this for each certificate of the chain, the host's own being 0."""
        problem = WORDS.get(error, f"X509_V_ERR {error}") if error else None
        self._note(self._hostname, problem)
        if depth == 0 and not self._is_named_by(certificate):
            self._note(self._hostname, "not made out to this host")
        return True

    def _is_named_by(self, certificate: X509) -> bool:
        make = DNS_ID if self._hostnameIsDnsName else IPAddress_ID
        try:
            patterns = extract_patterns(certificate)
            verify_service_identity(patterns, [make(self._hostnameASCII)], [])
        except (CertificateError, VerificationError, ValueError):
            return False
        return True
