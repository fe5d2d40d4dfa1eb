# Memory that is not there has no bytes, but it has its address; what is no address is refused as such.
# not CPython: uctypes is MicroPython's
# needs: import sys; sys.maxsize > 1 << 32 or 1 / 0
import uctypes
for address in 1, 2, 0x40020014:
    memory = uctypes.bytearray_at(address, 8)
    print(uctypes.addressof(memory) == address, len(memory))
    try: memory[0]
    except IndexError as e: print('IndexError')
