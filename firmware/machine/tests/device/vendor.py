# A device of a vendor's own: it gives back what it is sent, and has requests that carry as many bytes as one likes.
import machine

DEVICE = machine.USBDevice.BUILTIN_NONE.desc_dev
INTERFACE = b"\x09\x04\x00\x00\x02\xff\x00\x00\x00\x07\x05\x01\x02\x40\x00\x00\x07\x05\x82\x02\x40\x00\x00"
CONFIGURATION = b"\x09\x02\x20\x00\x01\x01\x00\x80\x32" + INTERFACE
SIZES = [200, 20]

usb = machine.USBDevice()
room = bytearray(256)
numbers = bytes(index * 7 & 255 for index in range(256))
pieces = []


def listen():
    if SIZES:
        pieces.append(bytearray(SIZES.pop(0)))
        assert usb.submit_xfer(1, pieces[-1])


def asked(stage, request):
    what, value, length = request[1], request[2] | request[3] << 8, request[6] | request[7] << 8
    if what == 9:
        raise ValueError("no")
    if stage == 1:
        return numbers[:value] if what == 1 else room
    if stage == 2 and what == 2 and value:
        print("refused")
        return False
    if stage == 3 and what == 2:
        print("came", length, sum(room[:length]))
    return True


def done(endpoint, result, count):
    if endpoint == 1:
        assert usb.submit_xfer(0x82, memoryview(pieces[-1])[:count])
        try:
            usb.submit_xfer(0x82, b"")
        except OSError as error:
            assert error.errno == 16
    else:
        print("echoed", count)
        listen()


usb.config(DEVICE, CONFIGURATION, open_itf_cb=lambda part: listen(), control_xfer_cb=asked, xfer_cb=done)
usb.active(True)
while True:
    machine.idle()
