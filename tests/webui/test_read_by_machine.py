"""A table that OCR read is still known for one when it has been saved as a file."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from kms.library import Library
from webui import tables


def test_a_saved_table_says_that_ocr_read_it(
    client: FlaskClient, library: Library, ids: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/documents/{ids['jahat']}/tables/1.csv"
    plain = client.get(address)
    read = tables.table_of
    monkeypatch.setattr(tables, "table_of", lambda *asked: replace(read(*asked), source="ocr"))
    marked = client.get(address)
    assert "belum-diperiksa" not in plain.headers["Content-Disposition"]
    assert "hasil-ocr-belum-diperiksa" in marked.headers["Content-Disposition"]
    assert marked.data == plain.data
