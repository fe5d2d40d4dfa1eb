//! The smallest firmware starts on the emulated board and answers on its serial line; the loader starts what is whole.

use std::path::Path;
use tests::console::Console;
use tests::emulated::{PATIENCE, ask, emulated, run};

fn board() -> Console {
    emulated("minimal", &[])
}

#[test]
fn minimal_answers_at_its_prompt() {
    let mut board = board();
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "6 * 7"), "42\r\n");
    let source = "class C:\n    def double(self, n):\n        return n + n\nprint(C().double('ab'), [i * i for i in range(4)])\n";
    assert_eq!(run(&mut board, source), ("abab [0, 1, 4, 9]\r\n".into(), String::new()));
    let (_, error) = run(&mut board, "def f():\n    1 / 0\nf()\n");
    assert!(error.contains("line 2, in f") && error.contains("ZeroDivisionError: divide by zero"), "{error}");
}

#[test]
fn minimal_survives_a_full_heap_and_an_endless_loop() {
    let mut board = board();
    board.expect(">>> ", PATIENCE);
    let (_, error) = run(&mut board, "x = []\nwhile True:\n    x.append(x)\n");
    assert!(error.contains("MemoryError"), "{error}");
    assert_eq!(ask(&mut board, "x = None; 6 * 7"), "42\r\n");
    // Ctrl-C comes when the line was taken, before the program runs.
    board.send("while True: pass\r\r\x03");
    board.expect("KeyboardInterrupt", PATIENCE);
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "'alive'"), "'alive'\r\n");
    // And while it runs.
    let source = "print('on')\nwhile True:\n    pass\n";
    board.send(&format!("\x01{source}\x04"));
    board.expect("OKon\r\n", PATIENCE);
    board.send("\x03");
    board.expect("KeyboardInterrupt", PATIENCE);
    board.send("\x02");
    board.expect(">>> ", PATIENCE);
}

/// What fits into 8 kB, a piece at a time on a fresh board each.
#[test]
fn minimal_runs_what_a_board_is_for() {
    let programs = [
        (
            "class Counter:\n    def __init__(self, start=0):\n        self.n = start\n    def add(self, k):\n        self.n += k\n\
            \x20       return self\n    def get(self):\n        return self.n\nprint(Counter(2).add(3).add(4).get())\n",
            "9",
        ),
        (
            "def numbers(n):\n    for i in range(n):\n        try:\n            yield [j * j for j in range(i)]\n        finally:\n\
            \x20           print(i)\nprint(list(numbers(3)))\n",
            "0\r\n1\r\n2\r\n[[], [0], [0, 1]]",
        ),
        ("def fib(n):\n    return n if n < 2 else fib(n - 1) + fib(n - 2)\nprint(fib(16))\n", "987"),
        ("print((1 + (2 * (3 - (4 + (5 * len([1, 2, 3])))))), sorted([3, 1, 2], key=lambda x: -x))\n", "-31 [3, 2, 1]"),
    ];
    for (source, printed) in programs {
        let mut board = board();
        board.expect(">>> ", PATIENCE);
        assert_eq!(run(&mut board, source), (format!("{printed}\r\n"), String::new()), "{source}");
    }
}

/// Nothing overflows the machine stack: too much of anything is an exception, and the board goes on.
#[test]
fn minimal_survives_what_is_too_deep() {
    let nested = |open: &str, inside: &str, close: &str| format!("{}{inside}{}\n", open.repeat(40), close.repeat(40));
    let block = |line: &str, depth: usize| (0..depth).map(|at| format!("{}{line}\n", " ".repeat(at))).collect::<String>();
    let programs = [
        nested("(1+", "1", ")"),
        nested("[", "", "]"),
        nested("len(", "1", ")"),
        nested("not ", "1", ""),
        nested("lambda: ", "1", ""),
        format!("{}{}1\n", block("def f():", 12), " ".repeat(12)),
        format!("{}{}1\n", block("class A:", 8), " ".repeat(8)),
        format!("{}{}1\n", block("if 1:", 20), " ".repeat(20)),
        "def f():\n    f()\nf()\n".into(),
        "def f(x):\n    return sorted([1, 2], key=f)\nf(1)\n".into(),
        "class A:\n    def __str__(self):\n        return str(self)\nstr(A())\n".into(),
        "class A:\n    def __iter__(self):\n        return iter(self)\niter(A())\n".into(),
        "def g():\n    yield from g()\nlist(g())\n".into(),
        "a = []\nfor i in range(60):\n    a = [a]\nprint(a)\n".into(),
    ];
    for source in programs {
        let mut board = board();
        board.expect(">>> ", PATIENCE);
        let (_, error) = run(&mut board, &source);
        assert!(error.contains("RuntimeError") || error.contains("MemoryError"), "{source}\n{error}");
        assert_eq!(run(&mut board, "a = None\nprint(6 * 7)\n"), ("42\r\n".into(), String::new()), "after {source}");
    }
}

#[test]
fn minimal_runs_python_in_a_hard_interrupt() {
    let mut board = board();
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

/// An image of the pyboard, as it goes behind a loader.
fn image() -> Vec<u8> {
    let folder = std::env::var("FIRMWARE").expect("run this test by `cargo xtask test firmware`");
    std::fs::read(Path::new(&folder).join("pyboard-image.bin")).expect("the pyboard's firmware was built")
}

/// The loader with this behind it.
fn loader(name: &str, image: &[u8]) -> Console {
    let file = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::write(&file, image).expect("there is room for files");
    emulated("bootloader", &["--behind", file.to_str().expect("the path is text")])
}

#[test]
fn the_loader_without_an_image_waits_for_one() {
    emulated("bootloader", &[]).expect("loader: no image\r\nloader: no USB\r\n", PATIENCE);
}

#[test]
fn the_loader_starts_a_whole_image() {
    let mut board = loader("whole", &image());
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "6 * 7"), "42\r\n");
}

#[test]
fn the_loader_starts_no_damaged_image() {
    let mut image = image();
    let middle = image.len() / 2;
    image[middle] ^= 1;
    loader("damaged", &image).expect("loader: no image\r\n", PATIENCE);
}
