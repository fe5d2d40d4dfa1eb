//! Replays the inputs worth keeping, each on a thread with a stack of known size.

use std::path::Path;

#[test]
fn no_kept_input_breaks_the_interpreter() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for target in fuzz::TARGETS {
        let inputs = std::fs::read_dir(folder.join(target.name)).unwrap_or_else(|error| panic!("{}: {error}", target.name));
        let mut ready = fuzz::Ready::new(target);
        let mut count = 0;
        for input in inputs.map(|entry| entry.expect("a folder can be read").path()) {
            println!("{}", input.display());
            ready.run(&std::fs::read(&input).expect("an input can be read"));
            count += 1;
        }
        assert!(count > 0, "{} has a corpus", target.name);
    }
}
