//! No input, heap size or recursion depth makes the interpreter crash: it raises `MemoryError` or `RuntimeError`.
//!
//! Every program runs on a thread with 64 kB of machine stack (48 for Python, and `RESERVE` for what native code does
//! without asking) beside a fresh `Vm`, in this process, so that thousands of runs take seconds. After each the heap is
//! verified and the interpreter must still know what 1 + 1 is. `TAIPAN_LIMITS=full` fails every allocation of every script
//! in turn instead of a sample; `TAIPAN_SCRIPT=part/of/a/name` chooses scripts.
#![expect(unsafe_code, reason = "lends one region of memory to one interpreter after the other")]

use interpreter::heap::cleared;
use interpreter::object::exception::SYSTEM_EXIT;
use interpreter::object::print::{Console, Printer};
use interpreter::object::word::Word;
use interpreter::port::Port;
use interpreter::source::Mode;
use interpreter::vm::import::Text;
use interpreter::vm::{Memory, Vm};
use std::cell::{Cell, RefCell};
use std::mem::MaybeUninit;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// Machine stack that programs may use.
const MACHINE_STACK: usize = 48 << 10;
/// Machine stack below it, for native code that does not recurse, and for a panic's message.
const RESERVE: usize = 16 << 10;
/// The interpreter itself, which is made in one place of it and moved to another.
const ITSELF: usize = 2 * size_of::<Vm>();
/// Words of the stack of Python values.
const STACK: usize = 4 << 10;
/// Bytes of a heap in which 1 + 1 can be compiled and printed.
const SMALLEST: usize = 4500;
/// Bytes in one piece that this needs: the parser's stack.
const PIECE: usize = 1100;
/// Bytes of a heap in which every script has room.
const ROOMY: usize = 1 << 20;
/// Orders no failure, and counts allocations.
const NEVER: usize = 1 << 40;
/// Orders no failure, but a collection before each allocation.
const ALWAYS: usize = 0;
/// Allocations that fail one after the other, and the sample of the later ones.
const FIRST: usize = 200;
const SAMPLE: usize = 50;
/// How often a program may wait.
const PATIENCE: usize = 10_000;

thread_local! {
    static OUTPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    static PENDING: &'static AtomicBool = Box::leak(Box::default());
    static NOW: Cell<u64> = const { Cell::new(0) };
    static IDLED: Cell<usize> = const { Cell::new(0) };
}

/// What scripts use besides the interpreter's own.
static MODULES: &[&interpreter::modules::BuiltinModule] = &[&storage::object::VFS];

/// A port that keeps what is written; each thread has its own output.
struct Capture;

impl Port for Capture {
    fn write(&self, bytes: &[u8]) {
        OUTPUT.with(|output| output.borrow_mut().extend_from_slice(bytes));
    }
    fn read(&self) -> Option<u8> {
        None
    }
    fn is_closed(&self) -> bool {
        true
    }
    fn has_input(&self) -> bool {
        true
    }
    fn pending(&self) -> &'static AtomicBool {
        PENDING.with(|pending| *pending)
    }
    fn machine(&self) -> &'static str {
        "test"
    }
    fn now(&self) -> u64 {
        NOW.get()
    }
    /// Time passes only here: a wait is over at once. A program that waits for what will never come (what would have come met
    /// a `MemoryError`) is interrupted in the end.
    fn idle(&self, deadline: Option<u64>) {
        NOW.set(deadline.unwrap_or(0).max(NOW.get()));
        IDLED.set(IDLED.get() + 1);
        if IDLED.get() > PATIENCE {
            self.pending().store(true, Ordering::Relaxed);
        }
    }
    fn interrupted(&self) -> bool {
        IDLED.get() > PATIENCE && IDLED.replace(0) > 0
    }
    fn entropy(&self) -> u64 {
        4
    }
    fn platform(&self) -> &'static str {
        "test"
    }
    fn modules(&self) -> &'static [&'static interpreter::modules::BuiltinModule] {
        MODULES
    }
    fn file_system_on(&self, vm: &Vm, device: Word) -> interpreter::vm::Outcome {
        storage::object::find(vm, device, storage::object::MARKS)
    }
}

/// Memory of one thread, lent to one interpreter after the other.
struct Arena {
    heap: Vec<MaybeUninit<u8>>,
    stack: Vec<MaybeUninit<usize>>,
}

/// What a run left behind.
struct Ended {
    printed: String,
    /// How many allocations it made, of those counted.
    allocations: usize,
}

impl Arena {
    fn new() -> Arena {
        Arena { heap: vec![MaybeUninit::new(0); ROOMY], stack: vec![MaybeUninit::new(0); STACK] }
    }

    /// Runs a program with a heap of `heap` bytes whose `nth` allocation fails; `Err` says what broke.
    fn run(&mut self, source: &str, heap: usize, nth: usize) -> Result<Ended, String> {
        // What need not be zero is what the program before has left there.
        self.heap[..cleared(heap)].fill(MaybeUninit::new(0));
        // SAFETY: the `Vm` ends in this function, before the regions are lent again, and `self` outlives it.
        let memory = unsafe {
            Memory {
                heap: std::slice::from_raw_parts_mut(self.heap.as_mut_ptr(), heap),
                stack: std::slice::from_raw_parts_mut(self.stack.as_mut_ptr(), STACK),
                machine_stack: MACHINE_STACK,
            }
        };
        OUTPUT.take();
        NOW.set(0);
        IDLED.set(0);
        let vm = Vm::new(&Capture, memory).ok_or("the heap is too small for an interpreter")?;
        let body = || vm.enter(|vm| attempt(vm, source, nth));
        let allocations = catch_unwind(AssertUnwindSafe(body)).map_err(|reason| {
            let text = reason.downcast_ref::<String>().map(String::as_str);
            format!("panics: {}", text.or(reason.downcast_ref::<&str>().copied()).unwrap_or("?"))
        })??;
        Ok(Ended { printed: String::from_utf8_lossy(&OUTPUT.take()).into_owned(), allocations })
    }
}

/// Runs, verifies and asks for 1 + 1; answers the number of allocations.
fn attempt(vm: &Vm, source: &str, nth: usize) -> Result<usize, String> {
    vm.heap.faults.fail_at(nth);
    vm.heap.faults.collect_always(nth == ALWAYS);
    program(vm, source);
    forget();
    let allocations = nth - vm.heap.faults.left().min(nth);
    vm.heap.faults.fail_at(0);
    vm.heap.faults.collect_always(false);
    vm.collect_explicitly();
    vm.heap.verify(true);
    // The program's globals may fill a small heap: they go first, as at a soft reset. They are emptied too, since a word left
    // on the machine stack may keep the dict itself.
    if let Ok(globals) = vm.main_globals() {
        globals.map.clear(vm);
    }
    vm.set_root(interpreter::vm::Root::Main, Word::UNSET);
    vm.set_root(interpreter::vm::Root::Modules, Word::UNSET);
    forget();
    vm.collect_explicitly();
    vm.heap.verify(true);
    // A program's names stay for good, wherever they came to lie: a small heap may have no large piece left.
    let usage = vm.heap.usage();
    if usage.total < SMALLEST || usage.largest_free * interpreter::heap::BLOCK < PIECE {
        return Ok(allocations);
    }
    let before = OUTPUT.with(|output| output.borrow().len());
    program(vm, "print(1+1)\n");
    let answer = OUTPUT.with(|output| output.borrow_mut().split_off(before));
    if answer != b"2\n" {
        return Err(format!("afterwards 1+1 prints {:?}", String::from_utf8_lossy(&answer)));
    }
    Ok(allocations)
}

/// Overwrites what a program left on the dead part of the machine stack: the collector cannot tell it from live values, and
/// new frames lie over it without writing every word.
#[inline(never)]
fn forget() {
    std::hint::black_box(&mut [0_usize; 1024]);
}

/// Runs a program as the main one; prints the exception that ends it.
#[inline(never)]
fn program(vm: &Vm, source: &str) {
    let result = vm
        .main_globals()
        .and_then(|globals| Ok((globals, vm.intern("test.py")?)))
        .and_then(|(globals, name)| vm.execute(&mut Text::new(source.as_bytes()), name, Mode::File, globals));
    let Err(raised) = result else { return };
    let exception = vm.take_raised(raised);
    if vm.is_instance(exception, &SYSTEM_EXIT) {
        return;
    }
    let mut console = Console;
    if let Err(raised) = vm.print_exception(exception, &mut Printer::new(&mut console)) {
        vm.take_raised(raised);
        OUTPUT.with(|output| output.borrow_mut().extend_from_slice(b"MemoryError while an exception was printed\n"));
    }
}

/// Whether a program that met a `MemoryError` said so.
fn tells_of_memory(printed: &str) -> bool {
    printed.contains("MemoryError") || printed.contains("memory allocation failed")
}

/// Runs `body` on a thread with the small stack.
fn on_small_stack<R: Send>(name: &str, body: impl FnOnce() -> R + Send) -> R {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(name.into()).stack_size(MACHINE_STACK + RESERVE + ITSELF);
        thread.spawn_scoped(scope, body).expect("a thread starts").join().expect("no panic leaves a run")
    })
}

fn scripts() -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in std::fs::read_dir(folder).expect("a folder of scripts").flatten() {
            let path = entry.path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|it| it == "py") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/run"), &mut found);
    let chosen = std::env::var("TAIPAN_SCRIPT").unwrap_or_default();
    found.retain(|path| path.to_string_lossy().contains(&chosen));
    found.sort();
    assert!(!found.is_empty(), "tests/run has scripts");
    found
}

/// Runs a check on every script, as many at a time as there are processors; panics with all complaints.
fn on_scripts(check: impl Fn(&mut Arena, &str, &mut Vec<String>) + Sync) {
    let (scripts, next, failures) = (scripts(), AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(path) = scripts.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let name = path.iter().rev().take(2).collect::<Vec<_>>();
                    let name = format!("{}/{}", name[1].display(), name[0].display());
                    let source = std::fs::read_to_string(path).expect("a script can be read");
                    let mut found = Vec::new();
                    on_small_stack(&name, || check(&mut Arena::new(), &source, &mut found));
                    failures.lock().expect("no check panics").extend(found.iter().map(|it| format!("{name}: {it}")));
                }
            });
        }
    });
    let failures = failures.into_inner().expect("no check panics");
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), failures.join("\n"));
}

/// What is wrong with a run that printed something else and never spoke of memory.
fn complaint(source: &str, normal: &Ended, ended: &Ended, when: &str) -> Option<String> {
    // A script that catches every exception may print anything in its handler; one that looks at what an exception carries
    // besides its arguments says that it may be lost when memory is short.
    if source.contains("except:") || source.contains("except Exception") || source.contains("\n# short of memory: ") {
        return None;
    }
    // A traceback lacks the places for which there was no memory.
    let is_place = |line: &&str| line.starts_with("  File \"") || line.starts_with("Traceback (most recent call last)");
    let said = |ended: &Ended| ended.printed.lines().filter(|line| !is_place(line)).map(str::to_owned).collect::<Vec<_>>();
    if said(normal) == said(ended) {
        return None;
    }
    let different = normal.printed.lines().zip(ended.printed.lines()).find(|(normal, now)| normal != now);
    Some(format!("{when}: {:?}", different.unwrap_or(("(to the end)", ended.printed.lines().last().unwrap_or_default()))))
}

/// Which allocations fail: the first ones all, then a sample that is the same each time.
fn chosen(total: usize) -> Vec<usize> {
    if std::env::var("TAIPAN_LIMITS").is_ok_and(|it| it == "full") {
        return (1..=total).collect();
    }
    let mut chosen: Vec<_> = (1..=total.min(FIRST)).collect();
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    for _ in 0..SAMPLE.min(total.saturating_sub(FIRST)) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        chosen.push(FIRST + 1 + (seed % (total - FIRST) as u64) as usize);
    }
    chosen
}

#[test]
fn any_allocation_may_fail() {
    on_scripts(|arena, source, found| {
        let normal = match arena.run(source, ROOMY, NEVER) {
            Ok(ended) => ended,
            Err(reason) => return found.push(reason),
        };
        for nth in chosen(normal.allocations) {
            match arena.run(source, ROOMY, nth) {
                Err(reason) => found.push(format!("allocation {nth}: {reason}")),
                Ok(ended) if ended.printed == normal.printed || tells_of_memory(&ended.printed) => {}
                Ok(ended) => {
                    found.extend(complaint(source, &normal, &ended, &format!("allocation {nth} of {}", normal.allocations)))
                }
            }
        }
    });
}

/// A collection before every allocation: whatever is not rooted is lost at once.
#[test]
fn a_collection_may_happen_anywhere() {
    on_scripts(|arena, source, found| {
        let normal = arena.run(source, ROOMY, NEVER);
        let collected = arena.run(source, ROOMY, ALWAYS);
        match (normal, collected) {
            (Ok(normal), Ok(collected)) if normal.printed == collected.printed => {}
            (Ok(normal), Ok(collected)) => {
                let different = normal.printed.lines().zip(collected.printed.lines()).find(|(normal, now)| normal != now);
                found.push(format!("prints something else: {different:?}"));
            }
            (normal, collected) => found.extend(normal.err().or(collected.err())),
        }
    });
}

#[test]
fn any_heap_is_large_enough_or_says_so() {
    on_scripts(|arena, source, found| {
        let normal = match arena.run(source, ROOMY, NEVER) {
            Ok(ended) => ended,
            Err(reason) => return found.push(reason),
        };
        for kilobytes in [4, 5, 6, 7, 8, 10, 12, 16, 20, 24, 32, 48, 64, 96, 128, 256] {
            match arena.run(source, kilobytes << 10, NEVER) {
                Err(reason) => found.push(format!("{kilobytes} kB: {reason}")),
                Ok(ended) if ended.printed == normal.printed || tells_of_memory(&ended.printed) => {}
                Ok(ended) => found.extend(complaint(source, &normal, &ended, &format!("{kilobytes} kB"))),
            }
        }
    });
}

/// Programs that recurse without end, each through another part of the machine.
const DEEP: &[(&str, &str)] = &[
    ("function", "def f():\n    return f()\nf()\n"),
    ("repr of a list", "a = []\nfor i in range(5000):\n    a = [a]\nrepr(a)\n"),
    ("repr of a tuple", "a = ()\nfor i in range(5000):\n    a = (a,)\nrepr(a)\n"),
    ("repr of a dict", "a = {}\nfor i in range(5000):\n    a = {1: a}\nrepr(a)\n"),
    ("comparing lists", "a = []\nb = []\nfor i in range(5000):\n    a = [a]\n    b = [b]\na == b\n"),
    ("order of lists", "a = [1]\nb = [2]\nfor i in range(5000):\n    a = [a]\n    b = [b]\na < b\n"),
    ("comparing dicts", "a = {}\nb = {}\nfor i in range(5000):\n    a = {1: a}\n    b = {1: b}\na == b\n"),
    ("hash of a tuple", "a = ()\nfor i in range(5000):\n    a = (a,)\nhash(a)\n"),
    ("__getattr__", "class A:\n    def __getattr__(self, n):\n        return getattr(self, n)\nA().x\n"),
    ("property", "class A:\n    @property\n    def x(self):\n        return self.x\nA().x\n"),
    ("__call__", "class A:\n    def __call__(self):\n        return self()\nA()()\n"),
    ("__init__", "class A:\n    def __init__(self):\n        A()\nA()\n"),
    ("__repr__", "class A:\n    def __repr__(self):\n        return repr(self)\nrepr(A())\n"),
    ("__str__ by format", "class A:\n    def __str__(self):\n        return '{}'.format(self)\nstr(A())\n"),
    ("__eq__", "class A:\n    def __eq__(self, o):\n        return self == o\nA() == A()\n"),
    ("__eq__ in a list", "class A:\n    def __eq__(self, o):\n        return [self] == [o]\nA() == A()\n"),
    ("__hash__", "class A:\n    def __hash__(self):\n        return hash(self)\nhash(A())\n"),
    ("__hash__ in a dict", "class A:\n    def __hash__(self):\n        return {self: 1}\nhash(A())\n"),
    ("__add__", "class A:\n    def __add__(self, o):\n        return self + o\nA() + 1\n"),
    ("__getitem__", "class A:\n    def __getitem__(self, i):\n        return self[i]\nA()[0]\n"),
    ("__iter__", "class A:\n    def __iter__(self):\n        return iter(self)\nlist(A())\n"),
    (
        "__next__",
        "class A:\n    def __iter__(self):\n        return self\n    def __next__(self):\n        return next(self)\nlist(A())\n",
    ),
    ("__len__", "class A:\n    def __len__(self):\n        return len(self)\nlen(A())\n"),
    ("__contains__", "class A:\n    def __contains__(self, i):\n        return i in self\n1 in A()\n"),
    (
        "__enter__",
        "class A:\n    def __enter__(self):\n        with self: pass\n    def __exit__(self, *a): pass\nwith A(): pass\n",
    ),
    ("sort key", "def f(x):\n    return sorted([1, 2], key=f)\nf(1)\n"),
    ("map", "def f(x):\n    return list(map(f, [1]))\nf(1)\n"),
    ("max key", "def f(x):\n    return max([1, 2], key=f)\nf(1)\n"),
    ("chain of maps", "a = iter([1])\nfor i in range(5000):\n    a = map(abs, a)\nnext(a)\n"),
    ("chain of zips", "a = iter([1])\nfor i in range(5000):\n    a = zip(a)\nnext(a)\n"),
    ("yield from itself", "def g():\n    yield from g()\nnext(g())\n"),
    ("chain of generators", "def g(i):\n    yield from i\na = iter([1])\nfor i in range(3000):\n    a = g(a)\nnext(a)\n"),
    (
        "chain of loops",
        "def g(i):\n    for x in i:\n        yield x\na = iter([1])\nfor i in range(3000):\n    a = g(a)\nnext(a)\n",
    ),
    ("exec", "s = 'exec(s)'\nexec(s)\n"),
    ("eval", "s = 'eval(s)'\neval(s)\n"),
    ("handler", "def f():\n    try:\n        f()\n    except ValueError:\n        pass\nf()\n"),
    ("isinstance", "a = int\nfor i in range(5000):\n    a = (a,)\nisinstance('', a)\n"),
    ("classes", "class A: pass\nfor i in range(2000):\n    A = type('A', (A,), {})\nA().x\n"),
    ("bound methods", "class A:\n    def m(self):\n        return self.m()\nA().m()\n"),
    ("comprehension", "def f():\n    return [f() for x in (1,)]\nf()\n"),
    ("sum", "class A:\n    def __radd__(self, o):\n        return sum([self])\nsum([A()])\n"),
    ("join", "class A:\n    def __iter__(self):\n        return iter(''.join(self))\n''.join(A())\n"),
    ("__getattribute__", "class A:\n    def __getattribute__(self, n):\n        return self.y\nA().x\n"),
    ("__missing__", "class A(dict):\n    def __missing__(self, k):\n        return self[k]\nA()[1]\n"),
    ("__index__", "class A:\n    def __index__(self):\n        return [1][self]\n[1][A()]\n"),
    ("__format__", "class A:\n    def __format__(self, f):\n        return f'{self:x}'\nformat(A(), 'x')\n"),
    ("__bool__", "class A:\n    def __bool__(self):\n        return bool(self)\nbool(A())\n"),
    ("__new__", "class A:\n    def __new__(cls):\n        return A()\nA()\n"),
    ("metaclass", "class M(type):\n    def __call__(cls):\n        return cls()\nclass A(metaclass=M): pass\nA()\n"),
    ("descriptor", "class D:\n    def __get__(self, o, t):\n        return o.x\nclass A:\n    x = D()\nA().x\n"),
    (
        "__instancecheck__",
        "class M(type):\n    def __instancecheck__(cls, o):\n        return isinstance(o, cls)\nclass A(metaclass=M): pass\nisinstance(1, A)\n",
    ),
    ("class body", "def f():\n    class A:\n        x = f()\nf()\n"),
    ("callback of re", "import re\ndef f(m):\n    return re.sub('a', f, 'a')\nf(0)\n"),
    ("hook of json", "import json\ndef f(o):\n    return json.loads('{}', object_hook=f)\nf(0)\n"),
    ("json", "import json\njson.loads('[' * 5000)\n"),
    ("json of a list", "import json\na = []\nfor i in range(5000):\n    a = [a]\njson.dumps(a)\n"),
    ("re", "import re\nre.compile('(' * 5000 + ')' * 5000)\n"),
    (
        "asynchronous for",
        "async def g():\n    async for x in g():\n        yield x\nasync def f():\n    async for x in g(): pass\nf().send(None)\n",
    ),
    ("await", "async def f():\n    await f()\nf().send(None)\n"),
    (
        "close of a generator",
        "def g():\n    try:\n        yield\n    finally:\n        h = g()\n        next(h)\n        h.close()\nh = g()\nnext(h)\nh.close()\n",
    ),
    ("match", "class A:\n    @property\n    def x(self):\n        match self:\n            case A(x=1): return 1\nA().x\n"),
    ("trace", "import sys\ndef t(*a):\n    return t\nsys.settrace(t)\ndef f():\n    f()\nf()\n"),
    (
        "heap",
        "import heapq\nclass A:\n    def __lt__(self, o):\n        heapq.heapify([self, o, self])\n        return True\nheapq.heapify([A(), A(), A()])\n",
    ),
    ("__del__ of nothing", "class A:\n    def __setattr__(self, n, v):\n        self.x = v\nA().x = 1\n"),
];

#[test]
fn deep_recursion_is_an_error() {
    let failures = Mutex::new(Vec::new());
    for (name, source) in DEEP {
        on_small_stack(name, || {
            let printed = Arena::new().run(source, ROOMY, NEVER).map(|ended| ended.printed);
            let fine =
                matches!(&printed, Ok(text) if text.is_empty() || text.contains("RuntimeError") || text.contains("Error: "));
            if !fine {
                failures.lock().expect("no panic").push(format!("{name}: {printed:?}"));
            } else if !printed.as_ref().is_ok_and(|text| ["RuntimeError", "RecursionError"].iter().any(|it| text.contains(it))) {
                println!("{name}: {printed:?}");
            }
        });
    }
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn deep_source_is_an_error() {
    let shapes: [(&str, fn(usize) -> String); 14] = [
        ("parentheses", |n| "(".repeat(n) + &")".repeat(n) + "\n"),
        ("lists", |n| "[".repeat(n) + &"]".repeat(n) + "\n"),
        ("dicts", |n| "{1:".repeat(n) + "1" + &"}".repeat(n) + "\n"),
        ("open parentheses", |n| "(".repeat(n)),
        ("calls", |n| "f(".repeat(n) + &")".repeat(n) + "\n"),
        ("minus", |n| "-".repeat(n) + "1\n"),
        ("not", |n| "not ".repeat(n) + "1\n"),
        ("powers", |n| "1**".repeat(n) + "1\n"),
        ("lambdas", |n| "lambda:".repeat(n) + "1\n"),
        ("conditions", |n| "1 if 1 else ".repeat(n) + "1\n"),
        ("sums", |n| "1+".repeat(n) + "1\n"),
        ("subscripts", |n| "a".to_string() + &"[0]".repeat(n) + "\n"),
        ("assignments", |n| "a=".repeat(n) + "1\n"),
        ("blocks", |n| (0..n.min(300)).map(|i| " ".repeat(i) + "if 1:\n").collect::<String>() + &" ".repeat(n.min(300)) + "1\n"),
    ];
    let failures = Mutex::new(Vec::new());
    for (name, shape) in shapes {
        on_small_stack(name, || {
            for depth in [10, 30, 60, 100, 300, 1000, 5000] {
                if let Err(reason) = Arena::new().run(&shape(depth), ROOMY, NEVER) {
                    failures.lock().expect("no panic").push(format!("{depth} {name}: {reason}"));
                }
            }
        });
    }
    let failures = failures.into_inner().expect("no panic");
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
