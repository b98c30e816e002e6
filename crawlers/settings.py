"""Scrapy settings of every crawl. Each differs from Scrapy's default for the reason beside it."""

from __future__ import annotations

import os
from importlib.metadata import version
from urllib.request import getproxies

# Who to write to about a crawl; an operator names himself here.
CONTACT = os.environ.get("NIANBAO_CONTACT", "no contact given; set NIANBAO_CONTACT")

BOT_NAME = "nianbao"
USER_AGENT = f"nianbao/{version('nianbao')} (+{CONTACT})"
SPIDER_MODULES = ["crawlers.spiders"]

# Manners. gov.cn hosts block an address about a minute after a burst; one request in two seconds
# is what other projects found tolerable.
ROBOTSTXT_OBEY = True
ROBOTSTXT_USER_AGENT = "nianbao"
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 2.0
DOWNLOAD_DELAY_JITTER = 0.0  # the default may halve the delay, and a robots.txt's Crawl-delay
AUTOTHROTTLE_ENABLED = True  # slow hosts get more time; never less than the delay
AUTOTHROTTLE_START_DELAY = 2.0
AUTOTHROTTLE_MAX_DELAY = 60.0
ROBOTS_FRESH_HOURS = 24  # RFC 9309, 2.4: a copy should not be used for longer
# A report that was had is asked for again when its row in the list changes, and so often in any
# case: sites correct reports in place, and say so nowhere.
DEEP_AFTER_DAYS = 7
# Hours of the day in China (`22-06`) in which real hosts are asked; none: at any time. A row of the
# registry may narrow them for its host (`hours`).
CRAWL_HOURS = None
# The longest Retry-After that is waited out; a host that asks for more is left for this crawl, and
# the next night is soon enough.
RETRY_AFTER_LONGEST = 120
# Many hosts at once, each at its own pace.
CONCURRENT_REQUESTS = 16

# Safe TLS for all; what old servers speak for the hosts of rows with `tls = "legacy"` alone.
DOWNLOAD_HANDLERS = {"https": "crawlers.tls.TlsByHostHandler"}
LEGACY_TLS_HOSTS: list[str] = []  # a crawl fills it in from its rows
# Certificates are looked at and never refused: Scrapy's DOWNLOAD_VERIFY_CERTIFICATES stays off, the
# summary says of each host what speaks against its own. By these authorities, a PEM file; none:
# Mozilla's, which are the same on every machine.
CERTIFICATE_AUTHORITIES = None

# Limits. Answers take 3-15 s on county hosts; pages are 20-200 KB.
DOWNLOAD_TIMEOUT = 40
DOWNLOAD_MAXSIZE = 32 * 1024 * 1024
DOWNLOAD_WARNSIZE = 8 * 1024 * 1024
DNS_TIMEOUT = 20
TWISTED_DNS_RESOLVER = "crawlers.resolver.PublicResolver"  # no way to addresses of the inside
REDIRECT_MAX_TIMES = 5
METAREFRESH_MAXDELAY = 10  # longer ones are notices to people
# A crawl ends in order after so many seconds, and goes on when it is asked for again. Twenty hours:
# it is through, or has let go of its region, before the next night begins.
CLOSESPIDER_TIMEOUT = 20 * 3600
DEPTH_LIMIT = 0  # pages per column are limited by the spider

# A challenge (403, 405, 412, 521) is an answer: asking again is the wrong reply to it.
RETRY_HTTP_CODES = [500, 502, 503, 504, 522, 524, 408, 429]
RETRY_TIMES = 2

COOKIES_ENABLED = False  # no list or report needs one
# What the archive can undo; a server that sends another encoding unasked is noted as unreadable.
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "zh-CN,zh;q=0.9",
    "Accept-Encoding": "gzip, deflate",
}
HTTPERROR_ALLOW_ALL = True  # the spider says of every status what it means

# Both open a port on this machine, and are on by default.
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False

DOWNLOADER_MIDDLEWARES = {
    # Before robots.txt is asked for: a host outside the allow-list is not asked even that.
    "crawlers.manners.AllowListMiddleware": 50,
    "scrapy.downloadermiddlewares.offsite.OffsiteMiddleware": None,
    # Then the host's gate, which on the way back sees what retries and redirects have left.
    "crawlers.gate.GateMiddleware": 60,
    "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
    "crawlers.robots.PoliteRobotsMiddleware": 100,
    "crawlers.shells.ShellMiddleware": 585,
    "scrapy.downloadermiddlewares.httpauth.HttpAuthMiddleware": None,  # no login, ever
    "scrapy.downloadermiddlewares.cookies.CookiesMiddleware": None,
    "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
    "crawlers.gate.PoliteRetryMiddleware": 550,
    "scrapy.downloadermiddlewares.redirect.MetaRefreshMiddleware": None,
    "crawlers.shells.RefreshMiddleware": 580,
    # Next to the wire: below Redirect (600), above nothing that changes a request or an answer.
    "crawlers.archive.ArchiveMiddleware": 890,
}

# Not needed, and not free: measured, a crawl with them is half as fast.
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # the summary counts what matters
DOWNLOADER_STATS = False
LOGSTATS_INTERVAL = 0
EXTENSIONS = {
    "scrapy.extensions.corestats.CoreStats": None,
    "scrapy.extensions.logcount.LogCount": None,
    "scrapy.extensions.memusage.MemoryUsage": None,
    # Off as it is, it imports aiohttp: a tenth of what a crawl takes to start.
    "scrapy.extensions.remote_control.RemoteControl": None,
}
HTTPPROXY_ENABLED = bool(getproxies())  # where the environment names a proxy
COMPRESSION_ENABLED = False  # the archive undoes the content encoding, once for all who read
ASYNCIO_EVENT_LOOP = "uvloop.Loop"  # a twentieth off a page: it waits for sockets in C
WARN_ON_GENERATOR_RETURN_VALUE = False  # parses the source of a callback for every response
CONCURRENT_ITEMS = 1  # a task each for every response; there are no items
REFERER_ENABLED = False
SPIDER_MIDDLEWARES = {
    "scrapy.spidermiddlewares.httperror.HttpErrorMiddleware": None,  # HTTPERROR_ALLOW_ALL
    "scrapy.spidermiddlewares.referer.RefererMiddleware": None,
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,  # crawlers.traps
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,  # crawlers.listed
    "scrapy.spidermiddlewares.start.StartSpiderMiddleware": None,  # FIRST in crawlers.asking
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,  # crawlers.asking
}

LOG_LEVEL = "INFO"
