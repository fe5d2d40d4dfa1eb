//! What functions are beyond being called: their attributes, how methods compare and print, and `type(f)(code, globals)`, a
//! function of code that another function has.

use super::*;
use crate::code::prototype::Prototype;
use crate::code::prototype::flag;
use crate::object::handle::{as_type, type_word};
use crate::object::kind::{Binding, Rows, find_row};
use crate::vm::raise::Part;

/// `function(code, globals, name=None, defaults=None, closure=None)`.
pub fn make(vm: &Vm, _ty: &'static Type, args: Args) -> Outcome {
    // By text: as names they would cost a table.
    const NAMES: &[&str] = &["code", "globals", "name", "argdefs", "closure"];
    if args.len() > NAMES.len() {
        vm.expect_count(args, 2, NAMES.len())?;
    }
    if args.keywords().any(|(name, _)| !vm.as_text(name).is_some_and(|text| NAMES.contains(&text))) {
        return Err(vm.type_error("function() got an unexpected keyword argument"));
    }
    let named = |index: usize| args.keywords().find(|(name, _)| vm.as_text(*name) == Some(NAMES[index])).map(|(_, value)| value);
    let given = |index: usize| args.get(index).or_else(|| named(index)).filter(|word| *word != Word::NONE);
    let Some(prototype) = given(0).and_then(Handle::<Prototype>::from) else {
        return Err(vm.type_error("a code object is wanted"));
    };
    let Some(globals) = given(1).and_then(Handle::<Dict>::from) else { return Err(vm.type_error("globals must be a dict")) };
    let tuple = |index: usize| match given(index) {
        None => Ok(Word::UNSET),
        Some(word) if Handle::<Tuple>::from(word).is_some() => Ok(word),
        Some(_) => Err(vm.type_error("a tuple is wanted")),
    };
    let (defaults, cells) = (tuple(3)?, tuple(4)?);
    let count = Handle::<Tuple>::from(cells).map_or(0, |cells| cells.get().tail().len());
    let are_cells = Handle::<Tuple>::from(cells).is_none_or(|cells| {
        cells.get().tail().iter().all(|cell| Handle::<crate::object::cell::CellObject>::from(cell.get()).is_some())
    });
    if count != prototype.head.free as usize || !are_cells {
        return Err(vm.value_error("the closure does not fit the code"));
    }
    let function = new(vm, prototype, globals, defaults, Word::UNSET, cells)?;
    if let Some(name) = given(2) {
        attributes_for_store(vm, function.get())?.map.insert(vm, Word::name(name!(__name__)), name)?;
    }
    Ok(function.word())
}

pub static NATIVE_SLOTS: Slots =
    Slots { call: Some(call_native), print: Some(print_native), attribute: Some(native_attribute), ..Slots::NONE };
pub static BOUND_SLOTS: Slots = Slots {
    make: Some(crate::object::binding::make_method),
    call: Some(call_bound),
    print: Some(print_bound),
    attribute: Some(bound_attribute),
    unary: Some(bound_unary),
    binary: Some(bound_binary),
    ..Slots::NONE
};

/// Attributes of Python's functions.
pub fn attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let function = this(word).get();
    let attributes = function.extras().and_then(|extras| Handle::<Dict>::from(extras.attributes.get()));
    let key = Word::name(name);
    match access {
        Access::Load => {
            // Its own whatever its `__dict__` has under these names.
            match name {
                n if n == name!(__kwdefaults__) => return Ok(function.keyword_defaults().map_or(Word::NONE, Handle::word)),
                n if n == name!(__defaults__) => return Ok(function.defaults().map_or(Word::NONE, Handle::word)),
                n if n == name!(__code__) && !function.prototype.get().is_machine_code() => {
                    return Ok(with_its_code(this(word)).prototype.word());
                }
                _ => {}
            }
            if let Some(value) = attributes.map(|dict| dict.map.get(vm, key)).transpose()?.flatten() {
                return Ok(value);
            }
            Ok(match name {
                n if n == name!(__annotations__) => {
                    let dict = crate::object::annotation::of_function(vm, attributes)?;
                    attributes_for_store(vm, function)?.map.insert(vm, key, dict)?;
                    dict
                }
                n if n == name!(__name__) => Word::name(function.name()),
                n if n == name!(__qualname__) => {
                    crate::code::prototype::qualified(vm, function.name(), function.prototype.head.outer)?
                }
                n if n == name!(__globals__) => function.globals.word(),
                n if n == name!(__closure__) => function.cells().map_or(Word::NONE, Handle::word),
                n if n == name!(__module__) => function.globals.map.get(vm, Word::name(name!(__name__)))?.unwrap_or(Word::NONE),
                n if n == name!(__doc__) => doc(function),
                n if n == name!(__dict__) => attributes_for_store(vm, function)?.word(),
                _ => Word::UNSET,
            })
        }
        Access::Store(value) if name == name!(__defaults__) || name == name!(__kwdefaults__) => {
            let value = if value == Word::NONE { Word::UNSET } else { value };
            let is_defaults = name == name!(__defaults__);
            let fits = if is_defaults { Handle::<Tuple>::from(value).is_some() } else { Handle::<Dict>::from(value).is_some() };
            if value != Word::UNSET && !fits {
                return Err(vm.type_error("defaults must be a tuple, keyword defaults a dict"));
            }
            let extras = extras_for_store(vm, function)?;
            if is_defaults {
                extras.defaults.set(value)
            } else {
                extras.keyword_defaults.set(value)
            }
            Ok(Word::NONE)
        }
        Access::Store(code) if crate::WHOLE && name == name!(__code__) && !function.prototype.get().is_machine_code() => {
            replace_code(vm, this(word), code)
        }
        Access::Store(_) if [name!(__globals__), name!(__closure__), name!(__code__)].contains(&name) => Ok(Word::UNSET),
        Access::Store(value) => {
            attributes_for_store(vm, function)?.map.insert(vm, key, value)?;
            Ok(Word::NONE)
        }
        Access::Delete => match attributes {
            Some(dict) => Ok(dict.map.remove(vm, key)?.map_or(Word::UNSET, |_| Word::NONE)),
            None => Ok(Word::UNSET),
        },
    }
}

/// `function.__code__ = code`: from its next call on.
fn replace_code(vm: &Vm, function: Handle<Function>, code: Word) -> Outcome {
    let Some(code) = Handle::<Prototype>::from(code) else {
        return Err(vm.type_error("__code__ must be set to a code object"));
    };
    let captured = function.get().cells().map_or(0, |cells| cells.len());
    if code.head.free as usize != captured {
        return Err(vm.value_error("the code object captures another number of variables"));
    }
    let extras = extras_for_store(vm, function.get())?;
    let function = Function {
        header: Header::of(&super::FUNCTION),
        prototype: code,
        globals: function.globals,
        extras: Cell::new(extras.word()),
    };
    extras.replacement.set(vm.new_object(function)?.word());
    Ok(Word::NONE)
}

fn extras_for_store(vm: &Vm, function: &Function) -> Outcome<Handle<Extras>> {
    if function.extras().is_none() {
        function.extras.set(new_extras(vm, Word::UNSET, Word::UNSET, Word::UNSET)?);
    }
    Ok(function.extras().expect("made just now"))
}

fn attributes_for_store(vm: &Vm, function: &Function) -> Outcome<Handle<Dict>> {
    let extras = extras_for_store(vm, function)?;
    match Handle::from(extras.attributes.get()) {
        Some(dict) => Ok(dict),
        None => {
            let dict = vm.new_dict()?;
            extras.attributes.set(dict.word());
            Ok(dict)
        }
    }
}

fn print_bound(vm: &Vm, word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    let method = Handle::<BoundMethod>::from(word).expect("a bound method");
    if let Some(native) = Handle::<NativeFunction>::from(method.function) {
        out.text(vm, "<built-in method ")?;
        out.text(vm, vm.name_text(native.name))?;
        out.text(vm, " of ")?;
        out.text(vm, vm.name_text(vm.type_of(method.first).name))?;
        out.text(vm, " object at 0x")?;
        out.hex(vm, word.address())?;
        return out.text(vm, ">");
    }
    let shown = [name!(__qualname__), name!(__name__)].map(|name| vm.find_attribute(method.function, name));
    out.text(vm, "<bound method ")?;
    match shown[0]?.set().or(shown[1]?.set()) {
        Some(name) => out.word(vm, name, Style::Str)?,
        None => out.text(vm, "?")?,
    }
    out.text(vm, " of ")?;
    out.word(vm, method.first, Style::Repr)?;
    out.text(vm, ">")
}

fn bound_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let method = Handle::<BoundMethod>::from(word).expect("a bound method");
    match (name, access) {
        (n, Access::Load) if n == name!(__self__) => Ok(method.first),
        (n, Access::Load) if n == name!(__func__) => Ok(method.function),
        (n, Access::Load) if n == name!(__qualname__) && Handle::<NativeFunction>::from(method.function).is_some() => {
            qualified(vm, method.function, Some(method.first))
        }
        // What it can do itself is not the function's, which would miss the object.
        (n, Access::Load) if n != name!(__class__) && crate::object::special::find(vm.type_of(word), n).is_none() => {
            vm.find_attribute(method.function, name)
        }
        _ => Ok(Word::UNSET),
    }
}

fn bound_binary(vm: &Vm, operator: Binary, a: Word, b: Word) -> Outcome {
    let (Some(x), Some(y)) = (Handle::<BoundMethod>::from(a), Handle::<BoundMethod>::from(b)) else {
        return Ok(Word::NOT_IMPLEMENTED);
    };
    match operator {
        Binary::Equal => Ok(Word::bool(x.first == y.first && vm.equal(x.function, y.function)?)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn bound_unary(vm: &Vm, operator: Unary, word: Word) -> Outcome {
    let method = Handle::<BoundMethod>::from(word).expect("a bound method");
    match operator {
        Unary::Hash => Ok(Word::int((vm.hash(method.function)? ^ (method.first.address() >> 2) as u32) as isize & Word::INT_MAX)),
        _ => Ok(Word::NOT_IMPLEMENTED),
    }
}

fn print_native(vm: &Vm, _word: Word, out: &mut Printer, _style: Style) -> Outcome<()> {
    out.text(vm, "<function>")
}

/// The module that has this function, if one does: the function then binds to nothing.
fn module_of(vm: &Vm, word: Word, name: Name) -> Option<Name> {
    let mut modules = vm.port.modules().iter().chain(crate::modules::ALL);
    modules.find(|module| find_row(module.rows, name) == Some(word)).map(|module| module.name)
}

fn native_attribute(vm: &Vm, word: Word, name: Name, access: Access) -> Outcome {
    let function = Handle::<NativeFunction>::from(word).expect("a native function");
    match access {
        Access::Load if crate::WHOLE && name == name!(__get__) && module_of(vm, word, function.name).is_none() => {
            bind(vm, find_row(ROWS, name).expect("what binds has it"), word)
        }
        Access::Load if crate::WHOLE && name == name!(__qualname__) => qualified(vm, word, None),
        Access::Load if crate::WHOLE && name == name!(__objclass__) => Ok(owner_of(vm, word).map_or(Word::UNSET, type_word)),
        Access::Load if name == name!(__name__) || name == name!(__qualname__) => Ok(Word::name(function.name)),
        Access::Load if name == name!(__module__) => {
            let module = if crate::WHOLE { module_of(vm, word, function.name) } else { None };
            Ok(Word::name(module.unwrap_or(name!(builtins))))
        }
        Access::Load if name == name!(__doc__) => function.doc.shown(vm),
        Access::Load if crate::WHOLE && vm.name_text(name) == "__text_signature__" => {
            let first = match (function.binding(), module_of(vm, word, function.name)) {
                (Binding::Class, _) => "$type",
                (Binding::Method, None) => "$self",
                _ => "$module",
            };
            function.doc.signature(vm, first, function.keywords())
        }
        _ => Ok(Word::UNSET),
    }
}

/// The builtin type whose method this is, among those that modules have.
fn owner_of(vm: &Vm, function: Word) -> Option<&'static Type> {
    let name = Handle::<NativeFunction>::from(function)?.name;
    let modules = vm.port.modules().iter().chain(crate::modules::ALL);
    let mut types = modules.flat_map(|module| module.rows.constants).filter_map(|row| as_type(row.value));
    types.find(|ty| find_row(ty.rows, name) == Some(function))
}

/// `list.append`: a function's name behind that of its type, or of the type of what it is bound to.
fn qualified(vm: &Vm, word: Word, bound: Option<Word>) -> Outcome {
    let function = Handle::<NativeFunction>::from(word).expect("a native function");
    let name = Word::name(function.name);
    if module_of(vm, word, function.name).is_some() {
        return Ok(name);
    }
    let of_type = |first: Word| as_type(first).unwrap_or_else(|| crate::object::class::native_type(vm.type_of(first)));
    match owner_of(vm, word).or(bound.map(of_type)) {
        Some(owner) => vm.message(&[Part::Name(owner.name), Part::Text("."), Part::Str(name)]),
        None => Ok(name),
    }
}

/// What functions have.
pub static ROWS: &Rows = crate::object::binding::ROWS;
/// What native ones have; on hosts those of types bind, and those of modules do not (`native_attribute`).
pub static NATIVE_ROWS: &Rows = if crate::WHOLE { Rows::NONE } else { ROWS };

/// The docstring.
fn doc(function: &Function) -> Word {
    let prototype = function.prototype.get();
    match Handle::<Tuple>::from(prototype.head.constants) {
        Some(constants) if prototype.head.flags & flag::DOCUMENTED != 0 => constants.at(0).unwrap_or(Word::NONE),
        _ => Word::NONE,
    }
}
