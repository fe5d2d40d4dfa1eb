//! Which name means what: Python's scopes.
//!
//! A text's scopes are its statements' (`piece`), put together: each statement binds names of the module, and reads names that others
//! bind. A use is resolved as Python does (local, enclosing functions but not classes, module). What is left over is a builtin or
//! unknown: the caller knows the builtins. Pieces of statements that an edit did not touch are taken over, so a letter costs what its own
//! statement costs, and one pass over the module's names.

use crate::piece::{self, Bytes, Definition, Piece, ScopeKind};
use crate::text::{Statement, Text};
use std::collections::HashMap;
use std::sync::Arc;

/// All scopes of a text.
#[derive(Default)]
pub struct Scopes {
    placed: Vec<Placed>,
    /// The names of the module, and which of `bindings` each is.
    names: HashMap<Arc<str>, usize>,
    /// For each name of the module, every piece that binds it, and as which of its bindings.
    bindings: Vec<Vec<(usize, usize)>>,
    /// Bytes of the text.
    length: usize,
}

/// A piece, and where it stands now.
struct Placed {
    statement: Statement,
    piece: Arc<Piece>,
}

/// One scope of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ScopeId {
    piece: usize,
    scope: usize,
}

/// A name of a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BindingId {
    /// One of the module's.
    Module(usize),
    /// One of a scope inside a statement.
    Inner {
        /// The statement.
        piece: usize,
        /// Which of its bindings.
        binding: usize,
    },
}

/// How a name is bound.
#[derive(Debug, Clone)]
pub struct Binding {
    /// The name.
    pub name: Arc<str>,
    /// What it is; of several, the first.
    pub kind: BindingKind,
    /// Its scope.
    pub scope: ScopeId,
    /// Where it is bound first: the name alone.
    pub place: Bytes,
    /// Whether it is bound there alone.
    pub is_only: bool,
}

pub use crate::piece::BindingKind;

/// A name that is read.
pub struct Use {
    /// Where.
    pub range: Bytes,
    /// In which scope.
    pub scope: ScopeId,
    /// What it means; nothing for builtins and unknown names.
    pub binding: Option<BindingId>,
    /// Whether the compiler knows it without a binding.
    pub is_given: bool,
}

impl ScopeId {
    /// The whole text's.
    pub const MODULE: ScopeId = ScopeId { piece: 0, scope: piece::MODULE };

    /// A scope of a piece.
    fn of(piece: usize, scope: usize) -> ScopeId {
        if scope == piece::MODULE { ScopeId::MODULE } else { ScopeId { piece, scope } }
    }
}

impl Scopes {
    /// The scopes of a text; `before` are those that it had before it was edited.
    pub fn new(text: &Text, before: Option<&Scopes>) -> Scopes {
        let mut before = before.map_or(&[][..], |before| &before.placed).iter();
        let newest = before.as_slice().iter().map(|placed| placed.statement.id).max();
        let root = text.root();
        let mut cursor = root.walk();
        let mut found = Scopes { length: text.source().len(), ..Scopes::default() };
        // Statements that were there keep their order, and new ones have greater numbers than all before.
        for (node, statement) in root.named_children(&mut cursor).zip(text.statements()) {
            let known =
                (newest >= Some(statement.id)).then(|| before.find(|placed| placed.statement.id == statement.id)).flatten();
            let piece = known.map_or_else(|| Arc::new(Piece::new(node, text.source())), |placed| placed.piece.clone());
            found.place(statement.clone(), piece);
        }
        found
    }

    fn place(&mut self, statement: Statement, piece: Arc<Piece>) {
        let number = self.placed.len();
        for (index, binding) in piece.bindings.iter().enumerate().filter(|(_, binding)| binding.scope == piece::MODULE) {
            let fresh = self.bindings.len();
            let known = *self.names.entry(binding.name.clone()).or_insert(fresh);
            if known == fresh {
                self.bindings.push(Vec::with_capacity(1));
            }
            self.bindings[known].push((number, index));
        }
        self.placed.push(Placed { statement, piece });
    }

    /// The modules of every `from … import *`: their names are bound as well.
    pub fn stars(&self) -> impl Iterator<Item = &Arc<str>> {
        self.placed.iter().flat_map(|placed| &placed.piece.stars)
    }

    /// Where imports name a module that must be there; of a dotted name its first part.
    pub fn wanted(&self) -> impl Iterator<Item = Bytes> {
        let pieces = self.placed.iter().enumerate();
        pieces.flat_map(move |(number, placed)| placed.piece.wanted.iter().map(move |place| self.absolute(number, place)))
    }

    /// Every `await` in a function that does not say `async`.
    pub fn odd_awaits(&self) -> impl Iterator<Item = Bytes> {
        let pieces = self.placed.iter().enumerate();
        pieces.flat_map(move |(number, placed)| placed.piece.odd_awaits.iter().map(move |place| self.absolute(number, place)))
    }

    /// The functions and classes of the text, in their order.
    pub fn definitions(&self) -> impl Iterator<Item = Definition> {
        self.placed.iter().enumerate().flat_map(move |(number, placed)| {
            placed.piece.definitions.iter().map(move |it| Definition {
                range: self.absolute(number, &it.range),
                name: self.absolute(number, &it.name),
                ..*it
            })
        })
    }

    fn piece(&self, number: usize) -> &Piece {
        &self.placed[number].piece
    }

    /// A part of a piece as a part of the text.
    fn absolute(&self, piece: usize, place: &Bytes) -> Bytes {
        shifted(place, self.placed[piece].statement.range.start)
    }

    /// What made a scope.
    pub fn kind(&self, scope: ScopeId) -> ScopeKind {
        if scope == ScopeId::MODULE { ScopeKind::Module } else { self.piece(scope.piece).scopes[scope.scope].kind }
    }

    /// Whether a scope's code is viper's, where machine types have names.
    pub fn is_viper(&self, scope: ScopeId) -> bool {
        scope != ScopeId::MODULE && self.piece(scope.piece).scopes[scope.scope].is_viper
    }

    /// The scope around one.
    pub fn parent(&self, scope: ScopeId) -> Option<ScopeId> {
        if scope == ScopeId::MODULE {
            return None;
        }
        self.piece(scope.piece).scopes[scope.scope].parent.map(|outer| ScopeId::of(scope.piece, outer))
    }

    /// The part of the text that a scope covers.
    pub fn range(&self, scope: ScopeId) -> Bytes {
        if scope == ScopeId::MODULE {
            return 0..self.length;
        }
        self.absolute(scope.piece, &self.piece(scope.piece).scopes[scope.scope].range)
    }

    /// What a name means in a scope.
    pub fn resolve(&self, name: &str, scope: ScopeId) -> Option<BindingId> {
        let inner = (scope != ScopeId::MODULE).then(|| self.piece(scope.piece).resolve(name, scope.scope)).flatten();
        let inner = inner.filter(|binding| self.piece(scope.piece).bindings[*binding].scope != piece::MODULE);
        inner.map(|binding| BindingId::Inner { piece: scope.piece, binding }).or_else(|| self.of_module(name))
    }

    fn of_module(&self, name: &str) -> Option<BindingId> {
        self.names.get(name).map(|number| BindingId::Module(*number))
    }

    /// Every piece that binds a name, and as which of its bindings; the first one, and the others.
    fn bound(&self, id: BindingId) -> ((usize, usize), &[(usize, usize)]) {
        match id {
            BindingId::Module(number) => (self.bindings[number][0], &self.bindings[number][1..]),
            BindingId::Inner { piece, binding } => ((piece, binding), &[]),
        }
    }

    /// What is known of a binding.
    pub fn binding(&self, id: BindingId) -> Binding {
        let ((piece, index), others) = self.bound(id);
        let binding = &self.piece(piece).bindings[index];
        let kind = match &binding.kind {
            BindingKind::Function(range) => BindingKind::Function(self.absolute(piece, range)),
            BindingKind::Class(range) => BindingKind::Class(self.absolute(piece, range)),
            other => other.clone(),
        };
        Binding {
            name: binding.name.clone(),
            kind,
            scope: ScopeId::of(piece, binding.scope),
            place: self.absolute(piece, &binding.places[0]),
            is_only: others.is_empty() && binding.places.len() == 1,
        }
    }

    /// Everywhere that a name is bound.
    pub fn places(&self, id: BindingId) -> impl Iterator<Item = Bytes> {
        let (first, others) = self.bound(id);
        std::iter::once(first).chain(others.iter().copied()).flat_map(move |(piece, binding)| {
            self.piece(piece).bindings[binding].places.iter().map(move |place| self.absolute(piece, place))
        })
    }

    /// The names of one scope.
    pub fn names(&self, scope: ScopeId) -> Vec<BindingId> {
        if scope == ScopeId::MODULE {
            return (0..self.bindings.len()).map(BindingId::Module).collect();
        }
        let names = self.piece(scope.piece).scopes[scope.scope].names.values();
        names.map(|binding| BindingId::Inner { piece: scope.piece, binding: *binding }).collect()
    }

    /// Everything that can be named in a scope, inner first.
    pub fn visible(&self, scope: ScopeId) -> impl Iterator<Item = BindingId> {
        let outwards = std::iter::successors(self.parent(scope), |outer| self.parent(*outer));
        let outer = outwards.filter(|outer| self.kind(*outer) != ScopeKind::Class);
        std::iter::once(scope).chain(outer).flat_map(|scope| self.names(scope))
    }

    /// The bindings of all scopes.
    pub fn all(&self) -> impl Iterator<Item = BindingId> {
        let inner = self.placed.iter().enumerate().flat_map(|(piece, placed)| {
            let bindings = placed.piece.bindings.iter().enumerate();
            let inner = bindings.filter(|(_, binding)| binding.scope != piece::MODULE);
            inner.map(move |(binding, _)| BindingId::Inner { piece, binding })
        });
        (0..self.bindings.len()).map(BindingId::Module).chain(inner)
    }

    /// Every use of a name.
    pub fn uses<'s>(&'s self, text: &'s Text) -> impl Iterator<Item = Use> + 's {
        self.placed.iter().enumerate().flat_map(move |(number, placed)| {
            placed.piece.uses.iter().map(move |it| {
                let range = self.absolute(number, &it.range);
                let inner = it.binding.map(|binding| BindingId::Inner { piece: number, binding });
                let binding = inner.or_else(|| self.of_module(text.of(range.clone())));
                Use { range, scope: ScopeId::of(number, it.scope), binding, is_given: it.is_given }
            })
        })
    }

    /// Every attribute of a name that is read: the name's place, its scope, the attribute's place.
    pub fn attributes(&self) -> impl Iterator<Item = (Bytes, ScopeId, Bytes)> {
        self.placed.iter().enumerate().flat_map(move |(number, placed)| {
            placed.piece.attributes.iter().map(move |it| {
                (self.absolute(number, &it.object), ScopeId::of(number, it.scope), self.absolute(number, &it.name))
            })
        })
    }

    /// Every name behind `from … import`: the module, and the place.
    pub fn imported(&self) -> impl Iterator<Item = (&Arc<str>, Bytes)> {
        let pieces = self.placed.iter().enumerate();
        pieces.flat_map(move |(number, placed)| {
            placed.piece.imported.iter().map(move |it| (&it.module, self.absolute(number, &it.name)))
        })
    }

    /// The pieces that a byte touches, the last first; each with the byte as it counts.
    fn touching(&self, byte: usize) -> impl Iterator<Item = (usize, usize)> {
        let end = self.placed.partition_point(|placed| placed.statement.range.start <= byte);
        let last = (0..end).rev().take_while(move |number| byte <= self.placed[*number].statement.range.end);
        last.map(move |number| (number, byte - self.placed[number].statement.range.start))
    }

    /// The innermost scope at a byte. The end of a scope belongs to it: one types there.
    pub fn at(&self, byte: usize) -> ScopeId {
        let scope = self.touching(byte).find_map(|(number, byte)| {
            let scopes = &self.piece(number).scopes;
            // An inner scope comes behind the one around it.
            let scope = scopes.iter().rposition(|scope| scope.range.start <= byte && byte <= scope.range.end);
            scope.filter(|scope| *scope != piece::MODULE).map(|scope| ScopeId::of(number, scope))
        });
        scope.unwrap_or(ScopeId::MODULE)
    }

    /// The scope that a definition opened: the one that covers exactly its bytes.
    pub fn of_definition(&self, definition: &Bytes) -> Option<ScopeId> {
        self.touching(definition.start).find_map(|(number, start)| {
            let range = start..start + definition.len();
            let scopes = self.piece(number).scopes.iter().enumerate().skip(1);
            scopes.into_iter().find(|(_, scope)| scope.range == range).map(|(scope, _)| ScopeId::of(number, scope))
        })
    }

    /// The binding or use at a byte: its place, and what it means.
    pub fn name_at(&self, byte: usize, text: &Text) -> Option<(Bytes, Option<BindingId>)> {
        self.touching(byte).find_map(|(number, byte)| {
            let touches = |range: &&Bytes| range.start <= byte && byte <= range.end;
            let piece = self.piece(number);
            let bound = piece.bindings.iter().enumerate().find_map(|(index, binding)| {
                let place = self.absolute(number, binding.places.iter().find(touches)?);
                let inner = BindingId::Inner { piece: number, binding: index };
                Some((place, if binding.scope == piece::MODULE { self.of_module(&binding.name) } else { Some(inner) }))
            });
            let used = || {
                let found = piece.uses.iter().find(|it| touches(&&it.range))?;
                let place = self.absolute(number, &found.range);
                let inner = found.binding.map(|binding| BindingId::Inner { piece: number, binding });
                let binding = inner.or_else(|| self.of_module(text.of(place.clone())));
                Some((place, binding))
            };
            bound.or_else(used)
        })
    }
}

fn shifted(place: &Bytes, by: usize) -> Bytes {
    place.start + by..place.end + by
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each use as `name@line → line of its first binding`, `?` where it has none.
    fn uses(source: &str) -> String {
        let text = Text::new(source.into());
        let found = Scopes::new(&text, None);
        let line = |byte: usize| source[..byte].matches('\n').count() + 1;
        let mut lines: Vec<_> = found.uses(&text).collect();
        lines.sort_by_key(|it| it.range.start);
        let shown = lines.iter().map(|it| {
            let to = it.binding.map_or("?".into(), |binding| line(found.binding(binding).place.start).to_string());
            format!("{}@{}→{to}", &source[it.range.clone()], line(it.range.start))
        });
        shown.collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn functions_see_enclosing_functions_and_the_module_but_no_class() {
        let source = "x = 1\nclass C:\n    x = 2\n    y = x\n    def f(self):\n        return x\ndef g():\n    x = 3\n    def h():\n        return x\n    return h\n";
        assert_eq!(uses(source), "x@4→3 x@6→1 x@10→8 h@11→9");
    }

    #[test]
    fn global_and_nonlocal() {
        let source = "n = 0\ndef f():\n    global n\n    n = 1\n    m = 2\n    def g():\n        nonlocal m\n        m = n\n    return g\n";
        assert_eq!(uses(source), "n@3→1 m@7→5 n@8→1 g@9→6");
    }

    #[test]
    fn comprehensions_and_the_walrus() {
        assert_eq!(uses("a = [b for b in range(3) if (c := b)]\nb\nc\n"), "b@1→1 range@1→? b@1→1 b@2→? c@3→1");
    }

    #[test]
    fn parameters_defaults_and_annotations() {
        let source = "d = 1\ndef f(a, b=d, *args, c: int = 2, **kw) -> str:\n    return a, b, args, c, kw\nlambda p: p\n";
        assert_eq!(uses(source), "d@2→1 int@2→? str@2→? a@3→2 b@3→2 args@3→2 c@3→2 kw@3→2 p@4→4");
    }

    #[test]
    fn targets_of_statements() {
        let source = "import a.b, c as d\nfrom e import f as g\nfor i, (j, *k) in []: pass\nwith open() as h: pass\ntry: pass\nexcept E as l: l\nx.y = z[0] = 1\n(a, d, g, i, j, k, h)\n";
        assert_eq!(uses(source), "open@4→? E@6→? l@6→6 x@7→? z@7→? a@8→1 d@8→1 g@8→2 i@8→3 j@8→3 k@8→3 h@8→4");
    }

    #[test]
    fn patterns_capture_names_and_read_classes() {
        let source = "match q:\n    case Point(x=a, y=0): a\n    case [b, *c]: b, c\n    case {'k': d, **e}: d, e\n    case m.N | 3 as f: f\n    case _: pass\n";
        assert_eq!(uses(source), "q@1→? Point@2→? a@2→2 b@3→3 c@3→3 d@4→4 e@4→4 m@5→? f@5→5");
    }

    #[test]
    fn deep_nesting_does_not_overflow() {
        let source = "(".repeat(20_000);
        Scopes::new(&Text::new(source), None);
    }
}
