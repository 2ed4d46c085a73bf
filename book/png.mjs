// Pixels as PNG files: https://www.w3.org/TR/png-3/

import { crc32, deflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);
const KINDS = { 2: 4, 4: 6 }; // by the bytes of a pixel: gray, or in color, and how opaque it is
const UP = 2; // each byte is written as its difference from the one above it

/** A PNG file of pixels, row by row from the top, of 2 bytes each (gray and opacity) or 4 (red, green, blue, opacity). */
export function asPng(width, height, pixels) {
  const size = pixels.length / (width * height);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, KINDS[size]], 8); // the bits of a channel, and the kind
  const row = width * size;
  const lines = Buffer.alloc(height * (1 + row));
  for (let y = 0; y < height; y += 1) {
    lines[y * (1 + row)] = UP;
    for (let x = 0; x < row; x += 1) {
      lines[y * (1 + row) + 1 + x] = pixels[y * row + x] - (y ? pixels[(y - 1) * row + x] : 0);
    }
  }
  const data = deflateSync(lines, { level: 9 });
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("IDAT", data), chunk("IEND", Buffer.alloc(0))]);
}

function chunk(name, content) {
  const named = Buffer.concat([Buffer.from(name), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}
