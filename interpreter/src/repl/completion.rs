//! Completion at the prompt: names in scope, attributes of objects, modules after `import`.

use super::write;
use crate::modules;
use crate::object::word::Word;
use crate::vm::{Outcome, Vm};

/// What Tab does.
pub(super) enum Answer {
    /// Nothing matches.
    Nothing,
    /// This text goes in at the cursor.
    Insert(Word),
    /// Several names match; they were shown.
    Listed,
}

/// Matches so far: how many, the first, and how long their common beginning is.
struct Matches<'a> {
    beginning: &'a str,
    count: usize,
    first: Word,
    common: usize,
}

impl Matches<'_> {
    fn offer(&mut self, vm: &Vm, name: Word) {
        let text = vm.text_of(name);
        // Private names show up only when they are asked for.
        if !text.starts_with(self.beginning) || (self.beginning.is_empty() && text.starts_with('_')) {
            return;
        }
        if self.count == 0 {
            (self.first, self.common) = (name, text.len());
        } else if vm.text_of(self.first) == text {
            return;
        } else {
            let shared = vm.text_of(self.first).bytes().zip(text.bytes()).take_while(|(a, b)| a == b).count();
            self.common = self.common.min(shared);
        }
        self.count += 1;
    }
}

/// Completes the name that `before`, the text left of the cursor, ends in.
pub(super) fn complete(vm: &Vm, before: &str) -> Outcome<Answer> {
    let is_name = |c: char| c == '_' || c == '.' || c.is_ascii_alphanumeric() || !c.is_ascii();
    let path = before.rfind(|c| !is_name(c)).map_or(before, |at| before[at..].trim_start_matches(|c| !is_name(c)));
    let (objects, beginning) = path.rsplit_once('.').unwrap_or(("", path));
    let statement = before.trim_ascii_start();
    let after_import = statement.starts_with("import ") || statement.starts_with("from ");
    if beginning.is_empty() && objects.is_empty() && !after_import {
        return Ok(Answer::Nothing);
    }
    // Nothing else begins so: the word that most sessions begin with.
    if let (true, Some(rest)) = (before.len() >= 2, "import ".strip_prefix(before)) {
        return Ok(Answer::Insert(vm.new_str(rest)?));
    }
    let mut names = vm.new_list(&[])?;
    let (words, _) = before.rsplit_once(' ').unwrap_or_default();
    if after_import && objects.is_empty() && !words.split(' ').skip(1).any(|word| word == "import") {
        for module in vm.port.modules().iter().chain(modules::ALL) {
            vm.call_method(names, name!(append), &[Word::name(module.name)])?;
        }
    } else if objects.is_empty() {
        vm.for_each(vm.main_globals()?.word(), &mut |name| vm.call_method(names, name!(append), &[name]).map(|_| ()))?;
        for row in modules::builtins::ROWS.iter() {
            vm.call_method(names, name!(append), &[row.name])?;
        }
    } else {
        let Some(object) = find(vm, objects)? else { return Ok(Answer::Nothing) };
        let Some(dir) = crate::object::kind::find_row(modules::builtins::ROWS, name!(dir)) else { return Ok(Answer::Nothing) };
        names = vm.call(dir, &[object])?;
    }
    answer(vm, names, beginning)
}

/// The object that a dotted path names, without running anything but attribute lookups.
fn find(vm: &Vm, path: &str) -> Outcome<Option<Word>> {
    let mut object = Word::UNSET;
    for part in path.split('.') {
        let Some(name) = vm.find_name(part) else { return Ok(None) };
        object = if object != Word::UNSET {
            vm.find_attribute(object, name)?
        } else if let Some(value) = vm.main_globals()?.map.get(vm, Word::name(name))? {
            value
        } else {
            crate::object::kind::find_row(modules::builtins::ROWS, name).unwrap_or(Word::UNSET)
        };
        if object == Word::UNSET {
            return Ok(None);
        }
    }
    Ok(Some(object))
}

fn answer(vm: &Vm, names: Word, beginning: &str) -> Outcome<Answer> {
    let mut matches = Matches { beginning, count: 0, first: Word::NONE, common: 0 };
    vm.for_each(names, &mut |name| {
        matches.offer(vm, name);
        Ok(())
    })?;
    if matches.count == 0 {
        return Ok(Answer::Nothing);
    }
    let text = vm.text_of(matches.first);
    let mut common = matches.common;
    while !text.is_char_boundary(common) {
        common -= 1;
    }
    if common > beginning.len() {
        return Ok(Answer::Insert(vm.new_str(&text[beginning.len()..common])?));
    }
    if matches.count == 1 {
        return Ok(Answer::Nothing);
    }
    list(vm, names, beginning)?;
    Ok(Answer::Listed)
}

/// Shows the matches in columns of 16 on lines of 80.
fn list(vm: &Vm, names: Word, beginning: &str) -> Outcome<()> {
    let (mut column, mut gap) = (0, 0);
    write(vm, "\r\n");
    vm.for_each(names, &mut |name| {
        let text = vm.text_of(name);
        if text.starts_with(beginning) && !(beginning.is_empty() && text.starts_with('_')) {
            let width = (text.len() + 2).next_multiple_of(16);
            if column + width > 80 {
                write(vm, "\r\n");
                (column, gap) = (0, 0);
            }
            (0..gap).for_each(|_| write(vm, " "));
            write(vm, text);
            gap = width - text.len();
            column += width;
        }
        Ok(())
    })?;
    write(vm, "\r\n");
    Ok(())
}
