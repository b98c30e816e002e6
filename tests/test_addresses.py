"""What an address says by its shape."""

from __future__ import annotations

import csv
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.addresses import article_of, column_key, is_list_address, main_address, page_key
from tests.shared_support import SHARED

SITES = SHARED / "sites"
HOST = "https://www.qinghe.gov.cn"
CODE = "113325000026455663"
UUID = "4a03b5fa-47ae-4c73-b7ec-42801de6be66"
HEX = "4a03b5fa47ae4c73b7ec42801de6be66"

ARTICLES = [
    ("/zwgk/nb/202501/t20250114_5501995.shtml", "trs_t", "2025-01-14"),
    ("/zwgk/nb/202501/t20250114_5501995.html?isMobile=true", "trs_t", "2025-01-14"),
    ("/zwgk/nb/t76543210.shtml", "trs_tid", None),
    ("/art/2021/1/2/art_1229134028_3787891.html", "hanweb_art", "2021-01-02"),
    (f"/nb/art/2023/art_{HEX}.html", "hanweb_art_hex", "2023"),
    ("/col/1_2/art/202401/1704067200000AbCdE.html", "hanweb_huaian", "2024-01-01"),
    (f"/module/xxgk/xxgkAnnualReport.jsp?fbtime=2017&area={CODE}", "hanweb_annual", "2017"),
    ("/info/1667/53878.htm", "vsb_info", None),
    ("/zfxxgknb/n2025n.htm", "vsb_yearpage", "2025"),
    ("/x/gkmlpt/content/8/8766/post_8766914.html", "gkmlpt_post", None),
    ("/nb/content/mpost_828386.html", "nfcms_post", None),
    (f"/nb/2020/1/9/{HEX}.shtml", "ucap_schex", "2020-01-09"),
    (f"/nb/202301/{HEX}.shtml", "ucap_hexmon", "2023-01"),
    ("/nb/202301/c01_868731.shtml", "ucap_c01", "2023-01"),
    ("/zwgk/public/15/62657571.html", "lonsun_public", None),
    ("/XxgkAnnualReport/show/5848.html", "openness_show", None),
    ("/zw/showinfo.html?infoGuid=0b1c2d3e-0000-4000-8000-000000000001", "epoint_info", None),
    ("/2024/03-29/2967452.html", "dahe", "2024-03-29"),
    ("/cms/html/npszf/2013-01-25/1779102018.html", "dated_article", "2013-01-25"),
    ("/aes/2023-02/08/article_2024041410263533082.html", "dated_article_id", "2023-02-08"),
    (f"/nw12344/20230331/{HEX}.html", "shanghai_hex", "2023-03-31"),
    ("/nb/63ae9ee5f8fd1c4c2133970d.html", "mongo", "2022-12-30"),
    ("/nb/2024013110470592735/index.html", "timestamp_folder", "2024-01-31"),
    ("/nb/2669231/index.shtml", "number_folder", None),
    ("/doc/2022/12/13/3772612.shtml", "doc_date", "2022-12-13"),
    ("/szfzcbm2/132693.html", "number_alone", None),
    ("/art_123_456789.html", "hanweb_art_bare", None),
    ("/c.jsp?urltype=news.NewsContentUrl&wbtreeid=1065&wbnewsid=12345", "vsb_query", None),
    ("/x.jsp?wbtreeid=1001&indexcode=11410000-2024-00001", "vsb_query", None),
    (f"/004003/004003001/20240115/{UUID}.html", "epoint_static", "2024-01-15"),
    ("/c/2024-01-15/4812345.shtml", "dated_article", "2024-01-15"),
    (f"/sitesources/x/page_pc/zwgk/article{HEX}.html", "article_hex", None),
    ("/zhengce/content/202401/content_6924881.htm", "content_number", None),
    ("/col/content/content_1867123456789012345.html", "content_number", None),
    ("/csrc/c101954/c7456789/content.shtml", "content_folder", None),
    ("/n152/n162/c1662004999979/content.html", "content_folder", None),
    ("/zwgkcontent-888888040-56270.html", "content_number", None),
    ("/info/egovinfo/1007/overt_centent/11532323Y-/2020-0206003.htm", "vsb_egovinfo", None),
    ("/content/article/5612345", "content_article", None),
    ("/zwgk/show-123.html", "show", None),
    ("/show-12-3456-1.html", "show", None),
    ("/OpennessContent/show/1234567.html", "show", None),
    ("/ywdt/202401/i123456.html", "trs_number", "2024-01"),
    ("/article/gkml/202401/20240103467890.shtml", "long_number", None),
    ("/webinfo/2014/01/1389012345678901.htm", "long_number", None),
    ("/xw/2024-01/15/c_1130123456.htm", "xinhua", None),
    ("/a/xxgk/2024/0115/123.html", "dated_number", "2024-01-15"),
    ("/html/2024/01/15/123.html", "dated_number", "2024-01-15"),
    ("/zwgk/xxgk/20240115/1234.html", "dated_number", "2024-01-15"),
    ("/gknb/1234.jhtml", "jeecms", None),
    (f"/c100123/202401/{UUID}.shtml", "hex_alone", None),
    (f"/c100123/202401/{HEX}.html", "hex_alone", None),
    ("/Item/12345.aspx", "powereasy_item", None),
    ("/xxgk/detail_12345.html", "named_number", None),
    ("/index.php?m=content&c=index&a=show&catid=12&id=345", "phpcms_query", None),
    ("/info/iList.jsp?cat_id=10023&info_id=1234", "named_query", None),
    ("/NewsDetail.aspx?ID=123", "page_query", None),
    ("/plus/view.php?aid=123", "page_query", None),
    ("/zfxxgk_show.html?id=12345", "page_query", None),
    ("/nb/P020240115512345678901.pdf", "file_dated", "2024-01-15"),
    ("/upload/2024/nb.PDF", "file", None),
]  # fmt: skip
LISTS = [
    "/zwgk/zfxxgknb/",
    "/zwgk/zfxxgknb/index_2.html",
    "/col/col93261/index.html",
    "/jxsrmzf/xxgkn142/pc/list.html",
    "/gkmlpt/annualreport#2629",
    "/public/column/15?type=4&catId=7&action=list",
    "/site/tpl/7931?nav=4&year=2024",
    "/opennessAnnualReport/?branch_id=5f00aa",
    "/hlj/c108463/common_list_2.shtml",
    "/zfxxgk/zfxxgknb.htm",
    "/zfxxgk/zfxxgknb/2.htm",
    "/zfxxgknb/index_2.jhtml",
    "/a/xxgk/list_12_2.html",
    "/list-12-1.html",
    "/index.php?m=content&c=index&a=lists&catid=12",
    "/InfoPublic.aspx?cid=1019&page=1",
    "/004003/004003001/subpage.html",
    "/004003001/secondPage2.html",
    "/channel_x_12_12345/index.html",
    "/zfxxgknb/list.jsp?urltype=tree.TreeTempUrl&wbtreeid=1065",
]
NEITHER = ["/zwgk/zfxxgknb/2023.html", "/ArticleList.aspx?id=12", "/nb/1.html", "/nbzt/2018nb"]
TWINS = [
    ("/nb/202301/t20230114_1_wap.html", "/nb/202301/t20230114_1.html"),
    ("/nb/202301/t20230114_1_print.html", "/nb/202301/t20230114_1.html"),
    ("/nb/content/mpost_1.html", "/nb/content/post_1.html"),
    ("/nb/info/1/2.htm;jsessionid=0A1B", "/nb/info/1/2.htm"),
    ("/nb/1234567.html?print=1", "/nb/1234567.html"),
    ("/x.aspx?dept=5&isMobile=true&year=2022", "/x.aspx?dept=5&year=2022"),
    ("/nb/./a/../1234567.html#top", "/nb/1234567.html"),
    ("//nb//1234567.html", "/nb/1234567.html"),
]


@pytest.mark.parametrize(("path", "dialect", "date"), ARTICLES)
def test_an_article_is_known_by_the_shape_of_its_address(
    path: str, dialect: str, date: str | None
) -> None:
    article = article_of(HOST + path)

    assert article is not None
    assert (article.dialect, article.date) == (dialect, date)
    assert (article.date_means is None) == (date is None)
    assert not is_list_address(HOST + path)


@pytest.mark.parametrize("path", LISTS)
def test_a_list_is_no_article(path: str) -> None:
    assert article_of(HOST + path) is None
    assert is_list_address(HOST + path)


@pytest.mark.parametrize("path", NEITHER)
def test_what_may_be_either_is_not_called_an_article(path: str) -> None:
    assert article_of(HOST + path) is None


@pytest.mark.parametrize(("twin", "main"), TWINS)
def test_a_second_face_leads_to_its_main_page(twin: str, main: str) -> None:
    assert main_address(HOST + twin) == HOST + main
    assert main_address(HOST + main) == HOST + main
    assert page_key(HOST + twin) == page_key(HOST + main)


@pytest.mark.parametrize(
    "same",
    [
        "http://qinghe.gov.cn/nb/",
        "https://wap.qinghe.gov.cn/nb/index.html",
        "https://www.QINGHE.gov.cn:443/nb/index.shtml",
        "https://m.qinghe.gov.cn/nb/?from=timeline",
    ],
)
def test_scheme_face_and_index_page_do_not_tell_pages_apart(same: str) -> None:
    assert page_key(same) == page_key("https://www.qinghe.gov.cn/nb/")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("/nb/index.html", "/nb/index_1.html"),
        ("/x.aspx?year=2021", "/x.aspx?year=2022"),
        ("/content/post_1.html", "/content/post_2.html"),
        ("/a_1.html", "/a.html"),
        ("/gk/index.html#/detail/1", "/gk/index.html#/detail/2"),
    ],
)
def test_pages_that_differ_keep_apart(one: str, other: str) -> None:
    assert page_key(HOST + one) != page_key(HOST + other)


def test_the_catalogue_number_belongs_to_a_column_alone() -> None:
    platform = f"{HOST}/gkmlpt/annualreport"

    assert column_key(f"{platform}#1") != column_key(f"{platform}#2")
    assert page_key(f"{platform}#1") == page_key(f"{platform}#2")


@given(st.from_regex(r"(?:/(?:[a-z0-9_.]{1,9}|\.\.))+(?:\.html)?(?:\?[a-z]=\d)?", fullmatch=True))
def test_the_main_address_of_a_main_address_is_itself(path: str) -> None:
    main = main_address(HOST + path)

    assert main_address(main) == main


@pytest.mark.skipif(not SITES.exists(), reason="the collected addresses are not here")
def test_the_collected_dialects_and_reports_are_known() -> None:
    """Two reports stand in columns that are themselves the article."""
    unknown = []
    for name in ("reports.csv", "url_dialects.csv"):
        with (SITES / name).open(encoding="utf-8") as stream:
            urls = [row.get("url") or row["example"] for row in csv.DictReader(stream)]
        unknown += [url for url in urls if url and article_of(url) is None]

    assert len(unknown) == 2
    assert all(re.search(r"/col/col\d+/index\.html$", url) for url in unknown)


@pytest.mark.skipif(not SITES.exists(), reason="the collected addresses are not here")
def test_of_the_collected_columns_those_that_look_like_articles_are_articles() -> None:
    """A page per year, and one article that was put where a column should be."""
    with (SITES / "columns.csv").open(encoding="utf-8") as stream:
        urls = [row["list_url"] for row in csv.DictReader(stream)]
    shaped = Counter(article.dialect for url in urls if (article := article_of(url)))
    neither = [url for url in urls if not article_of(url) and not is_list_address(url)]

    assert shaped == {"hanweb_annual": 3, "vsb_yearpage": 1, "year_details": 1, "number_alone": 1}
    assert len(neither) == 4, "a pager that begins with 1.html, an address without an ending"


@pytest.mark.skipif(not SITES.exists(), reason="the collected addresses are not here")
def test_of_the_collected_pages_hardly_one_is_mistaken() -> None:
    with (SITES / "real_urls.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    mistaken = [
        row["url"]
        for row in rows
        if (row["kind"] == "report" and is_list_address(row["url"]))
        or (row["kind"] == "list" and article_of(row["url"]))
    ]

    assert len(rows) == 250
    assert len(mistaken) <= 3, mistaken
