# A keyboard as a program writes one: it types a letter whenever the one before has left, and says which lights are on.
import machine

DEVICE = b"\x12\x01\x00\x02\x00\x00\x00\x40\x09\x12\x01\x00\x00\x01\x01\x02\x03\x01"
REPORT = (
    b"\x05\x01\x09\x06\xa1\x01\x05\x07\x19\xe0\x29\xe7\x15\x00\x25\x01\x75\x01\x95\x08\x81\x02\x95\x01\x75\x08\x81\x01"
    b"\x95\x05\x75\x01\x05\x08\x19\x01\x29\x05\x91\x02\x95\x01\x75\x03\x91\x01\x95\x06\x75\x08\x15\x00\x25\x65\x05\x07"
    b"\x19\x00\x29\x65\x81\x00\xc0"
)
INTERFACE = b"\x09\x04\x00\x00\x01\x03\x01\x01\x04"
HID = b"\x09\x21\x11\x01\x00\x01\x22" + bytes([len(REPORT), 0])
ENDPOINT = b"\x07\x05\x81\x03\x08\x00\x0a"
CONFIGURATION = b"\x09\x02\x22\x00\x01\x01\x00\x80\x32" + INTERFACE + HID + ENDPOINT
TEXTS = {2: "Writer", 4: b"Keys"}
LETTERS = [(0, 11), (2, 4), (0, 0)]

usb = machine.USBDevice()
lights = bytearray(1)
letters = iter(LETTERS)


def write():
    for shift, key in letters:
        print("types", key, usb.submit_xfer(0x81, bytes([shift, 0, key, 0, 0, 0, 0, 0])))
        return


def opened(descriptor):
    print("open", len(descriptor), descriptor[:9] == INTERFACE, descriptor[-7:] == ENDPOINT)
    write()


def asked(stage, request):
    kind, what = request[0], request[1]
    if stage == 1:
        if (kind, what) == (0x81, 6):
            return {0x22: REPORT, 0x21: HID}.get(request[3], False)
        if (kind, what) == (0x21, 9):
            return lights
        return (kind, what) == (0x21, 0x0A)
    if stage == 3 and what == 9:
        print("lights", lights[0])
    return True


def done(endpoint, result, count):
    print("left", hex(endpoint), result, count)
    write()


usb.config(DEVICE, CONFIGURATION, TEXTS, opened, lambda: print("reset"), asked, done)
print(usb.active(True), usb.active())
while True:
    machine.idle()
