"""
Whole numbers packed for a page: variable-length bytes (LEB128) in base64.

Small numbers take one byte, so coordinates are sent as differences. Signed
numbers are folded onto unsigned ones (zigzag: 0, -1, 1, -2 → 0, 1, 2, 3), both
as in Protocol Buffers' wire format.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

__all__ = ["pack_signed", "pack_unsigned"]

_PAYLOAD_BITS = 7  # of each byte; the eighth says that more follow


def pack_unsigned(numbers: Iterable[int] | npt.NDArray[np.integer]) -> str:
    """
    Return numbers from 0 up as base64 text of LEB128 bytes.

    Raises
    ------
    ValueError
        If a number is negative.

    Examples
    --------
    >>> pack_unsigned([0, 127, 128])
    'AH+AAQ=='
    """
    values = np.fromiter(numbers, dtype=np.int64) if not isinstance(numbers, (np.ndarray, Sequence)) else numbers
    values = np.asarray(values, dtype=np.int64).ravel()
    if values.size and values.min() < 0:
        raise ValueError("a negative number can't be packed as unsigned")
    return base64.b64encode(_leb128(values.astype(np.uint64))).decode("ascii")


def pack_signed(numbers: Sequence[int] | npt.NDArray[np.integer]) -> str:
    """
    Return numbers of either sign as base64 text of zigzag LEB128 bytes.

    Examples
    --------
    >>> pack_signed([0, -1, 1, -2])
    'AAECAw=='
    """
    values = np.asarray(numbers, dtype=np.int64).ravel()
    return pack_unsigned((values << 1) ^ (values >> 63))


def _leb128(values: npt.NDArray[np.uint64]) -> bytes:
    if not values.size:
        return b""
    lengths = np.ones(values.size, dtype=np.int64)
    rest = values >> np.uint64(_PAYLOAD_BITS)
    while rest.any():
        lengths += rest > 0
        rest >>= np.uint64(_PAYLOAD_BITS)
    starts = np.cumsum(lengths) - lengths
    out = np.zeros(int(lengths.sum()), dtype=np.uint8)
    for place in range(int(lengths.max())):
        has = lengths > place
        byte = (values[has] >> np.uint64(_PAYLOAD_BITS * place)) & np.uint64(0x7F)
        more = (lengths[has] > place + 1).astype(np.uint64) << np.uint64(_PAYLOAD_BITS)
        out[starts[has] + place] = (byte | more).astype(np.uint8)
    return out.tobytes()
