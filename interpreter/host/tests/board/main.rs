//! The hardware of the virtual board (`taipan --board`), as programs use it: run at the raw prompt, over the board's line.

mod displays;
mod usb;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// Far more than a program here takes.
const PATIENCE: Duration = Duration::from_secs(20);

/// A board, and its line at the raw prompt; what its hardware does, a line for each change.
struct Board {
    process: Child,
    line: TcpStream,
    events: Receiver<String>,
}

impl Board {
    fn start(name: &str) -> Board {
        Board::start_as(name, &[])
    }

    fn start_as(name: &str, options: &[&str]) -> Board {
        let image = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join(name).with_extension("img");
        let mut command = Command::new(env!("CARGO_BIN_EXE_taipan"));
        command.args(["--board", "--tcp", "127.0.0.1:0", "--image"]).arg(image).args(options);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the board starts");
        let mut events = BufReader::new(process.stdout.take().expect("it is piped"));
        let mut said = String::new();
        events.read_line(&mut said).expect("it says where its line is");
        let (sender, receiver) = channel();
        std::thread::spawn(move || events.lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
        let line = TcpStream::connect(said.trim().trim_start_matches("board: tcp ")).expect("its line is open");
        line.set_read_timeout(Some(PATIENCE)).expect("a socket has a deadline");
        let mut board = Board { process, line, events: receiver };
        board.line.write_all(b"\r\x03\x01").expect("it listens");
        board.until("exit\r\n>");
        board
    }

    fn until(&mut self, end: &str) -> String {
        let mut bytes = Vec::new();
        while !bytes.ends_with(end.as_bytes()) {
            let mut byte = [0];
            self.line.read_exact(&mut byte).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&bytes)));
            bytes.extend(byte);
        }
        bytes.truncate(bytes.len() - end.len());
        String::from_utf8(bytes).expect("it prints text").replace("\r\n", "\n")
    }

    /// Runs a program until it has said this, and lets it go on.
    fn begin(&mut self, program: &str, said: &str) {
        self.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
        self.until(&format!("OK{said}"));
    }

    /// What a program prints; its traceback behind that.
    fn run(&mut self, program: &str) -> String {
        self.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
        self.until("OK");
        let printed = self.until("\x04");
        printed + &self.until("\x04>")
    }
}

impl Board {
    /// What pins did, as names and levels, until the program changed an LED.
    fn changes(&mut self) -> Vec<(String, bool)> {
        let mut changes = Vec::new();
        loop {
            let line = self.events.recv_timeout(PATIENCE).expect("the program changes an LED");
            let event: serde_json::Value = serde_json::from_str(&line).expect("a JSON object");
            match event["pin"].as_str() {
                Some(pin) => changes.push((pin.to_owned(), event["value"] == 1)),
                None => return changes,
            }
        }
    }
}

impl Drop for Board {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn serial_lines_hear_themselves() {
    let mut board = Board::start("serial");
    let program = "import machine, pyb, select, time\nu = machine.UART(2, 115200, timeout=10)\nprint(u, u is pyb.UART(2))\n\
        print(u.write(b'one\\ntwo'), u.any(), u.readline(), u.read())\nb = bytearray(4)\nu.write('ab')\n\
        print(u.readinto(b), b, u.readchar(), u.read(1))\np = select.poll()\np.register(u)\nprint(p.poll(0)[0][1])\n\
        u.writechar(7)\nprint(p.poll(0)[0][1])\nfor parity, bits in ((None, 9), (1, 7)):\n    \
        u.init(9600, bits=bits, parity=parity, stop=2, timeout=0, flow=u.RTS | u.CTS)\n    print(u, u.write(b'\\xff\\x01'), u.read())\n";
    let expected = "UART(2, baudrate=115068, bits=8, parity=None, stop=1, flow=0, timeout=10, timeout_char=2, rxbuf=64) True\n\
        7 7 b'one\\n' b'two'\n2 bytearray(b'ab\\x00\\x00') -1 None\n4\n5\n\
        UART(2, baudrate=9600, bits=9, parity=None, stop=2, flow=RTS|CTS, timeout=0, timeout_char=3, rxbuf=64) 2 b'\\xff\\x01'\n\
        UART(2, baudrate=9600, bits=7, parity=1, stop=2, flow=RTS|CTS, timeout=0, timeout_char=3, rxbuf=64) 2 b'\\x7f\\x01'\n";
    assert_eq!(board.run(program), expected);
    let wrong = "for wrong in (lambda: pyb.UART(5), lambda: pyb.UART('ZZ'), lambda: u.init(9600, bits=5), lambda: u.init(1), \
        lambda: u.init(9600, flow=3), lambda: machine.UART(4, flow=u.CTS), lambda: u.irq(print, 1), lambda: u.init(9600, 9, 0)):\n    \
        try:\n        wrong()\n    except ValueError:\n        print('no')\nu.deinit()\ntry:\n    u.write('x')\nexcept OSError as e:\n    print(e.errno, u)\n";
    assert_eq!(board.run(wrong), "no\n".repeat(8) + "22 UART(2)\n");
}

#[test]
fn what_is_made_of_no_arguments_and_a_closed_line_are_no_fault_of_the_board() {
    let mut board = Board::start("bare");
    let program = "import machine\n\
        for make in machine.I2C, machine.SPI, machine.UART, machine.Timer, lambda: machine.Timer(period=1000):\n    \
            try:\n        print(str(make())[:6])\n    except (OSError, TypeError, ValueError):\n        print('refused')\n\
        u = machine.UART(2, 9600)\nwith u as v:\n    pass\nu.close()\nprint(u.any(), u.read(), str(u)[:7])\n";
    assert_eq!(board.run(program), "I2C(1,\nSPI(1,\nrefused\nTimer(\nTimer(\n0 None UART(2,\n");
}

#[test]
fn a_serial_line_calls_back() {
    let mut board = Board::start("serial-irq");
    let program = "import machine, time\nu = machine.UART('XA', 9600)\n\
        def heard(u):\n    print(u.irq().flags(), u.read())\n\
        irq = u.irq(heard, u.IRQ_RXIDLE)\nu.write('12345')\ntime.sleep_ms(1)\nprint(irq.trigger(u.IRQ_RX))\nu.write('6')\ntime.sleep_ms(1)\n\
        u.write('78')\ntime.sleep_ms(1)\nirq()\nu.irq(None)\nu.write('9')\ntime.sleep_ms(1)\nprint(u.any())\n\
        u.irq(lambda u: print('sent', u.irq().flags() & u.IRQ_TXIDLE == u.IRQ_TXIDLE), u.IRQ_TXIDLE)\nu.write('1011')\ntime.sleep_ms(1)\n";
    assert_eq!(board.run(program), "48 b'12345'\n16\n32 b'6'\n32 b'78'\n32 None\n1\nsent True\n");
}

#[test]
fn a_bus_of_three_wires_is_moved_by_hand() {
    let mut board = Board::start("soft-spi");
    let bus = "import machine, pyb\ns = machine.SoftSPI(baudrate=100000, sck='X1', mosi='X2', miso='X3'";
    let mut data = false;
    for (polarity, phase, first) in [(0, 0, "MSB"), (1, 0, "MSB"), (0, 1, "MSB"), (1, 1, "LSB")] {
        let program = format!(
            "{bus}, polarity={polarity}, phase={phase}, firstbit=machine.SoftSPI.{first})\npyb.LED(1).toggle()\n\
             print(s)\ns.write(b'\\xa5\\x0f')\npyb.LED(1).toggle()\n"
        );
        let printed = board.run(&program);
        assert!(
            printed.starts_with("SoftSPI(baudrate=100000, ") && printed.ends_with(", sck=A0, mosi=A1, miso=A2)\n"),
            "{printed}"
        );
        // What was before the LED changed is setting up.
        board.changes();
        let mut bits = Vec::new();
        for (pin, level) in board.changes() {
            match pin.as_str() {
                "X2" => data = level,
                // Polarity and phase say at which edge the data counts.
                "X1" if level == (polarity == phase) => bits.push(data),
                _ => {}
            }
        }
        let byte = |bits: &[bool]| bits.iter().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit));
        let bytes: Vec<_> =
            bits.chunks(8).map(byte).map(|byte| if first == "LSB" { byte.reverse_bits() } else { byte }).collect();
        assert_eq!(bytes, [0xA5, 0x0F], "polarity {polarity}, phase {phase}");
    }
    let program = "print(s.read(2), s.readinto(bytearray(1), 3))\nb = bytearray(2)\ns.write_readinto(b'ab', b)\nprint(b)\n\
        for wrong in (lambda: machine.SoftSPI(sck='X1'), lambda: s.write_readinto(b'a', b), lambda: machine.SPI(7), lambda: machine.I2C(7)):\n    \
        try:\n        wrong()\n    except (OSError, ValueError) as e:\n        print(type(e).__name__, e.errno if isinstance(e, OSError) else '')\n";
    let expected = "b'\\x00\\x00' None\nbytearray(b'\\x00\\x00')\nValueError \nValueError \nValueError \nValueError \n";
    assert_eq!(board.run(program), expected);
}

#[test]
fn a_bus_of_two_wires_is_moved_by_hand() {
    let mut board = Board::start("soft-i2c");
    let program = "import machine, pyb\ni = machine.SoftI2C(scl='X1', sda='X2', freq=200000)\nprint(i)\npyb.LED(1).on()\n\
        try:\n    i.writeto(0x2a, b'abc')\nexcept OSError as e:\n    print(e.errno)\npyb.LED(2).on()\n";
    assert_eq!(board.run(program), "SoftI2C(scl=A0, sda=A1, freq=200000)\n19\n");
    board.changes();
    // Starts and stops are changes of the data while the clock is high; bits are what it is when the clock rises.
    let (mut clock, mut data, mut said) = (true, true, String::new());
    for (pin, level) in board.changes() {
        match pin.as_str() {
            "X1" => {
                if level {
                    said.push(if data { '1' } else { '0' });
                }
                clock = level;
            }
            _ => {
                if clock && level != data {
                    said.push(if level { 'P' } else { 'S' });
                }
                data = level;
            }
        }
    }
    // The address and that it is written to; nobody acknowledges; the clock rises once more for the stop.
    assert_eq!(said, "S0101010010P");
    let program = "print(i.scan(), i.start(), i.write(b'ab'), i.stop(), i.readinto(bytearray(1)))\n\
        for dead in (lambda: i.readfrom(8, 1), lambda: i.readfrom_mem(8, 1, 1), lambda: i.writevto(8, (b'a', b'b')), lambda: i.writeto_mem(8, 1, b'x')):\n    \
        try:\n        dead()\n    except OSError as e:\n        print(e.errno)\n";
    assert_eq!(board.run(program), "[60] None 0 None None\n19\n19\n19\n19\n");
    assert_eq!(board.run("j = machine.SoftI2C('X1', 'X2', timeout=60_000_000)\n"), "");
    // Somebody holds the clock.
    board.process.stdin.as_mut().expect("it is piped").write_all(b"{\"pin\":\"X1\",\"value\":0}\n").expect("the board listens");
    let held = "while i.start.__class__ and machine.Pin('X1').value():\n    pass\ni = None\n\
        try:\n    machine.SoftI2C('X1', 'X2', timeout=100).scan()\nexcept OSError as e:\n    print(e.errno)\n";
    assert_eq!(board.run(held), "110\n");
    // Who waits for it can be stopped.
    for waits in ["j.readfrom(8, 1)", "j.start()", "j.scan()", "machine.SoftI2C('X1', 'X2', timeout=60_000_000)"] {
        board.begin(&format!("print('go')\ntry:\n    {waits}\nexcept KeyboardInterrupt:\n    print('stopped')\n"), "go\r\n");
        board.line.write_all(b"\x03").expect("it listens");
        assert_eq!(board.until("\x04\x04>"), "stopped\n", "{waits}");
    }
}

#[test]
fn where_the_chip_has_registers_is_nothing() {
    let mut board = Board::start("registers");
    let program = "import machine, stm, uctypes\nword = {'low': 0 | uctypes.UINT32}\n\
        for touch in (lambda: stm.mem32[stm.GPIOA], lambda: machine.mem8.__setitem__(stm.RTC, 1), lambda: machine.mem16[0]):\n    \
        try:\n        touch()\n    except OSError as e:\n        print(e.errno)\n\
        gpio = uctypes.struct(stm.GPIOA, word)\ngpio.low = 5\nprint(gpio.low)\n\
        for start in (0, stm.GPIOA):\n    try:\n        uctypes.bytearray_at(start, 4)[1] = 1\n    except IndexError as e:\n        print(e)\n";
    assert_eq!(board.run(program), "19\n19\n19\n0\nbytearray index out of range\nbytearray index out of range\n");
    let viper = "@micropython.viper\ndef set(port: ptr8):\n    port[stm.GPIO_ODR] = stm.GPIO_IDR\n\
        port = bytearray(32)\nset(port)\nprint(port[stm.GPIO_ODR])\n";
    assert_eq!(board.run(&format!("import micropython, stm\n{viper}")), "16\n");
}

#[test]
fn all_may_be_said_by_name() {
    let mut board = Board::start("named");
    let program = "import machine, pyb\nX = ('X1', 'X2', 'X3')\nprint(machine.I2C(scl=machine.Pin(X[0]), sda=machine.Pin(X[1]), freq=100000))\n\
        print(machine.I2C(-1, X[0], X[1]))\nprint(machine.SPI(sck=X[0], mosi=X[1], miso=X[2], baudrate=1000))\n\
        for make in (lambda: machine.I2C(id=7), lambda: machine.SPI(id=7), lambda: machine.I2C(scl='X1'), lambda: pyb.I2C(mode=0)):\n    \
        try:\n        make()\n    except (TypeError, ValueError) as e:\n        print(type(e).__name__)\n\
        print(machine.UART(id=4, baudrate=9600))\nmachine.Timer(period=1000, callback=lambda t: None).deinit()\n";
    let [two, three] =
        ["I2C", "SPI"].map(|name| format!("Warning: {name}(-1, ...) is deprecated, use Soft{name}(...) instead\n"));
    let printed = board.run(program);
    assert!(
        printed.starts_with(&format!(
            "{two}SoftI2C(scl=A0, sda=A1, freq=100000)\n{two}SoftI2C(scl=A0, sda=A1, freq=400000)\n{three}SoftSPI("
        )),
        "{printed}"
    );
    assert!(printed.contains(&format!("ValueError\nValueError\n{two}TypeError\nUART(4, baudrate=9600,")), "{printed}");
}

#[test]
fn pins_have_names_of_the_programs_own_and_functions() {
    let mut board = Board::start("pins");
    let program = "import pyb, stm\nfrom pyb import Pin\nprint(Pin.mapper(), Pin.dict(), Pin.debug())\n\
        Pin.dict({'left': Pin.cpu.A0})\nPin.mapper(lambda name: Pin.cpu.B3 if name == 'key' else None)\n\
        print(Pin('left').name(), Pin('key').names(), Pin('X3').name(), Pin.dict())\nPin.debug(True)\nPin('left')\nPin('X1')\nPin.debug(False)\n\
        Pin.mapper(None)\nPin.dict(None)\ntry:\n    Pin('left')\nexcept ValueError as e:\n    print(e)\n\
        af = Pin('X1').af_list()\nprint(af, af[0].index(), af[0].name(), af[0].reg() == stm.TIM2, hex(Pin('Y1').gpio()))\n\
        for alt in (Pin.AF1_TIM2, af[0], 'TIM2_CH1', 'AF1_TIM2'):\n    print(Pin('X1', Pin.ALT, alt=alt).af())\n\
        e = pyb.ExtInt(17, 1, 0, lambda line: print('line', line))\ne.swint()\nprint(pyb.ADC(17))\npyb.ExtInt.regs()\n\
        print(hex(stm.USART1), stm.RCC_AHB1ENR)\n\
        names = dir(Pin.board), dir(Pin.cpu)\nprint('X1' in names[0], 'LED_BLUE' in names[0], 'A0' in names[0], 'A0' in names[1], 'X1' in names[1])\n";
    let expected = "None None False\nA0 ['B3', 'SW', 'X17'] A2 {'left': Pin(Pin.cpu.A0, mode=Pin.IN)}\n\
        Pin map 'left' to Pin(Pin.cpu.A0, mode=Pin.IN)\nPin('left') doesn't exist\n\
        [Pin.AF1_TIM2, Pin.AF2_TIM5, Pin.AF3_TIM8, Pin.AF7_USART2, Pin.AF8_UART4] 1 AF1_TIM2 True 0x40020800\n1\n1\n1\n1\nline 17\n<ADC on 17 channel=17>\n\
        EXTI_IMR 00020000\nEXTI_EMR 00000000\nEXTI_RTSR 00000000\nEXTI_FTSR 00000000\nEXTI_SWIER 00000000\nEXTI_PR 00000000\n\
        0x40011000 48\nTrue True False True False\n";
    assert_eq!(board.run(program), expected);
}

#[test]
fn lines_of_pins_interrupt_or_make_events() {
    let mut board = Board::start("lines");
    let program = "from pyb import ExtInt, Pin\nseen = []\n\
        e = ExtInt(pin='X1', mode=ExtInt.IRQ_RISING_FALLING, pull=Pin.PULL_NONE, callback=seen.append)\ne.swint()\nprint(e, seen)\n\
        w = ExtInt('X2', ExtInt.EVT_FALLING, Pin.PULL_UP, callback=seen.append)\nw.swint()\nprint(seen)\nExtInt.regs()\n\
        for bad in (lambda: ExtInt('X3', 4, 0, None), lambda: ExtInt('X3', 8, 0, None), lambda: ExtInt('X3', 1, 0), lambda: Pin('X3').irq(None, ExtInt.EVT_RISING)):\n    \
        try:\n        bad()\n    except (TypeError, ValueError) as e:\n        print(type(e).__name__)\n";
    let expected = "<ExtInt line=0> [0]\n[0]\nEXTI_IMR 00000001\nEXTI_EMR 00000002\nEXTI_RTSR 00000001\nEXTI_FTSR 00000003\nEXTI_SWIER 00000000\nEXTI_PR 00000000\n\
        ValueError\nValueError\nTypeError\nValueError\n";
    assert_eq!(board.run(program), expected);
}

#[test]
fn arguments_with_a_place_have_names_as_well() {
    let mut board = Board::start("names");
    let program = "from pyb import CAN, DAC, I2C, SPI\ni = I2C(1, I2C.CONTROLLER)\ns = SPI(1, mode=SPI.CONTROLLER)\nc = CAN(1, CAN.LOOPBACK)\n\
        print(i.send(send=b'a', addr=60), len(i.mem_read(data=1, addr=60, memaddr=0, timeout=10)))\n\
        print(s.send_recv(send=b'ab', recv=bytearray(2)), s.recv(recv=1))\n\
        c.setfilter(bank=0, mode=CAN.LIST16, fifo=0, params=(1, 2, 3, 4))\nc.send(data='a', id=1)\nprint(c.recv(fifo=0, timeout=100))\n\
        DAC(1).write_timed(data=b'abc', freq=1000, mode=DAC.NORMAL)\n\
        for bad in (lambda: i.mem_read(1, 60), lambda: c.send('a'), lambda: c.send('a', 1, other=1), lambda: s.send(), \
        lambda: c.send(data='a', id=1, **{'a%d' % n: n for n in range(20)})):\n    try:\n        bad()\n    except TypeError:\n        print('no')\n";
    let expected = "None 1\nbytearray(b'ab') b'\\xff'\n[1, False, False, 0, b'a']\n".to_owned() + &"no\n".repeat(5);
    assert_eq!(board.run(program), expected);
}

#[test]
fn a_hard_callback_that_raises_is_called_no_more() {
    let mut board = Board::start("raises");
    let program = "import pyb\ncalls = []\ndef fails(line):\n    calls.append(line)\n    raise ValueError(line)\n\
        hard = pyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, fails)\nhard.swint()\nhard.swint()\nprint(calls)\n\
        again = pyb.ExtInt('X1', pyb.ExtInt.IRQ_RISING, 0, calls.append)\nagain.swint()\nprint(calls)\n";
    let printed = board.run(program);
    assert_eq!(printed.matches("ValueError: 0").count(), 1, "{printed}");
    assert!(printed.ends_with("[0]\n[0, 0]\n"), "{printed}");
}

#[test]
fn timers_have_the_frequency_that_is_asked_for() {
    let mut board = Board::start("exact");
    let program = "import pyb\nfor hertz in (1, 2, 3, 10, 50, 441, 1000, 1_000_000, 0.5):\n    t = pyb.Timer(4, freq=hertz)\n    print(t.freq(), end=' ')\n\
        t = pyb.Timer(4, freq=2)\nprint(t)\nt = pyb.Timer(1, freq=7, mode=pyb.Timer.DOWN)\nprint(t)\n";
    let expected = "1 2 3 10 50 441.000441000441 1000 1000000 0.5 Timer(4, freq=2, prescaler=671, period=62499, mode=UP, div=1)\n\
        Timer(1, freq=7, prescaler=374, period=63999, mode=DOWN, div=1, deadtime=0, brk=BRK_OFF)\n";
    assert_eq!(board.run(program), expected);
}

#[test]
fn time_counts_from_2000_as_on_a_pyboard() {
    let mut board = Board::start("time");
    let program = "import machine, os, time\nmachine.RTC().datetime((2026, 5, 17, 7, 8, 30, 15, 255))\nopen('f', 'w').close()\nnow = time.time()\n\
        print(type(now).__name__, time.gmtime(0)[:3], time.localtime()[:5], time.mktime((2000, 1, 2, 0, 0, 0, 0, 0)), os.stat('/flash')[8])\n\
        print([0 <= then - time.mktime((2026, 5, 17, 8, 30, 14, 0, 0)) < 60 for then in (now, os.stat('f')[8], time.time_ns() // 10**9)])\n";
    assert_eq!(board.run(program), "int (2000, 1, 1) (2026, 5, 17, 8, 30) 86400 0\n[True, True, True]\n");
}

#[test]
fn files_are_known_by_two_names_and_listed_once() {
    let mut board = Board::start("flash");
    let program = "import os\nopen('/flash/a.py', 'w').close()\nnames = os.listdir('/')\n\
        print('flash' in names, names.count('a.py'), os.listdir('/flash') == names, os.stat('/flash')[0])\nos.chdir('/flash')\n\
        print(os.listdir() == names, open('a.py').read() == '')\nos.umount('/flash')\nprint('flash' in os.listdir('/'))\n";
    assert_eq!(board.run(program), "False 1 True 16384\nTrue True\nFalse\n");
}

#[test]
fn a_program_of_the_raw_prompt_ends_with_what_it_asked_for() {
    let mut board = Board::start("atexit");
    let program = "import sys\nsays = print\nprint(sys.atexit(lambda: says('at the end')))\nprint('it ends')\n";
    assert_eq!(board.run(program), "None\nit ends\nat the end\n");
    assert_eq!(board.run("print('once')\n"), "once\n");
}

#[test]
fn bits_are_sent_by_how_long_a_pin_is_high() {
    let mut board = Board::start("bitstream");
    let program = "import machine, pyb\np = machine.Pin('X1', machine.Pin.OUT)\npyb.LED(1).on()\n\
        machine.bitstream(p, 0, (400, 850, 800, 450), b'\\x01\\xff')\npyb.LED(1).off()\n";
    assert_eq!(board.run(program), "");
    board.changes();
    let changes = board.changes();
    assert!(changes.len() == 32 && changes.iter().enumerate().all(|(at, (pin, level))| pin == "X1" && *level == (at % 2 == 0)));
}

#[test]
fn a_bus_of_many_hears_itself_through_its_filters() {
    let mut board = Board::start("can");
    let program = "import pyb, micropython\nCAN = pyb.CAN\nc = CAN('YA')\nprint(c, c.state() == CAN.STOPPED, c is CAN(1))\n\
        c.init(CAN.LOOPBACK, baudrate=500000, auto_restart=True)\nprint(c, c.state() == CAN.ERROR_ACTIVE, c.info())\n\
        c.setfilter(0, CAN.LIST16, 0, (1, 2, 3, 4))\nc.setfilter(1, CAN.MASK32, 1, (0x1000, 0x1FFFF000), extframe=True)\n\
        c.setfilter(2, CAN.MASK16, 0, (0x70, 0x7F0, 5, 0x7FF), rtr=(False, True))\n\
        for data, id, words in (('abc', 3, {}), (b'', 0x7a, {}), (7, 0x1234, {'extframe': True}), ('', 5, {'rtr': True}), ('', 5, {}), ('x', 9, {})):\n    \
        c.send(data, id, timeout=1000, **words)\n    print([c.recv(n) for n in (0, 1) if c.any(n)])\n\
        c.clearfilter(0)\nc.send('abc', 3, timeout=1000)\nprint(c.any(0))\n\
        c.init(CAN.LOOPBACK, baudrate=10000)\nc.setfilter(0, CAN.LIST32, 0, (3, 4))\nfor n in range(3):\n    c.send(str(n), 3)\ntry:\n    c.send('no', 3)\nexcept OSError as e:\n    print(e.errno)\n\
        print(c.recv(0), c.recv(0), c.recv(0))\nb = bytearray(8)\nl = [0, 0, 0, 0, memoryview(b)]\nc.send('kept', 4, timeout=1000)\n\
        micropython.heap_lock()\nr = c.recv(0, l)\nmicropython.heap_unlock()\nprint(r is l, l[:4], bytes(l[4]), b, c.info([0] * 8))\n";
    let expected = "CAN(1) True True\nCAN(1, CAN.LOOPBACK, auto_restart=True) True [0, 0, 0, 0, 0, 0, 0, 0]\n\
        [[3, False, False, 2, b'abc']]\n[[122, False, False, 4, b'']]\n[[4660, True, False, 0, b'\\x07']]\n[[5, False, True, 5, b'']]\n[]\n[]\nFalse\n\
        16\n[3, False, False, 0, b'0'] [3, False, False, 0, b'1'] [3, False, False, 0, b'2']\n\
        True [4, False, False, 1] b'kept' bytearray(b'kept\\x00\\x00\\x00\\x00') [0, 0, 0, 0, 0, 0, 0, 0]\n";
    assert_eq!(board.run(program), expected);
    let events = "def heard(can, reason):\n    print(can is c, reason)\nc.rxcallback(0, heard)\nfor n in range(4):\n    c.send('12345678', 3, timeout=1000)\n\
        print(c.recv(0)[0], c.recv(0)[0], c.recv(0)[0])\nc.rxcallback(0, None)\nc.send('', 3, timeout=1000)\nc.init(CAN.NORMAL)\n\
        for wrong in (lambda: c.send('', 1, timeout=5), lambda: c.recv(1, timeout=1), lambda: c.send('123456789', 1), lambda: CAN(3), \
        lambda: c.setfilter(14, 0, 0, (1, 2)), lambda: c.setfilter(28, 0, 0, (1, 2, 3, 4)), lambda: c.init(4), lambda: c.init(0, baudrate=7), lambda: c.recv(2)):\n    \
        try:\n        wrong()\n    except (OSError, ValueError, TypeError) as e:\n        print(type(e).__name__, e.errno if isinstance(e, OSError) else '')\nc.deinit()\nprint(c)\n";
    let expected = "True 0\nTrue 1\nTrue 2\n3 3 3\nTimeoutError 110\nTimeoutError 110\n".to_owned()
        + &"ValueError \n".repeat(6)
        + "TypeError \nCAN(1)\n";
    assert_eq!(board.run(events), expected);
}

#[test]
fn a_bus_that_is_addressed_is_a_memory() {
    let mut board = Board::start("target");
    let program = "import machine, time\nmem = bytearray(b'abcdefgh')\nt = machine.I2CTarget(1, 0x43, mem=mem)\n\
        c = machine.SoftI2C(scl='X9', sda='X10')\nprint(t, t is machine.I2CTarget('X', addr=0x43, mem=mem), c.scan(), t.memaddr)\n\
        print(c.readfrom_mem(0x43, 2, 3), t.memaddr, c.readfrom(0x43, 4), t.memaddr, c.readfrom_mem(0x43, 15, 2), t.memaddr)\n\
        c.writeto_mem(0x43, 6, b'XYZ')\nprint(mem, t.memaddr, c.writeto(0x43, b'\\x01'), c.readfrom(0x43, 1))\ntime.sleep_ms(1)\n\
        def heard(t):\n    print('event', t.irq().flags(), t.memaddr)\n\
        i = t.irq(heard)\ntime.sleep_ms(1)\nprint(i is t.irq(), c.readfrom_mem(0x43, 3, 1))\ntime.sleep_ms(1)\nc.writeto_mem(0x43, 4, b'!')\ntime.sleep_ms(1)\nprint(mem)\n\
        print(i.trigger(t.IRQ_END_READ))\nc.writeto_mem(0x43, 5, b'!')\ntime.sleep_ms(1)\ni()\nt.irq(None)\nprint(c.readfrom_mem(0x43, 4, 2))\n\
        t = machine.I2CTarget(1, 0x20, mem=mem, mem_addrsize=16)\nprint(c.scan(), c.readfrom_mem(0x20, 0x1002, 2, addrsize=16), t.memaddr)\n\
        t.deinit()\nt.deinit()\nprint(c.scan())\n";
    let expected = "I2CTarget(1, addr=67) True [60, 67] 0\nb'cde' 2 b'fgha' 2 b'ha' 7\nbytearray(b'ZbcdefXY') 6 1 b'b'\n\
        True b'd'\nevent 16 3\nevent 32 4\nbytearray(b'Zbcd!fXY')\n48\nevent 32 5\nb'!!'\n[32, 60] b'cd' 2\n[60]\n";
    assert_eq!(board.run(program), expected);
    let wrong = "class Small:\n    pass\nfor wrong in (lambda: machine.I2CTarget(1), lambda: machine.I2CTarget(3, 1), lambda: machine.I2CTarget(1, 128), \
        lambda: machine.I2CTarget(1, 1, mem=b'x'), lambda: machine.I2CTarget(1, 1, mem=bytearray(1), mem_addrsize=12), \
        lambda: machine.I2CTarget(1, 1).irq(print, machine.I2CTarget.IRQ_READ_REQ), lambda: machine.I2CTarget(1, 1).irq(print, 64)):\n    \
        try:\n        wrong()\n    except (TypeError, ValueError) as e:\n        print(type(e).__name__)\n";
    assert_eq!(board.run(wrong), "TypeError\nValueError\nValueError\nTypeError\nValueError\nValueError\nValueError\n");
}

#[test]
fn a_bus_that_is_addressed_is_whatever_a_program_makes_of_it() {
    let mut board = Board::start("target-events");
    let program = "import machine\nT = machine.I2CTarget\nt = T('Y', 9)\nc = machine.SoftI2C(scl='Y9', sda='Y10')\nlog = []\n\
        def heard(t, b=bytearray(1)):\n    f = t.irq().flags()\n    log.append(f)\n    if f & T.IRQ_WRITE_REQ:\n        log.append((t.readinto(b), b[0]))\n    \
        if f & T.IRQ_READ_REQ:\n        b[0] += 1\n        log.append(t.write(b))\n\
        def did(*result):\n    print(*result, log)\n    log.clear()\n\
        t.irq(heard, T.IRQ_ADDR_MATCH_READ | T.IRQ_ADDR_MATCH_WRITE | T.IRQ_READ_REQ | T.IRQ_WRITE_REQ | T.IRQ_END_READ | T.IRQ_END_WRITE, True)\n\
        did(c.writeto(9, b'\\x05\\x07'))\ndid(c.readfrom(9, 2))\ndid(c.readfrom_mem(9, 65, 1))\ndid(c.writeto(9, b''))\n\
        def broken(t):\n    1 / 0\nt.irq(broken, T.IRQ_READ_REQ, hard=True)\ndid(c.readfrom(9, 2))\n\
        def leaves(t):\n    raise SystemExit\nt.irq(leaves, T.IRQ_READ_REQ, hard=True)\ndid(c.readfrom(9, 2))\n\
        t.irq(None)\nt.write(b'z')\ndid(t.write(b'y'), c.readfrom(9, 2))\n\
        s = machine.disable_irq()\ntry:\n    c.readfrom(9, 1)\nexcept OSError as e:\n    print(e.errno)\nmachine.enable_irq(s)\n";
    let expected = "2 [2, 8, (1, 5), 8, (1, 7), 32]\nb'\\x08\\t' [1, 4, 1, 4, 1, 16]\nb'B' [2, 8, (1, 65), 32, 1, 4, 1, 16]\n0 [2, 32]\n\
        Traceback (most recent call last):\n  File \"<stdin>\", line 23, in broken\nZeroDivisionError: division by zero\n\
        b'\\x00\\x00' []\n\
        Traceback (most recent call last):\n  File \"<stdin>\", line 27, in leaves\nSystemExit: \nb'\\x00\\x00' []\n0 b'z\\x00' []\n110\n";
    assert_eq!(board.run(program), expected);
}

#[test]
fn messages_come_and_go_by_machines_can() {
    let mut board = Board::start("machine-can");
    let program = "import machine, time\nCAN = machine.CAN\nc = CAN('YA', 500_000, mode=CAN.MODE_LOOPBACK)\nprint(c, c is CAN(1, 125000, CAN.MODE_LOOPBACK))\n\
        print(c.get_timings(), c.state() == CAN.STATE_ACTIVE, c.recv())\nCAN(1, 250_000, CAN.MODE_LOOPBACK, tseg1=16, tseg2=8)\n\
        print(c.get_timings([0] * 6), c.get_counters())\n\
        def wait(done):\n    end = time.ticks_add(time.ticks_ms(), 5000)\n    while not done() and time.ticks_diff(end, time.ticks_ms()) > 0:\n        pass\n\
        def take(*args):\n    got = None\n    def ask():\n        nonlocal got\n        got = c.recv(*args)\n        return got\n    wait(ask)\n    return got[0], bytes(got[1]), got[2:]\n\
        c.set_filters(None)\nprint(c.send(3, b'abc'), take())\nprint(c.send(0x12345, b'', CAN.FLAG_EXT_ID), take())\nprint(c.send(3, b'12', CAN.FLAG_RTR), take())\n\
        c.set_filters([(0x100, 0x700, 0), (0x50700, 0x1FFFFFFF, CAN.FLAG_EXT_ID), (7, 0x7FF, 0)])\n\
        for id, flags in ((0x1ab, 0), (0x2ab, 0), (0x1ab, 2), (0x50700, 2), (0x50701, 2), (7, 0)):\n    c.send(id, b'', flags)\n    wait(lambda: not c.get_counters()[5])\n    \
        print(c.get_counters()[6], end=' ')\nprint([take()[0] for _ in range(3)])\n\
        l = [0, memoryview(bytearray(8)), 0, 0]\nfor n in range(4):\n    c.send(7, bytes([n]))\n    wait(lambda: not c.get_counters()[5])\n\
        print(take(l), c.recv(l) is l, l[0], bytes(l[1]), c.get_counters())\nc.restart()\nprint(c.get_counters()[7])\n";
    let expected = "CAN(1, bitrate=125000, mode=CAN.MODE_LOOPBACK, sjw=1, tseg1=11, tseg2=4, f_clock=42000000) True\n\
        [125000, 1, 11, 4, None, None] True None\n[240000, 1, 16, 8, None, None] [0, 0, 0, 0, 0, 0, 0, 0]\n";
    let printed = board.run(program);
    assert!(printed.starts_with(expected), "{printed}");
    let rest = "0 (3, b'abc', [0, 0])\n0 (74565, b'', [2, 0])\n0 (3, b'\\x00\\x00', [1, 0])\n1 1 1 2 2 3 [427, 7, 329472]\n\
        (7, b'\\x00', [0, 3]) True 7 b'\\x01' [0, 0, 0, 0, 0, 0, 1, 1]\n0\n";
    assert_eq!(&printed[expected.len()..], rest);
    let events = "done = []\ndef heard(can):\n    while f := can.irq().flags():\n        if f & CAN.IRQ_RX:\n            done.append(('in', bytes(can.recv()[1])))\n        \
        if f & CAN.IRQ_TX:\n            done.append(('out', f >> CAN.IRQ_TX_IDX_SHIFT & CAN.IRQ_TX_IDX_MASK, bool(f & CAN.IRQ_TX_FAILED)))\n\
        c.init(500000, CAN.MODE_SILENT_LOOPBACK)\ni = c.irq(heard, CAN.IRQ_RX | CAN.IRQ_TX)\nprint(i is c.irq(), i.trigger())\nc.send(7, b'x')\n\
        wait(lambda: len(done) == 2)\nprint(sorted(done))\ndone.clear()\nc.init(500000)\n\
        print([c.send(n, b'') for n in (1, 1, 2, 3, 4)], c.send(1, b'', CAN.FLAG_UNORDERED), c.get_counters()[5])\nprint(c.cancel_send(1), c.cancel_send(1), c.get_counters()[5])\n\
        wait(lambda: done)\nprint(done, c.send(1, b''), c.send(1, b'', CAN.FLAG_UNORDERED))\n\
        for wrong in (lambda: c.send(1 << 11, b''), lambda: c.send(1, b'123456789'), lambda: c.set_filters([(1, 2)]), lambda: c.set_filters([(1, 1, 1)]), \
        lambda: c.set_filters([(0, 0, 0)] * 15), lambda: c.cancel_send(3), lambda: CAN(3, 1000), lambda: CAN(1), lambda: c.init(500000, tseg1=3), \
        lambda: c.init(50_000_000), lambda: c.init(500000, sample_point=100), lambda: c.irq(heard, 4), lambda: (c.deinit(), print(c, c.state()), c.recv())):\n    \
        try:\n        wrong()\n    except (OSError, ValueError, TypeError, OverflowError, IndexError) as e:\n        print(type(e).__name__)\n";
    let expected = "True 3\n[('in', b'x'), ('out', 0, False)]\n[0, None, 1, 2, None] None 3\nTrue False 2\n[('out', 1, True)] None 1\n\
        ValueError\nOverflowError\nValueError\nValueError\nValueError\nIndexError\nValueError\nTypeError\nValueError\nValueError\nValueError\nValueError\nCAN(1) 0\nOSError\n";
    assert_eq!(board.run(events), expected);
}

#[test]
fn sound_that_was_played_is_heard() {
    let mut board = Board::start("sound");
    let program = "import machine, array, time, asyncio\nS = machine.I2S\nP = machine.Pin\npins = dict(sck=P('Y6'), ws=P('Y5'), sd=P('Y8'))\n\
        def out(bits, format):\n    return S(2, **pins, mode=S.TX, bits=bits, format=format, rate=48000, ibuf=4000)\n\
        def hear(bits, format, frames=300):\n    s = S(2, **pins, mode=S.RX, bits=bits, format=format, rate=48000, ibuf=4000)\n    \
        a = array.array('h' if bits == 16 else 'i', [7] * (frames << format))\n    n = s.readinto(a)\n    s.deinit()\n    a = list(a)\n    \
        while a and not a[0]:\n        a.pop(0)\n    while a and not a[-1]:\n        a.pop()\n    return n, a\n\
        def rest(s):\n    time.sleep_ms(20)\n    s.deinit()\n\
        s = out(16, S.STEREO)\nprint(s, s is out(16, S.STEREO))\ns.write(array.array('h', [1, 2, -3, 4]))\nrest(s)\nprint(hear(16, S.STEREO))\n\
        s = out(16, S.MONO)\ns.write(array.array('h', [1, -2, 3]))\nrest(s)\nprint(hear(16, S.STEREO))\n\
        s = out(32, S.STEREO)\ns.write(array.array('i', [0x12345678, -5, 6, 7]))\nrest(s)\nprint(hear(32, S.STEREO))\n\
        s = out(32, S.MONO)\ns.write(array.array('i', [0x12345678, -0x10000, 0x70001]))\nrest(s)\nprint(hear(32, S.MONO))\n\
        s = out(32, S.MONO)\ns.write(array.array('i', [0x12345678, -0x10000, 0x70001]))\nrest(s)\nprint(hear(16, S.MONO))\n";
    let expected = "I2S(id=2,\nsck=B13,\nws=B12,\nsd=B15,\nmode=512,\nbits=16, format=1,\nrate=48000, ibuf=4000) True\n\
        (1200, [1, 2, -3, 4])\n(1200, [1, 1, -2, -2, 3, 3])\n(2400, [305419896, -5, 6, 7])\n(1200, [305419896, -65536, 458753])\n(600, [4660, -1, 7])\n";
    assert_eq!(board.run(program), expected);
    let modes = "done = []\ns = out(16, S.MONO)\ns.irq(lambda s: done.append(time.ticks_ms()))\nb = array.array('h', range(1, 5001))\n\
        start = time.ticks_ms()\nprint(s.write(b), time.ticks_diff(time.ticks_ms(), start) < 20)\n\
        while not done and time.ticks_diff(time.ticks_ms(), start) < 5000:\n    time.sleep_ms(1)\nprint(len(done), time.ticks_diff(done[0], start) > 40)\n\
        time.sleep_ms(60)\ns.deinit()\nn, heard = hear(16, S.MONO, 6000)\nprint(n, heard == list(b))\n\
        async def play():\n    s = out(16, S.MONO)\n    w = asyncio.StreamWriter(s)\n    w.write(b)\n    await w.drain()\n    await asyncio.sleep_ms(60)\n    s.deinit()\n\
        asyncio.run(play())\n\
        async def listen():\n    s = S(2, **pins, mode=S.RX, bits=16, format=S.MONO, rate=48000, ibuf=40000)\n    a = array.array('h', [0] * 6000)\n    \
        v, n = memoryview(a), 0\n    r = asyncio.StreamReader(s)\n    while n < 6000:\n        n += (await r.readinto(v[n:])) // 2\n    s.deinit()\n    return n, [x for x in a if x] == list(b)\n\
        print(asyncio.run(listen()))\n\
        b = array.array('h', [1, -1, 0x4000, -0x8000])\nS.shift(buf=b, bits=16, shift=1)\nprint(b)\nS.shift(buf=b, bits=16, shift=-2)\nprint(b)\n\
        b = array.array('i', [-4, 5])\nS.shift(buf=b, bits=32, shift=-1)\nprint(b)\ns = out(16, S.STEREO)\n\
        def less(**k):\n    return S(2, **(dict(pins, mode=S.TX, bits=16, format=0, rate=8000, ibuf=500) | k))\n\
        for wrong in (lambda: s.readinto(bytearray(4)), lambda: s.write(b'123'), lambda: S(1), lambda: less(sck=P('X1')), lambda: less(sd='Y5'), \
        lambda: less(bits=24), lambda: less(format=2), lambda: less(mode=1), lambda: less(rate=0), lambda: less(ibuf=0), lambda: S(2, **pins), \
        lambda: S.shift(buf=b, bits=8, shift=1), lambda: (s.deinit(), s.write(b'1234'))):\n    \
        try:\n        wrong()\n    except (OSError, ValueError, TypeError) as e:\n        print(type(e).__name__, getattr(e, 'errno', ''))\n";
    let expected = "10000 True\n1 True\n12000 True\n(6000, True)\narray('h', [2, -2, -32768, 0])\narray('h', [0, -1, -8192, 0])\narray('i', [-2, 2])\n\
        PermissionError 1\nOSError 22\n".to_owned() + &"ValueError \n".repeat(8) + "TypeError \nValueError \nOSError 22\n";
    assert_eq!(board.run(modes), expected);
}

#[test]
fn old_names_mean_what_they_meant() {
    let mut board = Board::start("old-names");
    let program = "import machine, os, pyb, vfs\nprint(pyb.mount is vfs.mount, os.VfsFat is vfs.VfsFat, os.VfsLfs2 is vfs.VfsLfs2, 0 <= machine.rng() < 1 << 30)\nm = machine.mem_backup()\n\
        m[5] = 7\nprint(len(m), machine.mem_backup(0)[5])\n\
        pyb.LCD('X').show()\npyb.servo(1, 150)\npyb.pwm(2000, 150)\nmachine.sleep(1)\n\
        pyb.country('US')\nprint(pyb.SD.present(), pyb.SD.power(True), pyb.SD.info())\n\
        for wrong in (lambda: pyb.SD.readblocks(0, bytearray(512)), lambda: machine.dht_readinto('X1', bytearray(5)), lambda: machine.dht_readinto('X1', bytearray(4)), lambda: pyb.LCD('Z')):\n    \
        try:\n        wrong()\n    except (OSError, ValueError) as e:\n        print(type(e).__name__, getattr(e, 'errno', ''))\n";
    let expected = "True True True True\n4096 7\nFalse False None\nOSError 19\nTimeoutError 110\nValueError \nValueError \n";
    assert_eq!(board.run(program), expected);
    let wires = "import dht, onewire\nw = onewire.OneWire(machine.Pin('X1'))\nprint(w.reset(), w.scan(), w.crc8(b'\\x02\\x1c\\xb8\\x01\\0\\0\\0\\xa2'), w.readbyte())\n\
        d = dht.DHT22(machine.Pin('X1'))\nd.buf[:] = b'\\x02\\x8c\\x81\\x5f\\x6e'\nprint(round(d.humidity(), 1), round(d.temperature(), 1))\n\
        for dead in (lambda: w.reset(True), d.measure):\n    try:\n        dead()\n    except (OSError, onewire.OneWireError) as e:\n        print(type(e).__name__)\n";
    assert_eq!(board.run(wires), "False [] 0 255\n65.2 -35.1\nOneWireError\nTimeoutError\n");
    let card = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("old-names.card");
    std::fs::write(&card, vec![0; 1 << 20]).expect("a file can be made");
    let mut board = Board::start_as("old-card", &["--card", card.to_str().expect("a name of text")]);
    assert_eq!(board.run("import pyb\nprint(pyb.SD.present(), type(pyb.SD) is pyb.SDCard)\n"), "True True\n");
}

impl Board {
    /// Does something to the hardware.
    fn touch(&mut self, what: &str) {
        let stdin = self.process.stdin.as_mut().expect("it is piped");
        writeln!(stdin, "{what}").and_then(|()| stdin.flush()).expect("the board listens");
    }

    /// What a program prints at the raw prompt of a board that has just started anew.
    fn rebooted(&mut self, program: &str) -> String {
        self.until(">>> ");
        self.line.write_all(b"\x01").expect("it listens");
        self.until("exit\r\n>");
        self.run(program)
    }

    /// The same after a soft reset at the raw prompt.
    fn rebooted_softly(&mut self, program: &str) -> String {
        self.line.write_all(b"\x04").expect("it listens");
        self.until("exit\r\n>");
        self.run(program)
    }

    /// The next thing that is seen of a pin.
    fn seen(&mut self, pin: &str) -> serde_json::Value {
        loop {
            let line = self.events.recv_timeout(PATIENCE).expect("the pin is seen");
            let event: serde_json::Value = serde_json::from_str(&line).expect("a JSON object");
            if event["pin"] == pin {
                return event;
            }
        }
    }
}

#[test]
fn a_timer_calls_back_at_the_end_of_its_periods() {
    let mut board = Board::start("timers");
    let program = "import pyb, time\nheard = []\ntimer = pyb.Timer(4, freq=100)\ntimer.callback(heard.append)\n\
        while len(heard) < 5: time.sleep_ms(1)\nprint(heard[0] is timer, timer)\n\
        timer.callback(None)\nheard.clear()\ntimer.init(freq=10, mode=pyb.Timer.DOWN)\nchannel = timer.channel(2, pyb.Timer.OC_TIMING, compare=50)\n\
        channel.callback(heard.append)\nwhile len(heard) < 2: time.sleep_ms(1)\nprint(heard[1] is timer, channel.compare())\n\
        heard.clear()\nwhile len(heard) < 3: timer.counter()\nprint('asked meanwhile')\n\
        timer.counter(7)\ntimer.deinit()\nprint(timer)";
    let printed = "True Timer(4, freq=100, prescaler=13, period=59999, mode=UP, div=1)\nTrue 50\nasked meanwhile\nTimer(4)\n";
    assert_eq!(board.run(program), printed);
}

#[test]
fn pulses_are_seen_at_their_pins() {
    let mut board = Board::start("pulses");
    let program = "import machine, pyb\npwm = machine.PWM(machine.Pin('X1'), freq=50, duty_u16=16384)\nprint(pwm, pwm.freq(), pwm.duty_u16())\n\
        servo = pyb.Servo(2)\nservo.angle(90)\nprint(servo.pulse_width())\npwm.deinit()";
    assert_eq!(board.run(program), "<PWM TIM2_CH1> 50 16384\n2420\n");
    let seen = board.seen("X1");
    assert_eq!((&seen["hertz"], &seen["output"]), (&50.0.into(), &true.into()));
    assert!((seen["duty"].as_f64().expect("a number") - 0.25).abs() < 0.001, "{seen}");
    let duties = [1500.0, 2420.0].map(|microseconds| (microseconds / 20_000.0, board.seen("X2")["duty"].as_f64()));
    duties.iter().for_each(|(wanted, seen)| assert!((seen.expect("a number") - wanted).abs() < 1e-6, "{wanted} {seen:?}"));
}

#[test]
fn a_channel_catches_the_edges_that_come_from_outside() {
    let mut board = Board::start("edges");
    // A light says that the program has seen what was done.
    let program = "import pyb, time\nheard = []\ndef wait(done, light):\n    while not done(): time.sleep_ms(1)\n    pyb.LED(light).on()\n\
        timer = pyb.Timer(2, prescaler=83, period=0x3fffffff)\n\
        channel = timer.channel(1, pyb.Timer.IC, pin=pyb.Pin('X1'), polarity=pyb.Timer.BOTH)\n\
        channel.callback(lambda timer: heard.append(channel.capture()))\npyb.LED(1).on()\n\
        wait(lambda: len(heard) == 1, 2)\nwait(lambda: len(heard) == 2, 3)\nprint(0 < heard[0] < heard[1])\npyb.LED(1).off()\n\
        encoder = pyb.Timer(4, prescaler=0, period=99)\nencoder.channel(1, pyb.Timer.ENC_AB, pin=pyb.Pin('X9'))\n\
        encoder.channel(2, pyb.Timer.ENC_AB, pin=pyb.Pin('X10'))\npyb.LED(2).off()\n\
        wait(lambda: encoder.counter() == 4, 4)\nwait(lambda: encoder.counter() == 98, 1)\nprint(encoder.counter())";
    board.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
    let mut put = |pins: &[(&str, u8)]| {
        board.changes();
        for (pin, value) in pins {
            board.touch(&format!(r#"{{"pin":"{pin}","value":{value}}}"#));
        }
    };
    put(&[("X1", 1)]);
    put(&[("X1", 0)]);
    // The third light, and the first one going out.
    put(&[]);
    put(&[]);
    put(&[("X9", 1), ("X10", 1), ("X9", 0), ("X10", 0)]);
    put(&[("X10", 1), ("X9", 1), ("X10", 0), ("X9", 0), ("X10", 1), ("X9", 1)]);
    board.until("OK");
    assert_eq!(board.until("\x04\x04>"), "True\n98\n");
}

#[test]
fn voltages_are_measured_and_given() {
    let mut board = Board::start("voltages");
    board.touch(r#"{"pin":"X19","millivolts":1650}"#);
    let program = "import machine, pyb, time\nadc = machine.ADC('X19')\nwhile adc.read_u16() < 30000: time.sleep_ms(1)\nprint(pyb.ADC('X19').read())\n\
        dac = pyb.DAC(1, bits=12)\ndac.write(1000)\nprint(pyb.ADC(pyb.Pin('X5')).read())\n\
        machine.Pin('X1', machine.Pin.OUT, value=1)\nprint(pyb.ADC('X1').read(), machine.ADC(machine.Pin('X20', machine.Pin.IN, machine.Pin.PULL_UP)).read_u16())\n\
        dac.init(bits=8)\ndac.write_timed(bytes((0, 16, 32, 48)), pyb.Timer(6, freq=1000), mode=pyb.DAC.NORMAL)\n\
        while pyb.ADC('X5').read() != 768: time.sleep_ms(1)\n\
        all = pyb.ADCAll(12)\nprint(round(all.read_core_vref(), 2), round(all.read_vref(), 1), round(all.read_core_temp()))\n\
        try: machine.ADC('Y1')\nexcept ValueError as error: print(error)";
    let printed = "2047\n1000\n0 65535\n1.21 3.3 25\nthe converter is not connected with that pin or channel\n";
    assert_eq!(board.run(program), printed);
    let seen = board.seen("X5");
    assert_eq!((&seen["millivolts"], &seen["output"]), (&0.into(), &true.into()));
    assert_eq!(board.seen("X5")["millivolts"], 805);
}

#[test]
fn the_accelerometer_lies_as_it_is_held() {
    let mut board = Board::start("accelerometer");
    let program = "import machine, pyb, time\naccel = pyb.Accel()\nprint(accel.x(), accel.y(), accel.z(), accel.tilt(), machine.I2C(1).scan(), machine.I2C(2).scan())\n\
        pyb.LED(1).on()\nwhile accel.z(): time.sleep_ms(1)\nprint(accel.x(), accel.y(), accel.tilt() >> 2)\n\
        try: machine.I2C(2).writeto(0x4c, b'')\nexcept OSError as error: print(error)";
    board.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
    board.until("OK");
    assert_eq!(board.until("\r\n"), "0 0 21 1 [60, 76] [60]");
    board.touch(r#"{"accel":[-15,99,0]}"#);
    assert_eq!(board.until("\x04\x04>"), "-15 31 1\n[Errno 19] ENODEV\n");
}

#[test]
fn buses_of_three_wires_hear_themselves() {
    let mut board = Board::start("spi");
    let program = "import machine, pyb\nbus = machine.SPI(1, baudrate=1000000)\nback = bytearray(3)\nbus.write_readinto(b'abc', back)\nprint(back, bus)\n\
        checked = pyb.SPI(2, pyb.SPI.CONTROLLER, baudrate=1000000, crc=7)\nprint(checked.send_recv(b'1234'))\n\
        checked.write_readinto(b'def', back)\nprint(back, checked.read(2, 7), isinstance(checked, machine.SPI))\n\
        answers = pyb.SPI(2, pyb.SPI.PERIPHERAL)\ntry: answers.recv(1, timeout=1)\nexcept OSError as error: print(error)";
    let bus = "SPI(1, baudrate=656250, polarity=0, phase=0, bits=8)";
    assert_eq!(
        board.run(program),
        format!("bytearray(b'abc') {bus}\nb'1234'\nbytearray(b'def') b'\\x07\\x07' True\n[Errno 110] ETIMEDOUT\n")
    );
}

#[test]
fn the_processor_has_the_speeds_of_the_chip() {
    let mut board = Board::start("speeds");
    let program = "import machine, pyb\ntimer = pyb.Timer(2, prescaler=83, period=999)\nprint(machine.freq(), timer.source_freq(), timer.freq())\n\
        machine.freq(61000000)\nprint(machine.freq(), timer.source_freq())\n\
        try: machine.freq(1)\nexcept ValueError as error: print('refused')";
    let printed =
        "(168000000, 168000000, 42000000, 84000000) 84000000 1000\n(60000000, 60000000, 15000000, 30000000) 30000000\nrefused\n";
    assert_eq!(board.run(program), printed);
}

#[test]
fn a_board_sleeps_until_its_clock_wakes_it() {
    let mut board = Board::start("sleep");
    let program = "import machine, pyb, time\nbefore = time.ticks_ms()\nmachine.lightsleep(30)\nprint(30 <= time.ticks_diff(time.ticks_ms(), before))\n\
        heard = []\nclock = pyb.RTC()\nclock.wakeup(10, heard.append)\nwhile len(heard) < 3: machine.idle()\nclock.wakeup(None)\nprint(heard[:3])\n\
        machine.deepsleep(20)\nprint('never')";
    board.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
    board.until("OK");
    assert_eq!(board.until("\x04\x04"), "True\n[22, 22, 22]\n");
    assert_eq!(board.rebooted("import machine\nprint(machine.reset_cause() == machine.DEEPSLEEP_RESET)"), "True\n");
}

#[test]
fn a_board_whose_watchdog_is_not_fed_starts_anew() {
    let mut board = Board::start("watchdog");
    let program = "import machine, time\nwatchdog = machine.WDT(timeout=1000)\nfor _ in range(5): time.sleep_ms(50); watchdog.feed()\nprint('fed')\n\
        while True:\n    try: time.sleep_ms(1)\n    except BaseException: pass";
    board.line.write_all(format!("{program}\x04").as_bytes()).expect("it listens");
    board.until("OKfed");
    assert_eq!(board.rebooted("import machine\nprint(machine.reset_cause() == machine.WDT_RESET)"), "True\n");
    // At the prompt as well, where nobody types.
    board.line.write_all(b"import machine; machine.WDT(timeout=20)\x04").expect("it listens");
    board.until("OK\x04\x04>");
    assert_eq!(board.rebooted("print('anew')"), "anew\n");
    let refused = "import machine\ntry: machine.WDT(timeout=0)\nexcept ValueError as error: print(error)";
    assert_eq!(board.run(refused), "the watchdog counts from 1 to 32768 milliseconds\n");
}
