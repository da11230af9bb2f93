"""A scanned drawing put before Periksa: the pages side by side, and that only their pictures were compared."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from kms.config import Workspace
from kms.library import Library
from webui import create_app


def test_a_scanned_drawing_is_shown_beside_the_one_it_looks_like(
    tmp_path: Path, drawing: Callable[[int], Image.Image], scan: Callable[..., Image.Image]
) -> None:
    drawing(1).save(tmp_path / "peta.pdf", resolution=150)
    scan(drawing(1), 3).save(tmp_path / "pindaian.pdf", resolution=150)
    with Library(Workspace(tmp_path / "ws")) as library:
        list(library.ingest([tmp_path / "peta.pdf"]))
        browser = create_app(library).test_client()
        token = re.search(r'name="token" value="([^"]+)"', browser.get("/check").text)
        assert token
        with (tmp_path / "pindaian.pdf").open("rb") as file:
            form = {"token": token[1], "file": (file, "pindaian.pdf")}
            there = browser.post("/check", data=form, content_type="multipart/form-data").location
        until = time.monotonic() + 60
        while not browser.get(f"{there}/state").json["over"] and time.monotonic() < until:
            time.sleep(0.1)
        result = browser.get(there).text
        assert "Gambar halamannya sama." in result and "gambar halaman sama" in result
        compare = browser.get(f"{there}/matches/1/1")
        assert compare.status_code == 200 and "Gambar halamannya sama." in compare.text
        for side in ("draft", "found"):
            assert browser.get(f"{there}/matches/1/1/{side}.svg").status_code == 200
        for address in re.findall(r'src="([^"]+\.png)"', compare.text):
            assert browser.get(address).status_code == 200
