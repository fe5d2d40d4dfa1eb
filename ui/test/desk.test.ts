// What the window does, told as scenes against a world in memory.
import { flushSync } from "svelte";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { Desk } from "../src/state/desk.svelte";
import { followDisk } from "../src/state/disk.svelte";
import { Document, toText } from "../src/state/documents.svelte";

let world: FakeBackend;
let desk: Desk;

beforeEach(async () => {
  world = new FakeBackend();
  desk = new Desk(world);
  await desk.start();
});

const settled = (): Promise<void> => vi.waitFor(() => expect(desk.board.rows.length).toBeGreaterThan(0));
const badMessages = (): string[] => desk.messages.list.filter((message) => message.kind === "bad").map((message) => message.text);

function type(text: string, document = desk.documents.active): Document {
  if (!document) throw new Error("no document is open");
  document.content = toText(text);
  return document;
}

describe("the first start", () => {
  test("opens a script to try, and the virtual board", () => {
    expect(desk.documents.active?.name).toBe("welcome.py");
    expect(desk.documents.active?.text).toContain("F5");
    expect(world.calls).toEqual(["connect virtual"]);
    expect(desk.board.state).toBe("ready");
  });

  test("a board that was let go is connected again at once, also where its event comes later", async () => {
    const late: (() => void)[] = [];
    const link = world.linked;
    const disconnect = link.disconnect.bind(link);
    vi.spyOn(link, "disconnect").mockImplementation(async () => void late.push(() => void disconnect()));
    await desk.disconnect();
    expect(desk.board.state).toBe("disconnected");
    await desk.connect(null);
    expect(world.calls).toEqual(["connect virtual", "connect virtual"]);
    expect(late).toHaveLength(1);
  });

  test("prefers a board that is plugged in", async () => {
    world = new FakeBackend();
    world.plugged = [
      { name: "/dev/ttyS0", label: "", guess: "unknown", usb: null },
      { name: "/dev/ttyACM0", label: "Pyboard", guess: "board", usb: null },
    ];
    await new Desk(world).start();
    expect(world.calls).toEqual(["connect /dev/ttyACM0"]);
  });
});

describe("running", () => {
  test("on the board, without saving first", async () => {
    type("print(1)");
    await desk.runOnBoard();
    expect(world.calls).toContain("run welcome.py");
    expect(desk.layout.terminal).toBe("board");
  });

  test("a program that asks has the keyboard in the console, another one leaves it in the text", async () => {
    const focus = vi.spyOn(desk, "focusConsole");
    type("print(1)  # input()");
    await desk.runOnBoard();
    expect(focus).not.toHaveBeenCalled();
    type("name = input ('Name? ')");
    await desk.runOnBoard();
    await desk.runHere();
    expect(focus).toHaveBeenCalledTimes(2);
  });

  test("again stops what the window runs, and asks before it stops another program", async () => {
    world.tell({ event: "connection", state: "running", program: "welcome.py" });
    await desk.runOnBoard();
    expect(world.calls.slice(-2)).toEqual(["stop", "run welcome.py"]);
    world.tell({ event: "connection", state: "running", program: null });
    const refused = desk.runOnBoard();
    await vi.waitFor(() => expect(desk.asker.pending).not.toBeNull());
    desk.asker.answer(null);
    await refused;
    expect(world.calls.filter((call) => call === "stop")).toHaveLength(1);
    const wanted = desk.runOnBoard();
    await vi.waitFor(() => expect(desk.asker.pending).not.toBeNull());
    desk.asker.answer({ choice: "yes", text: "" });
    await wanted;
    expect(world.calls.slice(-2)).toEqual(["stop", "run welcome.py"]);
  });

  test("twice at once is once", async () => {
    await Promise.all([desk.runOnBoard(), desk.runOnBoard()]);
    expect(world.calls.filter((call) => call === "run welcome.py")).toHaveLength(1);
  });

  test("a board that another program has is waited for, or taken from one of ours", async () => {
    const held = (ours: boolean): Failure => new Failure("held", "the port is in use", false, ours);
    const connect = vi.spyOn(world.linked, "connect");
    for (const [ours, choices] of [[false, ["wait"]], [true, ["wait", "take"]]] as const) {
      connect.mockRejectedValueOnce(held(ours));
      const connecting = desk.station.connect();
      await vi.waitFor(() => expect(desk.asker.pending?.choices.map((choice) => choice.id)).toEqual(choices));
      desk.asker.answer({ choice: choices[choices.length - 1] ?? "", text: "" });
      await connecting;
      expect(connect.mock.lastCall?.[1]).toBe(choices[choices.length - 1]);
    }
    expect(badMessages()).toEqual([]);
  });

  test("without a board says what to do", async () => {
    await world.linked.disconnect();
    await desk.runOnBoard();
    expect(world.calls).not.toContain("run welcome.py");
    expect(badMessages()[0]).toContain("Shift-F5");
  });

  test("here saves a file that has a place, and runs it from there", async () => {
    world.files.set("/home/me/a.py", "old");
    await desk.open({ place: "computer", path: "/home/me/a.py" });
    type("new");
    await desk.runHere();
    expect(world.files.get("/home/me/a.py")).toBe("new");
    expect(world.calls.at(-1)).toBe("runHere /home/me/a.py");
    expect(desk.runningHere).toBe(false);
  });

  test("stops the place that is in front", async () => {
    await desk.stop();
    expect(world.calls.at(-1)).toBe("stop");
    world.listener?.here({ kind: "started" });
    desk.layout.terminal = "computer";
    await desk.stop();
    expect(world.calls.at(-1)).toBe("stopHere");
  });

  test("a board that vanishes is told once, with what to do", () => {
    world.tell({ event: "connection", state: "lost", reason: { phrase: "lineClosed" } });
    expect(badMessages()).toHaveLength(1);
    expect(badMessages()[0]).toMatch(/it closed the line.*[Cc]onnect again/);
    expect(desk.board.rows).toEqual([]);
    world.tell({ event: "connection", state: "ready" });
    expect(desk.messages.shown).toEqual([]);
  });
});

describe("a file that another program writes", () => {
  const path = "/home/me/a.py";
  let end: () => void;

  beforeEach(async () => {
    world.files.set(path, "one\n");
    end = followDisk(desk);
    await desk.open({ place: "computer", path });
    flushSync();
    await vi.waitFor(() => expect(world.watchers.has("/home/me")).toBe(true));
    world.files.set(path, "two\n");
  });

  afterEach(() => end());

  test("is shown as it is now", async () => {
    world.touched("/home/me");
    await vi.waitFor(() => expect(desk.documents.active?.text).toBe("two\n"));
    expect(desk.documents.active?.unsaved).toBe(false);
    expect(desk.messages.list).toEqual([]);
  });

  test("leaves unsaved text alone, and says so once", async () => {
    type("mine\n");
    world.touched("/home/me");
    world.touched("/home/me");
    await vi.waitFor(() => expect(desk.messages.list).toHaveLength(1));
    expect(desk.messages.list[0]?.text).toContain("another program wrote the file");
    expect(desk.documents.active?.text).toBe("mine\n");
  });

  test("that is taken away is told, and its text stays unsaved, over a restart as well", async () => {
    world.files.delete(path);
    world.touched("/home/me");
    await vi.waitFor(() => expect(desk.messages.list[0]?.text).toContain("no longer in its folder"));
    expect(desk.documents.active?.unsaved).toBe(true);
    await desk.keep();
    const again = new Desk(world);
    await again.start();
    expect(again.documents.active).toMatchObject({ text: "one\n", unsaved: true });
    expect(await again.save()).toBe(true);
    expect(again.documents.active?.unsaved).toBe(false);
    expect(world.files.get(path)).toBe("one\n");
  });

  test("that is away only for a moment is no news", async () => {
    world.files.delete(path);
    world.touched("/home/me");
    world.files.set(path, "three\n");
    world.touched("/home/me");
    await vi.waitFor(() => expect(desk.documents.active?.text).toBe("three\n"));
    vi.useFakeTimers();
    world.files.delete(path);
    const looked = desk.lookAtFile(desk.documents.active ?? undefined);
    await vi.advanceTimersByTimeAsync(100);
    world.files.set(path, "three\n");
    await vi.advanceTimersByTimeAsync(1000);
    await looked;
    vi.useRealTimers();
    expect(desk.messages.list).toEqual([]);
    expect(desk.documents.active?.unsaved).toBe(false);
  });

  test("is watched no longer than its tab is open", async () => {
    await desk.close();
    flushSync();
    await vi.waitFor(() => expect(world.watchers.has("/home/me")).toBe(false));
  });
});

describe("a cable", () => {
  const port = (name: string) => ({ name, label: "Pyboard", guess: "board" as const, usb: null });

  test("of another board offers it, and leaves the present one alone", () => {
    world.listener?.ports([port("/dev/ttyACM1")]);
    expect(desk.messages.list[0]?.text).toContain("was plugged in");
    expect(desk.board.port).toBe(null);
  });

  test("plugged in again is no news: the link brings the lost board back", async () => {
    await desk.connect("/dev/ttyACM0");
    world.tell({ event: "connection", state: "lost", reason: { phrase: "lineClosed" } });
    world.listener?.ports([]);
    world.listener?.ports([port("/dev/ttyACM0")]);
    expect(desk.messages.list.some((message) => message.text.includes("was plugged in"))).toBe(false);
    expect(world.calls.filter((call) => call === "connect /dev/ttyACM0")).toHaveLength(1);
  });

  test("that comes back at another port is the same board's, by its number, else by its socket", async () => {
    const usb = (serial: string | null, location: string | null, product = 0x9800) => ({ vendor: 0xf055, product, serial, manufacturer: null, description: null, location });
    world.plugged = [{ ...port("/dev/ttyACM0"), usb: usb("4A00", "1-1") }, { ...port("/dev/ttyUSB0"), usb: usb(null, "1-2") }];
    await desk.refreshPorts();
    await desk.connect("/dev/ttyUSB0");
    const nameless = desk.station;
    await desk.connect("/dev/ttyACM0");
    const { station } = desk;
    const home = { place: "board", board: station.key, path: "/main.py" } as const;
    await desk.open(home);
    world.listener?.ports([]);
    // Another one takes its name, and it is another product since a program wanted it so.
    world.listener?.ports([
      { ...port("/dev/ttyACM0"), usb: usb("4A01", "1-4") },
      { ...port("/dev/ttyACM1"), usb: usb("4A00", "1-3", 0x9801) },
      { ...port("/dev/ttyUSB3"), usb: usb(null, "1-2") },
    ]);
    expect([station.port, nameless.port]).toEqual(["/dev/ttyACM1", "/dev/ttyUSB3"]);
    expect(desk.messages.list.filter((message) => message.text.includes("was plugged in"))).toHaveLength(1);
    await desk.connect("/dev/ttyACM1");
    expect(desk.station).toBe(station);
    expect(desk.documents.at(home)).toBeDefined();
    await desk.connect("/dev/ttyACM0");
    expect(desk.station).not.toBe(station);
    expect(desk.station.key).toBe("usb:f055:4A01");
  });
});

describe("saving", () => {
  test("asks for the place the first time, and never again", async () => {
    type("x = 1");
    const saved = desk.save();
    expect(desk.asker.pending?.choices.map((choice) => choice.id)).toEqual(["computer", "board"]);
    world.chosenPath = "/home/me/x.py";
    desk.asker.answer({ choice: "computer", text: "" });
    expect(await saved).toBe(true);
    expect(desk.documents.active?.name).toBe("x.py");
    type("x = 2");
    expect(desk.documents.active?.unsaved).toBe(true);
    expect(await desk.save()).toBe(true);
    expect(desk.documents.active?.unsaved).toBe(false);
    expect(world.files.get("/home/me/x.py")).toBe("x = 2");
  });

  test("on the board asks before it overwrites, and names the file", async () => {
    await settled();
    const saved = desk.saveAs();
    desk.asker.answer({ choice: "board", text: "" });
    await vi.waitFor(() => expect(desk.asker.pending?.field?.value).toBe("welcome.py"));
    desk.asker.answer({ choice: "yes", text: "main.py" });
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/main.py"]));
    desk.asker.answer(null);
    expect(await saved).toBe(false);
    expect(world.board.files.get("/main.py")).toBe("print('main')\n");
  });

  test("that fails keeps the mark and tells why", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    type("much");
    world.failure = new Failure("noSpace", "/main.py needs 9 bytes and the board has 3 free. Remove files from the board, then save again.");
    expect(await desk.save()).toBe(false);
    expect(desk.documents.active?.unsaved).toBe(true);
    expect(badMessages()[0]).toContain("Remove files");
  });

  test("on the board asks before it overwrites a file in a folder that was never opened", async () => {
    world.board.files.set("/lib", null);
    world.board.files.set("/lib/lamp.py", "theirs");
    type("mine");
    const refused = desk.save();
    for (const answer of [{ choice: "board", text: "" }, { choice: "yes", text: "lib/lamp.py" }]) {
      await vi.waitFor(() => expect(desk.asker.pending).not.toBeNull());
      desk.asker.answer(answer);
    }
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/lib/lamp.py"]));
    desk.asker.answer(null);
    expect(await refused).toBe(false);
    expect(world.board.files.get("/lib/lamp.py")).toBe("theirs");
  });

  test("on the board asks before it overwrites what was written there meanwhile", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    type("mine");
    world.board.files.set("/main.py", "theirs");
    const refused = desk.save();
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/main.py"]));
    desk.asker.answer(null);
    expect(await refused).toBe(false);
    expect(world.board.files.get("/main.py")).toBe("theirs");
    world.board.files.delete("/main.py");
    expect(await desk.save()).toBe(true);
    expect(world.board.files.get("/main.py")).toBe("mine");
  });

  test("while the board is pulled out says that it is not saved, and keeps the text", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    type("long work");
    world.failure = new Failure("lost", "The board is gone: the cable was pulled out.");
    expect(await desk.save()).toBe(false);
    expect(badMessages()[0]).toMatch(/“main\.py” is not saved.*kept/);
    expect(desk.documents.active?.unsaved).toBe(true);
    expect(desk.documents.active?.draft.text).toBe("long work");
  });

  test("several files are opened at once, and one that cannot be is told", async () => {
    world.files.set("/home/me/a.py", "a").set("/home/me/b.py", "b");
    world.chosenPath = "/home/me/a.py\n/home/me/gone.py\n/home/me/b.py";
    await desk.openFromComputer();
    expect(desk.documents.list.map((document) => document.name)).toEqual(["welcome.py", "a.py", "b.py"]);
    expect(badMessages()).toHaveLength(1);
  });

  test("keeps the line ends of the file", async () => {
    world.files.set("/home/me/windows.py", "one\r\ntwo\r\n");
    const document = await desk.open({ place: "computer", path: "/home/me/windows.py" });
    expect(document.unsaved).toBe(false);
    type("one\nthree\n");
    expect(await desk.save()).toBe(true);
    expect(world.files.get("/home/me/windows.py")).toBe("one\r\nthree\r\n");
  });

  test("of an old text keeps its encoding, which is told and outlives the window", async () => {
    const latin = { name: "ISO-8859-1", declared: "latin-1" };
    world.files.set("/home/me/old.py", "é");
    world.encodings.set("/home/me/old.py", latin);
    await desk.open({ place: "computer", path: "/home/me/old.py" });
    expect(desk.messages.list[0]?.text).toContain("old.py is kept in ISO-8859-1, as its first lines say");
    type("éé");
    await desk.keep();
    const again = new Desk(world);
    await again.start();
    expect(again.documents.active?.encoding).toEqual(latin);
    world.encodings.clear();
    expect(await again.save()).toBe(true);
    expect([world.files.get("/home/me/old.py"), world.encodings.get("/home/me/old.py")]).toEqual(["éé", latin]);
  });

  test("of a text that was guessed says so", async () => {
    world.files.set("/home/me/old.txt", "é");
    world.encodings.set("/home/me/old.txt", { name: "windows-1252", declared: null });
    await desk.open({ place: "computer", path: "/home/me/old.txt" });
    expect(desk.messages.list[0]?.text).toContain("old.txt is not UTF-8. It is shown as windows-1252, and saved in it.");
  });

  test("of a text in UTF-16 says that no board reads it, and makes it UTF-8 when one wants that", async () => {
    const wide = { name: "UTF-16LE", declared: "utf-8" };
    world.files.set("/home/me/wide.py", "print(1)\r\n");
    world.encodings.set("/home/me/wide.py", wide);
    await desk.open({ place: "computer", path: "/home/me/wide.py" });
    expect(desk.messages.list[0]?.text).toContain("wide.py is UTF-16LE, which no board reads");
    expect(await desk.save()).toBe(true);
    expect(world.encodings.get("/home/me/wide.py")).toEqual(wide);
    const changed = desk.toUtf8();
    desk.asker.answer({ choice: "yes", text: "" });
    await changed;
    expect([world.files.get("/home/me/wide.py"), world.encodings.get("/home/me/wide.py")]).toEqual(["print(1)\r\n", { ...wide, name: "UTF-8" }]);
  });

  test("of all tabs saves those that need it, and says so if none does", async () => {
    world.files.set("/home/me/a.py", "a").set("/home/me/b.py", "b");
    await desk.open({ place: "computer", path: "/home/me/a.py" });
    type("A");
    await desk.open({ place: "computer", path: "/home/me/b.py" });
    desk.documents.list.filter((document) => document.home === null).forEach((document) => desk.documents.close(document));
    await desk.saveAll();
    expect([world.files.get("/home/me/a.py"), world.calls.filter((call) => call.startsWith("writeFile"))]).toEqual(["A", ["writeFile /home/me/a.py"]]);
    await desk.saveAll();
    expect(desk.messages.list[0]?.text).toBe("Everything is saved.");
  });

  test("that fits only without the old file offers that, and says what it may cost", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    type("long");
    for (const agreed of [false, true]) {
      world.failure = new Failure("noSpace", "/main.py needs 9 bytes and the board has 3 free.", true);
      const saved = desk.save();
      await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/main.py"]));
      desk.asker.answer(agreed ? { choice: "yes", text: "" } : null);
      expect(await saved).toBe(agreed);
      expect(world.calls.includes("replace /main.py")).toBe(agreed);
    }
  });

  test("what is typed while it is written stays unsaved", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    type("one");
    const saved = desk.save();
    type("two");
    await saved;
    expect(world.board.files.get("/main.py")).toBe("one");
    expect(desk.documents.active?.unsaved).toBe(true);
  });

  test("undoing to what was saved takes the mark away", () => {
    const document = new Document("a.py", null, "a");
    document.content = toText("b");
    expect(document.unsaved).toBe(true);
    document.content = toText("a");
    expect(document.unsaved).toBe(false);
  });
});

describe("closing", () => {
  test("an unsaved tab asks, and a changed mind keeps it", async () => {
    type("precious");
    const closed = desk.close();
    desk.asker.answer(null);
    await closed;
    expect(desk.documents.active?.text).toBe("precious");
  });

  test("can be taken back, with the text, saved or not; what is open again by itself is passed over", async () => {
    type("precious");
    const closed = desk.close();
    desk.asker.answer({ choice: "drop", text: "" });
    await closed;
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    await desk.close();
    const main = await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    await desk.reopen();
    expect(desk.documents.list.map((document) => document.text)).toEqual([main.text, "precious"]);
    expect(desk.documents.active?.unsaved).toBe(true);
    await desk.reopen();
    expect(desk.messages.list[0]?.text).toBe("No tab was closed.");
  });

  test("a saved one does not", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    await desk.close();
    expect(desk.documents.active?.name).toBe("welcome.py");
  });
});

describe("a second start", () => {
  test("finds tabs, unsaved text and layout as they were", async () => {
    world.files.set("/home/me/a.py", "first");
    await desk.open({ place: "computer", path: "/home/me/a.py" });
    type("draft", desk.documents.list[0]);
    desk.settings.set("theme", "dark");
    await desk.keep();
    world.files.set("/home/me/a.py", "changed by another program");

    const again = new Desk(world);
    await again.start();
    expect(again.documents.list.map((document) => [document.name, document.text, document.unsaved])).toEqual([
      ["welcome.py", "draft", true],
      ["a.py", "changed by another program", false],
    ]);
    expect(again.documents.active?.name).toBe("a.py");
    expect(again.settings.get("theme")).toBe("dark");
  });

  test("keeps no text that lies in a file here, and says which file has gone", async () => {
    world.files.set("/home/me/a.py", "the text of a").set("/home/me/b.py", "the text of b");
    await desk.open({ place: "computer", path: "/home/me/a.py" });
    await desk.open({ place: "computer", path: "/home/me/b.py" });
    desk.documents.active = desk.documents.list[0] ?? null;
    await desk.keep();
    expect(world.desk).not.toMatch(/the text of/);
    world.files.delete("/home/me/a.py");

    const again = new Desk(world);
    await again.start();
    expect(again.documents.list.map((document) => [document.name, document.text])).toEqual([["welcome.py", expect.anything()], ["b.py", "the text of b"]]);
    expect(again.documents.active?.name).toBe("welcome.py");
    expect(again.messages.list.map((message) => message.text)).toContain("No longer in their folder, so not opened again: a.py.");
  });

  test("survives a desk that cannot be read", async () => {
    world.desk = "{ not JSON";
    const again = new Desk(world);
    await again.start();
    expect(again.documents.active?.name).toBe("welcome.py");
    expect(again.messages.list.some((message) => message.kind === "bad")).toBe(true);
  });

  test("last are the newest, however long it took to keep those before", async () => {
    const kept: string[] = [];
    let finish = (): void => {};
    vi.spyOn(world, "saveDesk").mockImplementation((text) => {
      kept.push(/"text":"(\w+)"/.exec(text)?.[1] ?? "");
      return new Promise((done) => (finish = done));
    });
    type("one");
    const first = desk.keep();
    await vi.waitFor(() => expect(kept).toEqual(["one"]));
    const others = ["two", "three"].map((text) => (type(text), desk.keep()));
    expect(kept).toEqual(["one"]);
    finish();
    await first;
    await vi.waitFor(() => expect(kept).toEqual(["one", "three"]));
    finish();
    await Promise.all(others);
  });
});

describe("a disk that is full", () => {
  test("is told of once, until there is room, and closing asks before text is lost", async () => {
    const full = vi.spyOn(world, "saveDesk").mockRejectedValue(new Failure("file", "The disk is full."));
    type("precious");
    await desk.keep();
    await desk.keep();
    expect(desk.messages.list.map(({ text }) => text).filter((text) => text.includes("The disk is full."))).toHaveLength(1);
    const closing = world.listener?.closing();
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual([desk.documents.active?.name]));
    desk.asker.answer(null);
    expect(await closing).toBe(false);
    full.mockRestore();
    expect(await world.listener?.closing()).toBe(true);
    expect(desk.messages.shown.filter(({ text }) => text.includes("The disk is full."))).toEqual([]);
  });
});

describe("files on the board", () => {
  test("that are written behind the window's back are shown anew in their tabs, but not over unsaved text", async () => {
    const document = await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    world.board.files.set("/main.py", "new\r\n");
    await desk.station.lookAgain();
    expect([document.text, document.unsaved]).toEqual(["new\n", false]);
    type("mine", document);
    world.board.files.set("/main.py", "newer");
    await desk.station.lookAgain();
    await desk.station.lookAgain();
    expect([document.text, document.unsaved]).toEqual(["mine", true]);
    expect(desk.messages.list.filter((message) => message.text.includes("wrote the file meanwhile"))).toHaveLength(1);
    world.board.files.delete("/main.py");
    await desk.station.lookAgain();
    expect([document.text, document.gone]).toEqual(["mine", true]);
  });

  test("folders first open and close, and remember what lies in them", async () => {
    world.board.files.set("/lib/lamp.py", "pass");
    await settled();
    await desk.board.openFolder("/lib");
    expect(desk.board.rows.map((row) => row.path)).toContain("/lib/lamp.py");
    desk.board.closeFolder("/lib");
    expect(desk.board.rows.map((row) => row.path)).not.toContain("/lib/lamp.py");
  });

  test("renaming takes an open tab along", async () => {
    await desk.open({ place: "board", path: "/main.py", board: "virtual" });
    const renamed = desk.station.rename("/main.py");
    desk.asker.answer({ choice: "yes", text: "start.py" });
    await renamed;
    expect(desk.documents.active?.home).toEqual({ place: "board", path: "/start.py", board: "virtual" });
    expect(world.board.files.has("/main.py")).toBe(false);
  });

  test("renaming onto another file asks, and replaces it", async () => {
    await settled();
    const renamed = desk.station.rename("/main.py");
    desk.asker.answer({ choice: "yes", text: "boot.py" });
    await vi.waitFor(() => expect(desk.asker.pending?.items).toEqual(["/boot.py"]));
    desk.asker.answer({ choice: "yes", text: "" });
    await renamed;
    expect(world.board.files.get("/boot.py")).toBe("print('main')\n");
  });

  test("a folder goes with all that is in it, and the question says so", async () => {
    await settled();
    world.board.files.set("/lib/lamp.py", "pass");
    const removed = desk.station.remove("/lib");
    expect(desk.asker.pending?.items).toEqual(["/lib/ and all that is in it"]);
    desk.asker.answer({ choice: "yes", text: "" });
    await removed;
    expect([...world.board.files.keys()].some((path) => path.startsWith("/lib"))).toBe(false);
  });

  test("deleting asks first", async () => {
    const removed = desk.station.remove("/main.py");
    expect(desk.asker.pending?.items).toEqual(["/main.py"]);
    desk.asker.answer(null);
    await removed;
    expect(world.board.files.has("/main.py")).toBe(true);
  });
});

describe("a place in a traceback", () => {
  test("of the script that was run leads to its tab", async () => {
    const document = desk.documents.active;
    await desk.runOnBoard();
    desk.documents.addNew();
    await desk.jump(desk.station, "<stdin>", 3);
    expect(desk.documents.active).toBe(document);
    expect(desk.reveal).toEqual({ document, line: 3 });
    desk.documents.addNew();
    await desk.jump(desk.station, "welcome.py", 4);
    expect(desk.documents.active).toBe(document);
  });

  test("of a module on the board opens it", async () => {
    world.board.files.set("/lib/lamp.py", "pass");
    await desk.jump(desk.station, "/lib/lamp.py", 1);
    expect(desk.documents.active?.home).toEqual({ place: "board", path: "/lib/lamp.py", board: "virtual" });
  });

  test("that is nowhere says so", async () => {
    await desk.jump(desk.station, "/gone.py", 1);
    expect(badMessages()[0]).toContain("/gone.py");
  });
});
