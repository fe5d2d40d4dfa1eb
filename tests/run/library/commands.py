# argparse, getopt, shlex: command lines.
# needs: import argparse
import argparse, getopt, shlex, sys
sys.stderr = sys.stdout
p = argparse.ArgumentParser(prog='prog', description='A thing that does things and more things, and this text is long enough to be wrapped over lines.', epilog='bye')
p.add_argument('file', nargs='+', help='files')
p.add_argument('-v', '--verbose', action='count', default=0, help='say more')
p.add_argument('-n', '--number', type=int, default=3, help='how many (default: %(default)s)', metavar='N')
p.add_argument('--mode', choices=['a', 'b'])
g = p.add_mutually_exclusive_group(); g.add_argument('--x', action='store_true'); g.add_argument('--y', action='store_true')
p.print_help()
print(p.parse_args(['f1', 'f2', '-vv', '-n4', '--mode=a', '--x']))
for bad in (['f', '-n', 'q'], ['f', '--x', '--y'], [], ['f', '--mode', 'c'], ['f', '--zz'], ['f', '--n']):
    try: print(p.parse_args(bad))
    except SystemExit as e: print('exit', e.code)
q = argparse.ArgumentParser(prog='git'); s = q.add_subparsers(dest='cmd', required=True, help='sub')
a = s.add_parser('add', help='adds'); a.add_argument('what'); a.add_argument('--flag', action=argparse.BooleanOptionalAction, default=False)
r = s.add_parser('rm', aliases=['del'], help='removes'); r.add_argument('-r', action='store_true')
q.print_help(); print(q.parse_args(['add', 'q', '--flag']), q.parse_args(['del', '-r']).r, q.parse_known_args(['add', 'q', '--zz']))
t = argparse.ArgumentParser(prog='t'); t.add_argument('a', nargs='?', default='d'); t.add_argument('rest', nargs=argparse.REMAINDER)
print(t.parse_args(['1', '-x', '--y']), t.parse_args([]))
t = argparse.ArgumentParser(prog='t'); t.add_argument('--foo', nargs=2, type=float); t.add_argument('--bar', nargs='*'); t.add_argument('--app', action='append'); t.add_argument('z', nargs='*')
print(t.parse_args('--foo 1 2 --app q --app r --bar 3 4'.split())); print(t.parse_args('--foo -1 -2.5 -- -x'.split()))
print(getopt.getopt('-a -b x --long --val=3 rest -c'.split(), 'ab:c', ['long', 'val=']), getopt.gnu_getopt('x -a y --lo'.split(), 'a', ['long']))
for args in (['-z'], ['-b'], ['--nope'], ['--long=1']):
    try: getopt.getopt(args, 'ab:', ['long'])
    except getopt.GetoptError as e: print(e, e.opt)
print(shlex.split('a "b c" d\\ e \'f "g"\' h"i"j # k'), shlex.split('x # y', comments=True), shlex.join(['a b', "c'd", '']), shlex.quote('safe-._/'), list(shlex.shlex('a=b "c d" (e)')))
print(list(shlex.shlex('a && b || c; d', punctuation_chars=True)))
try: shlex.split('"open')
except ValueError as e: print(e)
