"""What a file is, by its bytes: names and labels of attachments are wrong too often.

The libraries that know many kinds do not know the two that matter here and nowhere else: OFD
(GB/T 33190), and the Word files that WPS writes under a name of its own.
"""

from __future__ import annotations

import zipfile
from io import BytesIO

# The first bytes of each format, from its specification.
MAGIC = {
    b"%PDF-": "pdf",
    b"\x89PNG\r\n\x1a\n": "png",
    b"\xff\xd8\xff": "jpg",
    b"GIF87a": "gif",
    b"GIF89a": "gif",
    b"II*\0": "tiff",
    b"MM\0*": "tiff",
    b"BM": "bmp",
    b"Rar!\x1a\x07": "rar",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"{\\rtf": "rtf",
}
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Names of streams in the directory of an OLE2 file, as [MS-DOC], [MS-XLS] and [MS-PPT] have them.
STREAMS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt"}
# A member that only one kind of zip file has, from ECMA-376 and GB/T 33190.
MEMBERS = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx", "OFD.xml": "ofd"}
# Some writers put a blank line or a mark before the header; PDF 32000 allows 1024 bytes of it.
PDF_LEAD = 1024


def media_type(body: bytes) -> str | None:
    """`pdf`, `doc`, `xls`, `docx`, `xlsx`, `ofd`, `zip`, `rar`, `png`...; null: none of these.

    A file that WPS writes is `doc` or `xls`, whatever its name: it has their streams.
    """
    for magic, kind in MAGIC.items():
        if body.startswith(magic):
            return kind
    if body.startswith(b"PK\x03\x04"):
        return _zip(body)
    if body.startswith(OLE2):
        return _ole2(body)
    is_page = body[:PDF_LEAD].lstrip()[:1] == b"<"
    return "pdf" if not is_page and b"%PDF-" in body[:PDF_LEAD] else None


def _zip(body: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(body)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return "zip"
    return next((k for m, k in MEMBERS.items() if any(n.startswith(m) for n in names)), "zip")


def _ole2(body: bytes) -> str:
    streams = ((name.encode("utf-16-le") + b"\0\0", kind) for name, kind in STREAMS.items())
    return next((kind for name, kind in streams if name in body), "ole2")
