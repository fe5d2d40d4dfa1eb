# pickle: what programs may have a say in, objects that hold themselves, and pickles that nobody wrote.
import io, pickle, pickletools
class A:
    def __init__(self): self.x = 1; self.y = [self]
class Slots: __slots__ = ('a', 'b')
class Hooked:
    def __setattr__(self, name, value): raise ValueError(name)
loops = []; loops.append(loops)
names = {}; names['d'] = names
pair = ([],); pair[0].append(pair)
four = ([], 2, 3, 4); four[0].append(four)
hooked = Hooked(); hooked.__dict__['z'] = 5
many = [list(range(1001)), {n: str(n) for n in range(1001)}, ['x'] * 300, set(range(1001)), '\ud800', 'x' * 70000]
for protocol in range(6):
    def again(value, p=protocol):
        data = pickle.dumps(value, p)
        file = io.BytesIO()
        pickle.dump(value, file, p)
        file.write(b'rest')
        file.seek(0)
        pickle.load(file)
        if data != file.getvalue()[:-4] or file.read() != b'rest': print('not the same', p)
        return pickle.loads(data)
    assert again(loops)[0][0] is not loops and again(names)['d']['d'].keys() == names.keys()
    made = again(pair); print(made[0][0] is made, end=' ')
    made = again(four); print(made[0][0] is made, end=' ')
    made = again(A()); print(made.y[0] is made, made.x, vars(again(hooked)), again(many) == many)
class Persistent(pickle.Pickler):
    def persistent_id(self, value): return 'id%d' % value.x if isinstance(value, A) else None
class Found(pickle.Unpickler):
    def persistent_load(self, known): return ['known', known]
    def find_class(self, module, name): return (module, name) if name != 'Slots' else dict
class Numbered(pickle.Pickler):
    def persistent_id(self, value): return 7 if isinstance(value, A) else None
class Reduced(pickle.Pickler):
    def reducer_override(self, value): return (str, ('over',)) if isinstance(value, A) else NotImplemented
class Listed(pickle.Pickler): dispatch_table = {A: lambda value: (str, ('listed',))}
class Silent(pickle._Pickler):
    def save(self, value, save_persistent_id=True): super().save('silence' if value == 'noise' else value)
def written(kind, value, protocol=None):
    file = io.BytesIO()
    kind(file, protocol).dump(value)
    return file
for protocol in range(6):
    file = written(Persistent, [A(), 1], protocol); file.seek(0)
    print(Found(file).load(), pickle.loads(written(Reduced, [A(), 1], protocol).getvalue()), end=' ')
    print(pickle.loads(written(Listed, [A(), 1], protocol).getvalue()), pickle.loads(written(Silent, ['noise', {'noise': 1}], protocol).getvalue()))
file = written(Numbered, (A(),), 4); file.seek(0); print(Found(file).load())
pickler = pickle.Pickler(io.BytesIO()); pickler.dispatch_table = {A: lambda value: (str, ('table',))}; pickler.dump([A()])
try: pickle.loads(pickle.dumps(A()))
except Exception as e: print('never', e)
file = io.BytesIO(pickle.dumps(A())); print(type(Found(io.BytesIO(b'c__main__\nA\n.')).load()), Found(io.BytesIO(b'c__main__\nSlots\n)\x81.')).load())
# Two pickles of one pickler share what they have seen.
file = io.BytesIO(); pickler = pickle.Pickler(file, 4); shared = [1]; pickler.dump(shared); pickler.dump(shared); file.seek(0)
reader = pickle.Unpickler(file); print(reader.load() is reader.load()); pickler.clear_memo(); print(len(pickler.memo.copy()))
deep = []
for _ in range(200000): deep = [deep]
for value in (deep, {'a': deep}):
    try: pickle.dumps(value); print('written')
    except RecursionError: print('too deep')
    except pickle.PicklingError: print('wrong')
made = pickle.loads(b'(' * 5000 + b't' * 5000 + b'.'); print(len(made))
try: print(len(pickle.loads(b']' * 100000 + b'a' * 99999 + b'.')))
except Exception as e: print(e)
for bad in (b'', b'.', b'(.', b'\x80\x09.', b'\x80\x04\x95\xff\xff\xff\xff\xff\xff\xff\xff.', b'\x80\x04\x95\xff\xff\xff\xff\x00\x00\x00\x00.', b'h\x05.', b'j\x05\x00\x00\x00.',
            b'X\xff\xff\xff\xff.', b']e.', b'K', b'\x8e\xff\xff\xff\xff\xff\xff\xff\xff', b'\x8d\xff\xff\xff\xff\xff\xff\xff\xff', b'B\xff\xff\xff\xff', b'N(s.',
            b'N(a.', b'N\x86.', b'(NN\x87.', b'NR.', b'NNR.', b'NN\x81.', b'cbuiltins\nint\nN\x81.', b'\xfe', b"'", b'a.', b'Na.', b'Ns.', b'NN\x90.', b'(N\x90.', b'0.', b'(0.', b'2.',
            b'p1\n.', b'N p', b'Np-1\n.', b'g5\n.', b'I', b'I5', b'I\n.', b'I5\n.', b'Ix\n.', b'F1.5\n.', b'L7L\n.', b'Vabc\\u00e9\n.', b'c\n\n.', b'cos\nnope\n.', b'\x97.', b"S'abc\n.", b"S'abc'\n.",
            b'\x82\x00.', b'\x82\x07.', b'\x8b\xff\xff\xff\xff.', b'T\xff\xff\xff\xff.', b'\x8a\x09123456789.', b'\x8a\x00.', b'(o.', b'(i', b'(N}u.', b'}(Nu.', b'(Nd.',
            b'\x80\x04NN\x93.', b'r\xff\xff\xff\xff.', b'](]e.', b'(dp0\nS"k"\nI1\ns.', b'(I1\nI2\nlp0\n.'):
    for source in (pickle.loads, lambda data: pickle.load(io.BytesIO(data))):
        try: print(bad[:20], source(bad))
        except Exception as e: print(bad[:20], type(e).__name__, *str(e)[:60].replace("<module 'os' (frozen)>", "<module 'os'>").split('\n')[:1])
class Short:
    # A file that answers with less than it was asked for.
    def read(self, size): return b''
    def readline(self): return b''
try: pickle.load(Short())
except EOFError as e: print(e)
