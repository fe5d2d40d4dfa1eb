//! What is saved is loaded as it was; what was cut or changed is refused, or runs as harmlessly as any program.

use super::{load, save, save_own};
use crate::code::disassemble::disassemble;
use crate::code::prototype::{Prototype, PrototypeHandle};
use crate::compile::compile;
use crate::object::handle::Handle;
use crate::object::print::{Printer, Sink};
use crate::object::word::Word;
use crate::source::Mode;
use crate::testing::{output, repr, run_in, vm};
use crate::vm::import::Text;
use crate::vm::{Outcome, Vm};
use std::path::{Path, PathBuf};
use std::string::String;
use std::vec::Vec;

/// Bytes that grow.
struct Bytes(Vec<u8>);

impl Sink for Bytes {
    fn write(&mut self, _: &Vm, bytes: &[u8]) -> Outcome<()> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

/// For every port, and for an interpreter such as this one.
const FORMS: [fn(&Vm, Word, &mut dyn Sink) -> Outcome<()>; 2] = [save, save_own];

fn saved(vm: &Vm, value: Word, form: usize) -> Vec<u8> {
    let mut bytes = Bytes(Vec::new());
    FORMS[form](vm, value, &mut bytes).expect("it can be saved");
    bytes.0
}

fn compiled(vm: &Vm, source: &str) -> Option<PrototypeHandle> {
    let file = vm.intern("test.py").expect("memory");
    let code = compile(vm, &mut Text::new(source.as_bytes()), file, Mode::File);
    code.map_err(|raised| vm.take_raised(raised)).ok()
}

fn listing(vm: &Vm, code: PrototypeHandle) -> Vec<u8> {
    let mut text = Bytes(Vec::new());
    disassemble(vm, code, &mut Printer::new(&mut text)).expect("it is listed");
    text.0
}

fn scripts() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/run");
    let mut found = Vec::new();
    for topic in std::fs::read_dir(folder).expect("scripts").flatten() {
        let files = std::fs::read_dir(topic.path()).expect("a folder of scripts").flatten().map(|file| file.path());
        found.extend(files.filter(|file| file.extension().is_some_and(|ending| ending == "py")));
    }
    found.sort();
    found
}

/// Runs code as a program; what it prints, with the exception that ends it.
fn run(vm: &Vm, code: PrototypeHandle) -> String {
    let globals = vm.new_dict().expect("memory");
    let name = Word::name;
    globals.map.insert(vm, name(name!(__name__)), name(name!(__main__))).expect("memory");
    if let Err(raised) = vm.run_module(code, globals) {
        let exception = vm.take_raised(raised);
        return output() + vm.name_text(vm.type_of(exception).name);
    }
    output()
}

#[test]
fn every_script_is_loaded_as_it_was_saved_and_prints_the_same() {
    for (script, form) in scripts().into_iter().flat_map(|script| [(script.clone(), 0), (script, 1)]) {
        let source = std::fs::read_to_string(&script).expect("a script can be read");
        let Some((listed, before, bytes)) = vm(4 << 20).enter(|vm| {
            let code = compiled(vm, &source)?;
            let bytes = saved(vm, code.word(), form);
            Some((listing(vm, code), run(vm, code), bytes))
        }) else {
            continue;
        };
        // In another interpreter, where names have other numbers.
        vm(4 << 20).enter(|vm| {
            for index in 0..50 {
                vm.intern(&std::format!("another_name_{index}")).expect("memory");
            }
            let word =
                load(vm, &mut Text::new(&bytes)).expect("memory").unwrap_or_else(|bad| panic!("{}: {bad:?}", script.display()));
            let code = Handle::<Prototype>::from(word).expect("code");
            assert_eq!(listing(vm, code), listed, "{}", script.display());
            // Addresses differ, and what is saved for boards knows its locals by their places alone.
            if !source.contains("id(") && (form == 1 || !source.contains("f_locals")) {
                assert_eq!(run(vm, code), before, "{}", script.display());
            }
        });
    }
}

#[test]
fn values_are_loaded_as_they_were_saved() {
    let source = "x = (None, True, False, ..., 0, -1, 127, 128, -129, 1 << 30, -(1 << 62), 10 ** 40, -10 ** 40, 1.5, -0.0, 1e400, 2j,\n\
                  'name', 'text with \\u00e9 ' * 20, b'', b'bytes\\xff', [1, [2]], {1, 'a'}, frozenset((3,)), {'k': (1,), 2: []})\nprint(x)\n";
    vm(1 << 20).enter(|vm| {
        let before = run_in(vm, source);
        let globals = vm.new_dict().expect("memory");
        vm.run_module(compiled(vm, source).expect("it compiles"), globals).expect("it runs");
        output();
        let x = globals.map.get(vm, Word::name(vm.intern("x").expect("memory"))).expect("a dict").expect("x");
        for form in 0..FORMS.len() {
            let loaded = load(vm, &mut Text::new(&saved(vm, x, form))).expect("memory").expect("a value");
            assert_eq!(repr(vm, loaded) + "\n", before);
            assert!(vm.equal(loaded, x).expect("they compare"));
        }
    });
}

/// A program with everything that the verifier has an opinion on.
const RICH: &str = "
def f(a, b=1, *c, d=2, **e):
    try:
        for x in c:
            with a as y:
                if x and y:
                    continue
                return x
        return [z for z in range(3) if z != b]
    except (ValueError, OSError) as error:
        raise RuntimeError from error
    finally:
        print(a, e)
class A:
    n = 1
    def g(self):
        return super().g, lambda: (self, __class__)
def h():
    x = yield from h()
    while x:
        x, *y = yield x
    return f'{x!r:>{y}}'
async def k(m):
    async with m as n:
        return [o async for o in n]
try:
    f(1, *[2], **{'d': 3})
    print(A.n, f(None, 0, 0, 0, d=4), f(*range(3)))
except Exception as e:
    print(e.args)
match [1, 2]:
    case [p, *q] if p:
        print(q)
";

/// Loads bytes and, if that is code, runs it for a while. Whether they were refused.
fn attempt(bytes: &[u8]) -> bool {
    vm(256 << 10).enter(|vm| {
        let outcome = load(vm, &mut Text::new(bytes));
        vm.heap.verify(true);
        match outcome {
            Err(raised) => {
                vm.take_raised(raised);
                true
            }
            Ok(Err(_)) => true,
            Ok(Ok(word)) => {
                if let Some(code) = Handle::<Prototype>::from(word) {
                    run(vm, code);
                }
                vm.heap.verify(true);
                false
            }
        }
    })
}

#[test]
fn what_was_cut_is_refused() {
    for form in 0..FORMS.len() {
        let bytes = vm(1 << 20).enter(|vm| saved(vm, compiled(vm, RICH).expect("it compiles").word(), form));
        assert!(!attempt(&bytes));
        for length in 0..bytes.len() {
            assert!(attempt(&bytes[..length]), "{length} of {} bytes", bytes.len());
        }
    }
}

#[test]
fn what_was_changed_is_refused_or_harmless() {
    (0..FORMS.len()).for_each(changed);
}

fn changed(form: usize) {
    let bytes = vm(1 << 20).enter(|vm| saved(vm, compiled(vm, RICH).expect("it compiles").word(), form));
    let mut seed = 0x2545_F491_4F6C_DD1D_u64;
    let mut random = |below: usize| {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        (seed >> 20) as usize % below
    };
    let mut refused = 0;
    for _ in 0..4000 {
        let mut changed = bytes.clone();
        for _ in 0..1 + random(3) {
            let at = random(changed.len());
            match random(4) {
                0 => changed[at] ^= 1 << random(8),
                1 => changed[at] = random(256) as u8,
                2 => changed[at] = bytes[random(bytes.len())],
                _ => changed[at] = changed[at].wrapping_add(1),
            }
        }
        refused += attempt(&changed) as usize;
    }
    assert!((400..4000).contains(&refused), "{refused} of 4000 were refused");
}
