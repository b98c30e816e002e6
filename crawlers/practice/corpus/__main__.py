"""Writes the corpus into a folder: each document, and its truth beside it."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from crawlers.practice.corpus.documents import documents


def main() -> None:
    """`python -m crawlers.practice.corpus DIR`: the layout that scoring tools read."""
    parser = argparse.ArgumentParser(prog="python -m crawlers.practice.corpus", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", default="", help="documents whose name holds this text")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    written = 0
    for document in documents():
        if asked.only in document.name:
            (asked.folder / f"{document.name}{document.suffix}").write_bytes(document.body)
            truth = json.dumps(
                {"file": document.name + document.suffix, **document.truth},
                ensure_ascii=False,
                indent=1,
            )
            (asked.folder / f"{document.name}.truth.json").write_text(truth, "utf-8")
            written += 1
    sys.stdout.write(f"{written} documents in {asked.folder}\n")


if __name__ == "__main__":
    main()
