"""The instructions of WebAssembly that a module of `wasm` is written with, and its numbers, as bytes.

They are those of the WebAssembly Core Specification 2.0, chapter 5. SIMD takes two float64 at once, a pair.
"""

from functools import lru_cache

import numpy as np


@lru_cache(maxsize=4096)
def unsigned(number):
    """Return a number of 0 or more in LEB128, seven bits a byte.

    Examples
    --------
    >>> unsigned(624485).hex()
    'e58e26'
    """
    return bytes([number & 127 | 128]) + unsigned(number >> 7) if number > 127 else bytes([number])


def signed(number):
    """Return a whole number in LEB128 with its sign.

    Examples
    --------
    >>> signed(-123456).hex()
    'c0bb78'
    """
    more = not -64 <= number < 64
    return bytes([number & 127 | 128]) + signed(number >> 7) if more else bytes([number & 127])


def simd(number):
    """Return an instruction for pairs."""
    return b"\xfd" + unsigned(number)


# Instructions for one float64 and for a pair: ADD[pair]
ADD, SUBTRACT, MULTIPLY, DIVIDE = ((bytes([0xA0 + i]), simd(0xF0 + i)) for i in range(4))
ABSOLUTE, NEGATIVE, SQRT = (b"\x99", simd(0xEC)), (b"\x9a", simd(0xED)), (b"\x9f", simd(0xEF))
COMPARED = EQUAL, NOT_EQUAL, LESS, GREATER, LESS_EQUAL, GREATER_EQUAL = [(bytes([0x61 + i]), simd(0x47 + i)) for i in range(6)]
OR, SELECT = (b"\x72", simd(0x50)), (b"\x1b", simd(0x52))  # SELECT takes a, b and a condition, and leaves a or b
LOAD, STORE = (b"\x2b\x03", simd(0x00) + b"\x03"), (b"\x39\x03", simd(0x0B) + b"\x03")
LOAD_TWICE, LOAD_FIRST, LOAD_SECOND = (simd(number) + b"\x03" for number in (0x0A, 0x5D, 0x57))
LOAD_BIT, STORE_BIT, FROM_BIT, AND, SPLAT = b"\x2d\x00", b"\x3a\x00", b"\xb8", simd(0x4E), simd(0x14)
LOAD_INDEX = b"\x28\x02"
PLUS, TIMES_WHOLE, DIFFER = b"\x6a", b"\x6c", b"\x47"  # of addresses
I32, F64, V128 = b"\x7f", b"\x7c", b"\x7b"

# The local variables: two are given, the first round and how many; ten for a float64; twenty for a pair; then addresses.
FIRST, TIMES, VALUES, ADDRESSES = 0, 1, (2, 12), 32


def get(local):
    """Return the code that leaves what is in a variable."""
    return b"\x20" + unsigned(local)


def put(local):
    """Return the code that takes a value into a variable."""
    return b"\x21" + unsigned(local)


def whole(number):
    """Return the code that leaves a whole number."""
    return b"\x41" + signed(number)


def real(number, pair=False):
    """Return the code that leaves a float64, or a pair of it."""
    return b"\x44" + np.float64(number).tobytes() + SPLAT * pair


def forward(local, by):
    """Return the code that moves an address."""
    return get(local) + whole(by) + PLUS + put(local) if by else b""


def repeat(body, test):
    """Return a loop over `body`, until the code `test` leaves 0."""
    return b"\x03\x40" + body + test + b"\x0d\x00\x0b"
