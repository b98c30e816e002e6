"""What stands in place of a page is told from a page."""

from __future__ import annotations

import pytest

from crawlers.blocked import blocked_kind
from tests.shared_support import SHARED

HTML = {"content-type": "text/html; charset=utf-8"}
SHELLS = SHARED / "sites/skeletons/ops-shells"
ROW = "<li><a href='/1.html'>青禾县2019年政府信息公开工作年度报告</a><span>2020-01-20</span></li>"
LIST = f"<html><head><title>政府信息公开年报</title></head><body><ul>{ROW * 5}</ul></body></html>"

CASES = [
    (200, "<html><title>请稍候…</title><div>请按住滑块，拖动到最右边</div></html>", "slider"),
    (
        200,
        "<script>$_ts=window['$_ts'];</script><noscript>请开启JavaScript</noscript>",
        "js_challenge",
    ),
    (200, "<script>document.cookie='k=1';location.href=location.pathname</script>", "js_challenge"),
    (200, "<html><head><meta http-equiv='refresh' content='0;url=/new/'></head></html>", "shell"),
    (200, "<html><body><script>location.replace('./szf/');</script></body></html>", "shell"),
    (200, "<html><title>提示信息</title><p>您访问的页面不存在或已删除！</p></html>", "soft404"),
    (200, "<html><title>青禾市人民政府</title><div>要闻 政务 服务</div></html>", "soft404"),
    (200, "<html><body>很抱歉，您的访问被阻断。</body></html>", "waf"),
    (200, "", "empty"),
    (200, "<datastore><totalrecord>0</totalrecord></datastore>", "empty"),
    (200, "<title>a.gov.cn</title><a href='/buy'>This domain is for sale</a>", "parked"),
    (200, "<title>网站已过期</title><p>该域名已过期，请联系</p>", "parked"),
    (200, f"{LIST}<a>百家乐</a><a>老虎机</a><a>开户送58</a>", "hijacked"),
    (200, f"{LIST}<a>365bet</a><a>滚球</a><a>新葡京</a>", "hijacked"),
    (200, "<title>统一身份认证</title><form><input name=p type='password'></form>", "login"),
    (403, "已被拦截", "waf"),
    (405, "", "waf"),
    (412, "", "js_challenge"),
    (521, "", "js_challenge"),
    (429, "", "rate_limit"),
    (401, "", "login"),
]


@pytest.mark.parametrize(("status", "html", "kind"), CASES)
def test_what_is_not_a_page_has_a_kind(status: int, html: str, kind: str) -> None:
    assert blocked_kind(status, HTML, html.encode()) == kind


@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_a_list_is_a_page_in_any_charset(charset: str) -> None:
    assert blocked_kind(200, HTML, LIST.encode(charset)) is None


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "gb18030"])
def test_words_of_betting_are_found_in_any_charset(charset: str) -> None:
    page = f"{LIST}<a>百家乐</a><a>老虎机</a><a>开户送58</a>"

    assert blocked_kind(200, HTML, page.encode(charset)) == "hijacked"
    assert blocked_kind(200, HTML, page.encode(charset) + b"\xff\xff") == "hijacked"


def test_a_report_may_speak_of_deleted_pages_and_of_scripts() -> None:
    words = "政府信息公开工作年度报告：已删除过期信息，页面不存在的链接被拦截，document.cookie="

    assert blocked_kind(200, HTML, (LIST + words).encode()) is None


def test_a_police_report_may_name_a_game() -> None:
    words = "政府信息公开工作年度报告：查处网络博彩、六合彩案件12起"

    assert blocked_kind(200, HTML, (LIST + words).encode()) is None


@pytest.mark.parametrize(
    ("inside", "kind"),
    [
        ("<a href='/xxgk/'>政府信息公开年报</a><a href='/nb/'>政府信息公开年度报告</a>", "home"),
        ("<h1>青禾市2023年政府信息公开工作年度报告</h1><img src='1.png'>", None),
        ("<p>政府信息公开统计期限自1月1日起</p>", None),
        ("<p>政府信息公开</p><a href='/P020240101.pdf'>附件</a>", None),
    ],
)
def test_a_home_page_speaks_of_disclosure_and_is_no_report(inside: str, kind: str | None) -> None:
    html = f"<html><title>青禾市人民政府</title><body>{inside}{'要闻 ' * 300}</body></html>"

    assert blocked_kind(200, HTML, html.encode(), claimed="report") == kind
    assert blocked_kind(200, HTML, html.encode(), claimed="list") is None


def test_a_redirect_to_itself_with_a_cookie_is_a_challenge() -> None:
    url = "http://a.gov.cn/list.html"
    headers = {"location": "/list.html", "set-cookie": "CT6T=1"}

    assert blocked_kind(302, headers, b"", url) == "cookie_loop"
    assert blocked_kind(302, headers | {"location": "/new.html"}, b"", url) is None
    assert blocked_kind(302, {"location": "/list.html"}, b"", url) is None


@pytest.mark.parametrize("status", [404, 500, 301, 304])
def test_a_plain_error_is_told_by_its_status_alone(status: int) -> None:
    assert blocked_kind(status, HTML, b"") is None


def test_an_attachment_is_never_judged() -> None:
    assert blocked_kind(200, {"content-type": "application/pdf"}, b"%PDF-1.4 location=") is None


@pytest.mark.skipif(not SHELLS.exists(), reason="the collected shells are not here")
def test_the_collected_shells_are_known() -> None:
    kinds = {
        path.name: blocked_kind(int(path.name[:3]), HTML, path.read_bytes())
        for path in SHELLS.glob("[0-9]*.html")
    }

    assert {name for name, kind in kinds.items() if kind is None} == {"404_iso8859.html"}
