"""The binary form of a message, as Protocol Buffers have it: as much of it as a model of ONNX needs.

A message is its fields, one after the other. A field is a key, 8 × its number + how its value is written, and the value:
0, a whole number, seven bits a byte; 5, a float32 in four bytes; 2, bytes, with their count before them. See "Encoding" in
the documentation of Protocol Buffers.
"""

import struct

MOST = 2**31 - 1  #: Bytes of a message: who reads it counts them in 32 bits, with a sign.


def message(*fields) -> bytes:
    """Return a message of these fields, pairs (number, value): a value is an int, a float, a text, or bytes.

    A message within a message is a value, as bytes. Raises ValueError where it is longer than any reader takes.

    Examples
    --------
    >>> message((1, 150)).hex()
    '089601'
    >>> message((2, "testing")).hex()
    '120774657374696e67'
    """
    parts = []
    for number, value in fields:
        if isinstance(value, int):
            parts += [_varint(8 * number), _varint(value)]
        elif isinstance(value, float):
            parts += [_varint(8 * number + 5), struct.pack("<f", value)]
        else:
            value = value.encode() if isinstance(value, str) else value
            parts += [_varint(8 * number + 2), _varint(len(value)), value]
    if sum(map(len, parts)) > MOST:
        raise ValueError("this would be longer than 2 GB, which no reader takes: use float32, or fewer weights.")
    return b"".join(parts)


def _varint(n):
    n &= 2**64 - 1  # a number below 0 is written as it lies in 64 bits
    some = bytearray()
    while n > 127:
        some.append(n & 127 | 128)
        n >>= 7
    some.append(n)
    return bytes(some)
