# tomllib.
import io, tomllib
for text in ['a=1\nb.c="x\\u00e9"\n[d.e]\nf=[1.5,inf,0x1F,1_000,\n # c\n]\ng="""\nml \\\n   x"y"""""\nh=\'\'\'\nq\'\'\'\n[[t]]\ni=true\n[[t]]\nj={k=1,l.m=2}\n'
             'd=1979-05-27T07:32:00.5Z\ne=07:32:00\nf=2020-01-01\ng=-1e5\nh=2020-01-01 01:02:03-07:30', 'a=', 'a=1\na=2', 'a={b=1}\n[a.c]', 'a="x', '[a\n',
             'x=1 y=2', '[a.b]\n[a]\nc=1', 'a=[1]\n[[a]]', 'a = 2020-13-01', 'a="\\q"', 'q=01', 'a.b=1\na.c=2', 'x = [\n1,', '"quoted key".\'b\' = 1', 'a = 1\r\nb = "\t"',
             '[x]\n[x]', "a = '''x''''", 'a = {b = 1, c = {d = 2}}\ne = []', '= 1', 'a = tru', 'a = "\x01"', 'b = 0b101\no = 0o17', 'a.b = 1\n[a.c]\nd = 2', '[[a.b]]\nc = 1\n[a.b.d]\ne = 2']:
    try: print(tomllib.loads(text))
    except tomllib.TOMLDecodeError as e: print('TOMLDecodeError', str(e).rpartition('(')[2])
print(tomllib.load(io.BytesIO(b'x = 1.10')), tomllib.loads('x = 1.10', parse_float=str))
for wrong in [lambda: tomllib.load(io.StringIO(''))]:
    try: wrong()
    except TypeError as e: print(e)
