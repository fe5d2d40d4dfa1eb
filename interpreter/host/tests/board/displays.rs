//! Displays and strips of lights of the virtual board, and how often it tells of what changes.

use super::{Board, PATIENCE};

/// What is seen of a display.
type Seen = serde_json::Value;

impl Board {
    /// What is to be seen of displays once each has looked as it shall; pictures before that are fewer than the program showed.
    fn shown<const COUNT: usize>(&mut self, wanted: [(&str, String); COUNT]) -> [Seen; COUNT] {
        let mut found = [const { Seen::Null }; COUNT];
        while found.contains(&Seen::Null) {
            let line = self.events.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{wanted:?} are seen, not only {found:?}"));
            let event: Seen = serde_json::from_str(&line).expect("a JSON object");
            let place = wanted.iter().position(|(screen, dots)| {
                event["screen"] == *screen && event["dots"].as_str().is_some_and(|all| all.starts_with(dots.as_str()))
            });
            if let Some(place) = place {
                found[place] = event;
            }
        }
        found
    }
}

#[test]
fn displays_on_two_wires_are_seen() {
    let mut board = Board::start("displays");
    // On, rows from the left and the top; eight columns of a page, the first of them full.
    let program = "import machine\nsetup = bytes((0, 0xAE, 0x20, 0, 0xA1, 0xC8, 0xA8, 31, 0x21, 0, 127, 0x22, 0, 3, 0x81, 99, 0xAF))\n\
        for bus in machine.I2C(2), machine.SoftI2C('X9', 'X10'), machine.SoftI2C(scl='Y3', sda='Y4'):\n    \
        bus.writeto(0x3c, setup)\n    bus.writevto(0x3c, (b'\\x40', b'\\xff', bytes(7)))\n    \
        print(bus.scan(), bus.readfrom(0x3c, 1), bus.writeto(0x3c, b'\\x80\\xa6\\x80\\xa4'))\n";
    assert_eq!(board.run(program), "[60] b'\\x00' 4\n".repeat(3));
    let column = format!("80{:030}", 0).repeat(8);
    for seen in board.shown(["I2C(2)", "I2C(1)", "SoftI2C"].map(|screen| (screen, column.clone()))) {
        let parts = ["kind", "width", "height", "on", "light"].map(|part| seen[part].to_string());
        assert_eq!(parts, ["\"SSD1306\"", "128", "32", "true", "99"]);
    }
}

#[test]
fn displays_on_three_wires_are_seen() {
    let mut board = Board::start("serial-displays");
    let program = "import machine, pyb\nselect, dots = machine.Pin('Y1', machine.Pin.OUT), machine.Pin('Y2', machine.Pin.OUT, value=0)\n\
        def send(bus, setup, data):\n    \
        for is_data, bytes in ((0, setup), (1, data)):\n        dots(is_data)\n        bus.write(bytes)\n\
        setup = bytes((0xAE, 0x20, 0, 0xA1, 0xC8, 0xAF))\n\
        send(machine.SPI(2), setup, b'\\x01\\x02')\nsend(machine.SoftSPI(sck='X6', mosi='X8', miso='X7'), setup, b'\\x01\\x03')\n";
    assert_eq!(board.run(program), "");
    board.shown([("SPI(2)", format!("80{:030}40", 0)), ("SPI(1)", format!("c0{:030}40", 0))]);
    let program =
        "import pyb\nscreen = pyb.LCD('X')\nscreen.light(True)\nscreen.pixel(0, 0, 1)\nscreen.pixel(9, 0, 1)\nscreen.show()\n";
    assert_eq!(board.rebooted_softly(program), "");
    let [seen] = board.shown([("LCD('X')", "8040".to_owned())]);
    assert_eq!((&seen["height"], &seen["light"]), (&32.into(), &255.into()));
}

#[test]
fn what_changes_too_fast_to_be_seen_is_told_of_now_and_then_and_as_it_is_in_the_end() {
    let mut board = Board::start("fast");
    let program = "import machine, pyb, time\nstart = time.ticks_ms()\npin = machine.Pin('X1', machine.Pin.OUT)\n\
        for level in range(10000): pin(level & 1)\npin(1)\ntook = time.ticks_diff(time.ticks_ms(), start)\n\
        machine.bitstream(machine.Pin('X2', machine.Pin.OUT), 0, (400, 850, 800, 450), bytes((0, 255, 0, 64, 0, 0)))\n\
        time.sleep_ms(200)\npyb.LED(1).on()\nprint(took)\n";
    let took: usize = board.run(program).trim().parse().expect("milliseconds");
    let (mut changes, mut colours) = (Vec::new(), serde_json::Value::Null);
    loop {
        let line = board.events.recv_timeout(PATIENCE).expect("the program changes an LED");
        let event: serde_json::Value = serde_json::from_str(&line).expect("a JSON object");
        match (&event["pin"], &event["strip"]) {
            (pin, _) if pin == "X1" => changes.push(event["value"] == 1),
            (_, strip) if strip == "X2" => colours = event["colours"].clone(),
            _ if event["led"] == 1 => break,
            _ => {}
        }
    }
    assert!(changes.len() <= 204 + took / 50 && changes.last() == Some(&true), "{} changes in {took} ms", changes.len());
    assert_eq!(colours, serde_json::json!(["ff0000", "004000"]));
}
