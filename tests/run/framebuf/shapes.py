# not CPython: the module is MicroPython's.
import array
import framebuf
def show(frame, w, h, label):
    print(label)
    for y in range(h):
        print("".join(".123456789abcdef"[frame.pixel(x, y) & 15] for x in range(w)))
def make(w, h, format=framebuf.GS4_HMSB):
    return framebuf.FrameBuffer(bytearray(w * h * 2), w, h, format)
f = make(24, 10)
f.rect(1, 1, 6, 4, 1)
f.rect(8, 1, 4, 4, 2, True)
f.line(0, 9, 23, 5, 3)
f.hline(13, 0, 20, 4)
f.vline(23, -3, 20, 5)
f.pixel(99, 0, 1)
show(f, 24, 10, "lines")
f = make(24, 11)
f.ellipse(5, 5, 5, 4, 1)
f.ellipse(16, 5, 4, 5, 2, True)
f.ellipse(22, 2, 2, 2, 3, True, 5)
show(f, 24, 11, "ellipses")
f = make(20, 10)
f.poly(1, 1, array.array("h", [0, 0, 8, 0, 8, 7, 4, 3, 0, 7]), 1)
f.poly(10, 1, array.array("b", [0, 0, 8, 0, 8, 7, 4, 3, 0, 7]), 2, True)
show(f, 20, 10, "polygons")
f = make(32, 8)
f.text("Hi {}", 0, 0, 7)
show(f, 32, 8, "text")
f.scroll(3, 1)
show(f, 32, 8, "scrolled")
g = make(8, 8)
g.blit(f, 0, 0, 7)
g.blit(f, -8, 2)
show(g, 8, 8, "blit")
for format in (framebuf.MONO_VLSB, framebuf.MONO_HLSB, framebuf.MONO_HMSB, framebuf.GS2_HMSB, framebuf.GS4_HMSB, framebuf.GS8, framebuf.RGB565):
    buffer = bytearray(400)
    f = framebuf.FrameBuffer(buffer, 12, 9, format, 16)
    f.pixel(1, 1, 0x1235)
    f.pixel(11, 8, 0xFFFF)
    print(format, f.pixel(1, 1), f.pixel(0, 0), f.pixel(11, 8), f.pixel(12, 0), [i for i in range(len(buffer)) if buffer[i]])
palette = framebuf.FrameBuffer(bytearray(2), 2, 1, framebuf.GS8)
palette.pixel(1, 0, 9)
small = framebuf.FrameBuffer(bytearray(b"\xa5"), 8, 1, framebuf.MONO_HLSB)
f = framebuf.FrameBuffer(bytearray(8), 8, 1, framebuf.GS8)
f.blit(small, 0, 0, -1, palette)
f.blit((b"\x05", 1, 1, framebuf.GS8), 1, 0)
print(bytes(f))
class Screen(framebuf.FrameBuffer):
    def __init__(self):
        self.data = bytearray(8)
        super().__init__(self.data, 8, 8, framebuf.MONO_VLSB)
screen = Screen()
screen.line(0, 0, 7, 7, 1)
print(screen.data)
for args in ((bytearray(1), 8, 8, 0), (bytearray(8), 0, 8, 0), (bytearray(8), 8, 8, 9), (bytearray(8), 8, 8, 0, 7)):
    try:
        framebuf.FrameBuffer(*args)
    except ValueError:
        print("ValueError")
shrinking = bytearray(64)
f = framebuf.FrameBuffer(shrinking, 8, 8, framebuf.GS8)
shrinking[8:] = b""
f.fill(1)
f.line(0, 0, 7, 7, 2)
print(len(shrinking), f.pixel(7, 7))
