"""Files made to harm: each maker gives bytes, by a name that says what is wrong with them."""

from __future__ import annotations

import io
import os
import random
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

Maker = Callable[[], bytes]

CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
TEXT = b"BT /F 12 Tf 72 700 Td (Kajian kerukunan umat beragama Kota Tirtaraja Tahun 2021) Tj ET"


def stream(data: bytes, extra: bytes = b"", length: int | None = None) -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data) if length is None else length, extra, data)


def flate(data: bytes, extra: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + extra)


def pdf(changes: dict[int, bytes] | None = None, trailer: bytes = b"", size: int | None = None) -> bytes:
    """A PDF of one page whose objects (1 catalog, 2 pages, 3 page, 4 contents, 5 font) are changed or joined."""
    objects = {1: CATALOG, 2: PAGES, 3: PAGE, 4: stream(TEXT), 5: FONT, **(changes or {})}
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, 2)
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    count = max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
    for number in range(1, count):
        out.write(b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n")
    out.write(b"trailer<</Root 1 0 R/Size %d%s>>\nstartxref\n%d\n%%%%EOF\n" % (size or count, trailer, start))
    return out.getvalue()


def page(extra: bytes) -> bytes:
    return PAGE[:-2] + extra + b">>"


def picture(extra: bytes, data: bytes) -> dict[int, bytes]:
    return {
        3: PAGE.replace(b"/Font<</F 5 0 R>>", b"/XObject<</X 6 0 R>>"),
        4: stream(b"q 595 0 0 842 0 0 cm /X Do Q"),
        6: stream(data, b"/Type/XObject/Subtype/Image/ColorSpace/DeviceGray/BitsPerComponent 8" + extra),
    }


def font(body: bytes, more: dict[int, bytes] | None = None) -> dict[int, bytes]:
    return {5: body, **(more or {})}


def forms(levels: int, each: int) -> dict[int, bytes]:
    """Forms that show one another ``each`` times, ``levels`` deep."""
    made = {3: PAGE.replace(b"/Font<</F 5 0 R>>", b"/XObject<</X 6 0 R>>"), 4: stream(b"/X Do " * each)}
    for level in range(levels):
        last = level == levels - 1
        names = b"/Font<</F 5 0 R>>" if last else b"/XObject<</X %d 0 R>>" % (7 + level)
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]/Resources<<%s>>" % names
        made[6 + level] = stream(TEXT if last else b"/X Do " * each, head)
    return made


def tree(depth: int) -> dict[int, bytes]:
    made = {2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>"}
    for level in range(depth):
        kid = 3 if level == depth - 1 else 11 + level
        made[10 + level] = b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (kid, 9 + level if level else 2)
    return made


# fmt: off
MADE_PDFS: dict[str, Maker] = {
    "kids-loop": lambda: pdf({2: b"<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>"}),
    "kids-deep": lambda: pdf(tree(3000)),
    "kids-same-page": lambda: pdf({2: b"<</Type/Pages/Kids[" + b"3 0 R " * 4000 + b"]/Count 4000>>"}),
    "count-giant": lambda: pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>"}),
    "count-negative": lambda: pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count -7>>"}),
    "count-lies": lambda: pdf({2: b"<</Type/Pages/Kids[3 0 R]/Count 40>>"}),
    "size-giant": lambda: pdf(size=2_000_000_000),
    "prev-loop": lambda: pdf(trailer=b"/Prev 9"),
    "no-pages": lambda: pdf({1: b"<</Type/Catalog>>"}),
    "root-is-page": lambda: pdf({1: PAGE}),
    "encrypt-mad": lambda: pdf(trailer=b"/Encrypt<</Filter/Standard/V 9/R 99/Length -1/O()/U()/P 0>>/ID[<00><00>]"),
    "form-itself": lambda: pdf({**forms(1, 1), 6: stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]"
                                                         b"/Resources<</XObject<</X 6 0 R>>>>")}),
    "forms-laugh": lambda: pdf(forms(9, 10)),
    "forms-deep": lambda: pdf(forms(300, 1)),
    "save-deep": lambda: pdf({4: flate(b"q " * 400_000 + TEXT)}),
    "arrays-deep": lambda: pdf({4: flate(b"[" * 400_000)}),
    "object-deep": lambda: pdf({6: b"[" * 100_000 + b"]" * 100_000}),
    "names-deep": lambda: pdf({6: b"<</A" * 50_000 + b" 1" + b">>" * 50_000}),
    "length-giant": lambda: pdf({4: stream(TEXT, length=2_000_000_000)}),
    "length-negative": lambda: pdf({4: stream(TEXT, length=-3)}),
    "length-itself": lambda: pdf({4: b"<</Length 4 0 R>>stream\n" + TEXT + b"\nendstream"}),
    "flate-bomb": lambda: pdf({4: flate(b" " * 200_000_000)}),
    "flate-twice": lambda: pdf({4: stream(zlib.compress(zlib.compress(b"0 " * 90_000_000, 9), 9),
                                          b"/Filter[/FlateDecode/FlateDecode]")}),
    "flate-broken": lambda: pdf({4: stream(zlib.compress(TEXT * 900)[:70], b"/Filter/FlateDecode")}),
    "filters-many": lambda: pdf({4: stream(TEXT, b"/Filter[" + b"/ASCIIHexDecode" * 3000 + b"]")}),
    "image-giant": lambda: pdf(picture(b"/Width 100000/Height 100000", b"\0" * 64)),
    "image-bomb": lambda: pdf(picture(b"/Width 30000/Height 30000/Filter/FlateDecode",
                                      zlib.compress(b"\x80" * 300_000_000, 9))),
    "image-negative": lambda: pdf(picture(b"/Width -5/Height -5", b"\0" * 64)),
    "image-jpeg-noise": lambda: pdf(picture(b"/Width 900/Height 900/Filter/DCTDecode",
                                            b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(20_000))),
    "image-jpx-noise": lambda: pdf(picture(b"/Width 900/Height 900/Filter/JPXDecode",
                                           random.Random(2).randbytes(20_000))),
    "image-jbig2-noise": lambda: pdf(picture(b"/Width 900/Height 900/Filter/JBIG2Decode",
                                             random.Random(3).randbytes(20_000))),
    "image-fax-noise": lambda: pdf(picture(b"/Width 900/Height 900000/Filter/CCITTFaxDecode",
                                           random.Random(4).randbytes(20_000))),
    "mask-itself": lambda: pdf(picture(b"/Width 8/Height 8/SMask 6 0 R", b"\0" * 64)),
    "font-noise": lambda: pdf(font(b"<</Type/Font/Subtype/TrueType/BaseFont/X/FontDescriptor 6 0 R>>", {
        6: b"<</Type/FontDescriptor/FontName/X/Flags 4/FontFile2 7 0 R>>",
        7: stream(b"\0\1\0\0" + random.Random(5).randbytes(30_000))})),
    "font-itself": lambda: pdf(font(b"<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H"
                                    b"/DescendantFonts[5 0 R]>>")),
    "font-type3-itself": lambda: pdf(font(
        b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/FirstChar 0/LastChar 255/Encoding"
        b"<</Differences[75/a]>>/CharProcs<</a 6 0 R>>/Resources<</Font<</F 5 0 R>>>>/Widths[1]>>",
        {6: stream(b"BT /F 9 Tf (KKKK) Tj ET")})),
    "font-unicode-giant": lambda: pdf(font(
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>",
        {6: flate(b"1 beginbfrange\n<0000> <FFFFFFFF> <0000>\nendbfrange\n" * 20_000)})),
    "font-widths-mad": lambda: pdf(font(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar -9/LastChar "
                                        b"2147483647/Widths[1e38 -1e38 nan]>>")),
    "page-giant": lambda: pdf({3: PAGE.replace(b"0 0 595 842", b"0 0 1e9 1e9")}),
    "page-nothing": lambda: pdf({3: PAGE.replace(b"0 0 595 842", b"0 0 0 0")}),
    "page-mad-box": lambda: pdf({3: PAGE.replace(b"0 0 595 842", b"nan inf -1e40 (x)")}),
    "page-user-unit": lambda: pdf({3: page(b"/UserUnit 1e12")}),
    "page-turned-37": lambda: pdf({3: page(b"/Rotate 37")}),
    "text-far-away": lambda: pdf({4: stream(b"BT /F 1e30 Tf 1e38 -1e38 Td (kajian) Tj ET " * 50)}),
    "text-million": lambda: pdf({4: flate(b"BT /F 9 Tf 9 9 Td (kajian kerukunan) Tj ET\n" * 60_000)}),
    "lines-million": lambda: pdf({4: flate(TEXT + b"".join(b"\n%d 0 m %d 842 l S" % (n % 595, n % 595)
                                                            for n in range(300_000)))}),
    "boxes-many": lambda: pdf({4: flate(TEXT + b"".join(b"\n%d %d 3 3 re f" % (n % 590, n % 840)
                                                        for n in range(120_000)))}),
    "notes-many": lambda: pdf({3: page(b"/Annots[" + b"<</Type/Annot/Subtype/Link/Rect[0 0 9 9]>>" * 30_000 + b"]")}),
    "outline-loop": lambda: pdf({1: CATALOG[:-2] + b"/Outlines 6 0 R>>", 6: b"<</First 6 0 R/Next 6 0 R/Last 6 0 R>>"}),
    "form-fields-loop": lambda: pdf({1: CATALOG[:-2] + b"/AcroForm<</Fields[6 0 R]>>>>",
                                     6: b"<</FT/Tx/T(a)/Kids[6 0 R]/Parent 6 0 R>>"}),
    "starts-programs": lambda: pdf({1: CATALOG[:-2] + b"/OpenAction<</S/Launch/F(/bin/sh)>>/AA<</WC<</S/JavaScript"
                                                      b"/JS(app.alert(1))>>>>>>"}),
    "objects-in-itself": lambda: pdf({6: stream(b"6 0 ", b"/Type/ObjStm/N 2000000000/First 4/Extends 6 0 R")}),
    "postscript-head": lambda: b"%!PS\n(x) run\n" + pdf(),
    "only-head": lambda: b"%PDF-1.7\n",
    "head-late": lambda: b"\0" * 1000 + pdf(),
}
# fmt: on


def flipped(data: bytes, seed: int) -> bytes:
    """``data`` with some bits turned, few or many by the seed."""
    chance = random.Random(seed)
    changed = bytearray(data)
    for _ in range(1 + len(data) * (1 + seed % 4) // (400 * (1 + seed % 7))):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def cut(data: bytes, seed: int) -> bytes:
    """``data`` without its end, or without a piece of its middle."""
    chance = random.Random(seed)
    place = chance.randrange(20, len(data))
    return data[:place] if seed % 2 else data[:place] + data[min(len(data), place + chance.randrange(1, 5000)) :]


def misplaced(data: bytes, seed: int) -> bytes:
    """``data`` with figures of its cross-reference table, or the place of that, changed."""
    chance = random.Random(seed)
    start = max(data.rfind(b"xref\n"), 0) if seed % 2 else max(data.rfind(b"startxref"), 0)
    tail = bytearray(data[start:])
    for place, sign in enumerate(tail):
        if 48 <= sign <= 57 and chance.random() < 0.2:
            tail[place] = 48 + chance.randrange(10)
    return data[:start] + bytes(tail)


def docx(parts: dict[str, bytes]) -> bytes:
    """A Word document of these parts, the usual ones where they are not given."""
    kinds = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    usual = {
        "[Content_Types].xml": f'<Types xmlns="{kinds}/content-types"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": words(b"Kajian kerukunan").decode(),
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**{name: text.encode() for name, text in usual.items()}, **parts}.items():
            archive.writestr(name, data)
    return out.getvalue()


def words(body: bytes, before: bytes = b"") -> bytes:
    space = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    return (
        b'<?xml version="1.0"?>' + before + b'<w:document xmlns:w="' + space + b'"><w:body><w:p><w:r><w:t>' + body
        + b"</w:t></w:r></w:p></w:body></w:document>"
    )  # fmt: skip


def laughing() -> bytes:
    entities = b'<!ENTITY a "haha">' + b"".join(
        b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(11)
    )
    return words(b"&l;", b"<!DOCTYPE w [" + entities + b"]>")


def lying() -> bytes:
    """A zip whose list says that a part is small, though it unpacks to 300 MB."""
    data = bytearray(docx({"word/document.xml": words(b" " * 300_000_000)}))
    place = data.rfind(b"word/document.xml") - 46
    data[place + 24 : place + 28] = (5000).to_bytes(4, "little")
    return bytes(data)


TEXTS: dict[str, Maker] = {
    "bomb.docx": lambda: docx({"word/document.xml": words(b" " * 700_000_000)}),
    "bomb-aside.docx": lambda: docx({f"word/media/{n}.png": b"\0" * 60_000_000 for n in range(9)}),
    "list-lies.docx": lying,
    "entities.docx": lambda: docx({"word/document.xml": laughing()}),
    "entity-outside.docx": lambda: docx({"word/document.xml": words(
        b"kajian &x;", b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>')}),
    "paths.docx": lambda: docx({"../../luar.txt": b"x", "/tmp/kms-luar.txt": b"x", "word/../../../luar.xml": b"x"}),
    "parts-many.docx": lambda: docx({f"word/p{n}.xml": b"" for n in range(20_000)}),
    "elements-deep.docx": lambda: docx({"word/document.xml": words(b"</w:t>" + b"<w:r>" * 100_000)}),
    "tables-deep.docx": lambda: docx({"word/document.xml": words(
        b"</w:t></w:r></w:p>" + b"<w:tbl><w:tr><w:tc>" * 60 + b"<w:p/>" + b"</w:tc></w:tr></w:tbl>" * 60
        + b"<w:p><w:r><w:t>x")}),
    "spans-giant.docx": lambda: docx({"word/document.xml": words(
        b"</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='99999999'/></w:tcPr><w:p><w:r><w:t>a"
        b"</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>x")}),
    "main-missing.docx": lambda: docx({"_rels/.rels": b"<Relationships/>"}),
    "locked.docx": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000,
    "noise.docx": lambda: b"PK\x03\x04" + random.Random(6).randbytes(9000),
    "pdf-inside.docx": lambda: pdf(),
    "long-line.txt": lambda: b"kajian kerukunan " * 700_000,
    "one-word.txt": lambda: b"a" * 6_000_000,
    "dots.txt": lambda: b"1." * 400_000 + b"\n" + b"BAB I" * 100_000,
    "blanks.txt": lambda: b"Judul" + b" " * 2_000_000 + b"x\n" * 200,
    "lines.txt": lambda: b"|\n" * 400_000,
    "nothing-but-space.txt": lambda: b" \n\t" * 50_000,
    "nul.txt": lambda: b"kajian\0kerukunan\0" * 400,
    "nul-late.txt": lambda: b"kajian kerukunan " * 600 + b"\0\1\2\3\x1b[2J" * 900,
    "utf16.txt": lambda: ("kajian kerukunan " * 300).encode("utf-16-le"),
    "utf16-odd.txt": lambda: b"\xff\xfe" + ("kajian " * 99).encode("utf-16-le") + b"\xd8",
    "latin.txt": lambda: ("kajian kerukunan é " * 99).encode("latin-1"),
    "not-utf8.txt": lambda: b"kajian " + bytes(range(128, 256)) * 200,
    "surrogates.txt": lambda: b"kajian \xed\xa0\x80\xed\xb0\x80 " * 99,
    "turned.txt": lambda: ("kajian \u202egnirek\u202c \u2066x\u2069 " * 99).encode(),
    "escapes.txt": lambda: b"kajian \x1b]0;x\x07\x1b[31m\x9b2J " * 99,
    "headings.md": lambda: b"# Judul\n" * 60_000,
    "marks.md": lambda: b"*_`[(<" * 100_000 + b"<script>alert(1)</script>",
}  # fmt: skip

NAMES = (
    "..",
    "-rf.txt",
    "baris\nbaru.txt",
    "a" * 251 + ".txt",
    "\u202etxt.fdp.txt",
    "nol\u200b\u2066\u2069.txt",
    "tanda\x1b[2J\x07.txt",
    "..\\..\\luar.txt",
    "%2e%2e%2fluar.txt",
    "<img src=x onerror=alert(1)>.txt",
    "'; DROP TABLE.txt",
    "$(touch luar) `x`.txt",
    "CON.txt",
    "\U0001f642" * 20 + ".txt",
    " .txt",
    "{name} {0} %s.txt",
)


@pytest.fixture(scope="session")
def hostile_files(tmp_path_factory: pytest.TempPathFactory, sample_dir: Path) -> Callable[[bool], dict[str, Path]]:
    """What makes the files and gives them by name: a few of every kind, or, where asked, all of them."""

    def make(everything: bool) -> dict[str, Path]:
        folder = tmp_path_factory.mktemp("hostile")
        samples = [path.read_bytes() for path in sorted(sample_dir.glob("*.pdf"), key=lambda path: path.stat().st_size)]
        seeds = range(40) if everything else range(4)
        made: dict[str, Maker] = {f"{name}.pdf": maker for name, maker in MADE_PDFS.items()}
        made.update(TEXTS)
        if not everything:
            made = {name: made[name] for name in QUICK}
        for seed in seeds:
            for change in (flipped, cut, misplaced):
                made[f"{change.__name__}-{seed}.pdf"] = lambda c=change, s=seed: c(samples[s % len(samples)], s)
        files = {}
        for name, maker in made.items():
            files[name] = folder / name
            files[name].write_bytes(maker())
        for number, name in enumerate(NAMES):
            if name == "..":
                continue
            files[name] = folder / "names" / name
            files[name].parent.mkdir(exist_ok=True)
            files[name].write_bytes(b"kajian nama berkas nomor %d\n" % number)
        raw = os.fsencode(folder / "names") + b"/bukan-\xff\xfe-teks.txt"
        Path(os.fsdecode(raw)).write_bytes(b"kajian nama tanpa huruf\n")
        files["name that is no text"] = Path(os.fsdecode(raw))
        return files

    return make


QUICK = (
    "kids-loop.pdf", "count-lies.pdf", "prev-loop.pdf", "form-itself.pdf", "forms-laugh.pdf", "image-giant.pdf",
    "font-noise.pdf", "page-mad-box.pdf", "only-head.pdf", "entities.docx", "entity-outside.docx", "paths.docx",
    "nul.txt", "not-utf8.txt", "turned.txt", "escapes.txt",
)  # fmt: skip
