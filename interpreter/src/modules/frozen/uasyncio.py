# The name that asyncio had before MicroPython 1.21.
import asyncio
import sys

sys.modules[__name__] = asyncio
