//! Errors of a computer's operating system, with its own words and the paths they are about, as CPython has them. Boards tell the number.

use super::*;

/// `OSError(number, said)` about these paths, two at the most: which file it was, and which other.
#[cold]
pub fn new(vm: &Vm, number: u16, said: &str, paths: &[Word]) -> Raised {
    match make(vm, number, said, paths) {
        Ok(exception) => vm.raise_word(exception),
        Err(raised) => raised,
    }
}

fn make(vm: &Vm, number: u16, said: &str, paths: &[Word]) -> Outcome {
    let number = number as isize;
    let exception = super::new(vm, detail::of_number(number), &[Word::int(number), vm.new_str(said)?])?;
    // That there is a place for a path makes it an error of the system: what a program made of a number is written with its name.
    name_paths(vm, exception, if paths.is_empty() { &[Word::NONE] } else { paths })?;
    Ok(exception)
}

fn name_paths(vm: &Vm, exception: Word, paths: &[Word]) -> Outcome<()> {
    [name!(filename), name!(filename2)].into_iter().zip(paths).try_for_each(|(name, path)| set_extra(vm, exception, name, *path))
}

/// What `FileNotFoundError(2, said, path)` and its kin, and classes that a program derives, are given behind the second argument is no
/// argument, but paths (and, between two, a number that is Windows'). `OSError` itself keeps all, as in MicroPython, which has none of
/// its kin.
pub fn set_paths(vm: &Vm, exception: Word, args: Args) -> Outcome<()> {
    let ty = vm.type_of(exception);
    let derived = class::is_class(ty) && vm.is_instance(exception, &OS_ERROR);
    match args.len() {
        2 if derived => name_paths(vm, exception, &[Word::NONE]),
        3..=5 if derived || detail::is_of_system(ty) => {
            let paths = [args.at(2), args.get(4).unwrap_or(Word::NONE)];
            set_args(vm, exception, &[args.at(0), args.at(1)])?;
            let count = paths.iter().take_while(|path| **path != Word::NONE).count();
            name_paths(vm, exception, &paths[..count.max(derived as usize)])
        }
        _ => Ok(()),
    }
}

/// Makes such an error of one that has a number alone; `said` knows the words. Anything else stays as it is.
#[cold]
pub fn tell(vm: &Vm, raised: Raised, paths: &[Word], said: impl FnOnce(u16) -> Outcome<Option<&'static str>>) -> Raised {
    let exception = vm.take_raised(raised);
    let number = match Handle::<Exception>::from(exception).map_or(&[][..], |_| arguments(this(exception))) {
        [number] if vm.is_instance(exception, &OS_ERROR) => number.get().as_int().and_then(|number| u16::try_from(number).ok()),
        _ => None,
    };
    match number.map(|number| said(number).map(|said| (number, said))) {
        Some(Ok((number, Some(said)))) => new(vm, number, said, paths),
        Some(Err(raised)) => raised,
        _ => vm.raise_word(exception),
    }
}

/// Writes `str` of such an error, and of the kin of `OSError` that has a number and a text; `false` for all others.
pub fn print(vm: &Vm, word: Word, args: &[Cell<Word>], out: &mut Printer) -> Outcome<bool> {
    let path = |name| extra(word).and_then(|dict| vm.name_in(dict, name));
    let ([number, said], paths) = (args, [path(name!(filename)), path(name!(filename2))]) else { return Ok(false) };
    if paths[0].is_none() && !detail::is_of_system(vm.type_of(word)) {
        return Ok(false);
    }
    out.text(vm, "[Errno ")?;
    out.word(vm, number.get(), Style::Str)?;
    out.text(vm, "] ")?;
    out.word(vm, said.get(), Style::Str)?;
    let paths = paths.into_iter().flatten().filter(|path| *path != Word::NONE);
    for (before, path) in [": ", " -> "].into_iter().zip(paths) {
        out.text(vm, before)?;
        out.word(vm, path, Style::Repr)?;
    }
    Ok(true)
}
