"""Files beside articles: small, of our own making, and what their names say they are."""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Callable
from functools import cache, partial
from urllib.parse import unquote

from crawlers.practice.exchange import Answer
from crawlers.practice.images import table_png

DOWNLOADS = ("/system/_content/download.jsp", "/module/download/downfile.jsp", "/file-download")
"""Addresses that give a file whatever stands in their query."""
SUFFIX = re.compile(r"\.(pdf|docx|doc|wps|xls|ofd|zip|png)(?=$|[&?])")
TEXT = "政府信息公开工作年度报告"


def attachment(target: str) -> Answer | None:
    """The file at an address; null where the address names none."""
    found = SUFFIX.findall(unquote(target))
    if found:
        return file_answer(found[-1])
    return file_answer("pdf") if any(word in target for word in DOWNLOADS) else None


def file_answer(suffix: str) -> Answer:
    """A file of a kind."""
    kind, make = FILES[suffix]
    return Answer(200, kind, make())


@cache
def pdf() -> bytes:
    """One empty page of A4."""
    objects = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    count = len(objects) + 1
    head = b"xref\n0 %d\n0000000000 65535 f \n%s" % (count, table)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(body))
    return body + head + end


def _zipped(files: dict[str, str]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return memory.getvalue()


@cache
def docx() -> bytes:
    """The least that a word processor opens."""
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    return _zipped(
        {
            "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
            f'"/word/document.xml" ContentType="{main}"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{rels}"><Relationship Id="r1" Type="{office}" '
            'Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{word}"><w:body><w:p><w:r><w:t>{TEXT}</w:t>'
            "</w:r></w:p></w:body></w:document>",
        }
    )


@cache
def ofd() -> bytes:
    """GB/T 33190: a zip with its root file."""
    return _zipped({"OFD.xml": '<ofd:OFD xmlns:ofd="http://www.ofdspec.org/2016" Version="1.0"/>'})


@cache
def zip_file() -> bytes:
    """An archive with one text in it."""
    return _zipped({"年度报告.txt": TEXT})


@cache
def compound(stream: str) -> bytes:
    """A compound file with one empty stream, whose name tells a text from a sheet."""
    free, end = b"\xff\xff\xff\xff", b"\xfe\xff\xff\xff"
    head = (
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00\x06\x00"
    )
    head += bytes(10) + b"\x01\x00\x00\x00" + b"\x01\x00\x00\x00" + bytes(4) + b"\x00\x10\x00\x00"
    head += end + bytes(4) + end + bytes(4) + bytes(4) + free * 108
    allocation = b"\xfd\xff\xff\xff" + end + free * 126
    root = _entry("Root Entry", 5, child=1, start=end)
    return head + allocation + (root + _entry(stream, 2, start=end)).ljust(512, b"\x00")


def _entry(name: str, kind: int, start: bytes, child: int = -1) -> bytes:
    text = f"{name}\0".encode("utf-16-le")
    shape = struct.pack("<64sHBBiii", text, len(text), kind, 1, -1, -1, child)
    return shape + bytes(36) + start + bytes(8)


FILES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf": ("application/pdf", pdf),
    "doc": ("application/msword", partial(compound, "WordDocument")),
    "docx": (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        docx,
    ),
    "wps": ("application/octet-stream", partial(compound, "WordDocument")),
    "xls": ("application/vnd.ms-excel", partial(compound, "Workbook")),
    "ofd": ("application/ofd", ofd),
    "zip": ("application/zip", zip_file),
    "png": ("image/png", table_png),
}
"""Suffix -> content type and maker."""
