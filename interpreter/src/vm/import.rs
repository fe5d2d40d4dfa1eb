//! Imports: builtin tables, then files and packages along `sys.path`; and running source from anywhere.

use super::origin::{self, Hindrance};
use super::raise::Part;
use super::{Outcome, Raised, Vm, kept};
use crate::code::{module_file, prototype::PrototypeHandle, saved};
use crate::modules::deflate::source::Inflated;
use crate::modules::frozen::{self, Contents, Frozen};
use crate::modules::{self, BuiltinModule};
use crate::object::dict::Dict;
use crate::object::handle::Handle;
#[cfg(feature = "full")]
use crate::object::handle::Instance;
use crate::object::list::List;
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::tuple::Tuple;
use crate::object::word::Word;
use crate::object::{exception, module};
use crate::source::{Mode, Source};
use crate::vfs::mount;
use crate::vfs::source;

/// Builtin modules that a file of the same name may stand in for, as in the reference: a program may extend them.
const EXTENSIBLE: &[&str] = &[
    "array",
    "asyncio",
    "binascii",
    "collections",
    "cryptolib",
    "errno",
    "hashlib",
    "heapq",
    "io",
    "json",
    "machine",
    "os",
    "platform",
    "random",
    "re",
    "select",
    "socket",
    "ssl",
    "struct",
    "time",
    "websocket",
];

/// Source text in memory.
pub struct Text<'a> {
    text: &'a [u8],
    at: usize,
    is_text: bool,
}

impl<'a> Text<'a> {
    /// From its start.
    pub fn new(text: &'a [u8]) -> Text<'a> {
        Text { text, at: 0, is_text: true }
    }

    /// Bytes that may say in which encoding they are.
    pub fn encoded(bytes: &'a [u8]) -> Text<'a> {
        Text { text: bytes, at: 0, is_text: false }
    }
}

impl Source for Text<'_> {
    fn read(&mut self, _: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        let rest = &self.text[self.at..];
        let count = rest.len().min(buffer.len());
        buffer[..count].copy_from_slice(&rest[..count]);
        self.at += count;
        Ok(count)
    }

    #[cfg(feature = "full")]
    fn is_text(&self) -> bool {
        self.is_text
    }

    #[cfg(feature = "full")]
    fn rewind(&mut self, _: &Vm) -> bool {
        self.at = 0;
        true
    }
}

/// Source text of our own, in which nothing is wrong: nobody reads it once more to look.
struct Own<'a>(Text<'a>);

impl Source for Own<'_> {
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        self.0.read(vm, buffer)
    }

    #[cfg(feature = "full")]
    fn is_text(&self) -> bool {
        true
    }
}

/// Source text from a stream object, native or written in Python.
pub struct File(pub Word);

impl Source for File {
    fn read(&mut self, vm: &Vm, buffer: &mut [u8]) -> Outcome<usize> {
        source::read(vm, self.0, buffer)
    }

    /// A stream that a program has written is not asked: it would hear that somebody reads its file once more.
    #[cfg(feature = "full")]
    fn rewind(&mut self, vm: &Vm) -> bool {
        let seek = || vm.call_method(self.0, vm.intern("seek")?, &[Word::int(0)]);
        Handle::<Instance>::from(self.0).is_none() && seek().map_err(|raised| vm.take_raised(raised)).is_ok()
    }
}

/// What a path is.
#[derive(PartialEq)]
pub(super) enum Found {
    Nothing,
    File,
    Directory,
}

impl Vm {
    /// Runs a file as `__main__`.
    ///
    /// # Errors
    /// As `execute`, and `OSError`.
    pub fn execute_file(&self, path: &str) -> Outcome {
        let globals = self.main_globals()?;
        let file = Word::name(self.intern(path)?);
        globals.map.insert(self, Word::name(name!(__file__)), file)?;
        self.run_file(file, globals)
    }

    /// As `execute_file`, of a file that need not be there: one that cannot be opened is none.
    ///
    /// # Errors
    /// As `execute`, and `OSError` from a file that cannot be read.
    pub fn execute_file_if_any(&self, path: &str) -> Outcome {
        let name = self.intern(path)?;
        let file = Word::name(name);
        let stream = match self.open_source(file) {
            Ok(stream) => stream,
            Err(raised) if self.is_instance(self.peek_raised(raised), &exception::OS_ERROR) => {
                self.take_raised(raised);
                return Ok(Word::NONE);
            }
            Err(raised) => return Err(raised),
        };
        let code = self.code_of_stream(name, stream)?;
        let globals = self.main_globals()?;
        globals.map.insert(self, Word::name(name!(__file__)), file)?;
        self.run_module(code, globals)
    }

    /// Runs a file in the dict of names of whoever asks: `execfile`.
    ///
    /// # Errors
    /// `OSError`, and what the program raises.
    pub fn execute_file_here(&self, path: Word) -> Outcome {
        let globals = crate::object::introspection::globals(self, crate::object::handle::Args::NONE)?;
        let code = self.code_of_file(path)?;
        self.run_module(code, self.receiver(globals)?)
    }

    fn open_source(&self, path: Word) -> Outcome {
        let (file_system, path) = mount::resolve(self, path)?;
        let stream = self.call_method(file_system, name!(open), &[path, Word::name(name!(rb))])?;
        source::opened(self, stream)?;
        Ok(stream)
    }

    /// Opens a file of source for `body` to read.
    ///
    /// # Errors
    /// `OSError`, and what `body` raises.
    #[cfg(feature = "full")]
    pub(crate) fn read_source(&self, path: Word, body: &mut dyn FnMut(&mut dyn Source) -> Outcome<()>) -> Outcome<()> {
        let stream = self.open_source(path)?;
        let result = body(&mut File(stream)).map(|()| Word::NONE);
        self.close_source(stream, result).map(|_| ())
    }

    /// Closes, and keeps the first of two exceptions.
    fn close_source(&self, stream: Word, result: Outcome) -> Outcome {
        let raised = match result {
            Ok(value) => return source::close(self, stream).map(|()| value),
            Err(raised) => self.take_raised(raised),
        };
        if let Err(second) = source::close(self, stream) {
            self.take_raised(second);
        }
        Err(self.raise_word(raised))
    }

    /// `import name`, `from name import …`: the module itself if `fromlist` is not None, otherwise the first package.
    ///
    /// # Errors
    /// `ImportError`, and whatever the module raises.
    pub fn import(&self, name: Name, fromlist: Word, level: Word) -> Outcome {
        let globals = self.current_function().expect("an import runs in a function").globals;
        self.import_into(globals, name, fromlist, level)
    }

    /// As `import`, for the module whose globals these are.
    ///
    /// # Errors
    /// As `import`.
    pub fn import_into(&self, globals: Handle<Dict>, name: Name, fromlist: Word, level: Word) -> Outcome {
        let full = match level.as_int().unwrap_or(0) {
            0 => name,
            level => self.resolve_relative(globals, name, level as usize)?,
        };
        let text = self.name_text(full);
        if text.is_empty() {
            return Err(self.value_error("empty module name"));
        }
        let (mut first, mut parent, mut start) = (Word::NONE, Word::NONE, 0);
        loop {
            let end = text[start..].find('.').map_or(text.len(), |at| start + at);
            let prefix = self.intern(&text[..end])?;
            let (module, is_new) = self.load(prefix, parent)?;
            if parent == Word::NONE {
                first = module;
            } else if is_new {
                self.set_attribute(parent, self.intern(&text[start..end])?, module)?;
            }
            parent = module;
            if end == text.len() {
                break;
            }
            start = end + 1;
        }
        let whole = fromlist != Word::NONE;
        if whole {
            self.load_submodules(full, parent, fromlist)?;
        }
        Ok(if whole || level != Word::int(0) { parent } else { first })
    }

    /// `from package import a, b`: names that are no attributes may be submodules.
    fn load_submodules(&self, name: Name, module: Word, fromlist: Word) -> Outcome<()> {
        // A program's own call of `__import__` may give anything that is true.
        let is_list = Handle::<Tuple>::from(fromlist).is_some() || Handle::<List>::from(fromlist).is_some();
        if !is_list || self.find_attribute(module, name!(__path__))? == Word::UNSET {
            return Ok(());
        }
        self.for_each(fromlist, &mut |item| {
            let Some(text) = self.as_text(item) else { return Ok(()) };
            let attribute = self.intern(text)?;
            if text == "*" || self.find_attribute(module, attribute)? != Word::UNSET {
                return Ok(());
            }
            let full = self.join(&[self.name_text(name), ".", text])?;
            let full = self.intern(self.text_of(full))?;
            self.await_import(full)?;
            let submodule = match self.loaded_modules()?.map.get(self, Word::name(full))? {
                Some(submodule) => submodule,
                None => {
                    let path = self.attribute(module, name!(__path__))?;
                    self.importing(full, || self.load_found(full, path, path))?
                }
            };
            if submodule == Word::UNSET { Ok(()) } else { self.set_attribute(module, attribute, submodule) }
        })
    }

    /// `from module import name`.
    pub fn import_from(&self, module: Word, name: Name) -> Outcome {
        if let Some(found) = self.find_attribute(module, name)?.set() {
            return Ok(found);
        }
        let loading = if crate::WHOLE { self.loading_submodule(module, name)? } else { None };
        loading.ok_or_else(|| self.no_such_import(module, name))
    }

    /// A submodule that is being imported still: it becomes an attribute of its package when it is done.
    fn loading_submodule(&self, module: Word, name: Name) -> Outcome<Option<Word>> {
        let package = self.find_attribute(module, name!(__name__))?;
        let Some(package) = self.as_text(package) else { return Ok(None) };
        let full = self.join(&[package, ".", self.name_text(name)])?;
        self.loaded_modules()?.map.get(self, full)
    }

    #[cold]
    fn no_such_import(&self, module: Word, name: Name) -> Raised {
        let asked = |attribute: Name| match self.find_attribute(module, attribute) {
            Ok(found) => found.set().filter(|word| self.as_text(*word).is_some()),
            Err(raised) => {
                self.take_raised(raised);
                None
            }
        };
        let (own, file) = (asked(name!(__name__)), asked(name!(__file__)));
        let part = |word: Option<Word>, otherwise| word.map_or(Part::Text(otherwise), Part::Str);
        let none = Word::NONE;
        let hindrance = match origin::hindrance(self, own.unwrap_or(none), file.unwrap_or(none)) {
            Ok(hindrance) => hindrance,
            Err(raised) => return raised,
        };
        let begin = if let Hindrance::Circle = hindrance { "' from partially initialized module '" } else { "' from '" };
        let [a, b, c, d, e] = hindrance.advice(own.unwrap_or(none));
        // The file is said once.
        let [open, place, close] = match hindrance.says_file() {
            false => [Part::Text(" ("), part(file, "unknown location"), Part::Text(")")],
            true => [Part::Text(""); 3],
        };
        let (text, own_part) = (Part::Text("cannot import name '"), part(own, "<unknown module name>"));
        let parts = [text, Part::Name(name), Part::Text(begin), own_part, Part::Text("'"), a, b, c, d, e, open, place, close];
        let raised = self.raise(&exception::IMPORT_ERROR, &parts);
        let (own, file) = (own.unwrap_or(Word::NONE), file.unwrap_or(Word::NONE));
        let fields = [(name!(name), own), (name!(path), file), (name!(name_from), Word::name(name))];
        exception::detail::annotate(self, self.peek_raised(raised), &fields);
        raised
    }

    /// `from module import *`: public names, or those in `__all__`, into the running function's globals.
    pub fn import_star(&self, module: Word) -> Outcome<()> {
        let globals = self.current_function().expect("an import runs in a function").globals;
        let namespace = if crate::WHOLE { self.current_namespace() } else { None };
        let store = |name: Name, value: Word| match namespace {
            Some(namespace) => self.set_item(namespace, Word::name(name), value),
            None => globals.map.insert(self, Word::name(name), value).map(|_| ()),
        };
        let all = self.find_attribute(module, name!(__all__))?;
        if all != Word::UNSET {
            return self.for_each(all, &mut |item| {
                let name = self.intern(self.expect_text(item)?)?;
                store(name, self.attribute(module, name)?)
            });
        }
        module::for_each_attribute(self, module, &mut |name, value| {
            if self.name_text(name).starts_with('_') { Ok(()) } else { store(name, value) }
        })
    }

    /// `from ..name import x`: the absolute name, from the importing module's own.
    fn resolve_relative(&self, globals: Handle<Dict>, name: Name, level: usize) -> Outcome<Name> {
        let own = globals.map.get(self, Word::name(name!(__name__)))?.unwrap_or(Word::NONE);
        let said = self.said_package(globals)?;
        let is_package = said.is_some() || globals.map.get(self, Word::name(name!(__path__)))?.is_some();
        let mut package = self.text_of(said.unwrap_or(own));
        for _ in 0..level - is_package as usize {
            package = match package.rfind('.') {
                Some(dot) => &package[..dot],
                None => "",
            };
            if package.is_empty() {
                break;
            }
        }
        if package.is_empty() {
            return Err(self.raise_text(&exception::IMPORT_ERROR, "can't perform relative import"));
        }
        let tail = self.name_text(name);
        let full = if tail.is_empty() { self.new_str(package)? } else { self.join(&[package, ".", tail])? };
        self.intern(self.text_of(full))
    }

    fn join(&self, parts: &[&str]) -> Outcome {
        let mut builder = Builder::new();
        for part in parts {
            builder.push(self, part.as_bytes())?;
        }
        builder.finish_str(self)
    }

    /// The module `name`, loaded if it is not yet (`true`). `parent` is its package, or None.
    fn load(&self, name: Name, parent: Word) -> Outcome<(Word, bool)> {
        let text = self.name_text(name);
        let builtin = if parent == Word::NONE { self.builtin_module(text) } else { None };
        // An empty `sys.path` is how a file that stands in for a builtin module gets at that one.
        if let Some(module) = builtin
            && self.length(self.search_path()?)? == 0
        {
            return Ok((Word::of_static(module), false));
        }
        self.await_import(name)?;
        match self.loaded_modules()?.map.get(self, Word::name(name))? {
            Some(module) => Ok((module, false)),
            None => self.importing(name, || self.load_new(name, parent, builtin)).map(|module| (module, true)),
        }
    }

    fn load_new(&self, name: Name, parent: Word, builtin: Option<&'static BuiltinModule>) -> Outcome {
        let text = self.name_text(name);
        if let Some(module) = builtin
            && !EXTENSIBLE.contains(&text)
        {
            return self.note_builtin(name, module);
        }
        let path = if parent == Word::NONE { self.search_path()? } else { self.path_of_package(parent, name)? };
        let asked = if parent == Word::NONE { Word::NONE } else { path };
        if let Some(module) = self.load_found(name, path, asked)?.set() {
            return Ok(module);
        }
        match builtin.or_else(|| self.builtin_module(text.strip_prefix('u').filter(|_| parent == Word::NONE)?)) {
            Some(module) => self.note_builtin(name, module),
            None if crate::WHOLE => match self.load_from(name, path, true)?.set() {
                Some(module) => Ok(module),
                None => self.load_from_archive(name, path, asked)?.set().ok_or_else(|| self.no_module(name)),
            },
            None => Err(self.no_module(name)),
        }
    }

    /// A module where the search finds it, or the finders that stand before and behind it, who are `asked` for one there. `UNSET` if nobody
    /// does. No frame of its own in imports within imports.
    #[inline(always)]
    fn load_found(&self, name: Name, path: Word, asked: Word) -> Outcome {
        if let Some(module) = self.load_by_finders(name, asked, true)?.set() {
            return Ok(module);
        }
        if let Some(module) = self.load_from(name, path, !crate::WHOLE)?.set() {
            return Ok(module);
        }
        self.load_by_finders(name, asked, false)
    }

    /// Puts a builtin module into `sys.modules` where programs look it up there: on computers.
    fn note_builtin(&self, name: Name, module: &'static BuiltinModule) -> Outcome {
        let module = Word::of_static(module);
        if frozen::NOTES_BUILTINS {
            self.loaded_modules()?.map.insert(self, Word::name(name), module)?;
        }
        Ok(module)
    }

    /// A frozen module, wherever `sys.path` leads.
    ///
    /// # Errors
    /// `ImportError` if there is none; what the module raises.
    pub fn import_frozen(&self, name: Name) -> Outcome {
        match self.loaded_modules()?.map.get(self, Word::name(name))? {
            Some(module) => Ok(module),
            None => self.load_in(name, Word::name(name!(".frozen")), true)?.set().ok_or_else(|| self.no_module(name)),
        }
    }

    fn no_module(&self, name: Name) -> Raised {
        let ty = exception::detail::NOT_FOUND;
        let raised = self.raise(ty, &[Part::Text("No module named '"), Part::Name(name), Part::Text("'")]);
        exception::detail::annotate(self, self.peek_raised(raised), &[(name!(name), Word::name(name))]);
        raised
    }

    /// The builtin module of this name: the port's or the core's.
    pub fn builtin_module(&self, name: &str) -> Option<&'static BuiltinModule> {
        // No file stands in for `sys`, not even by its old name.
        let name = if name == "usys" { "sys" } else { name };
        // Tables have names, so there is one of this text.
        let name = self.find_name(name)?;
        self.port.modules().iter().chain(modules::ALL).find(|module| module.name == name).copied()
    }

    fn search_path(&self) -> Outcome {
        self.attribute(Word::of_static(&modules::SYS), name!(path))
    }

    /// Looks for `name` along a path: a list of directories, or one directory (a package's `__path__`). A directory without an
    /// `__init__` is a package if `bare`: on hosts, as in CPython, once nothing else has the name.
    fn load_from(&self, name: Name, path: Word, bare: bool) -> Outcome {
        if self.as_text(path).is_some() {
            return self.load_in(name, path, bare);
        }
        let mut index = 0;
        while index < self.length(path)? {
            let directory = self.item(path, Word::int(index as isize))?;
            let module = self.load_in(name, directory, bare)?;
            if module != Word::UNSET {
                return Ok(module);
            }
            index += 1;
        }
        Ok(Word::UNSET)
    }

    fn load_in(&self, name: Name, directory: Word, bare: bool) -> Outcome {
        let last = self.name_text(name).rsplit('.').next().unwrap_or("");
        let base = match self.text_of(directory) {
            "" => self.new_str(last)?,
            directory => self.join(&[directory.trim_end_matches('/'), "/", last])?,
        };
        if self.what_is(base)? == Found::Directory {
            let file = self.file_at(base, "/__init__")?;
            if bare || file != Word::NONE {
                return self.run_import(name, file, base);
            }
        }
        let file = self.file_at(base, "")?;
        if file == Word::NONE { Ok(Word::UNSET) } else { self.run_import(name, file, Word::NONE) }
    }

    /// The file of a module, source text before saved code; None if there is none.
    fn file_at(&self, base: Word, tail: &str) -> Outcome {
        for ending in module_file::ENDINGS {
            let file = self.join(&[self.text_of(base), tail, ending])?;
            if self.what_is(file)? == Found::File {
                return Ok(file);
            }
        }
        Ok(Word::NONE)
    }

    pub(super) fn what_is(&self, path: Word) -> Outcome<Found> {
        if let Some(path) = frozen::below(self.text_of(path)) {
            return Ok(match frozen::file(self, path) {
                Some(_) => Found::File,
                None if frozen::is_directory(self, path) => Found::Directory,
                None => Found::Nothing,
            });
        }
        let stat = mount::resolve(self, path).and_then(|(fs, path)| self.call_method(fs, name!(stat), &[path]));
        match stat.and_then(|stat| self.item(stat, Word::int(0))) {
            Ok(kind) if kind.as_int().is_some_and(|kind| kind & 0xf000 == 0x4000) => Ok(Found::Directory),
            Ok(_) => Ok(Found::File),
            Err(raised) if self.is_instance(self.peek_raised(raised), &exception::OS_ERROR) => {
                self.take_raised(raised);
                Ok(Found::Nothing)
            }
            Err(raised) => Err(raised),
        }
    }

    /// Makes the module and runs its file (None for a package without `__init__.py`). A module that raises is forgotten.
    fn run_import(&self, name: Name, file: Word, package: Word) -> Outcome {
        let module = module::new(self, name)?;
        let globals = module.globals();
        // Its classes and functions say where programs find them, and pickles look there.
        if let Some(continued) = frozen::continued_by(self, name) {
            globals.map.insert(self, Word::name(name!(__name__)), Word::name(continued))?;
        }
        if package != Word::NONE {
            globals.map.insert(self, Word::name(name!(__path__)), self.new_package_path(package)?)?;
        }
        let loaded = self.loaded_modules()?;
        loaded.map.insert(self, Word::name(name), module.word())?;
        if file == Word::NONE {
            return Ok(module.word());
        }
        globals.map.insert(self, Word::name(name!(__file__)), file)?;
        match self.code_to_import(file).and_then(|code| self.run_module(code, globals)) {
            // A module may replace itself in sys.modules.
            Ok(_) => Ok(loaded.map.get(self, Word::name(name))?.unwrap_or(module.word())),
            Err(raised) => {
                let exception = self.take_raised(raised);
                loaded.map.remove(self, Word::name(name))?;
                Err(self.raise_word(exception))
            }
        }
    }

    /// `-m name`: finds the module as an import would, and runs its file as `__main__`; of a package, its `__main__.py`.
    ///
    /// # Errors
    /// `ImportError`, and whatever the program raises.
    pub fn import_main(&self, name: Name) -> Outcome {
        let mut text = Builder::new();
        for (index, part) in self.name_text(name).split('.').enumerate() {
            text.push(self, if index > 0 { b"/" } else { b"" })?;
            text.push(self, part.as_bytes())?;
        }
        let text = text.finish_str(self)?;
        let mut index = 0;
        let path = self.search_path()?;
        while index < self.length(path)? {
            let directory = self.text_of(self.item(path, Word::int(index as isize))?);
            for tail in ["/__main__.py", ".py"] {
                let slash = if directory.is_empty() { "" } else { "/" };
                let file = self.join(&[directory, slash, self.text_of(text), tail])?;
                if self.what_is(file)? == Found::File {
                    let whole = self.name_text(name);
                    let package = if tail == ".py" { whole.rsplit_once('.').map_or("", |parts| parts.0) } else { whole };
                    self.enter_package(package)?;
                    return self.execute_file(self.text_of(file));
                }
            }
            index += 1;
        }
        // A part of what continues a builtin module: `json.tool`.
        if let Some((module, part)) = self.name_text(name).split_once('.')
            && let Some(package) = frozen::continuation(self, module)
        {
            let file = self.join(&[".frozen/", package, "/", part, ".py"])?;
            if self.what_is(file)? == Found::File {
                return self.execute_file(self.text_of(file));
            }
        }
        Err(self.no_module(name))
    }

    fn run_file(&self, file: Word, globals: Handle<Dict>) -> Outcome {
        let prototype = self.code_of(file)?;
        self.run_module(prototype, globals)
    }

    /// The code of a module's file, which may have been kept.
    ///
    /// # Errors
    /// `OSError`, and what the compiler raises.
    #[inline(always)]
    pub fn code_to_import(&self, file: Word) -> Outcome<PrototypeHandle> {
        kept::of_file(self, file, || self.code_of(file))
    }

    fn code_of(&self, file: Word) -> Outcome<PrototypeHandle> {
        match frozen::below(self.text_of(file)).and_then(|path| frozen::file(self, path)) {
            Some(frozen) => self.load_frozen(frozen),
            None => self.code_of_file(file),
        }
    }

    /// The code of a file: compiled, or as it was saved.
    fn code_of_file(&self, file: Word) -> Outcome<PrototypeHandle> {
        let name = self.intern(self.text_of(file))?;
        let stream = self.open_source(file)?;
        self.code_of_stream(name, stream)
    }

    /// The code of a file that is open, which is closed then.
    fn code_of_stream(&self, name: Name, stream: Word) -> Outcome<PrototypeHandle> {
        let code = match module_file::ENDINGS.iter().skip(1).any(|ending| self.name_text(name).ends_with(ending)) {
            true => module_file::load(self, &mut File(stream)),
            false => crate::compile::compile(self, &mut File(stream), name, Mode::File),
        };
        let compiled = code.map(|prototype| prototype.word());
        Ok(Handle::from(self.close_source(stream, compiled)?).expect("a prototype was compiled"))
    }

    /// On its own: a decompressor has no place in the frames of imports within imports.
    #[inline(never)]
    fn load_frozen(&self, file: &Frozen) -> Outcome<PrototypeHandle> {
        let name = self.intern(file.path)?;
        match file.contents {
            Contents::Saved(deflated) => saved::load_own(self, &mut Inflated::new(self, deflated)?),
            Contents::Source(text) if crate::WHOLE => kept::of_frozen(self, file.path, text, || {
                crate::compile::compile(self, &mut Own(Text::new(text.as_bytes())), name, Mode::File)
            }),
            Contents::Source(text) => crate::compile::compile(self, &mut Text::new(text.as_bytes()), name, Mode::File),
        }
    }
}
