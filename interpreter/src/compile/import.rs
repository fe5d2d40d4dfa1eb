//! `import` and `from … import`.

use super::generator::{Generator, as_node, is_token};
use crate::code::opcode::Opcode;
use crate::object::name::Name;
use crate::object::print::Builder;
use crate::object::word::Word;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    /// `module…`: each a name, a `Dotted`, or an `ImportAs`.
    #[inline(never)]
    pub(super) fn import(&mut self, node: Node) -> Outcome<()> {
        for module in self.tree.children(node) {
            let alias = as_node(module, Kind::ImportAs);
            let path = match alias {
                Some(alias) => self.child(alias, 0)?,
                None => module,
            };
            self.constant(Word::int(0))?;
            self.op(Opcode::LoadNone)?;
            let name = self.dotted(path, node)?;
            self.op_name(Opcode::ImportName, name)?;
            match alias {
                // `import a.b as c` binds the innermost module.
                Some(alias) => {
                    if let Some(dotted) = as_node(path, Kind::Dotted) {
                        for part in self.tree.children(dotted).skip(1) {
                            if let Item::Name(part) = part {
                                self.op_name(Opcode::ImportFrom, part.get())?;
                                self.op(Opcode::Swap)?;
                                self.op(Opcode::Pop)?;
                            }
                        }
                    }
                    let target = self.name_child(alias, 1)?;
                    self.store_name(target)?;
                }
                None => {
                    let first = match path {
                        Item::Node(dotted) => self.name_child(dotted, 0)?,
                        _ => name,
                    };
                    self.store_name(first)?;
                }
            }
        }
        Ok(())
    }

    /// The full name of a name or `Dotted`.
    fn dotted(&self, path: Item, around: Node) -> Outcome<Name> {
        let node = match path {
            Item::Name(name) => return Ok(name.get()),
            Item::Node(node) => node,
            _ => return self.error(around, "invalid syntax"),
        };
        let mut text = Builder::new();
        for (index, part) in self.tree.children(node).enumerate() {
            if index > 0 {
                text.push(self.vm, b".")?;
            }
            if let Item::Name(part) = part {
                text.push(self.vm, self.vm.name_text(part.get()).as_bytes())?;
            }
        }
        let word = text.finish_str(self.vm)?;
        self.vm.intern(self.vm.text_of(word))
    }

    /// `FromModule` then `Star` token, or names and `ImportAs` …
    #[inline(never)]
    pub(super) fn from(&mut self, node: Node) -> Outcome<()> {
        let Item::Node(module) = self.child(node, 0)? else { return self.error(node, "invalid syntax") };
        let mut level = 0;
        let mut path = None;
        for part in self.tree.children(module) {
            match part {
                Item::Token(Token::Dot) => level += 1,
                Item::Token(Token::Ellipsis) => level += 3,
                other => path = Some(other),
            }
        }
        self.constant(Word::int(level))?;
        let is_star = self.tree.child(node, 1).is_some_and(|item| is_token(item, Token::Star));
        if is_star && self.unit.scope != super::MODULE {
            return self.error(node, "import * not at module level");
        }
        if is_star {
            self.constant(Word::name(name!("*")))?;
            self.op_with(Opcode::BuildTuple, 1)?;
        } else {
            let mut count = 0;
            for imported in self.tree.children(node).skip(1) {
                let name = self.imported(imported, node)?;
                self.constant(Word::name(name))?;
                count += 1;
            }
            self.op_with(Opcode::BuildTuple, count)?;
        }
        let name = match path {
            Some(path) => self.dotted(path, node)?,
            None => name!(""),
        };
        self.op_name(Opcode::ImportName, name)?;
        if is_star {
            return self.op(Opcode::ImportStar);
        }
        for imported in self.tree.children(node).skip(1) {
            let imported_name = self.imported(imported, node)?;
            self.note_import(name, imported_name);
            self.op_name(Opcode::ImportFrom, imported_name)?;
            let target = match imported {
                Item::Node(alias) => self.name_child(alias, 1)?,
                _ => imported_name,
            };
            self.store_name(target)?;
        }
        self.op(Opcode::Pop)
    }

    fn imported(&self, item: Item, around: Node) -> Outcome<Name> {
        match item {
            Item::Name(name) => Ok(name.get()),
            Item::Node(alias) => self.name_child(alias, 0),
            _ => self.error(around, "invalid syntax"),
        }
    }
}
