# os.path, pathlib, tempfile, shutil, glob, warnings, traceback, inspect.
import os, os.path, pathlib, tempfile, shutil, glob, warnings, traceback, inspect, io
from pathlib import Path, PurePath
print(os.path.join('a', '/b', 'c'), os.path.split('/a/b.c'), os.path.splitext('a.tar.gz'), os.path.normpath('/a/../b//c/.'), os.path.basename('/x/y'), os.path.dirname('/x/y'), os.path.isabs('/a'), os.path.relpath('/a/b', '/a/c'), os.path.commonpath(['/a/b', '/a/c']), os.path.expanduser('~x'), os.path.splitext('.bashrc'), os.path.abspath('/a/./b'), os.path.commonprefix(['abc', 'abd']))
os.environ['TT'] = '1'; print(os.environ['TT'], os.getenv('TT'), 'NOPE_' in os.environ, os.environ.get('NOPE_', 3), os.sep, os.name)
with tempfile.TemporaryDirectory() as d:
    p = Path(d) / 'sub' / 'x.txt'
    p.parent.mkdir(parents=True)
    p.write_text('hé\nb\n'); print(p.read_text() == 'hé\nb\n', p.exists(), p.is_file(), p.suffix, p.stem, p.name, p.parent.name, len(p.read_bytes()), p.stat().st_size)
    (Path(d) / 'a.py').touch(); os.makedirs(os.path.join(d, 'q', 'r'))
    print(sorted(x.name for x in Path(d).iterdir()), sorted(os.path.relpath(x, d) for x in glob.glob(d + '/**', recursive=True)), [x.name for x in Path(d).glob('*.py')], [x.name for x in Path(d).rglob('*.txt')])
    for root, dirs, files in os.walk(d): print(os.path.relpath(root, d), sorted(dirs), sorted(files)); dirs.sort()
    shutil.copy(p, os.path.join(d, 'copy.txt')); shutil.copytree(os.path.join(d, 'sub'), os.path.join(d, 'sub2')); print(sorted(os.listdir(d)))
    shutil.move(os.path.join(d, 'copy.txt'), os.path.join(d, 'moved.txt')); shutil.rmtree(os.path.join(d, 'sub2')); print(sorted(os.listdir(d)))
    print(os.path.getsize(p), os.path.isdir(d))
print(os.path.exists(d))
with tempfile.NamedTemporaryFile('w', delete=True) as f: f.write('a'); n = f.name
print(os.path.exists(n))
print(PurePath('/a/b/../c').parts, PurePath('a') / 'b', PurePath('a/b.tar.gz').suffixes, PurePath('/a/b').relative_to('/a'), PurePath('a/b').with_suffix('.x'), PurePath('a.py').match('*.py'), list(PurePath('/a/b/c').parents), PurePath('a') == PurePath('a'), repr(Path('x')))
with warnings.catch_warnings(record=True) as w:
    warnings.simplefilter('always'); warnings.warn('hey', DeprecationWarning); print(len(w), w[0].message, w[0].category.__name__)
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try: warnings.warn('boom')
    except UserWarning as e: print('raised', e)
def f():
    raise ValueError('inner')
try:
    try: f()
    except ValueError as e: raise KeyError('outer') from e
except KeyError as e:
    lines = traceback.format_exception(e)
    print(lines[0], lines[-1], len([l for l in lines if 'direct cause' in l]), traceback.format_exception_only(e))
    print([x.name for x in traceback.extract_tb(e.__traceback__)])
def g(a, b: int = 2, /, c=3, *args, d, e=5, **kw) -> str:
    "doc of g"
print(inspect.signature(g), inspect.getfullargspec(g).args, inspect.isfunction(g), inspect.getdoc(g), g.__doc__)
print(inspect.signature(g).bind(1, d=4).arguments, list(inspect.signature(g).parameters))
class C:
    "C doc"
    def m(self, x): pass
    @staticmethod
    def s(y): pass
    @property
    def p(self): "p doc"; return 1
print(inspect.signature(C().m), inspect.signature(C.m), inspect.signature(C.s), C.__doc__, C.p.__doc__, inspect.isclass(C), inspect.ismethod(C().m), [n for n, _ in inspect.getmembers(C, inspect.isfunction)])
def gen(): yield
async def co(): pass
print(inspect.isgeneratorfunction(gen), inspect.iscoroutinefunction(co), inspect.isgenerator(gen()))
try: inspect.signature(g).bind()
except TypeError as e: print(e)
