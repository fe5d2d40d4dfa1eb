# calendar, colorsys, stat, ast.literal_eval, struct.Struct, json's coders.
import ast, calendar, colorsys, json, stat, struct
print(calendar.month(2024, 2)); print(calendar.isleap(1900), calendar.monthrange(2023, 2), calendar.leapdays(1900, 2001), calendar.timegm((2020, 1, 2, 3, 4, 5)), calendar.monthcalendar(2021, 2)[0])
print(calendar.TextCalendar(6).formatmonth(2025, 8)); print(calendar.calendar(2023, m=4)[:200]); print(list(calendar.Calendar().itermonthdays2(2024, 9))[:8])
print([round(x, 6) for x in colorsys.rgb_to_hsv(.2, .4, .6) + colorsys.hsv_to_rgb(.58, .66, .6) + colorsys.rgb_to_hls(.2, .4, .6) + colorsys.hls_to_rgb(.58, .4, .5) + colorsys.rgb_to_yiq(.1, .2, .3)])
print(stat.filemode(0o100755), stat.filemode(0o041777), stat.S_ISDIR(0o040000), stat.S_IMODE(0o100644))
for text in ('1', '-1.5e-3', '1+2j', "'a' \"b\" r'\\n'", "b'x'", '(1, [2, {3: 4}], {5})', '()', '(1)', '(1,)', '[]', '{}', 'None', 'True', ' [1, 2, ] # c', 'set()', '0x1F', '...', "'''a\nb'''"):
    print(repr(ast.literal_eval(text)))
for text in ('a', 'f()', '1+1', '[1 for x in y]', '"a".b', '1 if 1 else 2', "f'x'", '[1 2]'):
    try: print(ast.literal_eval(text))
    except (ValueError, SyntaxError) as e: print(type(e).__name__)
s = struct.Struct('<hB'); print(s.size, s.pack(1, 2), s.unpack(b'\x01\x00\x02'), list(struct.iter_unpack('<h', b'\x01\x00\x02\x00')), s.unpack_from(b'x\x01\x00\x02', 1))
try: s.unpack(b'x')
except struct.error as e: print('error')
class E(json.JSONEncoder):
    def default(self, o): return sorted(o) if isinstance(o, set) else super().default(o)
print(E(indent=1).encode({'a': {2, 1}}), json.JSONDecoder().decode('[1]'), json.JSONDecoder().raw_decode('{"a": [1, "]"]} rest'), json.decoder.JSONDecoder is json.JSONDecoder)
class L(list): pass
class D(dict): pass
l = L([1]); before = l; l += [2]; l *= 2; d = D(); d |= {1: 2}; print(type(l).__name__, l is before, l, type(d).__name__, d)
