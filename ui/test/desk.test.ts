// What the window does, told as scenes against a world in memory.
import { beforeEach, describe, expect, test, vi } from "vitest";
import { Failure } from "../src/backend/backend";
import { FakeBackend } from "../src/backend/fake";
import { Desk } from "../src/state/desk.svelte";
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
    world.tell({ event: "connection", state: "lost", reason: "the cable was pulled out" });
    expect(badMessages()).toHaveLength(1);
    expect(badMessages()[0]).toMatch(/the cable was pulled out.*[Cc]onnect again/);
    expect(desk.board.rows).toEqual([]);
    world.tell({ event: "connection", state: "ready" });
    expect(desk.messages.shown).toEqual([]);
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
    world.tell({ event: "connection", state: "lost", reason: "the cable was pulled out" });
    world.listener?.ports([]);
    world.listener?.ports([port("/dev/ttyACM0")]);
    expect(desk.messages.list.some((message) => message.text.includes("was plugged in"))).toBe(false);
    expect(world.calls.filter((call) => call === "connect /dev/ttyACM0")).toHaveLength(1);
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

  test("survives a desk that cannot be read", async () => {
    world.desk = "{ not JSON";
    const again = new Desk(world);
    await again.start();
    expect(again.documents.active?.name).toBe("welcome.py");
    expect(again.messages.list.some((message) => message.kind === "bad")).toBe(true);
  });
});

describe("files on the board", () => {
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
