# What libraries offer and ask of each other: importlib.metadata and resources, pkgutil, generic classes, coders by class, child programs of tasks.
import asyncio, collections, collections.abc, concurrent.futures, contextvars, functools, importlib.abc, importlib.metadata as metadata, importlib.resources as resources
import json, logging, os, pathlib, pkgutil, queue, sys, tempfile, threading, types, typing, weakref
folder = tempfile.mkdtemp(); sys.path.insert(0, folder)
info = pathlib.Path(folder) / 'some_thing-1.2.dist-info'; info.mkdir()
(info / 'METADATA').write_text('Metadata-Version: 2.1\nName: some-thing\nVersion: 1.2\nRequires-Dist: a>=1\nRequires-Dist: b; extra == "c"\nSummary: x\n\nText.\n')
(info / 'entry_points.txt').write_text('[console_scripts]\nst = something.inner:Kind.made [extra]\n# no\n[other]\nx = os.path:join\n')
(info / 'RECORD').write_text('something/__init__.py,sha256=abc,12\nsomething/data.txt,,\n')
package = pathlib.Path(folder) / 'something'; package.mkdir(); (package / '__init__.py').write_text(''); (package / 'data.txt').write_text('data\n')
(package / 'inner.py').write_text('class Kind:\n    made = 5\n')
print(metadata.version('some_thing'), metadata.version('Some.Thing'), metadata.metadata('some-thing')['Name'], metadata.requires('some-thing'))
print([(str(f), f.size, f.hash) for f in metadata.files('some-thing')][1], metadata.files('some-thing')[1].read_text(), metadata.distribution('some-thing').metadata.json['version'])
points = [point for point in metadata.distribution('some-thing').entry_points]; print(points, points[0].load(), points[0].module, points[0].attr, points[0].extras)
print([p.name for p in metadata.entry_points(group='other', name='x') if p.value == 'os.path:join'], metadata.packages_distributions()['something'])
try: metadata.version('nothing-here')
except metadata.PackageNotFoundError as e: print(e, e.name)
print((resources.files('something') / 'data.txt').read_text(), resources.read_text('something', 'data.txt'), resources.is_resource('something', 'none'))
with resources.as_file(resources.files('something') / 'data.txt') as path: print(path.name, path.exists())
print([m.name for m in pkgutil.iter_modules([str(package)])], pkgutil.get_data('something', 'data.txt'), pkgutil.resolve_name('something.inner:Kind.made'), pkgutil.resolve_name('os.path.join').__name__)
T = typing.TypeVar('T')
class A(typing.Generic[T], typing.Hashable): pass
class B(typing.MutableSet[T], typing.Sequence[T]): pass
class C(typing.Container[T], typing.Iterable[T], typing.Sized): pass
class D(typing.Generic[T], A[T]): pass
class E(typing.List): pass
class F(typing.ContextManager['F'], typing.Generic[T]): pass
class G(typing.Dict[str, T]): pass
for made in A, B, C, D, E, F, G: print(made.__name__, [base.__name__ for base in made.__mro__ if base.__name__ != '_ByMethods'], made.__parameters__)
print(G[int], typing.ContextManager[int], typing.Pattern[str], isinstance([], collections.abc.Callable), isinstance(len, collections.abc.Callable), isinstance(A, collections.abc.Callable))
for kind in queue.Queue, collections.UserDict, collections.ChainMap, weakref.WeakKeyDictionary, functools.partial, logging.LoggerAdapter, contextvars.ContextVar, concurrent.futures.Future: print(kind[int].__origin__ is kind)
class Meta(type):
    def __hash__(cls): return type.__hash__(cls)
    def __eq__(cls, other): return True if type.__eq__(cls, other) is True else other is int
class Odd(metaclass=Meta): pass
print(hash(Odd) == hash(Odd), Odd == Odd, Odd == int, Odd == str, {Odd: 1}[Odd])
class Encoder(json.JSONEncoder):
    def default(self, o): return list(o)
class Decoder(json.JSONDecoder):
    def decode(self, s): return ['own', super().decode(s)]
print(json.dumps({'a': range(2)}, cls=Encoder), json.dumps([1], cls=None, separators=(',', ':')), json.loads('{"b": 1}', cls=Decoder))
class Noted:
    ab: 'int'
    other: typing.Optional[str] = None
print(typing.get_type_hints(Noted), '\N{BYTE ORDER MARK}\N{line feed}\N{NBSP}' == '\ufeff\n\xa0')
class Looking(type):
    def __new__(cls, name, bases, namespace):
        print(name, namespace.get('__annotations__'))
        return super().__new__(cls, name, bases, namespace)
class Looked(metaclass=Looking):
    a: int
    b: typing.List[str] = []
print(Looked.__annotations__ == {'a': int, 'b': typing.List[str]})
mine = threading.local(); mine.x = 1; del mine.x
try: del mine.x
except AttributeError: print('AttributeError')
timer = threading.Timer(0.01, print, ['timed']); timer.start(); timer.join(); never = threading.Timer(60, print, ['never']); never.start(); never.cancel(); never.join(); print(never.finished.is_set())
async def main():
    process = await asyncio.create_subprocess_exec('cat', stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE)
    print(await process.communicate(b'hi'), process.returncode)
    process = await asyncio.create_subprocess_shell('echo a; echo b; exit 3', stdout=asyncio.subprocess.PIPE)
    async for line in process.stdout: print(line)
    print(await process.wait(), asyncio.iscoroutinefunction(main), isinstance(asyncio.get_event_loop_policy(), asyncio.AbstractEventLoopPolicy))
    with concurrent.futures.ThreadPoolExecutor() as pool: print(await asyncio.wrap_future(pool.submit(lambda: 5)))
    loop = asyncio.get_running_loop()
    print(await asyncio.to_thread(lambda: asyncio.run_coroutine_threadsafe(asyncio.sleep(0, 'x'), loop).result()))
asyncio.run(main())
try: asyncio.nothing
except AttributeError as e: print(e)
