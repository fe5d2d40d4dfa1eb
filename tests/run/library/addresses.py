# ipaddress.
from ipaddress import *
print(ip_address('192.168.0.1'), ip_address('::1'), ip_network('10.0.0.0/8').num_addresses, list(ip_network('10.0.0.0/30').hosts()), ip_interface('10.0.0.5/24').network)
print(ip_address('2001:db8::ff00:42:8329').exploded, IPv6Address('1:0:0:2::'), ip_address('::ffff:1.2.3.4').ipv4_mapped, repr(IPv4Network((3232235776, 24))))
for bad in ('1.2.3', '1.2.3.256', '01.2.3.4', '::1::', 'x', '1:2:3:4:5:6:7'):
    try: ip_address(bad)
    except ValueError as e: print(e)
for bad in ('10.0.0.1/8', '10.0.0.0/33'):
    try: ip_network(bad)
    except ValueError as e: print(e)
n = ip_network('10.0.0.0/24')
print(list(n.subnets(2)), n.supernet(), ip_address('10.0.0.7') in n, n.netmask, n.hostmask, n.broadcast_address, n[5], n.overlaps(ip_network('10.0.0.128/25')), n.subnet_of(ip_network('10.0.0.0/8')))
print([str(x) for x in summarize_address_range(IPv4Address('10.0.0.1'), IPv4Address('10.0.0.6'))], [str(x) for x in collapse_addresses([ip_network('10.0.0.0/25'), ip_network('10.0.0.128/25')])])
print([(str(a), a.is_private, a.is_loopback, a.is_multicast, a.is_global) for a in map(ip_address, ('8.8.8.8', '127.0.0.1', '10.1.1.1', '224.0.0.1', '::1', 'fe80::1', '2606::1'))])
print(sorted([ip_address('10.0.0.2'), ip_address('10.0.0.1')]), ip_address('10.0.0.1') + 5, int(ip_address('1.2.3.4')), ip_address('1.2.3.4').packed, ip_address('1.2.3.4').reverse_pointer, list(ip_network('10.0.0.0/29').address_exclude(ip_network('10.0.0.0/31'))))
print(ip_network('255.255.0.0/255.255.0.0').with_netmask, IPv4Network('10.0.0.0/0.0.0.255').prefixlen, ip_interface('::1/64').with_prefixlen, f"{ip_address('1.2.3.4'):x}", ip_address('fe80::1%eth0').scope_id)
