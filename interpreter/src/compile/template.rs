//! t-strings: the parts go to `string.templatelib`, which makes the `Template`.

use super::generator::{Generator, as_node};
use crate::code::opcode::Opcode;
use crate::object::word::Word;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::Outcome;

impl Generator<'_> {
    /// Neighbours that are t-strings, or a single one.
    #[inline(never)]
    pub(super) fn template(&mut self, node: Node) -> Outcome<()> {
        self.import_from(name!("string.templatelib"), name!("_template"))?;
        let count = if node.kind() == Kind::TString {
            self.template_parts(node)?
        } else {
            let mut count = 0;
            for child in self.tree.children(node) {
                let Some(string) = as_node(child, Kind::TString) else {
                    return self.error(node, "cannot mix t-string literals with string or bytes literals");
                };
                count += self.template_parts(string)?;
            }
            count
        };
        self.op_with(Opcode::BuildTuple, count)?;
        self.op_with(Opcode::Call, 0x100)
    }

    /// Pushes the parts: strings, and tuples of four for the fields.
    fn template_parts(&mut self, node: Node) -> Outcome<usize> {
        let mut count = 0;
        for child in self.tree.children(node) {
            count += match child {
                Item::Constant(text) => {
                    self.constant(text)?;
                    1
                }
                Item::Node(field) => self.field(field)?,
                _ => return self.error(node, "invalid syntax"),
            };
        }
        Ok(count)
    }

    /// `expression Constant [Constant] [name] [FormatSpec]`
    fn field(&mut self, node: Node) -> Outcome<usize> {
        let mut children = self.tree.children(node).skip(1);
        let (value, text) = (self.child(node, 0)?, children.next());
        let (mut conversion, mut format, mut count) = (Word::NONE, None, 1);
        for child in children {
            match child {
                Item::Constant(debug) => {
                    self.constant(debug)?;
                    (conversion, count) = (Word::name(name!("r")), 2);
                }
                Item::Name(name) => {
                    if !matches!(self.vm.name_text(name.get()), "r" | "s" | "a") {
                        return self.error(node, "invalid syntax");
                    }
                    conversion = Word::name(name.get());
                }
                Item::Node(spec) => {
                    let says = self.tree.children(node).skip(1).any(|child| matches!(child, Item::Name(_)));
                    if !says {
                        conversion = Word::NONE;
                    }
                    format = Some(spec);
                }
                _ => return self.error(node, "invalid syntax"),
            }
        }
        self.expression(value)?;
        match text {
            Some(Item::Constant(text)) => self.constant(text)?,
            _ => return self.error(node, "invalid syntax"),
        }
        self.constant(conversion)?;
        match format {
            Some(spec) => self.joined(spec)?,
            None => self.constant(Word::name(name!("")))?,
        }
        self.op_with(Opcode::BuildTuple, 4)?;
        Ok(count)
    }
}
