# A bus of one wire: its devices, and bytes to and from them. Addresses are 8 bytes, the last of which is a checksum.

import _onewire as wire


class OneWireError(Exception):
    pass


class OneWire:
    SEARCH_ROM = 0xF0
    MATCH_ROM = 0x55
    SKIP_ROM = 0xCC

    def __init__(self, pin):
        self.pin = pin
        pin.init(pin.OPEN_DRAIN, pin.PULL_UP)

    def reset(self, required=False):
        there = wire.reset(self.pin)
        if required and not there:
            raise OneWireError
        return there

    def readbit(self):
        return wire.readbit(self.pin)

    def readbyte(self):
        return wire.readbyte(self.pin)

    def readinto(self, buf):
        for at in range(len(buf)):
            buf[at] = wire.readbyte(self.pin)

    def writebit(self, value):
        return wire.writebit(self.pin, value)

    def writebyte(self, value):
        return wire.writebyte(self.pin, value)

    def write(self, buf):
        for byte in buf:
            wire.writebyte(self.pin, byte)

    def select_rom(self, rom):
        self.reset()
        self.writebyte(self.MATCH_ROM)
        self.write(rom)

    def crc8(self, data):
        return wire.crc8(data)

    # Each search follows one path of bits; where devices differ, the last such place that had a 0 has a 1 next.
    def scan(self):
        found = []
        rom, turn = bytearray(8), 64
        while turn >= 0:
            if not self.reset():
                break
            self.writebyte(self.SEARCH_ROM)
            last = -1
            for place in range(64):
                mask = 1 << (place & 7)
                # Whether somebody has a 0 here, and a 1.
                zero, one = not self.readbit(), not self.readbit()
                if zero and one:
                    bit = place == turn or place < turn and rom[place >> 3] & mask
                    if not bit:
                        last = place
                elif zero or one:
                    bit = one
                else:
                    return found
                if bit:
                    rom[place >> 3] |= mask
                else:
                    rom[place >> 3] &= ~mask
                self.writebit(1 if bit else 0)
            turn = last
            found.append(bytearray(rom))
        return found
