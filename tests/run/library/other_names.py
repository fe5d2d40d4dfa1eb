# not CPython: `compression` is 3.14's
# Modules by their other names; XInclude.
import compression.zlib, compression.gzip, compression.bz2, compression.lzma, sre_compile, asyncio.taskgroups, asyncio.timeouts, asyncio.runners, asyncio.log
import zlib, gzip, asyncio, io, os, tempfile
from xml.etree import ElementInclude as inc, ElementTree as et
print(compression.zlib.decompress is zlib.decompress, compression.gzip.open is gzip.open, compression.bz2.decompress(compression.bz2.compress(b'x')), compression.lzma.LZMAFile.__name__)
print(asyncio.taskgroups.TaskGroup is asyncio.TaskGroup, asyncio.timeouts.timeout is asyncio.timeout, asyncio.runners.run is asyncio.run, asyncio.log.logger.name, sre_compile.compile('a').match('a').group())
XI = '<d xmlns:xi="http://www.w3.org/2001/XInclude">%s</d>'
files = {'one.xml': '<one>1</one>', 'text': 'some text', 'two.xml': XI % 'a<xi:include href="one.xml"/>b', 'loop.xml': XI % '<xi:include href="loop.xml"/>', 'deep.xml': XI % '<xi:include href="two.xml"/>'}
def load(href, parse, encoding=None):
    if href not in files: return None
    return et.fromstring(files[href]) if parse == 'xml' else files[href]
def included(body, **words):
    tree = et.ElementTree(et.fromstring(XI % body))
    try: inc.include(tree, load, **words)
    except (inc.FatalIncludeError, ValueError) as e: return '%s %s' % (type(e).__name__, e.args[0])
    return et.tostring(tree.getroot()).decode()
for body in ('<xi:include href="one.xml"/>', '<p>x</p>y<xi:include href="text" parse="text"/>z', '<xi:include href="text" parse="text" encoding="utf-8"/>z<q/>', '<xi:include href="two.xml"/>tail', '<xi:include href="none"/>', '<xi:include href="none" parse="text"/>',
             '<xi:include href="one.xml" parse="odd"/>', '<xi:fallback/>', '<r><xi:include href="one.xml"/></r>', '<xi:include href="loop.xml"/>'): print(included(body))
print(included('<xi:include href="two.xml"/>', max_depth=1)); print(included('<xi:include href="deep.xml"/>', max_depth=1)); print(included('', max_depth=-1)); print(included('<xi:include href="deep.xml"/>', max_depth=None))
with tempfile.TemporaryDirectory() as folder:
    for name in ('one.xml', 'two.xml', 'text'):
        with open(os.path.join(folder, name), 'w') as file: file.write(files[name])
    tree = et.parse(os.path.join(folder, 'two.xml')); inc.include(tree, base_url=os.path.join(folder, 'two.xml')); print(et.tostring(tree.getroot()))
