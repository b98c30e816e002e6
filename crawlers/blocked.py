"""Tells a page from what stands in its place: a challenge, an error page, a shell."""

from __future__ import annotations

import re
from collections.abc import Mapping

from crawlers.text import decode_page

# What sites say by status alone; each was reported for gov.cn hosts. 405 is a cloud guard's answer
# to a plain GET, 412 and 521 come with a script that must run in a browser.
BY_STATUS = {
    401: "login",
    403: "waf",
    405: "waf",
    412: "js_challenge",
    429: "rate_limit",
    451: "waf",
    521: "js_challenge",
}
# The largest shells seen have 268 bytes; a list page with one row has over 2,000.
SHELL_BYTES = 600
# A page this short cannot hold a title, a body and a footer (an empty list answered 54 bytes).
EMPTY_BYTES = 60
# The slider page has 22,857 bytes; every report has more text than that around its tables.
CHALLENGE_BYTES = 40_000
SCRIPT_CHALLENGE = re.compile(r"\$_ts\b|__jsl_clearance|document\.cookie\s*=|请开启JavaScript")
SLIDER = re.compile(r"<title>\s*请稍候|拖动[^<]{0,10}最右|滑块[^<]{0,10}验证")
GUARD = re.compile(r"疑似攻击|访问被阻断|安全威胁|被拦截|访问过于频繁|请求被拒绝")
GONE = re.compile(r"页面不存在|(页面|信息|文章|内容)[^<]{0,6}已(经)?(被)?删除|找不到[^<]{0,6}页面")
REDIRECT = re.compile(r"""http-equiv=["']?refresh|location\s*(\.\s*(href|replace)\s*)?[=(]""", re.I)
# A home page in place of an article: its title names the site alone.
HOME_TITLE = re.compile(r"<title>\s*[^<]{0,20}(人民政府|政府网|政府门户网站|首页)\s*</title>")
OUR_SUBJECT = "信息公开"


def blocked_kind(status: int, headers: Mapping[str, str], body: bytes) -> str | None:
    """What stands in place of the page; null: a page, or a plain error that its status tells.

    `headers` have lower-case names, `body` has its content encoding undone. Kinds:
    `js_challenge`, `slider`, `waf`, `rate_limit`, `login`, `soft404`, `shell`, `empty`.
    """
    if status in BY_STATUS:
        return BY_STATUS[status]
    if status != 200:
        return None
    if not _is_text(headers.get("content-type"), body):
        return None
    return _standing_in(decode_page(body), len(body))


def _standing_in(text: str, size: int) -> str | None:
    if OUR_SUBJECT not in text:
        if size <= CHALLENGE_BYTES and SLIDER.search(text):
            return "slider"
        if GUARD.search(text):
            return "waf"
        if GONE.search(text) or HOME_TITLE.search(text):
            return "soft404"
    if size <= SHELL_BYTES and SCRIPT_CHALLENGE.search(text):
        return "js_challenge"
    if size <= SHELL_BYTES and REDIRECT.search(text):
        return "shell"
    return "empty" if size <= EMPTY_BYTES else None


def _is_text(content_type: str | None, body: bytes) -> bool:
    """Attachments are never judged: their bytes may hold anything."""
    if content_type is None:
        return not body or body.lstrip()[:1] == b"<"
    return any(word in content_type.lower() for word in ("html", "text", "xml"))
