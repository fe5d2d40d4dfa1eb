"""Addresses and networks of the Internet, version 4 and 6."""

import functools

IPV4LENGTH = 32
IPV6LENGTH = 128


class AddressValueError(ValueError):
    pass


class NetmaskValueError(ValueError):
    pass


def ip_address(address):
    for cls in (IPv4Address, IPv6Address):
        try:
            return cls(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError("%r does not appear to be an IPv4 or IPv6 address" % (address,))


def ip_network(address, strict=True):
    for cls in (IPv4Network, IPv6Network):
        try:
            return cls(address, strict)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError("%r does not appear to be an IPv4 or IPv6 network" % (address,))


def ip_interface(address):
    for cls in (IPv4Interface, IPv6Interface):
        try:
            return cls(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError("%r does not appear to be an IPv4 or IPv6 interface" % (address,))


def v4_int_to_packed(address):
    try:
        return address.to_bytes(4, "big")
    except OverflowError:
        raise ValueError("Address negative or too large for IPv4")


def v6_int_to_packed(address):
    try:
        return address.to_bytes(16, "big")
    except OverflowError:
        raise ValueError("Address negative or too large for IPv6")


def _parse4(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(".")
    if len(parts) != 4:
        raise AddressValueError("Expected 4 octets in %r" % text)
    value = 0
    for part in parts:
        if not part:
            raise AddressValueError("Empty octet not permitted in %r" % text)
        if not (part.isascii() and part.isdigit()):
            raise AddressValueError("Only decimal digits permitted in %r in %r" % (part, text))
        if len(part) > 3:
            raise AddressValueError("At most 3 characters permitted in %r in %r" % (part, text))
        if part != "0" and part[0] == "0":
            raise AddressValueError("Leading zeros are not permitted in %r in %r" % (part, text))
        if int(part) > 255:
            raise AddressValueError("Octet %d (> 255) not permitted in %r" % (int(part), text))
        value = value << 8 | int(part)
    return value


def _parse6(text):
    if not text:
        raise AddressValueError("Address cannot be empty")
    parts = text.split(":")
    if len(parts) < 3:
        raise AddressValueError("At least 3 parts expected in %r" % text)
    if "." in parts[-1]:
        try:
            last = _parse4(parts.pop())
        except AddressValueError as error:
            raise AddressValueError("%s in %r" % (error, text)) from None
        parts += ["%x" % (last >> 16), "%x" % (last & 0xFFFF)]
    if len(parts) > 9:
        raise AddressValueError("At most 8 colons permitted in %r" % text)
    gaps = [at for at in range(1, len(parts) - 1) if not parts[at]]
    if len(gaps) > 1:
        raise AddressValueError("At most one '::' permitted in %r" % text)
    if gaps:
        left, right = parts[: gaps[0]], parts[gaps[0] + 1 :]
        for side, edge, sign in ((left, 0, "Leading"), (right, -1, "Trailing")):
            if not side[edge]:
                if len(side) > 1:
                    raise AddressValueError("%s ':' only permitted as part of '::' in %r" % (sign, text))
                side.clear()
        missing = 8 - len(left) - len(right)
        if missing < 1:
            raise AddressValueError("Expected at most 7 other parts with '::' in %r" % text)
        parts = left + ["0"] * missing + right
    elif len(parts) != 8:
        raise AddressValueError("Exactly 8 parts expected without '::' in %r" % text)
    elif not parts[0]:
        raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % text)
    elif not parts[-1]:
        raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % text)
    value = 0
    for part in parts:
        if not all([c in "0123456789abcdefABCDEF" for c in part]) or not part:
            raise AddressValueError("Only hex digits permitted in %r in %r" % (part, text))
        if len(part) > 4:
            raise AddressValueError("At most 4 characters permitted in %r in %r" % (part, text))
        value = value << 16 | int(part, 16)
    return value


def _text6(value):
    groups = ["%x" % (value >> shift & 0xFFFF) for shift in range(112, -1, -16)]
    best, best_size, at = -1, 1, 0
    while at < 8:
        size = 0
        while at + size < 8 and groups[at + size] == "0":
            size += 1
        if size > best_size:
            best, best_size = at, size
        at += size or 1
    if best < 0:
        return ":".join(groups)
    return ":".join(groups[:best]) + "::" + ":".join(groups[best + best_size :])


@functools.total_ordering
class _BaseAddress:
    __slots__ = ("_ip", "__weakref__", "_scope_id")

    def __init__(self, address):
        self._scope_id = None
        if isinstance(address, int):
            if address < 0:
                raise AddressValueError("%d (< 0) is not permitted as an IPv%d address" % (address, self.version))
            if address >> self.max_prefixlen:
                raise AddressValueError("%d (>= 2**%d) is not permitted as an IPv%d address" % (address, self.max_prefixlen, self.version))
            self._ip = address
        elif isinstance(address, bytes):
            if len(address) != self.max_prefixlen // 8:
                raise AddressValueError("%r (len %d != %d) is not permitted as an IPv%d address" % (address, len(address), self.max_prefixlen // 8, self.version))
            self._ip = int.from_bytes(address, "big")
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError("Unexpected '/' in %r" % address)
            if self.version == 6 and "%" in text:
                text, _, self._scope_id = text.partition("%")
                if not self._scope_id or "%" in self._scope_id:
                    raise AddressValueError('Invalid IPv6 address: "%r"' % (address,))
            self._ip = self._parse(text)

    def __int__(self):
        return self._ip

    def __hash__(self):
        return hash((hex(self._ip), self._scope_id))

    def __eq__(self, other):
        if not isinstance(other, _BaseAddress):
            return NotImplemented
        return (self._ip, self.version, self._scope_id) == (other._ip, other.version, other._scope_id)

    def __lt__(self, other):
        if not isinstance(other, _BaseAddress):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return self._ip < other._ip

    def __add__(self, other):
        return self.__class__(self._ip + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self.__class__(self._ip - other) if isinstance(other, int) else NotImplemented

    def __str__(self):
        return self._text(self._ip) + ("%" + self._scope_id if self._scope_id else "")

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))

    def __format__(self, spec):
        if not spec or spec[-1] == "s":
            return format(str(self), spec)
        kind = spec[-1]
        if kind == "n":
            kind = "b" if self.version == 4 else "x"
        digits = self.max_prefixlen // (1 if kind == "b" else 4)
        text = format(self._ip, "0%d%s" % (digits, kind))
        if "_" in spec:
            text = "_".join([text[at : at + 4] for at in range(0, len(text), 4)])
        return ("0" + kind if "#" in spec else "") + text

    def __reduce__(self):
        return self.__class__, (str(self),)

    @property
    def packed(self):
        return self._ip.to_bytes(self.max_prefixlen // 8, "big")

    @property
    def compressed(self):
        return str(self)

    @property
    def exploded(self):
        return self._exploded(self._ip) + ("%" + self._scope_id if self._scope_id else "")

    @property
    def reverse_pointer(self):
        if self.version == 4:
            return ".".join(reversed(str(IPv4Address(self._ip)).split("."))) + ".in-addr.arpa"
        return ".".join(reversed(self._exploded(self._ip).replace(":", ""))) + ".ip6.arpa"

    def _among(self, networks):
        return any([self._ip & ~((1 << self.max_prefixlen - size) - 1) == base for base, size in networks])

    @property
    def is_multicast(self):
        return self._among(self._MULTICAST)

    @property
    def is_loopback(self):
        return self._among(self._LOOPBACK)

    @property
    def is_link_local(self):
        return self._among(self._LINK_LOCAL)

    @property
    def is_private(self):
        return self._among(self._PRIVATE) and not self._among(self._NOT_PRIVATE)

    @property
    def is_reserved(self):
        return self._among(self._RESERVED)

    @property
    def is_unspecified(self):
        return self._ip == 0


def _known(parse, texts):
    return [(parse(base), int(size)) for base, _, size in [text.partition("/") for text in texts.split()]]


class IPv4Address(_BaseAddress):
    __slots__ = ()
    version, max_prefixlen = 4, 32
    _parse, _text = staticmethod(_parse4), staticmethod(lambda value: ".".join([str(byte) for byte in value.to_bytes(4, "big")]))
    _MULTICAST, _LOOPBACK, _LINK_LOCAL = _known(_parse4, "224.0.0.0/4"), _known(_parse4, "127.0.0.0/8"), _known(_parse4, "169.254.0.0/16")
    _PRIVATE = _known(_parse4, "0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.170/31 192.0.2.0/24 192.168.0.0/16 "
                               "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32")
    _NOT_PRIVATE, _RESERVED = _known(_parse4, "192.0.0.9/32 192.0.0.10/32"), _known(_parse4, "240.0.0.0/4")

    def _exploded(self, value):
        return self._text(value)

    @property
    def is_global(self):
        return not self._among(_known(_parse4, "100.64.0.0/10")) and not self.is_private


def _as_mapped(name):
    """What is said of an address of version 6 that stands for one of version 4 is what is said of that one."""
    own = getattr(_BaseAddress, name).fget

    def said(self):
        mapped = self.ipv4_mapped
        return own(self) if mapped is None else getattr(mapped, name)

    return property(said)


class IPv6Address(_BaseAddress):
    __slots__ = ()
    version, max_prefixlen = 6, 128
    _parse, _text = staticmethod(_parse6), staticmethod(_text6)
    _MULTICAST, _LOOPBACK, _LINK_LOCAL = _known(_parse6, "ff00::/8"), _known(_parse6, "::1/128"), _known(_parse6, "fe80::/10")
    _PRIVATE = _known(_parse6, "::1/128 ::/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10")
    _NOT_PRIVATE = _known(_parse6, "2001:1::1/128 2001:1::2/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28")
    _RESERVED = _known(_parse6, "::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 a000::/3 c000::/3 e000::/4 f000::/5 f800::/6 fe00::/9")

    is_multicast, is_loopback, is_link_local = _as_mapped("is_multicast"), _as_mapped("is_loopback"), _as_mapped("is_link_local")
    is_private, is_reserved, is_unspecified = _as_mapped("is_private"), _as_mapped("is_reserved"), _as_mapped("is_unspecified")

    def _exploded(self, value):
        return ":".join(["%04x" % (value >> shift & 0xFFFF) for shift in range(112, -1, -16)])

    @property
    def scope_id(self):
        return self._scope_id

    @property
    def is_global(self):
        mapped = self.ipv4_mapped
        return not self.is_private if mapped is None else mapped.is_global

    @property
    def is_site_local(self):
        return self._among(_known(_parse6, "fec0::/10"))

    @property
    def ipv4_mapped(self):
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None

    @property
    def teredo(self):
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address(self._ip >> 64 & 0xFFFFFFFF), IPv4Address(~self._ip & 0xFFFFFFFF)

    @property
    def sixtofour(self):
        return IPv4Address(self._ip >> 80 & 0xFFFFFFFF) if self._ip >> 112 == 0x2002 else None


def _prefix(cls, text):
    """The length of a prefix, given as a number, a mask or a host mask."""
    size = cls.max_prefixlen
    if isinstance(text, int):
        if not 0 <= text <= size:
            raise NetmaskValueError("%r is not a valid netmask" % text)
        return text
    if text.isascii() and text.isdigit():
        if int(text) <= size:
            return int(text)
    elif cls.version == 4:
        try:
            mask = _parse4(text)
        except AddressValueError:
            raise NetmaskValueError("%r is not a valid netmask" % text) from None
        full = (1 << size) - 1
        for value in (mask, mask ^ full):
            inverted = value ^ full
            if inverted & (inverted + 1) == 0:
                return size - inverted.bit_length()
    raise NetmaskValueError("%r is not a valid netmask" % text)


def _split(cls, address):
    if isinstance(address, tuple):
        return address[0], address[1] if len(address) > 1 else cls.max_prefixlen
    if isinstance(address, (int, bytes, _BaseAddress)) and not isinstance(address, _Interface):
        return address, cls.max_prefixlen
    base, slash, mask = str(address).partition("/")
    if "/" in mask:
        raise AddressValueError("Only one '/' permitted in %r" % address)
    return base, mask if slash else cls.max_prefixlen


@functools.total_ordering
class _BaseNetwork:
    def __init__(self, address, strict=True):
        base, mask = _split(self._address, address)
        base = self._address(base)
        self._prefixlen = _prefix(self._address, mask)
        host = (1 << self.max_prefixlen - self._prefixlen) - 1
        if base._ip & host and strict:
            raise ValueError("%s has host bits set" % self._shown(base))
        self.network_address = self._address(base._ip & ~host)
        # What `strict` does not allow to be anything but the network has a scope with it.
        self.network_address._scope_id = base._scope_id if not base._ip & host else None
        self._host = host

    def _shown(self, base):
        return "%s/%d" % (base, self._prefixlen)

    @property
    def version(self):
        return self._address.version

    @property
    def max_prefixlen(self):
        return self._address.max_prefixlen

    @property
    def prefixlen(self):
        return self._prefixlen

    @functools.cached_property
    def netmask(self):
        return self._address((1 << self.max_prefixlen) - 1 ^ self._host)

    @functools.cached_property
    def hostmask(self):
        return self._address(self._host)

    @functools.cached_property
    def broadcast_address(self):
        return self._address(self.network_address._ip | self._host)

    @property
    def num_addresses(self):
        return self._host + 1

    @property
    def with_prefixlen(self):
        return str(self)

    @property
    def with_netmask(self):
        return "%s/%s" % (self.network_address, self.netmask)

    @property
    def with_hostmask(self):
        return "%s/%s" % (self.network_address, self.hostmask)

    @property
    def compressed(self):
        return str(self)

    @property
    def exploded(self):
        return "%s/%d" % (self.network_address.exploded, self._prefixlen)

    def hosts(self):
        first, last = self.network_address._ip, self.broadcast_address._ip
        rest = self.max_prefixlen - self._prefixlen
        if rest == 0:
            return [self._address(first)]
        if rest == 1:
            return [self._address(first), self._address(last)]
        first += 1
        last -= self.version == 4
        return (self._address(value) for value in _count(first, last))

    def __iter__(self):
        return (self._address(value) for value in _count(self.network_address._ip, self.broadcast_address._ip))

    def __getitem__(self, n):
        value = self.network_address._ip + n if n >= 0 else self.broadcast_address._ip + n + 1
        if not self.network_address._ip <= value <= self.broadcast_address._ip:
            raise IndexError("address out of range")
        return self._address(value)

    def __contains__(self, other):
        if isinstance(other, _BaseNetwork) or self.version != other.version:
            return False
        return other._ip & ~self._host == self.network_address._ip

    def _key(self):
        return self.network_address._ip, self._prefixlen

    def __eq__(self, other):
        if not isinstance(other, _BaseNetwork):
            return NotImplemented
        return (self.network_address, self._prefixlen) == (other.network_address, other._prefixlen)

    def __lt__(self, other):
        if not isinstance(other, _BaseNetwork):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return self._key() < other._key()

    def __hash__(self):
        return hash(self._key())

    def __str__(self):
        return self._shown(self.network_address)

    def __repr__(self):
        return "%s(%r)" % (type(self).__name__, str(self))

    def __reduce__(self):
        return self.__class__, (str(self),)

    def overlaps(self, other):
        return self.network_address in other or other.network_address in self

    def _inside(self, other):
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return other._prefixlen <= self._prefixlen and self.network_address in other

    def subnet_of(self, other):
        return self._inside(other)

    def supernet_of(self, other):
        return other._inside(self)

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        if self._prefixlen == self.max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._prefixlen:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._prefixlen
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        prefix = self._prefixlen + prefixlen_diff
        if prefix > self.max_prefixlen:
            raise ValueError("prefix length diff %d is invalid for netblock %s" % (prefix, self))
        step = 1 << self.max_prefixlen - prefix
        for at in range(1 << prefixlen_diff):
            yield self.__class__((self.network_address._ip + at * step, prefix))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        if self._prefixlen == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._prefixlen:
                raise ValueError("new prefix must be shorter")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = self._prefixlen - new_prefix
        prefix = self._prefixlen - prefixlen_diff
        if prefix < 0:
            raise ValueError("current prefixlen is %d, cannot have a prefixlen_diff of %d" % (self._prefixlen, prefixlen_diff))
        return self.__class__((self.network_address._ip, prefix), strict=False)

    def address_exclude(self, other):
        if not isinstance(other, _BaseNetwork):
            raise TypeError("%s is not a network object" % other)
        if not other._inside(self):
            raise ValueError("%s not contained in %s" % (other, self))
        whole = self
        while whole != other:
            left, right = whole.subnets()
            inside, outside = (left, right) if other._inside(left) else (right, left)
            yield outside
            whole = inside

    def _get_networks_key(self):
        return self.version, self.network_address, self.netmask

    def compare_networks(self, other):
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same type" % (self, other))
        return (self > other) - (self < other)

    def _both(self, name):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)

    is_multicast = property(lambda self: self._both("is_multicast"))

    @property
    def is_private(self):
        """Whether the whole of it is among what is private, and no part among what is not."""
        first, last = self.network_address, self.broadcast_address
        inside = lambda networks: any([first._among([each]) and last._among([each]) for each in networks])
        return inside(first._PRIVATE) and not inside(first._NOT_PRIVATE)

    is_loopback = property(lambda self: self._both("is_loopback"))
    is_link_local = property(lambda self: self._both("is_link_local"))
    is_reserved = property(lambda self: self._both("is_reserved"))
    is_unspecified = property(lambda self: self._both("is_unspecified"))
    is_global = property(lambda self: self._both("is_global"))


def _count(first, last):
    while first <= last:
        yield first
        first += 1


class IPv4Network(_BaseNetwork):
    _address = IPv4Address


class IPv6Network(_BaseNetwork):
    _address = IPv6Address
    is_site_local = property(lambda self: self._both("is_site_local"))


class _Interface:
    def _set_network(self, address):
        base, mask = _split(self._base, address)
        own = self._base(base)
        self.network = self._network((own, _prefix(self._base, mask)), strict=False)
        return base

    @property
    def ip(self):
        return self._base(self._ip)

    @property
    def exploded(self):
        return "%s/%d" % (self._exploded(self._ip), self.network.prefixlen)

    @property
    def netmask(self):
        return self.network.netmask

    @property
    def hostmask(self):
        return self.network.hostmask

    @property
    def with_prefixlen(self):
        return "%s/%d" % (self.ip, self.network.prefixlen)

    @property
    def with_netmask(self):
        return "%s/%s" % (self.ip, self.netmask)

    @property
    def with_hostmask(self):
        return "%s/%s" % (self.ip, self.hostmask)

    def __str__(self):
        return "%s/%d" % (super().__str__(), self.network.prefixlen)

    def __eq__(self, other):
        if isinstance(other, _Interface):
            return (self._ip, self._scope_id, self.network) == (other._ip, other._scope_id, other.network)
        return False if isinstance(other, _BaseAddress) else NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _Interface):
            return NotImplemented
        return (self.network, self._ip) < (other.network, other._ip)

    def __hash__(self):
        return hash((self._ip, self.network))

    def __reduce__(self):
        return self.__class__, (str(self),)


class IPv4Interface(_Interface, IPv4Address):
    _base, _network = IPv4Address, IPv4Network

    def __init__(self, address):
        IPv4Address.__init__(self, self._set_network(address))


class IPv6Interface(_Interface, IPv6Address):
    _base, _network = IPv6Address, IPv6Network

    def __init__(self, address):
        IPv6Address.__init__(self, self._set_network(address))


def summarize_address_range(first, last):
    if not (isinstance(first, _BaseAddress) and isinstance(last, _BaseAddress)):
        raise TypeError("first and last must be IP addresses, not networks")
    if first.version != last.version:
        raise TypeError("%s and %s are not of the same version" % (first, last))
    if first > last:
        raise ValueError("last IP address must be greater than first")
    if first.version not in (4, 6):
        raise ValueError("unknown IP version")
    network = IPv4Network if first.version == 4 else IPv6Network
    at, end, size = first._ip, last._ip, first.max_prefixlen
    while at <= end:
        zeros = (at & -at).bit_length() - 1 if at else size
        bits = min(zeros, (end - at + 1).bit_length() - 1)
        yield network((at, size - bits))
        at += 1 << bits


def collapse_addresses(addresses):
    ranges = []
    for address in addresses:
        if isinstance(address, _BaseNetwork):
            ranges.append((address.version, address.network_address._ip, address.broadcast_address._ip))
        else:
            ranges.append((address.version, address._ip, address._ip))
    if len({one[0] for one in ranges}) > 1:
        raise TypeError("addresses are not of the same version")
    return _merged(ranges)


def _merged(ranges):
    merged = []
    for version, first, last in sorted(ranges):
        if merged and first <= merged[-1][2] + 1:
            merged[-1][2] = max(merged[-1][2], last)
        else:
            merged.append([version, first, last])
    for version, first, last in merged:
        cls = IPv4Address if version == 4 else IPv6Address
        yield from summarize_address_range(cls(first), cls(last))


def get_mixed_type_key(obj):
    if isinstance(obj, _BaseNetwork):
        return obj.version, obj.network_address, obj.netmask
    return (obj.version, obj) if isinstance(obj, _BaseAddress) else NotImplemented
