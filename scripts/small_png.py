"""Make a screenshot small: 256 colours are enough for a page of text and flat surfaces."""

import base64
import struct
import zlib

from playwright.sync_api import Page

#: Reads the PNG's pixels and gives each the nearest of its 256 commonest colours. In the browser,
#: since Python brings no decoder for pictures.
REDUCE = """async data => {
  const file = await fetch('data:image/png;base64,' + data);
  const image = await createImageBitmap(await file.blob());
  const canvas = new OffscreenCanvas(image.width, image.height);
  const context = canvas.getContext('2d');
  context.drawImage(image, 0, 0);
  const bytes = context.getImageData(0, 0, image.width, image.height).data;
  const pixels = new Uint32Array(bytes.buffer);
  const count = new Map();
  for (const pixel of pixels) count.set(pixel, (count.get(pixel) || 0) + 1);
  const split = pixel => [pixel & 255, pixel >> 8 & 255, pixel >> 16 & 255];
  const common = [...count.keys()].sort((a, b) => count.get(b) - count.get(a) || a - b);
  const palette = common.slice(0, 256).map(split);
  const place = new Map();
  for (const colour of common) {
    const [red, green, blue] = split(colour);
    let best = 0, least = Infinity;
    palette.forEach(([r, g, b], at) => {
      const apart = (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2;
      if (apart < least) { least = apart; best = at; }
    });
    place.set(colour, best);
  }
  const rows = new Uint8Array((image.width + 1) * image.height);
  for (let y = 0, from = 0; y < image.height; y++)
    for (let x = 1; x <= image.width; x++)
      rows[y * (image.width + 1) + x] = place.get(pixels[from++]);
  const parts = [];
  for (let at = 0; at < rows.length; at += 32768)
    parts.push(String.fromCharCode(...rows.subarray(at, at + 32768)));
  return [image.width, image.height, palette.flat(), btoa(parts.join(''))];
}"""


def small_png(blank: Page, png: bytes) -> bytes:
    """The picture with a palette; `blank` is an empty page of the browser that took it."""
    width, height, palette, rows = blank.evaluate(REDUCE, base64.b64encode(png).decode())
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", bytes(palette))
        + _chunk(b"IDAT", zlib.compress(base64.b64decode(rows), 9))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
