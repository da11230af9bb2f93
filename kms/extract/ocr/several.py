"""Pictures of pages read several at a time: Tesseract works outside of Python's lock, so threads are enough."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from queue import SimpleQueue

from kms.extract.ocr.page import read_picture
from kms.extract.ocr.picture import Picture
from kms.extract.ocr.tesseract import Reader, TooSlow
from kms.extract.ocr.values import OcrPage

Rendered = tuple[int, Picture, float]
"""A page's number (1-based), its picture and the dots per inch of that."""


def read_pictures(pictures: Iterable[Rendered], readers: int, seconds: float) -> Iterator[tuple[int, OcrPage | None]]:
    """Each page's number and what stands on it, as they are done.

    It is None where that took more than ``seconds`` of processor time. ``readers`` pages are read at a time;
    ``pictures`` is asked for the next one, by the caller's own thread, when one of them is about to be free.
    """
    free: SimpleQueue[Reader] = SimpleQueue()
    for _ in range(readers):
        free.put(Reader())

    def read(number: int, picture: Picture, dpi: float) -> OcrPage | None:
        reader = free.get()
        try:
            reader.allow(seconds)
            return read_picture(picture, dpi, number, reader)
        except TooSlow:
            return None
        finally:
            free.put(reader)

    waiting: dict[Future[OcrPage | None], int] = {}
    with ThreadPoolExecutor(max_workers=readers, thread_name_prefix="ocr") as pool:
        for number, picture, dpi in pictures:
            waiting[pool.submit(read, number, picture, dpi)] = number
            if len(waiting) > readers:
                yield from _done(waiting)
        while waiting:
            yield from _done(waiting)


def _done(waiting: dict[Future[OcrPage | None], int]) -> Iterator[tuple[int, OcrPage | None]]:
    """What is done of ``waiting``, at least one, taken out of it."""
    for future in wait(waiting, return_when=FIRST_COMPLETED).done:
        yield waiting.pop(future), future.result()
