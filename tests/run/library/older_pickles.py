# Pickles that Python 2 reads have its names.
import collections
import pickle
import urllib.parse
from http.server import SimpleHTTPRequestHandler

for value in (collections.Counter("a"), collections.UserDict(a=1), range, chr, zip, ValueError, TimeoutError, urllib.parse.quote,
              SimpleHTTPRequestHandler):
    pickled = pickle.dumps(value, 0)
    print(pickled.split(b"\n")[:4], pickle.loads(pickled) == value)
for old in (b"c__builtin__\nxrange\n.", b"cexceptions\nStandardError\n.", b"cStringIO\nStringIO\n.", b"cUserDict\nUserDict\n.",
            b"curllib2\nURLError\n.", b"cwhichdb\nwhichdb\n."):
    print(pickle.loads(old).__name__)
print(collections.Counter, collections.defaultdict(int).__class__, collections.Counter.__module__)
