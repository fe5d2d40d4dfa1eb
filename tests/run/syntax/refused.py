# needs: import linecache
# What is Python by its form and means nothing: a computer says so before anything runs, and takes what only looks like it.
refused = """
def read():
    async for pin in pins: pass
---
async with lamp: pass
---
if on:
\tlamp()
        lamp()
---
if on:
        lamp()
\tlamp()
---
__debug__ = 1
---
def __debug__(): pass
---
class __debug__: pass
---
import lamp as __debug__
---
from lamp import __debug__
---
try: pass
except OSError as __debug__: pass
---
lamp.__debug__ = 1
---
blink(__debug__=1)
---
(__debug__ := 1)
---
def blink(*__debug__): pass
---
from __future__ import hover_boards
---
from __future__ import *
---
lamp = 1
from __future__ import annotations
---
"What it does."
"And how."
from __future__ import annotations
---
def blink():
    from __future__ import annotations
---
def blink():
    print(lamp)
    global lamp
---
def blink():
    lamp.level = 1
    global lamp
---
def blink():
    lamp += 1
    global lamp
---
def blink():
    global lamp
    lamp: int
---
lamp = 1
global lamp
---
[lamp for lamp in (lamps := find())]
---
[lamp for lamp in (lambda: (lamps := find()))]
---
[lamp for row in rows for lamp in (last := row)]
---
class Lamps:
    levels = [last := level for level in pins]
---
[(lamp := 1) for lamp in lamps]
---
match lamp:
    case {"on": 1, "on": 2}: pass
---
match lamp:
    case {-1: low, -1: high}: pass
---
match lamp:
    case {1 + 2j: low, 1+2j: high}: pass
---
match lamp:
    case {True: low, 1: high}: pass
---
match lamp:
    case {**rest, "on": 1}: pass
---
match lamp:
    case {**_}: pass
---
match lamp:
    case {"on": level, **level}: pass
---
match lamp:
    case 1 as _: pass
---
match lamp:
    case f"on": pass
---
match lamp:
    case 1 + 1: pass
---
match lamp:
    case [level, *level]: pass
---
for lamp in lamps:
    try: lamp()
    except* OSError:
        continue
---
def blink():
    try: lamp()
    except* OSError:
        return 1
---
def blink():
    try: lamp()
    except* OSError:
        for lamp in lamps: return
---
def blink(*lamp, lamp): pass
---
for *lamp in lamps: pass
---
def blink(lamp: (yield)): pass
---
blink(lamp for lamp in lamps, 3)
---
blink(3, lamp for lamp in lamps)
---
name = "\\N{no such lamp}"
"""
taken = """
"What it does."
from __future__ import annotations, division
from __future__ import generators as g
lamp = 1
---
blink((lamp for lamp in lamps), 3)
---
async def read():
    return [await pin async for pin in pins if await pin]
---
def read(pins):
    return (await pin async for pin in pins)
---
async def read():
    async def inner():
        await pin
    class Inner:
        async def deeper(self):
            async with lamp as light: await light
    return await inner()
---
def blink():
    global lamp, level
    lamp = 1
    def inner():
        global lamp
        lamp = 2
---
def blink():
    if lamp_is_on():
        global level
        level = 1
---
class Lamp:
    global level
    level = 1
    def on(self):
        global level
        level = 2
---
global lamp
lamp = 1
---
if __debug__:
    debug = __debug__
---
[lamp for lamp in lamps if (last := lamp)]
---
class Lamps:
    def levels(self): return [last := level for level in self.pins]
    find = lambda self: [last := level for level in self.pins]
---
match lamp:
    case {"on": 1, "off": 2, -1: low, 1: high, **rest}: pass
    case {"on": _, **rest} | {**rest}: pass
    case -1 - 2j | 1 + 3j | -2 | "a" "b" | None: pass
    case [_, _, *_] as all: pass
    case _: pass
---
try: lamp()
except* OSError:
    for lamp in lamps: break
    def blink(): return 1
    while on: continue
---
if on:
\tlamp()
if on:
        lamp()
---
def blink():
    level: (yield)
"""
for text in refused[1:].split("\n---\n"):
    try:
        compile(text + "\n", "lamp.py", "exec")
        print(repr(text), "was taken")
    except SyntaxError as e:
        if e.lineno is None or e.offset is None:
            raise MemoryError  # Its place found no room.
        print(type(e).__name__, e.msg, e.lineno, e.offset, e.end_lineno)
for text in taken[1:].split("\n---\n"):
    try:
        compile(text + "\n", "lamp.py", "exec")
    except SyntaxError as e:
        print(repr(text), e)
