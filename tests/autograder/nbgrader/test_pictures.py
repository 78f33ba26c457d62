import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from PIL import Image, PngImagePlugin

from autograder.nbgrader.pictures import LONGEST_SIDE, redrawn


def array(data: bytes) -> np.ndarray:
    return np.frombuffer(data, np.uint8)


def png(image: Image.Image, **extra: object) -> bytes:
    buffer = BytesIO()
    image.save(buffer, "PNG", **extra)
    return buffer.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def claiming(width: int, height: int) -> bytes:
    """A small file that says it is large."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 100_000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


def read(data: bytes) -> Image.Image:
    return Image.open(BytesIO(data))


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "P", "1", "I;16"])
def test_a_picture_keeps_its_pixels(mode):
    image = Image.new(mode, (3, 2))
    drawn = redrawn(array(png(image)))
    assert drawn is not None
    assert read(drawn).convert("RGB").tobytes() == image.convert("RGB").tobytes()


def test_nothing_but_pixels_is_kept():
    info = PngImagePlugin.PngInfo()
    info.add_text("comment", "<script>")
    info.add_itxt("XML:com.adobe.xmp", "<script>")
    data = png(Image.new("RGB", (2, 2)), pnginfo=info, icc_profile=b"<script>") + b"<script>"
    drawn = redrawn(array(data))
    assert drawn is not None
    assert b"script" not in drawn
    assert read(drawn).info == {}


def test_a_large_picture_is_made_smaller():
    drawn = redrawn(array(png(Image.new("RGB", (3000, 1500)))))
    assert drawn is not None
    assert read(drawn).size == (LONGEST_SIDE, LONGEST_SIDE // 2)


@pytest.mark.parametrize(
    "data",
    [
        claiming(50_000, 50_000),
        claiming(100_000, 1_000),
        claiming(4_000, 4_000),
        claiming(0, 5),
        png(Image.new("RGB", (9, 9)))[:45],
        b"GIF89a" + bytes(50),
        b"<svg onload='alert(1)'/>",
        b"",
    ],
)
def test_what_is_no_fitting_png_is_left_out(data):
    assert redrawn(array(data)) is None


@pytest.mark.parametrize("value", [None, "png", b"png", np.zeros(9), np.zeros(9 << 20, np.uint8)])
def test_what_is_no_bytes_of_a_picture_is_left_out(value):
    assert redrawn(value) is None
