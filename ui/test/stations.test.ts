// Several boards in one window: each has what is its own, and one is in front.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { NEW_TEXT } from "../src/backend/backend";
import { FakeBackend, type FakeLink } from "../src/backend/fake";
import { Desk } from "../src/state/desk.svelte";
import { toText } from "../src/state/documents.svelte";
import { boardName, type Station } from "../src/state/station.svelte";

const ACM = "/dev/ttyACM0";
let world: FakeBackend;
let desk: Desk;
let virtual: Station;
let serial: Station;
let links: [FakeLink, FakeLink];

const said = (): string[] => desk.messages.list.map((message) => message.text);

beforeEach(async () => {
  world = new FakeBackend();
  world.boardAt(ACM).files = new Map([["/main.py", "other"]]);
  desk = new Desk(world);
  await desk.start();
  virtual = desk.station;
  await desk.connect(ACM);
  serial = desk.station;
  links = [world.links[0] as FakeLink, world.links[1] as FakeLink];
  await vi.waitFor(() => expect(virtual.board.rows.length && serial.board.rows.length).toBeTruthy());
});

describe("two boards", () => {
  test("are attached at once, the newer one in front", () => {
    expect(desk.stations).toEqual([virtual, serial]);
    expect(desk.station).toBe(serial);
    expect([virtual.board.state, serial.board.state]).toEqual(["ready", "ready"]);
  });

  test("may both be virtual, each with a name and files of its own", async () => {
    await desk.connectAnotherVirtual();
    const second = desk.station;
    expect([second.port, second.board.name, second.board.isVirtual]).toEqual(["virtual:2", "Virtual board 2", true]);
    await second.writeFile("/second.py", "2", NEW_TEXT);
    expect(world.boardAt("virtual:2").files.has("/second.py")).toBe(true);
    expect(world.boardAt(null).files.has("/second.py")).toBe(false);
    expect(boardName(second.key)).toBe("Virtual board 2");
    await desk.connectAnotherVirtual();
    expect(desk.station.port).toBe("virtual:3");
  });

  test("are switched by the list and by key, without a word to either", async () => {
    const calls = world.calls.length;
    await desk.connect(null);
    expect(desk.station).toBe(virtual);
    await desk.stepStation(1);
    expect(desk.station).toBe(serial);
    await desk.stepStation(1);
    expect(desk.station).toBe(virtual);
    expect(world.calls.length).toBe(calls);
  });

  test("have states, programs, lights and files of their own", async () => {
    links[0].ear?.event({ event: "connection", state: "running", program: "a.py" });
    links[0].ear?.event({ event: "hardware", led: 3, on: true });
    expect(serial.board.state).toBe("ready");
    expect(serial.board.leds[3]).toBe(undefined);
    expect(virtual.board.state).toBe("running");
    expect(serial.board.rows.map((row) => row.path)).toEqual(["/main.py"]);
    expect(virtual.board.rows.map((row) => row.path)).toContain("/boot.py");
  });

  test("have consoles and numbers of their own", () => {
    const shown: string[] = [];
    const screen = (name: string) => ({ write: (bytes: Uint8Array) => void shown.push(`${name}: ${new TextDecoder().decode(bytes)}`), clear: () => {}, focus: () => {}, lines: () => [] });
    virtual.screen = screen("virtual");
    serial.screen = screen("serial");
    shown.length = 0;
    links[0].print("a:1\r\n");
    links[1].print("b:2\r\n");
    expect(shown).toEqual(["virtual: a:1\r\n", "serial: b:2\r\n"]);
    expect(desk.plot.labels).toEqual(["b"]);
    desk.station = virtual;
    expect(desk.plot.labels).toEqual(["a"]);
  });

  test("a program runs on the one in front, and its errors lead to its own file", async () => {
    const first = desk.documents.active;
    await desk.runOnBoard();
    await desk.show(virtual);
    const second = desk.documents.addNew();
    await desk.runOnBoard();
    await desk.jump(serial, "<stdin>", 1);
    expect(desk.documents.active).toBe(first);
    await desk.jump(virtual, "<stdin>", 1);
    expect(desk.documents.active).toBe(second);
  });

  test("the same path on both is two files, and each is saved to where it came from", async () => {
    const other = await desk.open(serial.home("/main.py"));
    const mine = await desk.open(virtual.home("/main.py"));
    expect([other.text, mine.text]).toEqual(["other", "print('main')\n"]);
    other.content = toText("changed");
    await desk.show(virtual);
    expect(await desk.save(other)).toBe(true);
    expect(world.boardAt(ACM).files.get("/main.py")).toBe("changed");
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
  });

  test("a file of a board that has left is not saved to another by mistake", async () => {
    const other = await desk.open(serial.home("/main.py"));
    other.content = toText("changed");
    await desk.disconnect();
    expect(desk.stations).toEqual([virtual]);
    const saved = desk.save(other);
    expect(desk.asker.pending?.choices.map((choice) => choice.id)).toEqual(["computer", "board"]);
    expect(said()[0]).toContain(ACM);
    desk.asker.answer(null);
    expect(await saved).toBe(false);
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
  });

  test("what is done to one goes on while the other is in front, and is told by its name", async () => {
    let finish: () => void = () => {};
    links[1].copy = () => new Promise((done) => (finish = done));
    world.files.set("/home/me/a.py", "a");
    await serial.files.refresh();
    serial.files.computer.choose("a.py");
    const copied = serial.files.copy(serial.files.computer);
    await vi.waitFor(() => expect(serial.work.title).not.toBe(null));
    await desk.show(virtual);
    expect(desk.work.title).toBe(null);
    finish();
    await copied;
    expect(said().some((text) => text.startsWith(`${ACM}: `))).toBe(true);
  });

  test("one that is lost stays in the list, and the other works on", async () => {
    links[1].ear?.event({ event: "connection", state: "lost", reason: { phrase: "lineClosed" } });
    expect(said()[0]).toContain(`${ACM}: `);
    await desk.show(virtual);
    expect(desk.stations).toEqual([virtual, serial]);
    await desk.runOnBoard();
    expect(virtual.board.state).toBe("ready");
  });

  test("a question of one names it, and waits while another is open", async () => {
    const first = desk.asker.text("Name?", "Name", "", "OK");
    const removed = serial.remove("/main.py");
    expect(desk.asker.pending?.title).toBe("Name?");
    desk.asker.answer(null);
    expect(await first).toBe(null);
    expect(desk.asker.pending?.about).toBe(ACM);
    desk.asker.answer(null);
    await removed;
    expect(world.boardAt(ACM).files.has("/main.py")).toBe(true);
  });
});

test("each board finds its own folders again at the next start", async () => {
  serial.sync.folder = "/p";
  virtual.sync.folder = "/q";
  await desk.keep();
  const again = new Desk(world);
  await again.start();
  expect(again.sync.folder).toBe("/q");
  await again.connect(ACM);
  expect(again.sync.folder).toBe("/p");
});

test("a board at an address is reached by the network", async () => {
  const asked = desk.connectByNetwork();
  desk.asker.answer({ choice: "yes", text: "localhost:2323" });
  await asked;
  expect(world.calls.at(-1)).toBe("connect tcp:localhost:2323");
  expect(desk.board.name).toBe("localhost:2323");
});
