// Two boards in one window: the virtual one, and one behind a TCP port. Nothing of one may be seen at the other.
import { spawn, type ChildProcess } from "node:child_process";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Driver, below } from "./driver";
import { Stage, interpreter } from "./stage";

const stage = new Stage();
let driver: Driver;
let other: ChildProcess;
let address = "";

/** Starts a board that the window has not started, and answers where it is. */
async function startOther(at: string): Promise<string> {
  other = spawn(interpreter, ["--board", "--tcp", at, "--image", join(stage.home, "other.img")], { stdio: ["pipe", "pipe", "ignore"] });
  for await (const line of createInterface({ input: other.stdout! })) {
    const place = /^board: tcp (\S+)/.exec(line)?.[1];
    if (place) return place;
  }
  throw new Error("the other board did not say where it is");
}

const front = (name: string): Promise<unknown> => driver.wait(`${name} is in front`, "return taipan.board.name === arguments[0]", name);
const lines = (index: number): Promise<string> => driver.evaluate("return taipan.stations[arguments[0]].screen.lines().join('\\n')", index);

beforeAll(async () => {
  await stage.open();
  driver = stage.driver;
  await driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
  address = await startOther("127.0.0.1:0");
});
afterAll(async () => {
  other?.kill();
  await stage.end();
});

test("a second board is attached by its address", async () => {
  await driver.click("button.chip");
  await driver.click("[role=menuitem]", "by the network");
  await driver.wait("the field", "return document.activeElement?.matches('dialog[open] input')");
  await driver.type(`${address}\n`);
  await front(address);
  await stage.chip("ready");
  await stage.printed("board", ">>>");
  await driver.wait("its files", "return document.querySelectorAll('[role=treeitem]').length > 0");
  expect(await driver.evaluate("return taipan.stations.map((station) => station.board.state)")).toEqual(["ready", "ready"]);
  expect(await stage.look("two-boards")).toEqual([]);
});

test("a program runs on one while the other is at its prompt", async () => {
  await stage.newScript('secret = "of the other"\nimport time\nfor n in range(100000):\nprint("other:", n)\ntime.sleep(0.02)\n');
  await driver.press("F5");
  await stage.printed("board", "other: 5");
  await driver.press("Ctrl", "Shift", "PageUp");
  await front("Virtual board");
  await stage.chip("ready");
  await stage.newScript('print("mine:", 6 * 7)\nown = 1\n');
  await driver.press("F5");
  await stage.printed("board", "mine: 42");
  await stage.chip("ready");
  expect(await lines(0)).not.toContain("other:");
  expect(await lines(1)).not.toContain("mine:");
  expect(await driver.evaluate("return taipan.stations[1].board.state")).toBe("running");
  await driver.screenshot("two-boards-running");
});

test("variables, numbers and files are those of the board in front", async () => {
  await driver.evaluate("taipan.layout.side = 'variables'");
  await driver.wait("its own name", "return [...document.querySelectorAll('.variables tbody th')].some((cell) => cell.textContent.startsWith('own'))");
  expect(await driver.evaluate("return document.querySelector('.variables').textContent.includes('secret')")).toBe(false);
  await driver.press("Ctrl", "Shift", "L");
  await driver.wait("its numbers", "return taipan.plot.labels.join() === 'mine'");
  await driver.press("Ctrl", "Shift", "PageDown");
  await front(address);
  await driver.wait("the other's numbers", "return taipan.plot.labels.join() === 'other' && document.querySelector('.plotter')?.textContent.includes('other')");
  await driver.press("Ctrl", "F2");
  await stage.chip("ready");
});

test("the same name on both is two files", async () => {
  await driver.evaluate("await taipan.stations[0].link.write('/same.py', 'mine = 1\\n'); await taipan.stations[1].link.write('/same.py', 'other = 1\\n')");
  await driver.evaluate("await taipan.open(taipan.stations[0].home('/same.py')); await taipan.open(taipan.stations[1].home('/same.py'))");
  await driver.wait("the other's text", "return taipan.documents.active.text === 'other = 1\\n'");
  await driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
  await driver.evaluate("await taipan.connect(null)"); // the board in front is not the one that the file came from
  await stage.changeAndSave("# changed\n");
  const read = (index: number): Promise<string> => driver.evaluate("return (await taipan.stations[arguments[0]].link.read('/same.py')).text", index);
  expect(await read(1)).toBe("# changed\nother = 1\n");
  expect(await read(0)).toBe("mine = 1\n");
});

test("one that is pulled out is told by its name; it comes back by itself, and the first has noticed nothing", async () => {
  other.kill("SIGKILL");
  await driver.wait("a word", "return taipan.messages.list.some((message) => message.text.startsWith(arguments[0]))", address);
  await driver.wait("it is lost", "return taipan.stations[1].board.state === 'lost'");
  await driver.screenshot("two-boards-one-lost");
  expect(await driver.evaluate("return taipan.board.state")).toBe("ready");
  await startOther(address);
  await driver.wait("it is back", "return taipan.stations[1].board.state === 'ready'");
});

test("letting one go leaves the other, and closing the window leaves neither", async () => {
  await driver.click("button.chip");
  await driver.click("[role=menuitemradio]", address);
  await front(address);
  await driver.click("button.chip");
  await driver.screenshot("boards-menu");
  await driver.click("[role=menuitem]", "Disconnect");
  await front("Virtual board");
  expect(await driver.evaluate("return taipan.stations.length")).toBe(1);
  expect(below(driver.started()).length).toBeGreaterThan(0);
});
