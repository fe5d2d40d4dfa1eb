//! The pyboard's firmware starts on the emulated chip, keeps files, and stays a board whatever a program does to it.

use std::os::unix::net::UnixStream;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use tests::console::Console;
use tests::emulated::{PATIENCE, ask, emulated, run};
use tests::program;

/// A board whose files are in RAM.
fn board() -> Console {
    let mut board = emulated("pyboard", &[]);
    board.expect(">>> ", PATIENCE);
    board
}

/// A file of this test's own, that does not exist yet.
fn fresh(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    // What an earlier run left is not wanted; on the first run there is nothing.
    let _ = std::fs::remove_file(&path);
    path
}

/// A board whose files are in an image.
fn board_with(image: &std::path::Path) -> Console {
    emulated("pyboard", &["--image", image.to_str().expect("the clone has a name in UTF-8")])
}

#[test]
fn it_answers_at_its_prompt() {
    let mut board = board();
    assert_eq!(ask(&mut board, "6 * 7"), "42\r\n");
    assert_eq!(
        ask(&mut board, "import os; os.getcwd(), sorted(os.listdir())"),
        "('/flash', ['README.txt', 'boot.py', 'lib', 'main.py', 'pybcdc.inf'])\r\n"
    );
    let source = "class C:\n    def double(self, n):\n        return n + n\nprint(C().double('ab'), 1 / 3, 10 ** 30)\n";
    assert_eq!(run(&mut board, source).0, "abab 0.33333334 1000000000000000000000000000000\r\n");
    let (_, error) = run(&mut board, "def f():\n    1 / 0\nf()\n");
    assert!(error.contains("line 2, in f") && error.contains("ZeroDivisionError: divide by zero"), "{error}");
}

/// Each is the shortest text of the nearest number of 32 bits.
#[test]
fn floats_are_as_wide_as_the_processors() {
    let mut board = board();
    for (expression, answer) in [
        ("[0.1, 16777217.0, 1e-45, 3.4028235e38, 1e39]", "[0.1, 16777216.0, 1e-45, 3.4028235e+38, inf]"),
        ("[1e10, 123456789012345.0, 9007199254740993 / 3]", "[10000000000.0, 123456790000000.0, 3002399800000000.0]"),
        ("float('3.14159265358979323846'), float('7.0064923e-46')", "(3.1415927, 0.0)"),
        ("int(1e20), int(-3e10), hash(2.0 ** 70) == hash(2 ** 70)", "(100000002004087734272, -30000001024, True)"),
        ("10 ** 30 == 1e30, 2 ** 100 == 2.0 ** 100, 16777217 > 16777216.0", "(False, True, True)"),
        ("'%.10f %.3e %g' % (0.1, 12345.678, 1e-5)", "'0.1000000015 1.235e+04 1e-05'"),
        ("round(2.675, 2), round(-0.5), 7.5 % -2, 1e10 // 3", "(2.67, 0, -0.5, 3333333200.0)"),
        ("import struct; struct.unpack('<fdeH', struct.pack('<fdeH', 0.1, 0.1, 0.1, 1))", "(0.1, 0.1, 0.099975586, 1)"),
        (
            "import math; round(math.sin(1e6), 5), math.cos(100.0), math.gamma(6), math.sqrt(2)",
            "(-0.34999, 0.8623189, 120.0, 1.4142135)",
        ),
        ("(1 + 2j) * (3 - 1j), abs(3 + 4j), 1e30j", "((5+5j), 5.0, 1e+30j)"),
    ] {
        assert_eq!(ask(&mut board, expression), format!("{answer}\r\n"), "{expression}");
    }
}

#[test]
fn programs_can_be_stopped_and_forgotten() {
    let mut board = board();
    board.send("\x01x = 1\nprint('on')\nwhile True:\n    pass\n\x04");
    board.expect("OKon\r\n", PATIENCE);
    board.send("\x03");
    board.expect("KeyboardInterrupt", PATIENCE);
    board.expect("\x04>", PATIENCE);
    board.send("\x02");
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "x"), "1\r\n");
    board.send("\x04");
    board.expect("MPY: soft reboot\r\n", PATIENCE);
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "'x' in globals()"), "False\r\n");
}

#[test]
fn a_prompt_hears_after_a_program_that_held_interrupts_back() {
    let mut board = board();
    assert_eq!(ask(&mut board, "import machine; machine.disable_irq()"), "True\r\n");
    assert_eq!(ask(&mut board, "machine.disable_irq()"), "True\r\n");
    assert_eq!(run(&mut board, "import pyb\npyb.disable_irq()\nprint(pyb.disable_irq())\n"), ("False\r\n".into(), String::new()));
    assert_eq!(ask(&mut board, "1 + 1"), "2\r\n");
}

#[test]
fn a_program_in_an_image_runs_at_every_start() {
    let image = fresh("starts.img");
    let mut board = board_with(&image);
    board.expect(">>> ", PATIENCE);
    let write = "for name in 'boot', 'main':\n    with open(name + '.py', 'w') as file:\n        file.write('print(\"this is %s\")' % name)\n";
    assert_eq!(run(&mut board, write), (String::new(), String::new()));
    board.send("\x04");
    board.expect("this is boot\r\nthis is main\r\n", PATIENCE);
    drop(board);
    let mut board = board_with(&image);
    board.expect("this is boot\r\nthis is main\r\n", PATIENCE);
    board.expect(">>> ", PATIENCE);
}

#[test]
fn a_file_system_is_fat_unless_a_program_makes_another() {
    let image = fresh("formats.img");
    let mut board = board_with(&image);
    board.expect(">>> ", PATIENCE);
    let flash = "import os, pyb, vfs\nf, part = pyb.Flash(), pyb.Flash(start=512, len=1024)\n\
        print(f, part, f.ioctl(4, 0), part.ioctl(4, 0), part.ioctl(5, 0))\n\
        a, b = bytearray(512), bytearray(512)\nf.readblocks(1, a)\npart.readblocks(0, b)\nprint(a == b, any(a))\n\
        for wrong in (lambda: part.readblocks(2, a), lambda: pyb.Flash(start=1), lambda: pyb.Flash(start=512 * 300)):\n    \
            try:\n        wrong()\n    except (OSError, ValueError) as e:\n        print(type(e).__name__)\n\
        with open('größer als gedacht.bin', 'wb') as file:\n    file.write(bytes(range(250)) * 40)\n";
    let printed =
        "Flash(start=0, len=114688) Flash(start=512, len=1024) 224 2 512\r\nTrue True\r\nOSError\r\nValueError\r\nValueError\r\n";
    assert_eq!(run(&mut board, flash), (printed.into(), String::new()));
    drop(board);
    // What other programs say of it.
    let tool = |words: &[&str]| {
        let mut command = Command::new(words[0]);
        command.args(&words[1..]).arg(&image).stdin(Stdio::null()).env("LC_ALL", "C.UTF-8");
        let ended = program::run(&mut command, PATIENCE).unwrap_or_else(|| panic!("{words:?} did not end"));
        assert!(ended.status.success(), "{words:?}: {}", String::from_utf8_lossy(&ended.stdout));
        String::from_utf8_lossy(&ended.stdout).into_owned()
    };
    tool(&["/usr/sbin/fsck.fat", "-n"]);
    let listed = tool(&["mdir", "-/", "-b", "-i"]);
    assert!(listed.contains("::/größer als gedacht.bin\n") && listed.contains("::/pybcdc.inf\n"), "{listed}");
    // A littlefs stays one.
    let mut board = board_with(&image);
    board.expect(">>> ", PATIENCE);
    let make = "import os, pyb, vfs\nos.umount('/flash')\nvfs.VfsLfs2.mkfs(pyb.Flash(start=0))\nos.mount(pyb.Flash(start=0), '/flash')\n\
        with open('/flash/main.py', 'w') as file:\n    file.write('import vfs; print(vfs.mount(), \"and main\")')\n";
    assert_eq!(run(&mut board, make), (String::new(), String::new()));
    drop(board);
    let mut board = board_with(&image);
    let said = board.expect(">>> ", PATIENCE);
    assert!(said.contains("VfsLfs2") && said.contains("'/flash'") && said.contains("and main"), "{said}");
}

#[test]
fn boot_may_name_another_main() {
    let mut board = board();
    let write = "with open('boot.py', 'w') as file:\n    file.write('import pyb; pyb.main(\"other.py\")')\n\
        with open('other.py', 'w') as file:\n    file.write('print(\"the other one\")')\n";
    assert_eq!(run(&mut board, write), (String::new(), String::new()));
    board.send("\x04");
    board.expect("MPY: soft reboot\r\nthe other one\r\n", PATIENCE);
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "import sys; sys.implementation._build"), "'PYBV11'\r\n");
}

#[test]
fn nothing_of_a_program_goes_on_behind_a_soft_reset() {
    /// What is free, in kilobytes.
    const FREE: &str = "import gc; (gc.collect(), gc.mem_free() // 4096)[1]";
    let mut board = board();
    let before = ask(&mut board, FREE);
    // Whatever can call, calls; the heap is locked, interrupts are held back and Ctrl-C stops nothing when the program ends.
    let source = "import machine, micropython, pyb, time, sys\ndef say(*about):\n    sys.stdout.write('it lives')\n\
        timers = [pyb.Timer(n, freq=200, callback=say) for n in (2, 3, 4, 5)]\nsoft = machine.Timer(-1, period=3, callback=say)\n\
        line = pyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, say)\nuart = pyb.UART(2, 9600, rxbuf=200)\nuart.irq(say, uart.IRQ_RXIDLE)\n\
        bus = pyb.I2C(1, pyb.I2C.CONTROLLER)\nspi = pyb.SPI(1, pyb.SPI.CONTROLLER)\npyb.DAC(1).write(100)\n\
        pyb.LED(4).intensity(90)\nclass Gone:\n    def __del__(self):\n        say()\ngone = Gone()\n\
        def again(n):\n    micropython.schedule(again, n)\nagain(1)\nmicropython.kbd_intr(-1)\n\
        sys.stdout.write('set up')\nmicropython.heap_lock()\nmachine.disable_irq()\n";
    let (printed, error) = run(&mut board, source);
    assert!(printed.contains("set up") && error.is_empty(), "{printed} {error}");
    board.send("\x04");
    board.expect("MPY: soft reboot", PATIENCE);
    board.expect(">>> ", PATIENCE);
    let source = "import machine, micropython, pyb, time\ntime.sleep_ms(100)\nprint(micropython.heap_locked(), pyb.LED(4).intensity())\n\
        print(pyb.UART(2), machine.reset_cause() == machine.SOFT_RESET)\n";
    assert_eq!(run(&mut board, source), ("0 0\r\nUART(2) True\r\n".into(), String::new()));
    assert_eq!(ask(&mut board, FREE), before, "nothing of its memory is kept");
    board.send("exec('while True: pass')\r");
    board.send("\x03");
    board.expect("KeyboardInterrupt", PATIENCE);
}

/// A hard callback that wants memory is called no more, and says so; all others go on, and so does the program.
#[test]
fn callbacks_on_a_full_heap_fail_alone() {
    let mut board = board();
    // Names are made before the heap is full. The chain is taken apart: the collector may see an old word to its end on the machine stack,
    // which would keep all of it.
    let source = "import machine, pyb, time\nhits = [0, 0, 0]\nkept = []\ni = calls = goes_on = rest = None\ndef soft(t):\n    hits[0] += 1\n    kept.append(bytearray(3000))\n\
        def hard(line):\n    hits[1] += 1\n    [line] * 100\ndef good(line):\n    hits[2] += 1\n\
        bad = pyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, hard)\nline = pyb.ExtInt('X2', pyb.ExtInt.IRQ_RISING, 0, good)\n\
        timer = machine.Timer(-1)\ntimer.init(period=2, callback=soft)\nfull = None\ntry:\n    while True:\n        full = [full]\n\
        except MemoryError:\n    pass\nfor i in range(100):\n    bad.swint()\n    line.swint()\n    time.sleep_us(100)\n\
        calls = hits[0]\ntime.sleep_ms(20)\ngoes_on = hits[0] > calls\ntimer.deinit()\n\
        while full:\n    rest = full[0]\n    full[0] = None\n    full = rest\nkept.clear()\nline.swint()\n\
        print('free', goes_on, hits[1:], len(bytearray(5000)))\n";
    let (printed, error) = run(&mut board, source);
    assert!(error.is_empty() && printed.ends_with("free True [1, 101] 5000\r\n"), "{printed} {error}");
    assert_eq!(printed.matches("hard interrupt").count(), 1, "{printed}");
    assert!(printed.contains("MemoryError"), "{printed}");
}

/// What is asked for twice is the same hardware: the second owner has it, the first one goes on without an error, or is told.
#[test]
fn hardware_with_two_owners_is_the_second_ones() {
    let mut board = board();
    let source = "import machine, pyb\na = pyb.Timer(4, freq=100, callback=print)\nb = pyb.Timer(4, freq=50)\nprint(round(a.freq()), round(b.freq()))\n\
        machine.Pin('X1', machine.Pin.OUT, value=1)\nprint(machine.Pin('X1', machine.Pin.IN) == machine.Pin('X1'))\n\
        machine.UART(2, 9600)\nprint(str(machine.UART(2, 19200))[:20])\npyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, print)\n\
        try:\n    pyb.ExtInt('Y1', pyb.ExtInt.IRQ_RISING, 0, print)\n    pyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, print)\n\
        except ValueError as error:\n    print(error)\n";
    let said = "50 50\r\nTrue\r\nUART(2, baudrate=191\r\nthe line has a callback already; set that to None first\r\n";
    assert_eq!(run(&mut board, source), (said.into(), String::new()));
}

#[test]
fn a_hard_fault_says_where_and_the_board_starts_over() {
    let mut board = board();
    // Nothing lies at this address.
    board.send("import uctypes; uctypes.bytes_at(0x60000000, 4)\r");
    board.expect("hard fault: cfsr 00008200", PATIENCE);
    board.expect("bfar 60000000", PATIENCE);
    board.expect("pc 080", PATIENCE);
    board.expect("called from 080", PATIENCE);
    board.expect(">>> ", PATIENCE);
    assert_eq!(ask(&mut board, "6 * 7"), "42\r\n");
    assert_eq!(ask(&mut board, "import os; 'boot.py' in os.listdir()"), "True\r\n", "files in RAM outlive a reset");
}

#[test]
fn what_is_too_deep_or_too_much_is_an_exception() {
    let nested = |open: &str, inside: &str, close: &str| format!("{}{inside}{}\n", open.repeat(300), close.repeat(300));
    let programs = [
        nested("(1+", "1", ")"),
        nested("[", "", "]"),
        nested("not ", "1", ""),
        "def f():\n    f()\nf()\n".into(),
        "def f(x):\n    return sorted([1, 2], key=f)\nf(1)\n".into(),
        "class A:\n    def __str__(self):\n        return str(self)\nstr(A())\n".into(),
        "def g():\n    yield from g()\nlist(g())\n".into(),
        "a = []\nfor i in range(2000):\n    a = [a]\nprint(a)\n".into(),
        "x = []\nwhile True:\n    x.append(x)\n".into(),
        "import re\nre.match('(a|b)*c' * 50, 'ab' * 500)\nraise MemoryError\n".into(),
    ];
    let mut board = board();
    for source in programs {
        let (_, error) = run(&mut board, &source);
        let expected = ["RuntimeError", "RecursionError", "MemoryError"];
        assert!(expected.iter().any(|name| error.contains(name)), "{source}\n{error}");
        assert_eq!(run(&mut board, "a = x = None\nprint(6 * 7)\n"), ("42\r\n".into(), String::new()), "after {source}");
    }
}

#[test]
fn programs_make_file_systems_of_their_own() {
    let mut board = board();
    let source = "import os, vfs\nclass Disk:\n    data = bytearray(512 * 50)\n    \
        def readblocks(self, n, buf, offset=0):\n        at = n * 512 + offset\n        buf[:] = self.data[at:at + len(buf)]\n    \
        def writeblocks(self, n, buf, offset=0):\n        at = n * 512 + offset\n        self.data[at:at + len(buf)] = buf\n    \
        def ioctl(self, op, arg):\n        return {4: 50, 5: 512, 6: 0}.get(op)\n\
        disk = Disk()\nvfs.VfsLfs2.mkfs(disk)\nvfs.mount(vfs.VfsLfs2(disk), '/ram')\n\
        with open('/ram/a.txt', 'w') as file:\n    file.write('kept')\nvfs.umount('/ram')\n\
        vfs.mount(vfs.VfsLfs2(disk), '/ram')\nprint(os.listdir('/ram'), open('/ram/a.txt').read())\n";
    assert_eq!(run(&mut board, source), ("['a.txt'] kept\r\n".into(), String::new()));
}

#[test]
fn events_call_python() {
    let mut board = board();
    // A hard callback comes at once, in the midst of the program; it may not allocate, and the program goes on.
    let hard = "import pyb, machine, time\nseen = 0\ndef count(line):\n    global seen\n    seen += line\n\
        e = pyb.ExtInt(pyb.Pin.cpu.A4, pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_DOWN, count)\nfor i in range(3):\n    e.swint()\n\
        e.disable()\ne.swint()\nprint(seen)\n";
    assert_eq!(run(&mut board, hard), ("12\r\n".into(), String::new()));
    let bad = "pyb.ExtInt(pyb.Pin.cpu.A5, pyb.ExtInt.IRQ_RISING, 0, lambda line: [line]).swint()\nprint('alive')\n";
    let (printed, _) = run(&mut board, bad);
    assert!(printed.contains("MemoryError") && printed.ends_with("alive\r\n"), "{printed}");
    // A soft one may do anything.
    let soft = "lines = []\np = machine.Pin('X1')\np.irq(lines.append, p.IRQ_FALLING)\n\
        pyb.ExtInt(p, 1, 0, None)\np.irq(lambda pin: lines.append(pin == p), p.IRQ_FALLING)\nt = machine.Timer(-1)\n\
        t.init(period=5, callback=lambda t: lines.append('tick'))\nwhile len(lines) < 3:\n    time.sleep_ms(1)\nt.deinit()\n\
        once = machine.Timer(-1, mode=machine.Timer.ONE_SHOT, period=2, callback=lambda t: lines.append('once'))\n\
        time.sleep_ms(20)\nprint(lines)\n";
    assert_eq!(run(&mut board, soft), ("['tick', 'tick', 'tick', 'once']\r\n".into(), String::new()));
}

#[test]
fn the_chips_timers_buses_and_converter_answer() {
    let mut board = board();
    let timers = "import pyb, machine, time\nt = pyb.Timer(2, prescaler=83, period=999)\nprint(t.prescaler(), t.period(), t.freq(), t)\n\
        t.freq(0.5)\nprint(t.freq(), t.source_freq())\nc = t.channel(1, pyb.Timer.PWM, pin=pyb.Pin.cpu.A0, pulse_width=25)\n\
        print(c, c.pulse_width(), t.channel(1), t.channel(2))\nt.init(prescaler=83, period=999)\n\
        c.pulse_width_percent(25)\nprint(c.pulse_width(), c.pulse_width_us(), c.pulse_width_ns(), c.pulse_width_percent())\n\
        c.pulse_width_ns(100_000)\nprint(c.compare())\nt.init(period=20)\nprint(t.freq())\nseen = 0\ndef tick(t):\n    global seen\n    seen += 1\n    if seen == 3:\n        t.callback(None)\n\
        t = pyb.Timer(3, freq=1000, callback=tick)\nwhile seen < 3:\n    pass\ntime.sleep_ms(5)\nprint(seen)\n\
        made = []\nt.init(freq=1000, hard=False, callback=lambda t: made.append([t]))\nwhile not made:\n    pass\nt.deinit()\n\
        for bad in (lambda: pyb.Timer(0), lambda: pyb.Timer(15), lambda: pyb.Timer(2, freq=1, mode=3), lambda: pyb.Timer(2, freq=1, deadtime=5), \
        lambda: pyb.Timer(4, freq=1).channel(5, 0), lambda: pyb.Timer(4, freq=1).channel(1, 0, pin=pyb.Pin.cpu.A0)):\n    \
        try:\n        bad()\n    except ValueError:\n        print('no')\n";
    let printed = "83 999 1000 Timer(2, freq=1000, prescaler=83, period=999, mode=UP, div=1)\r\n0.5 84000000\r\n\
        TimerChannel(timer=2, channel=1, mode=PWM) 25 TimerChannel(timer=2, channel=1, mode=PWM) None\r\n250 250 250000 25.0\r\n100\r\n50\r\n3\r\n"
        .to_owned() + &"no\r\n".repeat(6);
    assert_eq!(run(&mut board, timers), (printed, String::new()));
    let pulses = "p = machine.PWM('X1', freq=1000, duty_u16=16384)\nprint(p, p.freq(), p.duty_u16(), p.duty_ns())\np.duty_ns(500_000)\n\
        p.freq(500)\nprint(p.freq(), p.duty_ns(), p.duty_u16())\np.duty_u16(65535)\nprint(p.duty_u16())\n\
        p.init(freq=10_000_000, duty_u16=0)\nprint(p.freq(), p.duty_u16())\np.deinit()\n\
        s = pyb.Servo(1)\nprint(s)\ns.pulse_width(1000)\nprint(s.pulse_width(), s.angle())\ns.angle(45)\nprint(s.angle(), s)\n\
        s.speed(100, 100)\nwhile s.pulse_width() != 2200:\n    pass\nprint(s.speed(), pyb.Servo(1).pulse_width(), pyb.Servo(2).pulse_width())\n\
        s.calibration(630, 2410, 1490, 2460, 2190)\nprint(s.calibration())\n\
        for bad in (lambda: pyb.Servo(5), lambda: machine.PWM('C13'), lambda: machine.PWM('X2', freq=0), lambda: machine.PWM('X2', freq=10**9)):\n    \
        try:\n        bad()\n    except ValueError:\n        print('no')\n";
    let printed = "<PWM TIM2_CH1> 1000 16384 250000\r\n500 500000 16384\r\n65535\r\n10500000 0\r\n<Servo 1 at 1500us>\r\n1000 -46\r\n\
        45 <Servo 1 at 1985us>\r\n100 2200 1500\r\n(630, 2410, 1490, 2460, 2190)\r\nno\r\nno\r\nno\r\nno\r\n";
    assert_eq!(run(&mut board, pulses), (printed.into(), String::new()));
    // The emulator's converter never finishes, its SPI answers zeros, and nothing answers on I2C.
    let buses = "for dead in (lambda: machine.ADC('X1'), lambda: pyb.ADC(17), lambda: machine.I2C(1).readfrom(0x4c, 1)):\n    \
        try:\n        dead()\n    except OSError as e:\n        print(e.errno)\n\
        s = machine.SPI(1, 1000000)\nprint(s, s.read(3))\nb = bytearray(2)\ns.write_readinto(b'ab', b)\nprint(b)\n\
        print(machine.I2C(1, freq=100000))\n\
        for wrong in (lambda: machine.I2C(3), lambda: machine.ADC('A8')):\n    try:\n        wrong()\n    except ValueError:\n        print('no')\n";
    let printed = "110\r\n110\r\n110\r\nSPI(1, baudrate=656250, polarity=0, phase=0, bits=8) b'\\x00\\x00\\x00'\r\nbytearray(b'\\x00\\x00')\r\n\
        I2C(1, freq=100000)\r\nno\r\nno\r\n";
    assert_eq!(run(&mut board, buses), (printed.into(), String::new()));
}

#[test]
fn pyb_has_buses_of_its_own() {
    let mut board = board();
    let spi = "import pyb\ns = pyb.SPI(1)\nprint(s)\ns.init(pyb.SPI.CONTROLLER, prescaler=256)\nprint(s, s.send(1), s.recv(2), s.send_recv(b'ab'))\n\
        b = bytearray(4)\ns.init(pyb.SPI.CONTROLLER, 1000000, bits=16, phase=1)\nprint(s, s.send_recv(b'abcd', b) is b, s.recv(b) is b, b)\n\
        s.deinit()\nprint(s)\n\
        for wrong in (lambda: s.send(1), lambda: pyb.SPI(3), lambda: s.init(7), lambda: s.init(bits=9), lambda: s.init(crc=8), lambda: pyb.SPI('X', pyb.SPI.CONTROLLER, bits=16).send(b'abc')):\n    \
        try:\n        wrong()\n    except (OSError, ValueError) as e:\n        print(type(e).__name__)\n";
    let printed = "SPI(1)\r\nSPI(1, SPI.CONTROLLER, baudrate=328125, prescaler=256, polarity=1, phase=0, bits=8) None b'\\x00\\x00' b'\\x00\\x00'\r\n\
        SPI(1, SPI.CONTROLLER, baudrate=656250, prescaler=128, polarity=1, phase=1, bits=16) True True bytearray(b'\\x00\\x00\\x00\\x00')\r\n\
        SPI(1)\r\nOSError\r\nValueError\r\nValueError\r\nValueError\r\nValueError\r\nValueError\r\n";
    assert_eq!(run(&mut board, spi), (printed.into(), String::new()));
    // Nothing answers on I2C, nor is there a bus: each wait ends by itself.
    let i2c = "i = pyb.I2C('Y')\nprint(i)\ni.init(pyb.I2C.CONTROLLER, baudrate=100000)\nprint(i, i.is_ready(1))\n\
        for dead in (lambda: i.recv(1, 1), lambda: i.send(b'x', 1), lambda: i.mem_read(2, 76, 3), lambda: i.mem_write(1, 76, 10, addr_size=16)):\n    \
        try:\n        dead()\n    except OSError as e:\n        print(e.errno)\ni.deinit()\n\
        for wrong in (lambda: i.send(b'x', 1), lambda: pyb.I2C(3), lambda: i.init(2), lambda: pyb.I2C(1, 0).recv(1)):\n    \
        try:\n        wrong()\n    except (OSError, ValueError, TypeError) as e:\n        print(type(e).__name__)\n";
    let printed = "I2C(2)\r\nI2C(2, I2C.CONTROLLER, baudrate=100000) False\r\n110\r\n110\r\n110\r\n110\r\n\
        OSError\r\nValueError\r\nValueError\r\nTypeError\r\n";
    assert_eq!(run(&mut board, i2c), (printed.into(), String::new()));
    let target = "import machine\nm = bytearray(4)\nt = machine.I2CTarget('Y', 0x42, mem=m)\nprint(t, t.memaddr, t.irq(print).trigger())\n\
        t.irq(None)\nt.deinit()\n\
        for wrong in (lambda: machine.I2CTarget(3, 1), lambda: machine.I2CTarget(1, 128), \
        lambda: machine.I2S(2, sck='Y6', ws='Y5', sd='Y8', mode=machine.I2S.TX, bits=16, format=0, rate=8000, ibuf=400), lambda: machine.mem_backup()):\n    \
        try:\n        wrong()\n    except (OSError, ValueError) as e:\n        print(type(e).__name__, getattr(e, 'errno', ''))\n\
        l = pyb.LCD('X')\nl.write('Hello')\nl.text('x', 1, 1, 1)\nl.pixel(127, 31, 1)\nprint(l.get(127, 31))\nl.show()\nprint(l.get(127, 31), l.get(0, 0))\n\
        l.fill(1)\nl.contrast(20)\nl.light(True)\nl.command(0, 0xAF)\nprint(l.get(0, 0))\n";
    let printed = "I2CTarget(2, addr=66) 0 48\r\nValueError \r\nValueError \r\nOSError 5\r\nOSError 19\r\n0\r\n1 0\r\n1\r\n";
    assert_eq!(run(&mut board, target), (printed.into(), String::new()));
    // Nobody addresses it.
    let addressed = "i.init(pyb.I2C.PERIPHERAL, addr=0x42)\nprint(i, pyb.I2C.SLAVE)\nb = bytearray(2)\n\
        for dead in (lambda: i.recv(1, timeout=5), lambda: i.recv(b, timeout=5), lambda: i.send(b'x', timeout=5), lambda: i.scan(), \
        lambda: i.mem_read(1, 2, 3), lambda: i.init(1, addr=128)):\n    \
        try:\n        dead()\n    except (OSError, TypeError, ValueError) as e:\n        print(type(e).__name__, getattr(e, 'errno', ''))\n";
    let printed = "I2C(2, I2C.PERIPHERAL, addr=0x42) 1\r\nTimeoutError 110\r\nTimeoutError 110\r\nTimeoutError 110\r\nTypeError \r\nTypeError \r\nValueError \r\n";
    assert_eq!(run(&mut board, addressed), (printed.into(), String::new()));
}

#[test]
fn converters_are_set_up_and_their_waits_end() {
    let mut board = board();
    // The emulator has no converters: what is written to them is nowhere, and what is asked of them is never ready.
    let source = "import pyb, array\nd = pyb.DAC(1)\nprint(d, pyb.DAC(pyb.Pin('X6'), bits=12, buffering=True))\nd.noise(100)\nd.triangle(100)\n\
        d.write(128)\nb = bytearray(10)\nd.write_timed(b, 100, mode=pyb.DAC.CIRCULAR)\nd.write_timed(b, pyb.Timer(5, freq=10))\nd.deinit()\n\
        d.init(bits=12)\nd.write_timed(array.array('H', [1, 2]), 100)\nprint(d)\n\
        for wrong in (lambda: pyb.DAC(3), lambda: pyb.DAC('X1'), lambda: d.init(9), lambda: d.write_timed(b'', 100), \
        lambda: d.write_timed(b, pyb.Timer(3, freq=1)), lambda: pyb.ADCAll(11)):\n    try:\n        wrong()\n    except ValueError:\n        print('no')\n\
        for dead in (lambda: pyb.ADC('X1'), lambda: pyb.ADCAll(12, 3)):\n    try:\n        dead()\n    except OSError as e:\n        print(e.errno)\n";
    let printed = "DAC(1, bits=8) DAC(2, bits=12)\r\nDAC(1, bits=12)\r\n".to_owned() + &"no\r\n".repeat(6) + "110\r\n110\r\n";
    assert_eq!(run(&mut board, source), (printed, String::new()));
    let buses = "c = pyb.CAN(1)\nprint(c, c.state() == c.STOPPED)\n\
        for dead in (lambda: pyb.CAN(2, pyb.CAN.LOOPBACK), lambda: pyb.Accel(), lambda: c.send('', 1)):\n    try:\n        dead()\n    except OSError as e:\n        print(e.errno)\n";
    let machines = "import machine\ntry:\n    machine.CAN(1, 500_000)\nexcept OSError as e:\n    print(e.errno)\n";
    assert_eq!(run(&mut board, machines), ("110\r\n".into(), String::new()));
    assert_eq!(run(&mut board, buses), ("CAN(1) True\r\n110\r\n110\r\n22\r\n".into(), String::new()));
}

#[test]
fn registers_have_names_and_lines_of_the_chip_call_back() {
    let mut board = board();
    let source = "import stm, pyb, machine\nprint(hex(stm.GPIOA + stm.GPIO_ODR), stm.TIM_CCR4, stm.mem32[stm.GPIOA] == machine.mem32[stm.GPIOA])\n\
        try:\n    stm.GPIO_NOTHING\nexcept AttributeError:\n    print('no')\n\
        e = pyb.ExtInt(22, pyb.ExtInt.IRQ_RISING, pyb.Pin.PULL_NONE, lambda line: print('line', line))\ne.swint()\ne.disable()\ne.swint()\n\
        e.enable()\ne.swint()\nprint(e, e.line())\npyb.ExtInt.regs()\nmachine.bitstream('X1', 0, (400, 850, 800, 450), b'\\x01\\xff')\n\
        for wrong in (lambda: pyb.ExtInt(4, 1, 0, None), lambda: pyb.ExtInt(23, 1, 0, None), lambda: machine.bitstream('X1', 1, (1, 1, 1, 1), b'')):\n    \
        try:\n        wrong()\n    except ValueError:\n        print('no')\n";
    let printed = "0x40020014 64 True\r\nno\r\nline 22\r\nline 22\r\n<ExtInt line=22> 22\r\nEXTI_IMR 00400000\r\nEXTI_EMR 00000000\r\n\
        EXTI_RTSR 00400000\r\nEXTI_FTSR 00000000\r\nEXTI_SWIER 00000000\r\nEXTI_PR 00000000\r\nno\r\nno\r\nno\r\n";
    assert_eq!(run(&mut board, source), (printed.into(), String::new()));
}

#[test]
fn serial_lines_are_streams() {
    // Whatever comes on UART 2 goes back.
    let socket = fresh("uart2.socket");
    let second = format!("unix:{},server=on,wait=off", socket.display());
    let mut board = emulated("pyboard", &["--second", &second]);
    board.expect(">>> ", PATIENCE);
    let mut back = UnixStream::connect(&socket).expect("QEMU listens");
    let mut there = back.try_clone().expect("a socket has two ends");
    // It ends with the board, however that hangs up.
    std::thread::spawn(move || std::io::copy(&mut there, &mut back));
    let source = "import pyb, machine, select, time\nu = machine.UART(2, 115200, timeout=1000, rxbuf=8)\n\
        print(u, pyb.UART(2) is u, u.any(), u.write('abc\\ndefghijklmnop'))\nprint(u.readline(), u.read(12), u.readchar(), u.txdone())\n\
        p = select.poll()\np.register(u, select.POLLIN)\nprint(p.poll(0))\nu.writechar(65)\nprint(len(p.poll(1000)), u.any())\n\
        b = bytearray(4)\nprint(u.readinto(b, 1), b)\nu.init(9600, timeout=0)\nprint(u.read(), u.read(5))\n\
        lines = []\nirq = u.irq(lambda u: lines.append(u.read() or b''), u.IRQ_RX)\nu.write('xy')\n\
        while b''.join(lines) != b'xy':\n    time.sleep_ms(1)\nprint(irq.flags() == u.IRQ_RX, irq.trigger() == u.IRQ_RX)\n\
        seen = 0\ndef count(u):\n    global seen\n    seen += u.readinto(b) or 0\nu.irq(count, u.IRQ_RX, hard=True)\nu.write('123')\n\
        while seen < 3:\n    pass\nprint(seen)\nu.irq(None)\n\
        u.deinit()\nfor dead in (u.any, lambda: u.write('x'), lambda: pyb.UART(5), lambda: pyb.UART(2, 100)):\n    \
        try:\n        dead()\n    except (OSError, ValueError) as e:\n        print(type(e).__name__)\n\
        print(pyb.repl_uart(), u)\n";
    let printed = "UART(2, baudrate=115068, bits=8, parity=None, stop=1, flow=0, timeout=1000, timeout_char=2, rxbuf=8) True 0 17\r\n\
        b'abc\\n' b'defghijklmno' 112 True\r\n[]\r\n1 1\r\n1 bytearray(b'A\\x00\\x00\\x00')\r\nNone None\r\n\
        True True\r\n3\r\nOSError\r\nOSError\r\nValueError\r\nValueError\r\nUART(1) UART(2)\r\n";
    assert_eq!(run(&mut board, source), (printed.into(), String::new()));
}

#[test]
fn the_prompt_may_share_its_line_and_move_to_another() {
    let mut board = board();
    // UART 1 is the prompt's too: what is typed for the program is the program's.
    board.send("import pyb; u = pyb.UART(1, 115200, timeout=2000); u.write('ready'); u.read(3)\r");
    board.expect("ready", PATIENCE);
    board.send("xyz");
    board.expect("b'xyz'", PATIENCE);
    board.expect(">>> ", PATIENCE);
    // Its prompt is at a line where nobody sits, until the interpreter starts anew.
    board.send(
        "\x01import machine\npyb.UART(3, 9600)\npyb.repl_uart(pyb.UART(3))\npyb.repl_uart(None)\nmachine.soft_reset()\n\x04",
    );
    board.expect("exit\r\n>", PATIENCE);
    assert_eq!(run(&mut board, "import pyb\nprint(pyb.repl_uart())\n"), ("UART(1)\r\n".into(), String::new()));
}

#[test]
fn the_board_has_pins_lights_and_a_clock() {
    let mut board = board();
    let source = "import pyb, machine, time\np = machine.Pin('X1', machine.Pin.OUT, value=1)\n\
        print(p, p(), p.names(), machine.Pin.board.X1 == machine.Pin.cpu.A0, p.af_list()[:2])\n\
        print(machine.Pin('X9', machine.Pin.ALT, alt='I2C1_SCL'))\nl = pyb.LED(1)\nl.on()\nprint(l, l.intensity())\n\
        r = machine.RTC()\nr.datetime((2024, 2, 29, 4, 23, 59, 58, 0))\nprint(r.datetime()[:6], time.gmtime()[:5])\n\
        print(time.gmtime(0)[:3], time.time() - time.mktime((2024, 2, 29, 23, 59, 58, 0, 0)) < 60)\n\
        print(pyb.freq(), machine.reset_cause() == machine.PWRON_RESET, len(machine.unique_id()))\n\
        s = machine.Signal('X2', machine.Pin.OUT, invert=True)\ns.on()\nprint(s(), machine.mem32[0x08000000] == 0x20002800)\n";
    let (all, error) = run(&mut board, source);
    assert_eq!(error, "", "{all}");
    // The emulator's pins read 0 whatever they drive, and so do their modes: what is printed of them is not this test's business.
    assert!(all.contains("['A0', 'X1'] True [Pin.AF1_TIM2, Pin.AF2_TIM5]\r\n"), "{all}");
    assert!(all.contains("(2024, 2, 29, 4, 23, 59) (2024, 2, 29, 23, 59)\r\n(2000, 1, 1) True\r\n"), "{all}");
    assert!(all.contains("(168000000, 168000000, 42000000, 84000000) True 12\r\n"), "{all}");
    assert!(all.contains("LED(1)") && all.trim_end().ends_with("True"), "{all}");
}

/// The real client over a pseudo-terminal.
#[test]
fn mpremote_works_with_it() {
    let mut board = emulated("pyboard", &["--image", fresh("mpremote.img").to_str().expect("UTF-8"), "--line", "pty"]);
    board.expect("char device redirected to ", PATIENCE);
    let address = board.expect(" ", PATIENCE);
    let mpremote = |words: &[&str]| {
        let python = std::env::var_os("PYTHON").expect("run this test by `cargo xtask test firmware`");
        let mut command = Command::new(python);
        command.args(["-m", "mpremote", "connect", &address]).args(words).current_dir(env!("CARGO_TARGET_TMPDIR"));
        let ended =
            program::run(command.stdin(Stdio::null()), 6 * PATIENCE).unwrap_or_else(|| panic!("mpremote {words:?} did not end"));
        let printed = String::from_utf8_lossy(&ended.stdout).into_owned();
        assert!(ended.status.success(), "mpremote {words:?}: {printed}{}", String::from_utf8_lossy(&ended.stderr));
        printed
    };
    assert_eq!(mpremote(&["exec", "import sys; print(sys.platform)"]), "pyboard\r\n");
    let contents: Vec<u8> = (0..5000_u32).map(|at| ((at * at) >> 3) as u8).collect();
    let file = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("sent.bin");
    std::fs::write(&file, &contents).expect("a file can be written");
    mpremote(&["fs", "cp", "sent.bin", ":sent.bin"]);
    assert!(mpremote(&["fs", "ls"]).contains("5000 sent.bin"));
    mpremote(&["fs", "cp", ":sent.bin", "back.bin"]);
    assert!(std::fs::read(file.with_file_name("back.bin")).expect("it came back") == contents, "it came back otherwise");
    std::fs::write(file.with_file_name("lent.py"), "answer = 42\n").expect("a file can be written");
    assert!(mpremote(&["mount", ".", "exec", "import lent; print(lent.answer)"]).contains("42"));
    mpremote(&["soft-reset"]);
}

/// Assembly, and what it prints. Instructions are compared with another assembler's beside their table.
const ASSEMBLY: &str = r#"
import array, gc, micropython

@micropython.asm_thumb
def fibonacci(r0):
    b(START)
    label(AGAIN)
    push({r1, r2, lr})
    cmp(r0, 1)
    ble(DONE)
    sub(r0, 1)
    mov(r2, r0)
    bl(AGAIN)
    mov(r1, r0)
    sub(r0, r2, 1)
    bl(AGAIN)
    add(r0, r0, r1)
    label(DONE)
    pop({r1, r2, lr})
    bx(lr)
    label(START)
    bl(AGAIN)

@micropython.asm_thumb
def total(r0, r1):
    mov(r2, 0)
    b(test)
    label(loop)
    ldr(r3, [r1, 0])
    add(r2, r2, r3)
    add(r1, 4)
    sub(r0, 1)
    label(test)
    cmp(r0, 0)
    bgt_w(loop)
    mov(r0, r2)

@micropython.asm_thumb
def word(r0) -> uint:
    lsl(r0, r0, 2)
    mov(r1, pc)
    add(r0, r0, r1)
    ldr(r0, [r0, 4])
    b(HERE)
    data(4, 0x12345678, 1 << 31, (1 << 32) - 2)
    label(HERE)

@micropython.asm_thumb
def larger(r0, r1):
    movwt(r4, 0x12345678)
    mov(r7, 1)
    cmp(r0, r1)
    it(lt)
    mov(r0, r1)

@micropython.asm_thumb
def lengths(r0, r1):
    label(LOOP)
    vldr(s0, [r0, 0])
    vldr(s31, [r0, 4])
    vmul(s0, s0, s0)
    vmul(s31, s31, s31)
    vadd(s0, s0, s31)
    vsqrt(s0, s0)
    vstr(s0, [r0, 0])
    add(r0, 8)
    sub(r1, 1)
    bne(LOOP)

@micropython.asm_thumb
def third_larger(r0, r1):
    vmov(s1, r0)
    vcvt_f32_s32(s1, s1)
    mov(r2, 3)
    vmov(s2, r2)
    vcvt_f32_s32(s2, s2)
    vdiv(s1, s1, s2)
    vneg(s3, s1)
    vsub(s3, s2, s3)
    vcvt_s32_f32(s3, s3)
    vmov(r0, s3)
    vmov(s4, r1)
    vcvt_f32_s32(s4, s4)
    vcmp(s1, s4)
    vmrs(APSR_nzcv, FPSCR)
    it(mi)
    mov(r0, r1)

@micropython.asm_thumb
def same(r0) -> object:
    nop()

@micropython.asm_thumb
def nothing():
    pass

print([fibonacci(n) for n in range(10)])
print(total(3, array.array("i", [1, 20, 300])), hex(word(0)), hex(word(1)), hex(word(2)))
gc.collect()
print(larger(3, 5), larger(-3, -5), same([1, 2]), same(print) is print)
sides = array.array("f", [3, 4, 5, 12])
lengths(sides, 2)
print(sides, third_larger(10, 3), third_larger(10, 4))
try:
    larger(1)
except TypeError:
    print("TypeError")

def refuse(body, parameters="r0"):
    try:
        exec("@micropython.asm_thumb\ndef f(%s):\n    %s" % (parameters, body))
    except SyntaxError as e:
        print(e.args[0])

for body in ("x = 1", "adds(r0, r0)", "mov(r0)", "mov(r9, 1)", "mov(r0, 256)", "mov(1, r0)", "b(there)", "b(1)", "ldr(r0, r1)",
             "push(r0)", "mrs(r0, r1)", "vadd(s0, s32, s1)", "label(a); label(a)", "data(3, 1)", "a.b()"):
    refuse(body)
refuse("pass", "r1")
refuse("pass", "r0, r1, r2, r3, r4")
refuse("pass", "*r0")
"#;

#[test]
fn functions_in_assembly_run() {
    let mut board = board();
    let (printed, error) = run(&mut board, ASSEMBLY);
    let expected = [
        "[0, 1, 1, 2, 3, 5, 8, 13, 21, 34]",
        "321 0x12345678 0x80000000 0xfffffffe",
        "5 -3 [1, 2] True",
        "array('f', [5.0, 4.0, 13.0, 12.0]) 6 4",
        "TypeError",
        "expecting an assembler instruction",
        "unsupported Thumb instruction 'adds' with 2 arguments",
        "unsupported Thumb instruction 'mov' with 1 arguments",
        "'mov' expects at most r7",
        "'mov' has an integer that doesn't fit",
        "'mov' expects a register",
        "label 'there' not defined",
        "'b' expects a label",
        "'ldr' expects an address of the form [a, b]",
        "'push' expects {r0, r1, ...}",
        "'mrs' expects a special register",
        "'vadd' expects one of s0 to s31",
        "label redefined",
        "expecting a size of 1, 2 or 4 bytes",
        "expecting an assembler instruction",
        "parameters must be registers in sequence r0 to r3",
        "can only have up to 4 parameters to Thumb assembly",
        "parameters must be registers in sequence r0 to r3",
    ];
    assert_eq!((printed.lines().collect::<Vec<_>>(), error), (expected.to_vec(), String::new()));
}
