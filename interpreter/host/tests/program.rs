//! The command line, as MicroPython's unix program has it: what runs, what it is told, how it ends.

use std::io::{BufRead, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

fn taipan(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
    command.args(arguments).env_remove("MICROPYPATH");
    command
}

#[track_caller]
fn run(command: &mut Command) -> (String, String, Option<i32>) {
    told(command.stdin(Stdio::null()).output().expect("the program starts"))
}

fn told(output: Output) -> (String, String, Option<i32>) {
    let text = |bytes| String::from_utf8(bytes).expect("text");
    (text(output.stdout), text(output.stderr), output.status.code())
}

/// What a program prints that ends well.
#[track_caller]
fn printed(command: &mut Command) -> String {
    let (stdout, stderr, code) = run(command);
    assert_eq!((stderr.as_str(), code), ("", Some(0)));
    stdout
}

/// A folder with these files.
fn folder(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    for (path, text) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("a folder can be made");
        std::fs::write(path, text).expect("a file can be written");
    }
    folder
}

#[test]
fn a_text_a_script_and_standard_input_run() {
    let folder = folder("runs", &[("script.py", "import sys\nprint(__name__, sys.argv)\n")]);
    assert_eq!(printed(&mut taipan(&["-c", "print('día', 6 * 7)"])), "día 42\n");
    let arguments = ["script.py", "one", "-x", "--two"];
    assert_eq!(printed(taipan(&arguments).current_dir(&folder)), "__main__ ['script.py', 'one', '-x', '--two']\n");
    let mut command = taipan(&[]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
    let mut input = child.stdin.take().expect("it was asked for");
    input.write_all(b"def f():\n    return 7\n\nprint(f())\n").expect("it takes input");
    drop(input);
    let (stdout, _, code) = told(child.wait_with_output().expect("it ends"));
    assert_eq!((stdout.as_str(), code), ("7\n", Some(0)));
}

#[test]
fn dash_m_runs_modules_and_packages() {
    let files = [("tool.py", "import sys\nprint(__name__, sys.argv)\n"), ("pack/__init__.py", "print('init')\n")];
    let folder = folder("modules", &files);
    assert_eq!(printed(taipan(&["-m", "tool", "word"]).current_dir(&folder)), "__main__ ['tool', 'word']\n");
    let (_, stderr, code) = run(taipan(&["-m", "nothing"]).current_dir(&folder));
    assert_eq!(code, Some(1));
    assert!(stderr.ends_with("taipan: No module named nothing\n"), "{stderr}");
}

#[test]
fn a_script_that_is_no_utf_8_is_told_so() {
    let folder = folder("encoding", &[("old.py", "")]);
    let told = |text: &[u8]| {
        std::fs::write(folder.join("old.py"), text).expect("the folder is there");
        run(taipan(&["old.py"]).current_dir(&folder)).1
    };
    let said = told(b"x = 1\nprint('caf\xe9')\n");
    let words = "SyntaxError: Non-UTF-8 code starting with '\\xe9' on line 2, but no encoding declared; \
        see https://peps.python.org/pep-0263/ for details\n";
    assert!(said.contains("line 2\n") && said.ends_with(words), "{said}");
    let said = told(b"# -*- coding: utf-8 -*-\nprint('caf\xe9')\n");
    assert!(said.ends_with("starting with '\\xe9' on line 2, though the encoding declared is UTF-8\n"), "{said}");
}

#[test]
fn a_source_is_in_the_encoding_that_it_declares() {
    let folder = folder("encodings", &[("main.py", "")]);
    let write = |name: &str, text: &[u8]| std::fs::write(folder.join(name), text).expect("the folder is there");
    write("main.py", b"#!/usr/bin/env taipan\n# -*- coding: latin-1 -*-\nprint(ascii('caf\xe9'))\nimport beside\n");
    write("beside.py", b"# vim: set fileencoding=cp1252 :\nprint(ascii('\x80'))\n");
    assert_eq!(printed(taipan(&["main.py"]).current_dir(&folder)), "'caf\\xe9'\n'\\u20ac'\n");
    let program = r##"
exec(b"# coding: koi8-r\nprint(ascii('\xc1'))")
exec("# coding: latin-1\nprint(ascii('\xe9'))")
exec(compile(b"\xef\xbb\xbf# coding: utf-8\nprint(ascii('\xc3\xa9'))", "marked", "exec"))
exec(b"print(1)\n# coding: nothing\n")
exec(b"'''\n# coding: nothing\n'''\nprint(2)")
for source in (
    b"# coding: nothing\n",
    b"# coding=ascii\nname = '\xe9'\n",
    b"\n# coding: hex\n",
    b"\xef\xbb\xbf# coding: Latin_1\n",
):
    try:
        compile(source, "bad.py", "exec")
    except SyntaxError as error:
        print(error.msg, error.filename, error.lineno, error.offset, error.text)
"##;
    let expected = "'\\u0430'\n'\\xe9'\n'\\xe9'\n1\n2\n\
        unknown encoding: nothing bad.py 0 -1 None\n\
        'ascii' codec can't decode byte 0xe9 in position 23: ordinal not in range(128) bad.py 0 -1 None\n\
        'hex' is not a text encoding; use codecs.decode() to handle arbitrary codecs bad.py 0 -1 None\n\
        encoding problem: iso-8859-1 with BOM bad.py 0 -1 None\n";
    assert_eq!(printed(&mut taipan(&["-c", program])), expected);
}

#[test]
fn modules_are_found_beside_the_script_and_on_the_path() {
    let files = [("here/script.py", "import beside, away\n"), ("here/beside.py", "print(1)\n"), ("far/away.py", "print(2)\n")];
    let folder = folder("path", &files);
    let mut command = taipan(&["here/script.py"]);
    assert_eq!(printed(command.current_dir(&folder).env("MICROPYPATH", "nowhere:far")), "1\n2\n");
    let path = printed(taipan(&["-c", "import sys; print(sys.path)"]).env("MICROPYPATH", "a:~/b").env("HOME", "/home/me"));
    assert_eq!(path, "['', 'a', '/home/me/b']\n");
}

#[test]
fn exit_codes_tell_how_a_program_ended() {
    let code = |source| run(&mut taipan(&["-c", source])).2;
    assert_eq!(code("pass"), Some(0));
    assert_eq!(code("1/0"), Some(1));
    assert_eq!(code("print('"), Some(1));
    assert_eq!(code("import sys; sys.exit()"), Some(0));
    assert_eq!(code("import sys; sys.exit(7)"), Some(7));
    assert_eq!(code("raise SystemExit(0)"), Some(0));
    assert_eq!(code("raise KeyboardInterrupt"), Some(1));
}

#[test]
fn tracebacks_go_to_the_error_stream() {
    let folder = folder("tracebacks", &[("bad.py", "def f():\n    return 1/0\n\nprint('before')\nf()\n")]);
    let (stdout, stderr, code) = run(taipan(&["bad.py"]).current_dir(&folder));
    assert_eq!((stdout.as_str(), code), ("before\n", Some(1)));
    let expected = "Traceback (most recent call last):\n  File \"bad.py\", line 5, in <module>\n  File \"bad.py\", line 2, in f\n\
        ZeroDivisionError: division by zero\n";
    assert_eq!(stderr, expected);
}

/// The error stream of a program that ends with an exception, without its traceback's places.
fn uncaught(source: &str) -> String {
    let (_, stderr, code) = run(&mut taipan(&["-c", source]));
    assert_eq!(code, Some(1), "{stderr}");
    stderr
        .lines()
        .filter(|line| !line.starts_with("Traceback") && !line.starts_with("  File"))
        .map(|line| line.to_owned() + "\n")
        .collect()
}

#[test]
fn the_name_that_was_probably_meant_is_told() {
    assert_eq!(uncaught("prnt(1)"), "NameError: name 'prnt' isn't defined. Did you mean: 'print'?\n");
    assert_eq!(uncaught("length = 1\nlenght"), "NameError: name 'lenght' isn't defined. Did you mean: 'length'?\n");
    assert_eq!(uncaught("[].apend(1)"), "AttributeError: 'list' object has no attribute 'apend'. Did you mean: 'append'?\n");
    let own = "class A:\n def __init__(self): self.value = 1\nA().Value";
    assert_eq!(uncaught(own), "AttributeError: 'A' object has no attribute 'Value'. Did you mean: 'value'?\n");
    let import = "ImportError: cannot import name 'sqr' from 'math' (unknown location). Did you mean: 'sqrt'?\n";
    assert_eq!(uncaught("from math import sqr"), import);
}

#[test]
fn names_far_from_any_and_errors_of_programs_have_no_hint() {
    assert_eq!(uncaught("bogus_and_far = nowhere_near"), "NameError: name 'nowhere_near' isn't defined\n");
    assert_eq!(uncaught("raise NameError('prnt')"), "NameError: prnt\n");
    let long = "x".repeat(41);
    assert_eq!(uncaught(&format!("{long} = 1\n{long}y")), format!("NameError: name '{long}y' isn't defined\n"));
    let failing = "class A:\n def __dir__(self): raise MemoryError\nA().value";
    assert_eq!(uncaught(failing), "AttributeError: 'A' object has no attribute 'value'\n");
}

#[test]
fn without_memory_for_a_hint_the_text_is_plain() {
    let full = "keep = []\ntry:\n    while 1: keep = (keep,)\nexcept MemoryError: pass\nprnt\n";
    let folder = folder("full", &[("full.py", full)]);
    let (_, stderr, _) = run(taipan(&["-X", "heapsize=64k", "full.py"]).current_dir(&folder));
    assert!(stderr.ends_with("NameError: name 'prnt' isn't defined\n"), "{stderr}");
}

#[test]
fn programs_see_the_plain_text() {
    let source = "import sys\ntry:\n prnt\nexcept NameError as error:\n print(error)\n sys.print_exception(error, sys.stdout)";
    let (stdout, _, _) = run(&mut taipan(&["-c", source]));
    assert!(stdout.starts_with("name 'prnt' isn't defined\n"), "{stdout}");
    assert!(stdout.ends_with("NameError: name 'prnt' isn't defined\n"), "{stdout}");
}

#[test]
fn a_syntax_error_shows_its_line_and_a_caret() {
    assert_eq!(
        uncaught("x = 1\nif x:\n    día = (1 +* 2)\n"),
        "    día = (1 +* 2)\n              ^\nSyntaxError: invalid syntax\n"
    );
    let folder = folder("carets", &[("main.py", "import broken\n"), ("broken.py", "x = 1\ny = 2 2\n")]);
    let (_, stderr, _) = run(taipan(&["main.py"]).current_dir(&folder));
    let expected = "Traceback (most recent call last):\n  File \"main.py\", line 1, in <module>\n  File \"broken.py\", line 2\n    \
        y = 2 2\n          ^\nSyntaxError: invalid syntax\n";
    assert_eq!(stderr, expected);
}

#[test]
fn what_is_not_there_is_said() {
    let (_, stderr, code) = run(&mut taipan(&["no-such-file.py"]));
    assert_ne!(code, Some(0));
    assert!(stderr.contains("no-such-file.py"), "{stderr}");
    let (_, stderr, code) = run(&mut taipan(&["-X", "nonsense"]));
    assert_ne!(code, Some(0));
    assert!(stderr.contains("nonsense"), "{stderr}");
}

#[test]
fn a_small_heap_is_a_memory_error() {
    let (_, stderr, code) = run(&mut taipan(&["-X", "heapsize=64K", "-c", "x = []\nwhile True: x.append('12' * 50)"]));
    assert_eq!(code, Some(1));
    assert!(stderr.contains("MemoryError"), "{stderr}");
}

#[test]
fn dash_o_saves_what_an_import_loads() {
    let module = "def double(x):\n    return [x, x]\nprint(__name__, __file__.rsplit('/')[-1])\n";
    let folder = folder("saved", &[("made.py", module), ("old.mpy", "M\x06\x00\x1f"), ("cut.mpy", "TPY\x02\x05")]);
    assert_eq!(printed(taipan(&["-o", "made.mpy", "made.py"]).current_dir(&folder)), "");
    std::fs::remove_file(folder.join("made.py")).expect("it was written just now");
    let program = "import made; print(made.double(3))";
    assert_eq!(printed(taipan(&["-c", program]).current_dir(&folder)), "made made.mpy\n[3, 3]\n");
    let why = |module: &str| {
        let (_, stderr, code) = run(taipan(&["-c", &format!("import {module}")]).current_dir(&folder));
        assert_eq!(code, Some(1));
        stderr.lines().last().unwrap_or_default().to_owned()
    };
    assert_eq!(why("old"), "ValueError: incompatible .mpy file");
    assert_eq!(why("cut"), "ValueError: bad .mpy file: no end before this");
}

#[test]
fn an_interrupt_is_caught_around_the_loop_that_it_meets() {
    for loops in [
        "while True:\n        pass",
        "while True:\n        try:\n            1 / 0\n        except Exception as e:\n            continue",
    ] {
        let program = format!("try:\n    print('on', flush=True)\n    {loops}\nexcept KeyboardInterrupt:\n    print('caught')\n");
        let mut child = taipan(&["-c", &program]).stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut output = std::io::BufReader::new(child.stdout.take().expect("it was asked for"));
        let mut line = String::new();
        output.read_line(&mut line).expect("it prints");
        let id = child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("kill is there").success());
        output.read_to_string(&mut line).expect("it prints");
        assert_eq!((line.as_str(), child.wait().expect("it ends").code()), ("on\ncaught\n", Some(0)));
    }
}

#[test]
fn output_leaves_at_each_wait_and_when_asked() {
    let folder = folder("output", &[("begun", "")]);
    let text = "import os, sys\nprint('asked', flush=True)\n\
        while 'seen' not in os.listdir():\n    pass\n\
        print('question? ', end='')\nanswer = input()\nprint('end', answer)\n";
    let mut command = taipan(&["-c", text]);
    command.current_dir(&folder).stdin(Stdio::piped()).stdout(Stdio::piped());
    let _ = std::fs::remove_file(folder.join("seen"));
    let mut child = command.spawn().expect("the program starts");
    let mut output = child.stdout.take().expect("it was asked for");
    let mut expect = |text: &str| {
        let mut bytes = vec![0; text.len()];
        output.read_exact(&mut bytes).expect("so much is written");
        assert_eq!(String::from_utf8_lossy(&bytes), text);
    };
    expect("asked\n");
    std::fs::write(folder.join("seen"), "").expect("a file can be written");
    expect("question? ");
    child.stdin.take().expect("it was asked for").write_all(b"42\n").expect("it takes input");
    expect("end 42\n");
    assert!(child.wait().expect("it ends").success());
}

#[test]
fn errors_commands_and_files_come_after_what_was_printed_before() {
    let text = "import sys, os\nprint(1)\nprint(2, file=sys.stderr)\nprint(3)\nos.system('echo 4')\n\
        print(5, end='')\nopen(1, 'wb').write(b'6\\n')\nprint(7)\nfoo\n";
    let both = "exec \"$0\" -c \"$1\" 2>&1";
    let mut command = Command::new("/bin/sh");
    command.args(["-c", both, env!("CARGO_BIN_EXE_taipan"), text]);
    let (stdout, _, code) = run(&mut command);
    assert!(stdout.starts_with("1\n2\n3\n4\n56\n7\nTraceback"), "{stdout}");
    assert_eq!(code, Some(1));
}

#[test]
fn machine_has_timers_a_clock_and_sections_that_no_callback_interrupts() {
    let timers = "import machine\nseen = []\nt = machine.Timer(-1, period=1, callback=lambda t: seen.append(t))\n\
        while len(seen) < 3:\n    machine.idle()\nt.deinit()\nprint(t, seen[0] is t)\ndel seen[:]\n\
        before = machine.disable_irq()\nprint(before, machine.disable_irq())\n\
        t.init(mode=t.ONE_SHOT, period=1, callback=seen.append)\nimport time\nstart = time.ticks_ms()\n\
        while time.ticks_diff(time.ticks_ms(), start) < 5:\n    pass\nprint(len(seen))\nmachine.enable_irq(before)\n\
        while not seen:\n    machine.idle()\nprint(len(seen), hasattr(machine, 'Pin'))\n";
    let printed_by_timers = "Timer(-1, mode=PERIODIC, period=1) True\nTrue False\n0\n1 False\n";
    assert_eq!(printed(&mut taipan(&["-c", timers])), printed_by_timers);
    let clock = "import machine, time\nrtc = machine.RTC()\nrtc.datetime((2031, 5, 17, 0, 8, 30, 15, 255))\n\
        print(rtc.datetime()[:6], time.time() - time.mktime((2031, 5, 17, 8, 30, 15, 0, 0)) < 60)\n\
        try:\n    rtc.datetime((2031, 13, 1, 0, 0, 0, 0, 0))\nexcept ValueError as error:\n    print(error)\n";
    let printed_by_clock = "(2031, 5, 17, 6, 8, 30) True\nno such date: years from 2000 to 2099, months and days from 1\n";
    assert_eq!(printed(taipan(&["-c", clock]).env("TZ", "UTC")), printed_by_clock);
}

#[test]
fn a_signal_of_a_pin_that_is_written_in_python_reads_what_that_answers() {
    let program = "import machine\nclass Pin(machine.PinBase):\n    def value(self, level=None):\n        return 42 if level is None else print(level)\n\
        class Mine(machine.Signal):\n    pass\nsignal = Mine(Pin())\nprint(signal(), machine.Signal(Pin(), invert=True).value())\nsignal.on()\nsignal(0)\n";
    assert_eq!(printed(&mut taipan(&["-c", program])), "42 43\n1\n0\n");
}

#[test]
fn memory_that_a_reset_of_the_interpreter_leaves_as_it_is() {
    let program = "import machine\nmemory = machine.mem_backup()\nmemory[0], memory[-1] = 7, 255\nregions = machine.mem_backup(-1)\n\
        print(len(regions), bytes(regions[0][:2]), machine.mem_backup(0)[-1], len(memory), memory.itemsize)\n\
        for region in (1, -2):\n    try:\n        machine.mem_backup(region)\n    except ValueError as error:\n        print(error)\n";
    let printed_by_it = "1 b'\\x07\\x00' 255 4096 1\nthere is no such region; mem_backup(-1) has them all\n\
        there is no such region; mem_backup(-1) has them all\n";
    assert_eq!(printed(&mut taipan(&["-c", program])), printed_by_it);
}

#[test]
fn help_lists_the_modules_that_need_no_file() {
    let listed = printed(&mut taipan(&["-c", "help('modules')"]));
    let (modules, files) = listed.trim_end().rsplit_once('\n').expect("several lines");
    assert_eq!(files, "and those that lie in files");
    let names: Vec<_> = modules.split_whitespace().collect();
    assert!(["__main__", "builtins", "machine", "sys", "unittest"].iter().all(|name| names.contains(name)), "{names:?}");
    assert!(!names.iter().any(|name| name.contains('/') || *name == "_os"), "{names:?}");
    // Columns are read downwards.
    let first_column: Vec<_> = modules.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(first_column.is_sorted(), "{first_column:?}");
    let import = format!("for name in {names:?}:\n    __import__(name)\n");
    assert_eq!(printed(&mut taipan(&["-c", &import])), "");
}
