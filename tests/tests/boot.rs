//! The firmware starts on the emulated board and answers on its serial line.

use std::process::Command;
use std::time::Duration;
use tests::console::Console;

/// Far more than an emulated chip needs, even on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The named firmware in QEMU, by the command that a person would use.
fn board(name: &str) -> Console {
    let xtask = std::env::var_os("XTASK").expect("run this test by `cargo xtask test firmware`");
    Console::start(Command::new(xtask).args(["qemu", name, "--no-build"]))
}

/// What the board prints for a line at its prompt, and the prompt again.
#[track_caller]
fn ask(board: &mut Console, line: &str) -> String {
    board.send(&format!("{line}\r"));
    board.expect(&format!("{line}\r\n"), PATIENCE);
    board.expect(">>> ", PATIENCE)
}

/// What a program prints, and what it complains about, by the raw prompt, from which the board returns to the friendly one.
#[track_caller]
fn run(board: &mut Console, source: &str) -> (String, String) {
    board.send("\x01");
    board.expect("exit\r\n>", PATIENCE);
    board.send(&format!("{source}\x04"));
    board.expect("OK", PATIENCE);
    let printed = board.expect("\x04", PATIENCE);
    let error = board.expect("\x04>", PATIENCE);
    board.send("\x02");
    board.expect(">>> ", PATIENCE);
    (printed, error)
}

#[test]
fn minimal_answers_at_its_prompt() {
    let mut board = board("minimal");
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "6 * 7"), "42\r\n");
    let source = "class C:\n    def double(self, n):\n        return n + n\nprint(C().double('ab'), [i * i for i in range(4)])\n";
    assert_eq!(run(&mut board, source), ("abab [0, 1, 4, 9]\r\n".into(), String::new()));
    let (_, error) = run(&mut board, "def f():\n    1 / 0\nf()\n");
    assert!(error.contains("line 2, in f") && error.contains("ZeroDivisionError: divide by zero"), "{error}");
}

#[test]
fn minimal_survives_a_full_heap_and_an_endless_loop() {
    let mut board = board("minimal");
    board.expect(">>> ", PATIENCE);
    let (_, error) = run(&mut board, "x = []\nwhile True:\n    x.append(x)\n");
    assert!(error.contains("MemoryError"), "{error}");
    assert_eq!(ask(&mut board, "x = None; 6 * 7"), "42\r\n");
    for line in ["def f():\r", "print('on')\r", "while True: pass\r"] {
        board.send(line);
        board.expect("... ", PATIENCE);
    }
    board.send("\x7f\r");
    board.expect(">>> ", PATIENCE);
    board.send("f()\r");
    board.expect("\r\non\r\n", PATIENCE);
    board.send("\x03");
    board.expect("KeyboardInterrupt", PATIENCE);
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "'alive'"), "'alive'\r\n");
}

#[test]
fn minimal_runs_python_in_a_hard_interrupt() {
    let mut board = board("minimal");
    board.expect(">>> ", PATIENCE);
    // The main program computes what it would without interruptions, while each millisecond a callback counts.
    let source = "import board\nticks = 0\ndef tick(ms):\n    global ticks\n    ticks += 1\nboard.tick(tick)\n\
        def work():\n    s = 0\n    rounds = 0\n    while ticks < 2000:\n        s = 0\n        for i in range(100):\n            \
        s = (s * 31 + i) % 65521\n        assert s == 18953, s\n        rounds += 1\n    return rounds > 0\nprint(work())\nboard.tick(None)\n";
    assert_eq!(run(&mut board, source), ("True\r\n".into(), String::new()));
    // A callback that allocates is told so, and called no more.
    let (printed, _) = run(&mut board, "import board, time\nboard.tick(lambda ms: [ms])\ntime.sleep_ms(50)\nprint('alive')\n");
    assert!(printed.contains("MemoryError") && printed.ends_with("alive\r\n"), "{printed}");
}
