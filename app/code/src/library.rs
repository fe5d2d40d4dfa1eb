//! What the board's Python brings along: modules, types and builtins with their documentation.
//!
//! These are the interpreter's own tables, the ones that the firmware is linked from, so a completion cannot promise what the board
//! does not have. A port's modules (`machine`, `pyb`) are added by whoever knows that port.

use interpreter::modules::frozen::{self, Contents};
use interpreter::{modules, object};

/// Rows of a table: a name, and its documentation (`name(arguments): what it does.`), which may be empty or have blanks around it.
pub type Rows = &'static [(&'static str, &'static str)];

/// The rows as Python names them: a name that is a word of Rust's has `r#` before it in the table.
pub fn plain(rows: Rows) -> impl Iterator<Item = (&'static str, &'static str)> {
    rows.iter().map(|(name, text)| (name.strip_prefix("r#").unwrap_or(name), *text))
}

/// The machine types that have names in viper code.
pub const VIPER: Rows = &[
    ("ptr", "ptr(object): a pointer to an object, or to an address, in viper code."),
    ("ptr8", "ptr8(object): the bytes of a buffer or at an address, in viper code: p[i] is one, unchecked."),
    ("ptr16", "ptr16(object): the halfwords of a buffer or at an address, in viper code: p[i] is one, unchecked."),
    ("ptr32", "ptr32(object): the words of a buffer or at an address, in viper code: p[i] is one, unchecked."),
    ("uint", "uint(x): a machine word without a sign, in viper code."),
];

/// What calls give that are none of types: a function as `module.name` or a method as `type.name`, and the type of its result.
const RESULTS: &[(&str, &str)] = &[
    ("builtins.chr", "str"),
    ("builtins.dir", "list"),
    ("builtins.hex", "str"),
    ("builtins.input", "str"),
    ("builtins.open", "TextIOWrapper"),
    ("builtins.repr", "str"),
    ("builtins.sorted", "list"),
    ("io.open", "TextIOWrapper"),
    ("json.dumps", "str"),
    ("os.getcwd", "str"),
    ("os.listdir", "list"),
    ("re.compile", "Pattern"),
    ("re.match", "Match"),
    ("re.search", "Match"),
    ("struct.pack", "bytes"),
    ("struct.unpack", "tuple"),
    ("time.localtime", "tuple"),
    ("Match.group", "str"),
    ("Pattern.match", "Match"),
    ("Pattern.search", "Match"),
    ("Pattern.split", "list"),
    ("StringIO.getvalue", "str"),
    ("TextIOWrapper.read", "str"),
    ("TextIOWrapper.readline", "str"),
    ("TextIOWrapper.readlines", "list"),
    ("bytes.decode", "str"),
    ("dict.copy", "dict"),
    ("list.copy", "list"),
    ("str.encode", "bytes"),
    ("str.format", "str"),
    ("str.join", "str"),
    ("str.lower", "str"),
    ("str.lstrip", "str"),
    ("str.replace", "str"),
    ("str.rsplit", "list"),
    ("str.rstrip", "str"),
    ("str.split", "list"),
    ("str.splitlines", "list"),
    ("str.strip", "str"),
    ("str.upper", "str"),
];

/// What a kind of board adds to the interpreter.
#[derive(Debug, Clone, Copy, Default)]
pub struct Port {
    /// Its modules; they extend the core's of the same name.
    pub modules: &'static [(&'static str, Rows)],
    /// The methods of its classes, by name: `module.Class` where modules differ in them. A class may have several tables.
    pub classes: &'static [(&'static str, Rows)],
}

/// All that can be imported without a file of one's own.
pub struct Library {
    tables: Vec<Table>,
    port: Port,
}

/// A module in static data.
#[derive(Debug, Clone, Copy)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// What is in it.
    pub rows: Rows,
    /// Whether that is all: some modules compute further attributes.
    pub is_whole: bool,
}

impl Library {
    /// The interpreter's modules and those of a port.
    pub fn new(port: Port) -> Library {
        let core = modules::DOCS.iter().zip(modules::ALL).map(|((name, rows), module)| Table {
            name,
            rows,
            is_whole: module.attribute.is_none() && !port.modules.iter().any(|(extended, _)| extended == name),
        });
        let own = port.modules.iter().map(|(name, rows)| Table { name, rows, is_whole: true });
        Library { tables: core.chain(own).collect(), port }
    }

    /// The tables of a module; several where a port extends the core's. MicroPython's names with a `u` in front are known as well.
    pub fn module<'l>(&'l self, name: &str) -> impl Iterator<Item = Table> + use<'l> {
        let known = |name: &str| self.tables.iter().any(|table| table.name == name);
        let plain = name.strip_prefix('u').filter(|plain| !known(name) && known(plain)).unwrap_or(name).to_owned();
        self.tables.iter().copied().filter(move |table| table.name == plain)
    }

    /// The builtins.
    pub fn builtins(&self) -> Rows {
        self.tables.iter().find(|table| table.name == "builtins").map_or(&[], |table| table.rows)
    }

    /// The source of a module that the interpreter brings along in Python.
    pub fn python(&self, name: &str) -> Option<&'static str> {
        let path = unprefixed(name).replace('.', "/");
        let is_it = |file: &str| {
            file.strip_suffix(".py").is_some_and(|stem| stem == path || stem.strip_suffix("/__init__") == Some(&path))
        };
        let file = frozen::ALL.iter().find(|file| is_it(file.path))?;
        match file.contents {
            Contents::Source(source) => Some(source),
            Contents::Saved(_) => None, // has no text to look into
        }
    }

    /// The modules of a package that the interpreter brings along.
    pub fn parts(&self, package: &str) -> Vec<String> {
        let folder = format!("{}/", unprefixed(package).replace('.', "/"));
        let files = frozen::ALL.iter().filter_map(|file| file.path.strip_prefix(&folder)?.strip_suffix(".py"));
        files.filter(|stem| *stem != "__init__").map(|stem| format!("{package}.{stem}")).collect()
    }

    /// Whether there is such a module, also where its text cannot be read.
    pub fn is_module(&self, name: &str) -> bool {
        let is_it = |path: &str| path.split(['/', '.']).next() == Some(name);
        self.module(name).next().is_some() || frozen::ALL.iter().any(|file| is_it(file.path))
    }

    /// The names of all modules.
    pub fn modules(&self) -> Vec<String> {
        let tables = self.tables.iter().map(|table| table.name.to_owned());
        let python = frozen::ALL.iter().filter_map(|file| file.path.strip_suffix(".py")).map(|stem| {
            let module = stem.strip_suffix("/__init__").unwrap_or(stem);
            module.replace('/', ".")
        });
        let mut names: Vec<_> = tables.chain(python).filter(|name| !name.starts_with('_')).collect();
        names.sort();
        names.dedup();
        names
    }

    /// The type of what a call of a function gives, of a module or as a method of a type, if that is known.
    pub fn result(&self, owner: &str, name: &str) -> Option<&'static str> {
        let is_it = |row: &&(&str, &str)| row.0.split_once('.') == Some((owner, name));
        RESULTS.iter().find(is_it).map(|row| row.1)
    }

    /// Every class with a table of methods.
    fn classes(&self) -> impl Iterator<Item = &'static (&'static str, Rows)> + use<> {
        object::DOCS.iter().chain(modules::CLASS_DOCS).chain(self.port.classes)
    }

    /// The methods of a builtin type, of a module's class or of a port's; none of what is no type.
    pub fn methods<'n>(&self, name: &'n str) -> impl Iterator<Item = (&'static str, &'static str)> + use<'n> {
        self.classes().filter(move |(known, _)| *known == name).flat_map(|(_, rows)| plain(rows))
    }

    /// The name by which `methods` knows what a module calls so, if that is a type.
    pub fn type_of(&self, module: &str, name: &str) -> Option<String> {
        let whole = format!("{module}.{name}");
        [whole.as_str(), name].into_iter().find(|name| self.is_type(name)).map(str::to_owned)
    }

    /// Whether there is such a type.
    pub fn is_type(&self, name: &str) -> bool {
        self.classes().any(|(known, _)| *known == name)
    }
}

/// A module in Python by the name that it has now: `uasyncio` was another one's.
fn unprefixed(name: &str) -> &str {
    let is_file = |plain: &&str| {
        let first = plain.split('.').next();
        frozen::ALL.iter().any(|file| file.path.split(['/', '.']).next() == first)
    };
    name.strip_prefix('u').filter(is_file).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PORT: Port = Port {
        modules: &[("pyb", &[("LED", "LED(number): a light.")]), ("os", &[("dupterm", "")])],
        classes: &[("LED", &[("on", "on(): lights it.")]), ("LED", &[("off", "")]), ("pyb.CAN", &[("info", "")]), ("CAN", &[])],
    };

    #[test]
    fn modules_of_the_core_the_port_and_in_python() {
        let library = Library::new(PORT);
        let rows = |name: &str| library.module(name).flat_map(|table| plain(table.rows)).map(|row| row.0).collect::<Vec<_>>();
        assert!(rows("os").contains(&"listdir") && rows("os").contains(&"dupterm"));
        assert_eq!(rows("ustruct"), rows("struct"));
        assert_eq!(rows("pyb"), ["LED"]);
        assert!(rows("nothing").is_empty());
        assert!(library.python("asyncio").is_some_and(|source| source.contains("import")));
        assert!(library.python("asyncio.core").is_some());
        assert!(["os", "pyb", "asyncio", "asyncio.core"].iter().all(|name| library.modules().iter().any(|known| known == name)));
    }

    #[test]
    fn only_a_table_that_is_all_of_its_module_is_whole() {
        let library = Library::new(PORT);
        let whole = |name| library.module(name).all(|table| table.is_whole);
        assert!(whole("math") && whole("pyb"));
        assert!(!whole("sys"), "it computes attributes");
        assert!(!whole("os"), "a port extends it");
    }

    #[test]
    fn types_have_methods_with_documentation() {
        let library = Library::new(PORT);
        let mut methods = library.methods("str");
        assert!(methods.any(|(name, text)| name == "split" && text.trim_start().starts_with("split(")));
        assert!(library.methods("LED").map(|(name, _)| name).eq(["on", "off"]), "it has two tables");
        assert!(library.methods("no_type").next().is_none() && !library.is_type("no_type"));
    }

    #[test]
    fn results_are_types_of_functions_that_are_there() {
        let library = Library::new(PORT);
        for (function, result) in RESULTS {
            let (owner, name) = function.split_once('.').expect("it has an owner");
            let in_module = library.module(owner).any(|table| plain(table.rows).any(|row| row.0 == name));
            assert!(in_module || library.methods(owner).any(|row| row.0 == name), "{function}");
            assert!(library.is_type(result), "{result}");
        }
    }

    #[test]
    fn two_modules_may_call_different_types_the_same() {
        let library = Library::new(PORT);
        let of = |module: &str, name: &str| library.type_of(module, name);
        assert_eq!((of("pyb", "CAN"), of("machine", "CAN")), (Some("pyb.CAN".into()), Some("CAN".into())));
        assert_eq!((of("pyb", "LED"), of("pyb", "delay")), (Some("LED".into()), None));
    }
}
