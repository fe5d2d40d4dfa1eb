//! The body of `@micropython.asm_thumb`, read off the tree: statements that are calls of instructions.
//!
//! It is walked twice: where labels are is known the second time, and the instructions are as long as the first.

use super::buffer::Buffer;
use super::generator::{Generator, as_node};
use super::native::Emitter;
use crate::code::WIDTH;
use crate::code::prototype::{PrototypeHandle, flag};
use crate::code::width::Number;
use crate::native::assembler::Code;
use crate::native::inline_thumb::{self, Argument, Fault};
use crate::native::kind::Kind as Type;
use crate::native::subroutine;
use crate::object::bigint::{Big, Room};
use crate::object::exception::SYNTAX_ERROR;
use crate::object::name::Name;
use crate::source::token::Token;
use crate::source::tree::{Item, Kind, Node};
use crate::vm::raise::Part::{Int, Name as NamePart, Text};
use crate::vm::{Outcome, Raised};

/// Whether there is such a decorator.
pub(super) const AVAILABLE: bool = true;

/// Most arguments of an instruction that the table knows.
const MOST: usize = 3;
/// Bytes that a label takes in the list: its name, and where it is.
const LABEL: usize = 2 * WIDTH;

/// Labels, and whether all of them are known.
struct Labels {
    list: Buffer,
    are_known: bool,
}

impl Labels {
    fn find(&self, name: Name) -> Option<usize> {
        let mut rows = (0..self.list.len()).step_by(LABEL);
        rows.find(|row| self.list.number(*row) == name.0).map(|row| self.list.number(row + WIDTH) as usize)
    }
}

impl Generator<'_> {
    /// Makes the machine code of the function `node`, if it is written in assembly.
    pub(super) fn assemble(&mut self, emitter: &Emitter, node: Node, prototype: PrototypeHandle) -> Outcome<()> {
        if !emitter.is_assembly() {
            return Ok(());
        }
        let (vm, head) = (self.vm, &prototype.get().head);
        let count = prototype.parameter_count();
        let is_register = |index: usize| register(vm.name_text(prototype.parameter(index))) == Some(index as u8);
        if count > 4 {
            return self.error(node, "can only have up to 4 parameters to Thumb assembly");
        }
        if head.flags & (flag::VAR_POSITIONAL | flag::VAR_KEYWORDS) != 0 || head.keyword_only > 0 || !(0..count).all(is_register)
        {
            return self.error(node, "parameters must be registers in sequence r0 to r3");
        }
        let returns = match self.tree.children(node).find_map(|child| as_node(child, Kind::Returns)) {
            Some(returns) => self.kind(returns)?,
            None => Type::Int,
        };
        let body = self.last(node)?;
        let mut labels = Labels { list: Buffer::new(), are_known: false };
        subroutine::translate(vm, prototype, returns, &mut |code| {
            self.assembly(body, code, &mut labels)?;
            labels.are_known = true;
            Ok(())
        })
    }

    /// A statement, or a block of them.
    fn assembly(&mut self, item: Item, code: &mut Code, labels: &mut Labels) -> Outcome<()> {
        let Item::Node(node) = item else { return Ok(()) };
        match node.kind() {
            Kind::Block => self.tree.children(node).try_for_each(|child| self.assembly(child, code, labels)),
            Kind::Pass => Ok(()),
            Kind::Expression => match self.tree.child(node, 0) {
                // A docstring says nothing to the processor.
                Some(Item::Constant(_)) => Ok(()),
                Some(Item::Node(call)) if call.kind() == Kind::Primary => match self.parts(call) {
                    [Some(Item::Name(name)), Some(Item::Node(arguments)), None] if arguments.kind() == Kind::Arguments => {
                        self.assembly_call(name.get(), arguments, code, labels)
                    }
                    _ => self.error(node, "expecting an assembler instruction"),
                },
                _ => self.error(node, "expecting an assembler instruction"),
            },
            _ => self.error(node, "expecting an assembler instruction"),
        }
    }

    /// A directive, or an instruction.
    #[inline(never)]
    fn assembly_call(&mut self, name: Name, arguments: Node, code: &mut Code, labels: &mut Labels) -> Outcome<()> {
        let text = self.vm.name_text(name);
        let parts: [Option<Item>; MOST + 1] = self.parts(arguments);
        let count = self.tree.children(arguments).count();
        let named = |item: Option<Item>| match item {
            Some(Item::Name(name)) if count == 1 => Some(name.get()),
            _ => None,
        };
        match text {
            "label" => {
                let Some(label) = named(parts[0]) else { return Err(self.expected(arguments, text, "' expects a label")) };
                if !labels.are_known {
                    if labels.find(label).is_some() {
                        return self.error(arguments, "label redefined");
                    }
                    labels.list.push_number(self.vm, label.0)?;
                    labels.list.push_number(self.vm, code.len() as Number)?;
                }
                return Ok(());
            }
            "align" | "data" => return self.directive(text == "data", arguments, code),
            _ => {}
        }
        if let Some(branch) = inline_thumb::branch(text) {
            let Some(label) = named(parts[0]) else { return Err(self.expected(arguments, text, "' expects a label")) };
            let target = match labels.find(label) {
                Some(target) => target,
                None if !labels.are_known => code.len(),
                None => {
                    let parts = [Text("label '"), NamePart(label), Text("' not defined")];
                    return Err(self.vm.raise(&SYNTAX_ERROR, &parts));
                }
            };
            let distance = target as i32 - code.len() as i32;
            let Some(bits) = branch.encode(if labels.are_known { distance } else { 0 }) else {
                return self.error(arguments, "branch not in range");
            };
            inline_thumb::put(code, bits);
            return Ok(());
        }
        if let Some(condition) = named(parts[0]).and_then(|name| inline_thumb::condition(self.vm.name_text(name)))
            && let Some(bits) = inline_thumb::if_then(text, condition)
        {
            inline_thumb::put(code, bits);
            return Ok(());
        }
        let mut given = [Argument::Other; MOST];
        for (argument, part) in given.iter_mut().zip(parts) {
            if let Some(part) = part {
                *argument = self.assembly_argument(part)?;
            }
        }
        if let ("movwt", [register, Argument::Number(number), _]) = (text, given) {
            for (half, number) in [("movw", number & 0xffff), ("movt", number >> 16)] {
                match inline_thumb::encode(half, &[register, Argument::Number(number)]) {
                    Ok(bits) => inline_thumb::put(code, bits),
                    Err(_) => return Err(self.expected(arguments, text, "' expects a register")),
                }
            }
            return Ok(());
        }
        let given = given.get(..count).unwrap_or(&[Argument::Other; MOST]);
        match inline_thumb::encode(text, given) {
            Ok(bits) if count <= MOST => {
                inline_thumb::put(code, bits);
                Ok(())
            }
            Err(fault) if fault != Fault::Unknown => Err(self.expected(arguments, text, fault_text(fault))),
            _ => {
                let parts = [Text("unsupported Thumb instruction '"), Text(text), Text("' with "), Int(count as isize)];
                Err(self.vm.raise(&SYNTAX_ERROR, &[parts[0], parts[1], parts[2], parts[3], Text(" arguments")]))
            }
        }
    }

    #[cold]
    fn expected(&self, _: Node, name: &str, what: &str) -> Raised {
        self.vm.raise(&SYNTAX_ERROR, &[Text("'"), Text(name), Text(what)])
    }

    /// `align(n)` and `data(size, …)`.
    fn directive(&mut self, is_data: bool, arguments: Node, code: &mut Code) -> Outcome<()> {
        let mut size = None;
        for item in self.tree.children(arguments) {
            let Argument::Number(number) = self.assembly_argument(item)? else {
                return self.error(arguments, "expecting an integer");
            };
            let Some(size) = size else {
                if !(matches!(number, 1 | 2 | 4) || !is_data && number == 8) {
                    return self.error(arguments, "expecting a size of 1, 2 or 4 bytes");
                }
                size = Some(number as usize);
                continue;
            };
            code.put(&number.to_le_bytes()[..size]);
        }
        match size {
            Some(size) if !is_data => {
                while !code.len().is_multiple_of(size) {
                    code.put(&[0]);
                }
                Ok(())
            }
            Some(_) => Ok(()),
            None => self.error(arguments, "expecting a size of 1, 2 or 4 bytes"),
        }
    }

    /// An argument of an instruction.
    fn assembly_argument(&mut self, item: Item) -> Outcome<Argument> {
        match item {
            Item::Name(name) => {
                let text = self.vm.name_text(name.get());
                let special = match text {
                    "IPSR" => Some(Argument::Special(5)),
                    "BASEPRI" => Some(Argument::Special(17)),
                    "FPSCR" => Some(Argument::Status),
                    "APSR_nzcv" => Some(Argument::Flags),
                    _ => register(text).map(Argument::Register).or_else(|| numbered(text, 's', 32).map(Argument::Single)),
                };
                if let Some(found) = special {
                    return Ok(found);
                }
            }
            Item::Node(node) if node.kind() == Kind::Set => {
                let mut list = 0;
                for item in self.tree.children(node) {
                    match self.assembly_argument(item)? {
                        Argument::Register(register) => list |= 1 << register,
                        _ => return Ok(Argument::Other),
                    }
                }
                return Ok(Argument::List(list));
            }
            Item::Node(node) if node.kind() == Kind::List => {
                let [Some(base), Some(offset), None] = self.parts(node) else { return Ok(Argument::Other) };
                return Ok(match (self.assembly_argument(base)?, self.assembly_argument(offset)?) {
                    (Argument::Register(base), Argument::Number(offset)) => Argument::Memory(base, offset),
                    _ => Argument::Other,
                });
            }
            _ => {}
        }
        Ok(self.assembly_number(item)?.map_or(Argument::Other, |number| Argument::Number(number as u32)))
    }

    /// The value of a constant expression, whose parts may be larger than a small int.
    fn assembly_number(&mut self, item: Item) -> Outcome<Option<i64>> {
        if let Some(value) = self.fold(item)? {
            return Ok(Big::of(value, &Room::default()).map(|big| big.low_bits() as i64));
        }
        let Some(node) = as_node(item, Kind::Binary) else { return Ok(None) };
        self.vm.check_stack()?;
        let mut parts = self.tree.children(node);
        let Some(first) = parts.next() else { return Ok(None) };
        let mut value = self.assembly_number(first)?;
        while let (Some(Item::Token(operator)), Some(operand)) = (parts.next(), parts.next()) {
            let (Some(a), Some(b)) = (value, self.assembly_number(operand)?) else { return Ok(None) };
            value = match operator {
                Token::Plus => Some(a.wrapping_add(b)),
                Token::Minus => Some(a.wrapping_sub(b)),
                Token::Star => Some(a.wrapping_mul(b)),
                Token::ShiftLeft => Some(a.wrapping_shl(b as u32)),
                Token::ShiftRight => Some(a.wrapping_shr(b as u32)),
                Token::Ampersand => Some(a & b),
                Token::Bar => Some(a | b),
                Token::Caret => Some(a ^ b),
                _ => None,
            };
        }
        Ok(value)
    }
}

/// r0 to r15, and what some of them are called besides.
fn register(name: &str) -> Option<u8> {
    match name {
        "sl" => return Some(10),
        "fp" => return Some(11),
        "sp" => return Some(13),
        "lr" => return Some(14),
        "pc" => return Some(15),
        _ => {}
    }
    numbered(name, 'r', 16)
}

/// A letter and a number, of so many.
fn numbered(name: &str, letter: char, count: u8) -> Option<u8> {
    let number = match *name.strip_prefix(letter)?.as_bytes() {
        [digit @ b'0'..=b'9'] => digit - b'0',
        [tens @ b'1'..=b'9', digit @ b'0'..=b'9'] => 10 * (tens - b'0') + (digit - b'0'),
        _ => return None,
    };
    (number < count).then_some(number)
}

fn fault_text(fault: Fault) -> &'static str {
    match fault {
        Fault::Low => "' expects at most r7",
        Fault::Number => "' expects an integer",
        Fault::Range => "' has an integer that doesn't fit",
        Fault::Memory => "' expects an address of the form [a, b]",
        Fault::Special => "' expects a special register",
        Fault::List => "' expects {r0, r1, ...}",
        Fault::Single => "' expects one of s0 to s31",
        Fault::Register | Fault::Unknown => "' expects a register",
    }
}
