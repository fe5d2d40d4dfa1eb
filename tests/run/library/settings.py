# configparser.
import configparser, io
c = configparser.ConfigParser()
c.read_string('''
[DEFAULT]
base = /x
Flag = yes
; a comment
[one]
path = %(base)s/one
number: 42
long = first
   second

   third
empty =
[two]
x = 100%%
''')
print(c.sections(), dict(c['one']), c['one']['path'], c.getint('one', 'number'), c['one'].getboolean('flag'), repr(c['one']['long']), c['two']['x'], c.get('one', 'nope', fallback='F'))
for test in (lambda: c['nope'], lambda: c.get('one', 'nope'), lambda: c.get('nope', 'x'), lambda: c.add_section('one'), lambda: c.set('one', 'a', 1),
        lambda: c.read_string('x=1'), lambda: c.read_string('[a]\n[a]'), lambda: c.read_string('[a]\nb=1\nb=2'), lambda: c.read_string('[q]\nnothing'), lambda: c.set('one', 'a', '%(')):
    try: print(test())
    except Exception as e: print(type(e).__name__, str(e).split(chr(10))[0])
c['three'] = {'k': 'v'}; c['three']['j'] = '%(k)s!'; print(c['three']['j'], 'three' in c, c.has_option('three', 'j'), c.remove_option('three', 'k'), c.options('three'))
out = io.StringIO(); c.write(out); print(out.getvalue())
e = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), allow_no_value=True, inline_comment_prefixes='#')
e.read_string('[a]\nx = 1 # one\ny = ${x}2 ${b:z}\nflag\n[b]\nz = ${a:x}3'); print(e['a']['y'], e['a']['flag'], e.items('a'))
r = configparser.RawConfigParser(); r.optionxform = str; r.read_dict({'S': {'Key': '%(x)s'}}); print(r.items('S'), len(r), r['S'])
# A line ends where a file's line would.
lines = configparser.ConfigParser()
lines.read_string("[a]\n# one \x0c two \u2028 three\nkey = \x1c value\n")
print(lines.items("a"))
