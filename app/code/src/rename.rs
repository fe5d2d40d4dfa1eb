//! A name gets another one: in its text, and if other files of the project import it, in all of them.
//!
//! Of another file those places count that lead to the very definition: names behind `from … import`, attributes of the module, and what
//! was imported under the same name. A file that gave it a name of its own (`as`) keeps that.

use crate::ask;
use crate::meaning::{File, Member, World};
use crate::piece::{Bytes, children};
use crate::scope::{BindingId, BindingKind, ScopeId};
use std::path::Path;
use std::sync::Arc;

/// Why a name cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// There is no name of this project at the place.
    NothingHere,
    /// The new one is not a name.
    NotAName,
    /// The scope has that name already.
    Taken,
}

/// What is renamed.
pub enum Target {
    /// A name of one text.
    Own(BindingId),
    /// A name of a module: its file, and where it is bound there first.
    Shared(Arc<File>, Bytes),
}

/// What the name at a byte is. What a module of the board is called, nobody here can change; what a text calls it (`as`), its author can.
pub fn target(world: &World, file: &Arc<File>, at: usize) -> Result<Target, Refusal> {
    let Some((_, Some(binding))) = file.scopes().name_at(at, &file.text) else { return imported(world, file, at) };
    let bound = file.scopes().binding(binding);
    match &bound.kind {
        BindingKind::Module(module) if *module == bound.name => Err(Refusal::NothingHere),
        BindingKind::Member { member, .. } if *member == bound.name => imported(world, file, at),
        BindingKind::Module(_) | BindingKind::Member { .. } => Ok(Target::Own(binding)),
        _ if bound.scope == ScopeId::MODULE && file.path.is_some() => Ok(Target::Shared(file.clone(), bound.place)),
        _ => Ok(Target::Own(binding)),
    }
}

/// The name of another file's module that stands at a byte.
fn imported(world: &World, file: &Arc<File>, at: usize) -> Result<Target, Refusal> {
    let definition = ask::look(world, file, at).and_then(|(bytes, member)| Some((bytes, member.definition?)));
    match definition {
        Some((bytes, (home, place))) if home.path.is_some() && home.text.of(place.clone()) == file.text.of(bytes.clone()) => {
            bound_by_module(&home, &place).ok_or(Refusal::NothingHere)?;
            Ok(Target::Shared(home, place))
        }
        _ => Err(Refusal::NothingHere),
    }
}

/// The binding of a module's scope that begins at these bytes.
pub fn bound_by_module(file: &File, place: &Bytes) -> Option<BindingId> {
    let (found, binding) = file.scopes().name_at(place.start, &file.text)?;
    binding.filter(|binding| found == *place && file.scopes().binding(*binding).scope == ScopeId::MODULE)
}

/// All places of one binding of a file.
pub fn own(file: &File, binding: BindingId, name: &str) -> Result<Vec<Bytes>, Refusal> {
    let scopes = file.scopes();
    let uses = || scopes.uses(&file.text).filter(|it| it.binding == Some(binding));
    // Wherever it is read, the new name must not mean something else.
    let bound = scopes.binding(binding);
    let is_taken =
        std::iter::once(bound.scope).chain(uses().map(|it| it.scope)).any(|scope| scopes.resolve(name, scope).is_some());
    if is_taken {
        return Err(Refusal::Taken);
    }
    let mut places: Vec<_> = scopes.places(binding).chain(uses().map(|it| it.range)).collect();
    if bound.scope == ScopeId::MODULE {
        places.extend(offered(file, &bound.name));
    }
    Ok(places)
}

/// A name in the list `__all__`.
fn offered(file: &File, name: &str) -> Vec<Bytes> {
    let statements = children(file.text.root()).into_iter().filter(|node| node.kind() == "expression_statement");
    let assigned = statements.filter_map(|node| node.named_child(0)).filter(|node| {
        let left = node.child_by_field_name("left");
        left.is_some_and(|left| file.text.of(left.byte_range()) == "__all__")
    });
    let lists = assigned.filter_map(|node| node.child_by_field_name("right"));
    let strings = lists.flat_map(children).flat_map(children).filter(|node| node.kind() == "string_content");
    strings.map(|node| node.byte_range()).filter(|range| file.text.of(range.clone()) == name).collect()
}

/// The places of a file, other than its home, that lead to a module's name.
pub fn elsewhere(
    world: &World,
    file: &Arc<File>,
    home: &Path,
    place: &Bytes,
    old: &str,
    new: &str,
) -> Result<Vec<Bytes>, Refusal> {
    let (scopes, text) = (file.scopes(), &file.text);
    let leads = |member: Option<Member>| {
        let definition = member.and_then(|member| member.definition);
        definition.is_some_and(|(file, found)| file.path.as_deref() == Some(home) && found == *place)
    };
    let of_module = |module: &str| leads(world.module(module).and_then(|module| world.member(&module, old)));
    let mut places = Vec::new();
    for (module, range) in scopes.imported() {
        if text.of(range.clone()) == old && of_module(module) {
            places.push(range);
        }
    }
    for binding in scopes.all() {
        let bound = scopes.binding(binding);
        if &*bound.name == old
            && matches!(&bound.kind, BindingKind::Member { module, member } if &**member == old && of_module(module))
        {
            places.extend(own(file, binding, new)?);
        }
    }
    if scopes.stars().any(|module| of_module(module)) {
        let uses = scopes.uses(text).filter(|it| it.binding.is_none() && text.of(it.range.clone()) == old);
        places.extend(uses.map(|it| it.range));
    }
    let mut waiting = vec![text.root()];
    while let Some(node) = waiting.pop() {
        waiting.extend(children(node));
        let Some(attribute) = node.child_by_field_name("attribute").filter(|it| text.of(it.byte_range()) == old) else {
            continue;
        };
        if leads(ask::look(world, file, attribute.start_byte()).map(|(_, member)| member)) {
            places.push(attribute.byte_range());
        }
    }
    Ok(places)
}
