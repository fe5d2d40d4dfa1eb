// The window with firmware that is not ours: MicroPython itself, firmware of years ago, CircuitPython (`app/board/tests/stock.py` says what
// each is like). Boards that may not be written, or are full, say so, and nothing freezes.
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Driver, root } from "./driver";
import { Stage } from "./stage";

const stage = new Stage();
const boards: ChildProcess[] = [];
let driver: Driver;
let count = 0;

/** Starts a board, connects it by the network as a person would, and answers the folder that is its flash. */
async function connect(kind: "micropython" | "old" | "circuitpython", ...flags: string[]): Promise<string> {
  const flash = join(stage.home, `flash-${++count}`);
  mkdirSync(flash);
  const python = process.env.PYTHON ?? join(root, "target/venv-peers/bin/python");
  const board = spawn(python, [join(root, "app/board/tests/stock.py"), kind, flash, ...flags], { stdio: ["pipe", "pipe", "inherit"] });
  boards.push(board);
  let address = "";
  for await (const line of createInterface({ input: board.stdout })) {
    address = line.split(" ").at(-1) ?? "";
    break;
  }
  await driver.click("button.chip");
  await driver.click("[role=menuitem]", "by the network");
  await driver.wait("the field", "return document.activeElement?.matches('dialog[open] input')");
  await driver.type(`${address}\n`);
  await driver.wait(`${address} is in front`, "return taipan.board.name === arguments[0]", address);
  await stage.chip("ready");
  await stage.printed("board", ">>>");
  await driver.wait("where its files are", "return taipan.board.known");
  return flash;
}

const said = (text: string): Promise<unknown> => driver.wait(`it says ${text}`, "return taipan.messages.list.some((message) => message.text.includes(arguments[0]))", text);

/** A window that answers: the palette opens and goes. */
async function nothingIsFrozen(): Promise<void> {
  await driver.press("Ctrl", "Shift", "P");
  await driver.wait("the palette", "return taipan.paletteOpen");
  await driver.press("Escape");
  await driver.wait("it is gone", "return !taipan.paletteOpen");
}

beforeAll(async () => {
  await stage.open();
  driver = stage.driver;
  await driver.press("Ctrl", "1"); // the console is loaded when it is first seen
});
afterEach(async () => {
  await driver.evaluate("for (const message of [...taipan.messages.shown]) taipan.messages.dismiss(message.id)");
});
afterAll(async () => {
  for (const board of boards) board.stdin?.end();
  await stage.end();
});

describe.each([
  ["micropython", "MicroPython"],
  ["old", "MicroPython"],
  ["circuitpython", "Adafruit CircuitPython 9.2.1"],
] as const)("%s", (kind, name) => {
  let flash = "";

  test("is connected, and says who it is", async () => {
    flash = await connect(kind);
    await driver.click("button.chip");
    await driver.wait("who it is", "return document.querySelector('.popup .identity')?.textContent.includes(arguments[0])", name);
    expect(await stage.look(`stock-${kind}`)).toEqual([]);
    await driver.press("Escape");
    await stage.chip("ready");
  });

  test("runs what was typed; an endless loop stops", async () => {
    await stage.newScript('print("sum", sum(range(10)))\n');
    await driver.press("F5");
    await stage.printed("board", "sum 45");
    await stage.chip("ready");
    await stage.newScript("while True:\npass\n");
    await driver.press("F5");
    await stage.chip("running");
    await driver.press("Ctrl", "F2");
    await stage.chip("ready");
  });

  test("takes a script, shows it among its files, and gives it back", async () => {
    await driver.evaluate("await taipan.station.writeFile(taipan.board.home + '/kept.py', 'print(1)\\n', { name: 'UTF-8', declared: null }); await taipan.board.refreshFiles()");
    await driver.click("[role=treeitem]", "kept.py");
    await driver.wait("its text", "return taipan.documents.active.text === 'print(1)\\n'");
    await stage.changeAndSave("# changed\n");
    expect(readFileSync(join(flash, "kept.py"), "utf8")).toBe("# changed\nprint(1)\n");
  });

  test("is kept the same as a folder", async () => {
    const project = join(stage.home, `project-${kind}`);
    mkdirSync(join(project, "lib"), { recursive: true });
    writeFileSync(join(project, "lib/pump.py"), "on = True\n".repeat(300));
    writeFileSync(join(project, "main.py"), "import lib.pump\n");
    await driver.evaluate("taipan.backend.askFolder = async () => arguments[0]", project);
    await driver.press("Ctrl", "3");
    await driver.click(".side button", "Choose a folder");
    await driver.wait("the plan", "return document.querySelectorAll('tbody tr').length >= 3");
    await driver.click("footer button", "Update the board");
    await said("The board is up to date");
    expect(readFileSync(join(flash, "lib/pump.py"), "utf8")).toBe("on = True\n".repeat(300));
    await driver.evaluate("taipan.layout.page = null; taipan.messages.list = []");
  });
});

test("CircuitPython whose drive the computer has says that it may not be written, and how it can be", async () => {
  const flash = await connect("circuitpython", "--read-only");
  await stage.newScript("x = 1\n");
  await driver.press("Ctrl", "s");
  await driver.click("dialog[open] .choice", "The board");
  await driver.wait("the name's field", "return document.activeElement?.matches('dialog[open] input')");
  await driver.evaluate("document.activeElement.select()");
  await driver.type("code.py\n");
  await said("Copy the file onto that drive");
  expect(await stage.look("stock-read-only")).toEqual([]);
  expect(existsSync(join(flash, "code.py"))).toBe(false);
  expect(await driver.evaluate("return taipan.documents.active.unsaved")).toBe(true);
  await nothingIsFrozen();
});

test("a full board says how much is missing, and offers to replace the old file where that helps", async () => {
  const flash = await connect("micropython", "--room", "4096");
  await driver.evaluate("await taipan.station.writeFile(taipan.board.home + '/a.py', '#'.repeat(2048), { name: 'UTF-8', declared: null }); await taipan.board.refreshFiles()");
  await driver.click("[role=treeitem]", "a.py");
  await driver.wait("its text", "return taipan.documents.active.text.length === 2048");
  await driver.evaluate("window.writing = taipan.station.attempt(() => taipan.station.writeFile(taipan.board.home + '/a.py', '#'.repeat(2500), { name: 'UTF-8', declared: null }))");
  await driver.wait("a question", "return document.querySelector('dialog[open] .choice') !== null");
  expect(await stage.look("stock-full")).toEqual([]);
  await driver.click("dialog[open] .choice");
  await driver.evaluate("await window.writing");
  expect(readFileSync(join(flash, "a.py"), "utf8")).toBe("#".repeat(2500));
  await driver.evaluate("void taipan.station.attempt(() => taipan.station.writeFile(taipan.board.home + '/b.py', '#'.repeat(9000), { name: 'UTF-8', declared: null }))");
  await said("b.py needs 9 kB and the board has 1.5 kB free");
  await nothingIsFrozen();
});

test("CircuitPython that waits for a key after its program is stopped into its prompt", async () => {
  await connect("circuitpython");
  await driver.evaluate("await taipan.station.link.softReset()");
  await stage.printed("board", "Press any key");
  await stage.chip("running");
  await driver.press("Ctrl", "F2");
  await stage.chip("ready");
});
