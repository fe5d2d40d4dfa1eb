# Certificates and the hosts they are for; a manager of shared memory; older names of `locale`.
# needs: import ssl, locale, multiprocessing.managers
import locale
import ssl
import warnings
from multiprocessing import shared_memory
from multiprocessing.managers import SharedMemoryManager

warnings.simplefilter("ignore")


def certificate(*names, common=None):
    made = {"subject": ((("commonName", common),),)} if common else {"subject": ()}
    if names:
        made["subjectAltName"] = tuple([("IP Address" if name[0].isdigit() else "DNS", name) for name in names])
    return made


for cert, host in (
    (certificate("example.com"), "EXAMPLE.com"),
    (certificate("*.example.com"), "a.example.com"),
    (certificate("*.example.com"), "a.b.example.com"),
    (certificate("*.example.com", "other.org"), "example.com"),
    (certificate("a*.example.com"), "ab.example.com"),
    (certificate("*.*.com"), "a.b.com"),
    (certificate("*"), "com"),
    (certificate("10.0.0.1"), "10.0.0.1"),
    (certificate("10.0.0.1"), "10.0.0.2"),
    (certificate(common="old.org"), "old.org"),
    (certificate("new.org", common="old.org"), "old.org"),
    (certificate(), "x"),
    ({}, "x"),
):
    try:
        ssl.match_hostname(cert, host)
        print(host, "fits")
    except ValueError as error:
        print(host, type(error).__name__, error.args[0])
print(ssl.PEM_HEADER, ssl.RAND_status(), ssl.get_protocol_name(ssl.PROTOCOL_TLS_CLIENT), ssl.DER_cert_to_PEM_cert(b"abc").count(ssl.PEM_FOOTER))
print(locale.format("%.2f", 3.14159), locale.format("%d", 1234))
try:
    locale.format("%d x", 1)
except ValueError as error:
    print(error)

with SharedMemoryManager() as manager:
    block = manager.SharedMemory(16)
    shared = manager.ShareableList([1, "two"])
    block.buf[:3] = b"abc"
    again = shared_memory.SharedMemory(block.name)
    print(bytes(again.buf[:3]), list(shared))
    name = block.name
    for each in (again, block, shared.shm):
        each.close()
try:
    shared_memory.SharedMemory(name)
except FileNotFoundError:
    print("gone")
