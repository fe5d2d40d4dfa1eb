# csv, statistics, encodings of one width and lines of files: the quick way and the other one give the same.
import codecs, csv, io, os, statistics
from fractions import Fraction
lines = ['a,b,c\n', '"a, b",2\r\n', '"x ""y"" z",,\n', '\n', '""\n', 'a"b,c\n', '"a"b,c\n', '"two\n', 'lines",1\n', ' "a",b\n', 'é,"ü"\n', 'a\rb\n', 'last']
for given in ({}, {'delimiter': ';'}, {'quotechar': "'"}, {'quoting': csv.QUOTE_NONE}, {'skipinitialspace': True}, {'doublequote': False, 'escapechar': '\\'}, {'strict': True}, {'quoting': csv.QUOTE_NONNUMERIC}):
    rows, reader = [], csv.reader(lines, **given)
    while True:
        try: rows.append(next(reader))
        except StopIteration: break
        except Exception as e:
            rows.append(type(e).__name__)
            if len(rows) > 20: break
    print(rows, reader.line_num)
rows = [[1, None, 2.5, 'a,b'], ['x"y', "it's", 'two\nlines', ''], [''], [], ['é'], [' a']]
for given in ({}, {'delimiter': ' '}, {'quotechar': "'"}, {'quoting': csv.QUOTE_ALL}, {'lineterminator': '!\n'}, {'doublequote': False, 'escapechar': '\\'}):
    out = io.StringIO(); csv.writer(out, **given).writerows(rows); print(repr(out.getvalue()))
floats = [i * 0.37 % 11 for i in range(300)]
for data in (floats, list(range(50)), [True, 2, 3.5], [Fraction(1, 3), Fraction(2, 7), 5], [0.1] * 10):
    print(*[f(data) for f in (statistics.mean, statistics.variance, statistics.pvariance, statistics.fmean, statistics.median)])
print(statistics.stdev(floats), statistics.variance([1.5, 2.5, 4], 2.0), statistics.mean([1.0, float('inf')]), statistics.pvariance([1, 2, 3], 2))
text = 'häl\u20aclo \U0001f600 z'
for name in ('utf-16', 'utf-16-le', 'utf-16-be', 'utf-32', 'utf-32-be', 'cp1252', 'latin-1', 'cp037', 'koi8-r', 'ascii'):
    for errors in ('replace', 'ignore', 'xmlcharrefreplace'):
        data = text.encode(name, errors); print(name, data, data.decode(name) == text, end=' ')
    print([b'\x80a\x81\xff'.decode(name, 'replace'), 'plain'.encode(name).decode(name)])
for bad in (b'\x00\xd8a\x00', b'a', b'a\x00\x00\xdc'): print(ascii(bad.decode('utf-16-le', 'replace')))
name = 'tables_alike.tmp'
with open(name, 'w') as f: f.write(''.join(['line %d é\n' % n for n in range(2000)]) + 'end')
with open(name) as f: got = list(f); print(len(got), got[777], got[-1], f.read() == '')
with open(name, 'rb') as f:
    first, place = f.readline(), f.tell(); rest = f.read(10); f.seek(place); again = f.read(10)
    print(first, place, rest == again, f.seek(-3, 1), f.read(3) == again[-3:], f.seek(-3, 2) > 0, f.read(), f.read(), f.seek(0), f.readline() == first)
with open(name, 'r+b') as f:
    f.readline(); f.write(b'LINE'); print(f.readline(), f.tell()); f.seek(0); print(f.read(20))
with open(name, 'a+b') as f:
    f.seek(0); f.readline(); f.write(b'!'); f.seek(-4, 2); print(f.read())
with open(name, 'rb') as one, open(name, 'ab') as two:
    print(len(one.read()) > 9, one.read()); two.write(b'more'); two.flush(); print(one.read())
os.remove(name)
