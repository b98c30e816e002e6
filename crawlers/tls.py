"""HTTPS as each host's row asks for it: what is safe today, or what an old server still speaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlsplit

import certifi
from scrapy import Request
from scrapy.core.downloader.contextfactory import _ScrapyClientContextFactory
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadFailedError
from scrapy.http import Response
from twisted.internet.interfaces import IAcceptableCiphers, ICipher
from twisted.internet.ssl import CertificateOptions, TLSVersion
from twisted.web.iweb import IPolicyForHTTPS
from zope.interface import implementer  # type: ignore[import-untyped]

from crawlers.certificates import Note, NotingOptions
from crawlers.columns import LEGACY_LINE
from crawlers.manners import job_of

# OpenSSL's level 2 wants keys of 2048 bits and SHA-2; level 0 takes 1024-bit DH, SHA-1, TLS 1.0.
STANDARD_CIPHERS, LEGACY_CIPHERS = "DEFAULT:@SECLEVEL=2", "ALL:@SECLEVEL=0"
SSL_ERROR = re.compile(r"OpenSSL\.SSL\.Error: \[\('[^']*', '[^']*', '([^']+)'\)")
# What OpenSSL says when the other side is too old for us; its other errors mean something else.
TOO_OLD = re.compile(
    r"protocol version|unsupported protocol|too small|too weak|legacy renegotiation"
    r"|handshake failure|no shared cipher"
)


class UnsafeTlsError(DownloadFailedError):
    """The host speaks no TLS that is safe today, and its row does not allow another."""


@implementer(ICipher, IAcceptableCiphers)
class CipherRules:
    """An OpenSSL cipher string as it is: Twisted's own way drops the security level from it."""

    def __init__(self, rules: str) -> None:
        self.fullName = rules

    def selectCiphers(self, availableCiphers: Sequence[ICipher]) -> tuple[CipherRules]:  # noqa: N802, N803
        """Twisted joins the names of what this returns."""
        return (self,)


class Policy(_ScrapyClientContextFactory):
    """Scrapy's, but only legacy hosts get the renegotiation of before RFC 5746."""

    def __init__(self, *, is_legacy: bool, authorities: str, note: Note) -> None:
        least = TLSVersion.TLSv1_0 if is_legacy else TLSVersion.TLSv1_2
        super().__init__(tls_min_version=least)
        rules = CipherRules(LEGACY_CIPHERS if is_legacy else STANDARD_CIPHERS)
        self.tls_ciphers = rules  # type: ignore[assignment]  # zope knows the interface, mypy does not
        self._is_legacy, self._authorities, self._note = is_legacy, authorities, note

    def creatorForNetloc(self, hostname: bytes, port: int) -> NotingOptions:  # type: ignore[override]  # noqa: N802
        """Twisted asks this for every new connection."""
        connect = self._options._makeTLSConnection
        return NotingOptions(connect, hostname.decode("ascii"), self._note)

    @cached_property
    def _options(self) -> CertificateOptions:
        """Made once: a hundred authorities are read for it."""
        plain = CertificateOptions(**self._get_cert_options_kwargs())
        options = self._get_cert_options() if self._is_legacy else plain
        options.getContext().load_verify_locations(self._authorities)
        return options


@implementer(IPolicyForHTTPS)
class PolicyByHost:
    """The lax policy for the hosts that the registry lists, the strict one for all others."""

    def __init__(self, legacy_hosts: frozenset[str], authorities: str, note: Note) -> None:
        self.legacy_hosts = legacy_hosts
        self._policies = {
            lax: Policy(is_legacy=lax, authorities=authorities, note=note) for lax in (False, True)
        }

    def creatorForNetloc(self, hostname: bytes, port: int) -> object:  # noqa: N802
        """Twisted asks this for every new connection."""
        is_legacy = hostname.decode("ascii") in self.legacy_hosts
        return self._policies[is_legacy].creatorForNetloc(hostname, port)


class TlsByHostHandler(HTTP11DownloadHandler):
    """Scrapy's handler with `PolicyByHost`: `LEGACY_TLS_HOSTS`, `CERTIFICATE_AUTHORITIES`.

    What speaks against a host's certificate goes into the summary of the crawl.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        hosts = frozenset(crawler.settings.getlist("LEGACY_TLS_HOSTS"))
        authorities = crawler.settings.get("CERTIFICATE_AUTHORITIES") or certifi.where()

        def note(host: str, problem: str | None) -> None:
            job_of(crawler).note(host).note_certificate(problem)

        self._policy = PolicyByHost(hosts, str(authorities), note)
        self._contextFactory = self._policy  # type: ignore[assignment]

    async def download_request(self, request: Request) -> Response:
        """Fetch; an old server that is not listed as one is named as that."""
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            said = SSL_ERROR.search(str(error))
            is_listed = urlsplit(request.url).hostname in self._policy.legacy_hosts
            if said is None or is_listed or not TOO_OLD.search(said[1]):
                raise
            raise UnsafeTlsError(
                f"the host speaks no TLS that is safe today ({said[1]}); where its pages are "
                f"public, {LEGACY_LINE} in its row of the registry allows what it speaks"
            ) from error
