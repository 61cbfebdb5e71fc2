"""Deskphone's codec, and gammu's, as programs that read lines and write lines."""

import json
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime


def run(arguments, lines):
    done = subprocess.run(
        arguments, input="\n".join(lines) + "\n", capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode != 0:
        raise SystemExit(f"{arguments} ends with {done.returncode}:\n{done.stderr[:4000]}")
    return done.stdout.splitlines()


class Deskphone:
    def __init__(self, program):
        self.program = program

    def encode(self, orders):
        """The PDUs of each order: segments are told apart by an order with one known segment."""
        # One marker line after each order, to see where its segments end.
        marker = json.dumps({"to": "+1", "message": "@"})
        lines = [line for order in orders for line in (json.dumps(order), marker)]
        found, pdus = [], []
        for line in run([self.program, "pdu", "encode", "--json"], lines):
            pdu = json.loads(line)["pdu"]
            # TP-DA of "+1" and one septet of "@".
            if pdu.endswith("0191F100000100"):
                found.append(pdus)
                pdus = []
            else:
                pdus.append(pdu)
        if len(found) != len(orders):
            raise SystemExit(f"{len(orders)} orders, {len(found)} answers")
        return found

    def decode(self, pdus):
        """What is in each PDU, or why it is none."""
        arguments, given = [self.program, "pdu", "decode", "--json"], "\n".join(pdus) + "\n"
        done = subprocess.run(arguments, input=given, capture_output=True, text=True, timeout=300, check=False)
        refused = dict(re.findall(r"line (\d+): (.*)", done.stderr))
        lines = iter(done.stdout.splitlines())
        if done.returncode not in (0, 1):
            raise SystemExit(f"{arguments} ends with {done.returncode}:\n{done.stderr[:4000]}")
        return [
            {"error": refused[str(at)]} if str(at) in refused else json.loads(next(lines))
            for at in range(1, len(pdus) + 1)
        ]


@dataclass
class GammuOrder:
    """One message for gammu's encoder."""

    deliver: bool
    number: str
    text: str
    seven: bool
    time: datetime

    def line(self):
        kind, coding = "D" if self.deliver else "S", "7" if self.seven else "U"
        hours = int(self.time.utcoffset().total_seconds()) // 3600
        stamp = self.time.strftime("%Y %m %d %H %M %S")
        number = self.number.encode("utf-16-be").hex()
        return f"E {kind} {coding} {stamp} {hours} {number} {self.text.encode('utf-16-be').hex()}"

    def meant(self):
        kind = "deliver" if self.deliver else "submit"
        meant = {"kind": kind, "number": self.number, "text": self.text}
        return meant | ({"time": self.time, "offset": self.time.utcoffset()} if self.deliver else {})


class Gammu:
    """The program made of gammu.c."""

    def __init__(self, program):
        self.program = program

    def decode(self, pdus):
        found = []
        for line in run([self.program], [f"D {pdu}" for pdu in pdus]):
            kind, number, reference, parts, part, text = (line.split(" ") + [""])[:6]
            concat = (int(reference), int(parts), int(part)) if int(parts) > 0 else None
            decoded = bytes.fromhex(text).decode("utf-16-be", "surrogatepass")
            number = bytes.fromhex(number).decode("utf-16-be")
            found.append({"kind": kind, "number": number, "text": decoded, "concat": concat})
        return found

    def encode(self, orders):
        return run([self.program], [order.line() for order in orders])
