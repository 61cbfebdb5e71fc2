"""Where the others differ from the specification, and how exactly.

Each entry turns what was meant into what the other makes of it. An entry that never applies is
harmless; a difference that no entry explains fails the test.
"""

import re
from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import Callable


@dataclass(frozen=True)
class Difference:
    who: str
    how: str
    what: str
    clause: str
    apply: Callable[[dict], dict]


@dataclass(frozen=True)
class Refused:
    who: str
    how: str
    why: str

    def reason(self):
        return REFUSALS[self.why]


REFUSALS = {
    "short address": "a sender's last octet is left out where it is zero (23.040 §9.1.2.5)",
    "astral": "a character beyond U+FFFF (23.038 §6.2.3 takes UCS-2 as UTF-16 in practice)",
}


def text(change, coding=None):
    """Changes the text, if it is in this coding."""

    def apply(meant):
        if "text" not in meant or coding not in (None, meant["coding"]):
            return meant
        return meant | {"text": change(meant["text"])}

    return apply


def units(text):
    """The UTF-16 code units."""
    octets = text.encode("utf-16-be", "surrogatepass")
    return [octets[i] << 8 | octets[i + 1] for i in range(0, len(octets), 2)]


# 23.038 §6.2.1 with ESC, and §6.2.1.1 by septet.
ALPHABET = (
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\x1bÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
    "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
EXTENSION = dict(zip([10, 20, 40, 41, 47, 60, 61, 62, 64, 101], "\f^{}\\[~]|€"))


def septets_of(text):
    return sum(2 if c in EXTENSION.values() else 1 for c in text)


def header_of(meant):
    """Septets of the concatenation element: six octets, or seven with a wide reference."""
    return 0 if meant["concat"] is None else 8 if "060804" in meant["pdu"] else 7


def last_at_is_padding(meant):
    """@ as the last septet of a full octet, taken for padding."""
    if meant["coding"] != "gsm7" or (header_of(meant) + septets_of(meant["text"])) % 8:
        return meant
    return meant | {"text": meant["text"].removesuffix("@")}


def first_is_fill(meant):
    """The first septet taken for fill bits, also behind a header that needs none."""
    first = meant["text"][:1]
    if meant["coding"] != "gsm7" or header_of(meant) != 8:
        return meant
    left = [ALPHABET[septet] for septet, c in EXTENSION.items() if c == first]
    return meant | {"text": "".join(left) + meant["text"][1:]}


def counted_in_characters(meant):
    """TP-UDL taken as a number of characters, and all octets read to their last bit."""
    if meant["coding"] != "gsm7":
        return meant
    header = header_of(meant)
    length = header + septets_of(meant["text"])
    octets = -(-length * 7 // 8)
    packed = int.from_bytes(bytes.fromhex(meant["pdu"][-2 * octets :]), "little")
    characters, escaped = "", False
    for septet in (packed >> 7 * n & 0x7F for n in range(octets * 8 // 7)):
        if septet == 0x1B:
            escaped = True
        elif escaped:
            characters, escaped = characters + EXTENSION.get(septet, " "), False
        else:
            characters += ALPHABET[septet]
    return meant | {"text": characters[header:length]}


def filled_name(meant):
    """A sender of seven septets with the length of its octets, 14, has room for an eighth, @."""
    name = meant["number"]
    if name.lstrip("+").isdigit() or septets_of(name) != 7:
        return meant
    return meant | {"number": name + "@"}


def ascii_name(meant):
    """A sender whose septets are ASCII, with ? for what ASCII has not."""
    name = meant["number"]
    if name.lstrip("+").isdigit():
        return meant
    return meant | {"number": "".join(ALPHABET[ord(c)] if c < "\x7f" else "?" for c in name)}


def no_zone(meant):
    """Local time with a zone of zero."""
    if "time" not in meant:
        return meant
    time = meant["time"].replace(tzinfo=timezone.utc)
    return meant | {"time": time} | ({"offset": timedelta(0)} if "offset" in meant else {})


def zone_in_binary(meant):
    """A zone before Greenwich whose quarters of an hour are written in binary, not as digits."""
    if "time" not in meant or meant["time"].utcoffset() >= timedelta(0):
        return meant
    quarters = -meant["time"].utcoffset() // timedelta(minutes=15)
    # A semi-octet above 9 is no digit: what we make of it is the tens alone.
    read = (quarters >> 4) * 10 + (quarters & 15 if quarters & 15 <= 9 else 0)
    time = meant["time"].replace(tzinfo=timezone(timedelta(minutes=-15 * read)))
    return meant | {"time": time} | ({"offset": time.utcoffset()} if "offset" in meant else {})


KNOWN = [
    Difference(
        "gsmmodem", "reads", "a last @ that fills an octet is dropped", "23.040 §9.2.3.16",
        last_at_is_padding,
    ),
    Difference(
        "gsmmodem", "reads", "a septet is skipped behind a header without fill bits",
        "23.040 §9.2.3.24", first_is_fill,
    ),
    Difference(
        "gsmmodem", "reads", "septet 0x5F is read as ` instead of §", "23.038 §6.2.1",
        text(lambda t: t.replace("§", "`"), "gsm7"),
    ),
    Difference(
        "gsmmodem", "reads", "ESC 0x0A, a new page, is dropped", "23.038 §6.2.1.1",
        text(lambda t: t.replace("\f", ""), "gsm7"),
    ),
    Difference(
        "gsmmodem", "reads", "surrogates come as two characters", "23.038 §6.2.3, UTF-16",
        text(lambda t: "".join(chr(u) for u in units(t)), "ucs2"),
    ),
    Difference(
        "pdusms", "reads", "a last @ that fills an octet is dropped", "23.040 §9.2.3.16",
        last_at_is_padding,
    ),
    Difference(
        "pdusms", "reads", "00 in front of a number is dropped", "23.040 §9.1.2.5",
        lambda meant: meant | {"number": meant["number"].removeprefix("00")},
    ),
    Difference(
        "pdusms", "reads", "ESC 0x0A, a new page, is read as a new line", "23.038 §6.2.1.1",
        text(lambda t: t.replace("\f", "\n"), "gsm7"),
    ),
    Difference(
        "pdusms", "writes", "the quarters of a negative zone are binary", "23.040 §9.2.3.11",
        zone_in_binary,
    ),
    Difference(
        "gsmmodem fields", "writes", "a sender's length counts fill bits", "23.040 §9.1.2.5",
        filled_name,
    ),
    Difference(
        "gammu", "writes", "00 in front of a number becomes +", "23.040 §9.1.2.5",
        lambda meant: meant | {"number": re.sub(r"^00(?=\d*$)", "+", meant["number"])},
    ),
    Difference(
        "gammu", "writes", "a sender is written in ASCII, not the default alphabet",
        "23.040 §9.1.2.5", ascii_name,
    ),
    Difference(
        "gammu", "writes", "the zone of a time stamp is always zero", "23.040 §9.2.3.11", no_zone
    ),
    Difference(
        "smspdudecoder", "writes", "gsmmodem's sender's length counts fill bits",
        "23.040 §9.1.2.5", filled_name,
    ),
    Difference(
        "smspdudecoder", "reads", "TP-UDL is taken as characters, not septets", "23.040 §9.2.3.16",
        counted_in_characters,
    ),
]
