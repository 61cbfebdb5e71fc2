"""Presses the window's buttons and reads its words through the accessibility tree (AT-SPI)."""

import os
import subprocess
import time

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi  # noqa: E402  (the version must be required first)

PATIENCE_SECONDS = 45
seen = []


def tree(node, depth=0):
    """Every accessible object below `node`, in reading order."""
    if node is None or depth > 40:
        return
    yield node
    for index in range(node.get_child_count()):
        yield from tree(node.get_child_at_index(index), depth + 1)


def window():
    desktop = Atspi.get_desktop(0)
    for index in range(desktop.get_child_count()):
        application = desktop.get_child_at_index(index)
        if application and "deskphone" in (application.get_name() or "").lower():
            return application
    return None


def words(node):
    """The name and the text of an object."""
    parts = [node.get_name() or ""]
    text = node.get_text_iface()
    if text:
        parts.append(Atspi.Text.get_text(text, 0, Atspi.Text.get_character_count(text)))
    return " ".join(parts)


def until(what, found):
    """Waits until `found()` gives something true; fails with the words on the screen."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        try:
            result = found()
        except gi.repository.GLib.Error:
            result = None  # The tree changed while it was read.
        if result:
            print(f"ok: {what}", flush=True)
            seen.append(what)
            return result
        time.sleep(0.1)
    names = [words(node) for node in tree(window())]
    screenshot("failed")
    raise SystemExit(f"never seen: {what}\non the screen: {[name for name in names if name.strip()]}")


def control(name, role=None):
    for node in tree(window()):
        if node.get_name() == name and (role is None or node.get_role_name() == role):
            if node.get_state_set().contains(Atspi.StateType.ENABLED):
                return node
    return None


def press(name):
    """Presses a button once it can be pressed."""

    def pressed():
        node = control(name, "button") or control(name, "push button")
        if node:
            node.clear_cache()  # In the cache a button that was disabled has no action.
        action = node and node.get_action_iface()
        return action and action.do_action(0)

    until(f"the button “{name}” pressed", pressed)


def type_into(name, text):
    """Focuses a field as a person would, and types."""
    field = until(f"a field “{name}”", lambda: control(name, "entry") or control(name, "text") or control(name))
    box = field.get_component_iface().get_extents(Atspi.CoordType.WINDOW)
    frame = subprocess.check_output(
        ["xdotool", "search", "--onlyvisible", "--name", "^Deskphone"], text=True
    ).split()[0]
    x, y = box.x + box.width // 2, box.y + box.height // 2
    subprocess.check_call(["xdotool", "mousemove", "--window", frame, str(x), str(y), "click", "1"])
    subprocess.check_call(["xdotool", "type", "--window", frame, "--delay", "30", text])


def press_words(start):
    """Presses what has a name that begins so."""

    def pressed():
        for node in tree(window()):
            if (node.get_name() or "").startswith(start):
                node.clear_cache()  # In the cache a button that was disabled has no action.
                action = node.get_action_iface()
                if action:
                    return action.do_action(0)
        return None

    until(f"“{start}” pressed", pressed)


def sees(text):
    return any(text in words(node) for node in tree(window()))


def screenshot(name):
    path = os.path.join(os.environ["OUT"], f"{name}.png")
    subprocess.check_call(["import", "-window", "root", path])
    print(f"screenshot: {path}", flush=True)


def main():
    until("the window", window)
    until("the modem's network", lambda: sees("TestNet"))
    screenshot("connected")

    type_into("Number", "+15550100")
    press("Call")
    until("the call ringing at the other end", lambda: sees("Ringing"))
    until("the call answered", lambda: sees("00:01"))
    screenshot("in-a-call")
    press("Hang up")
    until("the call ended", lambda: sees("ended") or sees("Ended"))

    type_into("To", "+15550107")
    type_into("Message", "Hello from the window")
    press("Send")
    until("the text sent and echoed", lambda: sees("Sent") or sees("Delivered"))
    until(
        "the echo",
        lambda: sum("Hello from the window" in words(node) for node in tree(window())) >= 2,
    )
    screenshot("texts")

    press_words("Send options")
    press_words("Send later")
    press_words("Tomorrow")
    subprocess.check_call(["xdotool", "key", "Escape"])
    # Else the key may take the keyboard from the field.
    until("the menu closed", lambda: not sees("Tomorrow"))
    type_into("Message", "Good morning")
    press_words("Schedule for tomorrow")
    until("the text waiting for its time", lambda: sees("Scheduled for tomorrow"))
    screenshot("scheduled")

    subprocess.check_call(["xdotool", "key", "ctrl+1"])
    type_into("Search", "morn")
    until("the text found", lambda: control("+15550107: Good morning") or sees(": Good morning"))
    screenshot("found")
    print(f"{len(seen)} passed, 0 failed", flush=True)


main()
