//! The prompt, as a person at a terminal has it.

mod terminal;

use terminal::Terminal;

const UP: &str = "\x1b[A";
const LEFT: &str = "\x1b[D";

fn prompt() -> Terminal {
    let mut terminal = Terminal::open(&[]);
    terminal.expect("Taipan");
    terminal.expect(">>> ");
    terminal
}

#[test]
fn expressions_show_their_values() {
    let mut terminal = prompt();
    assert_eq!(terminal.ask("6 * 7\r"), "42\r\n");
    assert_eq!(terminal.ask("'día'\r"), "'día'\r\n");
    assert_eq!(terminal.ask("None\r"), "");
    assert_eq!(terminal.ask("_ + 'na'\r"), "'díana'\r\n");
}

#[test]
fn values_are_shown_while_the_heap_is_locked_and_by_a_hook_of_the_program() {
    let mut terminal = prompt();
    terminal.ask("import micropython, sys\r");
    terminal.ask("micropython.heap_lock()\r");
    assert_eq!(terminal.ask("1+1\r"), "2\r\n");
    terminal.ask("micropython.heap_unlock()\r");
    terminal.ask("sys.displayhook = lambda value: print('shown', value)\r");
    assert_eq!(terminal.ask("6 * 7\r"), "shown 42\r\n");
    assert_eq!(terminal.ask("None\r"), "shown None\r\n");
}

#[test]
fn errors_are_told_with_hints() {
    let mut terminal = prompt();
    let told = terminal.ask("prnt\r");
    assert!(told.ends_with("NameError: name 'prnt' isn't defined. Did you mean: 'print'?\r\n"), "{told:?}");
    let told = terminal.ask("1 +* 2\r");
    let expected = "  File \"<stdin>\", line 1\r\n    1 +* 2\r\n       ^\r\nSyntaxError: invalid syntax\r\n";
    assert!(told.ends_with(expected), "{told:?}");
}

#[test]
fn errors_of_what_is_pasted_are_told_plainly() {
    let mut terminal = prompt();
    terminal.press("\x05");
    terminal.expect("=== ");
    let told = terminal.ask("prnt\x04");
    assert!(told.ends_with("NameError: name 'prnt' isn't defined\r\n"), "{told:?}");
}

#[test]
fn lines_are_edited_and_remembered() {
    let mut terminal = prompt();
    assert_eq!(terminal.ask(&format!("12{LEFT}+{}\r", "\x05")), "3\r\n");
    assert_eq!(terminal.ask("'день'\x7f\x7f'\r"), "'ден'\r\n");
    assert_eq!(terminal.ask(&format!("{UP}{UP}*2\r")), "5\r\n", "1+2*2");
    assert_eq!(terminal.ask("nonsense\x15'kept'\r"), "'kept'\r\n");
}

#[test]
fn below_the_last_remembered_line_there_is_an_empty_one() {
    let mut terminal = prompt();
    // Four lines fill the room of the list to its end.
    for line in ["1", "2", "3", "4"] {
        terminal.ask(&format!("{line}\r"));
    }
    assert_eq!(terminal.ask("\x0e5\r"), "5\r\n");
}

#[test]
fn tab_completes_names_attributes_and_modules() {
    let mut terminal = prompt();
    assert_eq!(terminal.ask("im\tsy\t\r"), "");
    assert_eq!(terminal.ask("sys.byteo\t\r"), "'little'\r\n");
    assert_eq!(terminal.ask("prin\t('x')\r"), "x\r\n");
    terminal.press("sys.std\t");
    terminal.expect("sys.std\r\n");
    let listed = terminal.expect(">>> sys.std");
    assert!(["stdin", "stdout", "stderr"].iter().all(|name| listed.contains(name)), "{listed:?}");
}

#[test]
fn blocks_are_indented_and_end_with_an_empty_line() {
    let mut terminal = prompt();
    for line in ["def f(x):\r", "if x:\r", "return 'yes'\r"] {
        terminal.press(line);
        terminal.expect("... ");
    }
    terminal.press("\x7f\x7f");
    assert_eq!(terminal.ask("\r").trim(), "");
    assert_eq!(terminal.ask("f(1)\r"), "'yes'\r\n");
}

#[test]
fn paste_mode_takes_a_piece_of_source_as_it_is() {
    let mut terminal = prompt();
    terminal.press("\x05");
    terminal.expect("=== ");
    terminal.press("def f():\r    return 8\r\rprint(f())\r\x04");
    assert!(terminal.expect(">>> ").ends_with("8\r\n"));
}

#[test]
fn ctrl_c_stops_a_loop_and_a_sleep_and_empties_a_line() {
    let mut terminal = prompt();
    terminal.press("print('on'); exec('while True: pass')\r");
    terminal.expect("\r\non\r\n");
    terminal.press("\x03");
    assert!(terminal.expect(">>> ").contains("KeyboardInterrupt"));
    terminal.press("import time; print('asleep'); time.sleep(1000)\r");
    terminal.expect("\r\nasleep\r\n");
    terminal.press("\x03");
    assert!(terminal.expect(">>> ").contains("KeyboardInterrupt"));
    // Pressed before the program runs, behind the line that starts it.
    terminal.press("while True: pass\r\r\x03");
    assert!(terminal.expect("KeyboardInterrupt").contains("... "));
    terminal.expect(">>> ");
    terminal.press("1/0\x03");
    terminal.expect("\r\n>>> ");
    assert_eq!(terminal.ask("1\r"), "1\r\n");
}

#[test]
fn input_edits_a_line() {
    let mut terminal = prompt();
    terminal.press("input('name? ')\r");
    terminal.expect("\r\nname? ");
    assert_eq!(terminal.ask("Adx\x7fa\r"), "'Ada'\r\n");
}

#[test]
fn the_prompt_ends_with_a_code() {
    let mut terminal = prompt();
    terminal.press("\x04");
    assert_eq!(terminal.ended().code(), Some(0));
    let mut terminal = prompt();
    terminal.press("raise SystemExit(3)\r");
    assert_eq!(terminal.ended().code(), Some(3));
}

#[test]
fn dash_i_shows_the_prompt_after_the_program() {
    let mut terminal = Terminal::open(&["-i", "-c", "kept = 9"]);
    terminal.expect(">>> ");
    assert_eq!(terminal.ask("kept\r"), "9\r\n");
}

#[test]
fn a_program_changes_its_terminal_and_puts_it_back() {
    let mut terminal = Terminal::open(&[
        "-c",
        "import sys, termios\n\
         before = termios.tcgetattr(0)\n\
         print(len(before), len(before[6]), before[3] & termios.ICANON != 0, before[6][termios.VINTR])\n\
         termios.setraw(sys.stdin)\n\
         raw = termios.tcgetattr(0)\n\
         raw[6][termios.VTIME] = 3\n\
         raw[4] = raw[5] = termios.B9600\n\
         termios.tcsetattr(0, termios.TCSANOW, raw)\n\
         raw = termios.tcgetattr(0)\n\
         print(raw[3] & termios.ICANON, raw[6][termios.VMIN], raw[6][termios.VTIME], raw[5] == termios.B9600, end='\\r\\n')\n\
         termios.tcsetattr(0, termios.TCSADRAIN, before)\n\
         print(termios.tcgetattr(0) == before)\n\
         for wrong in ((0, 9, before), (0, 0, before[1:]), (99, 0, before)):\n\
         \x20   try:\n\
         \x20       termios.tcsetattr(*wrong)\n\
         \x20   except (OSError, TypeError, ValueError) as error:\n\
         \x20       print(error)\n\
         print('over')",
    ]);
    assert_eq!(
        terminal.expect("over"),
        "7 32 True b'\\x03'\r\n0 1 3 True\r\nTrue\r\nwhen is TCSANOW, TCSADRAIN or TCSAFLUSH\r\n\
         tcsetattr, arg 3: must be 7 element list\r\n[Errno 9] Bad file descriptor\r\n"
    );
}
