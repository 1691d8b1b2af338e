"""Full-width letters and digits, as Chinese keyboards write them, made plain ASCII."""

_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def half_width(text: str) -> str:
    """`text` with １ＡＢ．， as 1AB., and the ideographic space as a space; the rest as it was.

    Narrower than NFKC on purpose: that would also read ② and ² as 2.
    """
    return text.translate(_TABLE)
