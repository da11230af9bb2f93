from kms.extract.ocr import layer_is_usable

GOOD = "Rencana kinerja tahunan memuat sasaran, indikator dan target yang akan dicapai dalam satu tahun anggaran " * 2


def test_language_is_usable():
    assert layer_is_usable(GOOD)
    assert layer_is_usable(GOOD.replace(" ", ""))


def test_gibberish_is_not():
    assert not layer_is_usable("".join(chr(ord(c) + 3) if c.isalpha() and c < "w" else c for c in GOOD))
    assert not layer_is_usable("\ue001\ue002\ue003" * 20)


def test_little_text_is_not_judged():
    assert layer_is_usable("12,5 % 2021")
