// A project brought onto the board and kept there, a backup of it, an unplug in between. The system's own dialogs are answered
// by the scenes: no driver reaches into them.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Driver } from "./driver";
import { Stage } from "./stage";

const stage = new Stage();
const project = join(stage.home, "garden");
let driver: Driver;

function write(path: string, text: string): void {
  mkdirSync(join(project, path, ".."), { recursive: true });
  writeFileSync(join(project, path), text);
}

const said = (text: string): Promise<unknown> =>
  driver.wait(`it says ${text}`, "return taipan.messages.list.some((message) => message.text.includes(arguments[0]))", text);

const shown = (text: string): Promise<unknown> => driver.wait(`the page shows ${text}`, "return document.querySelector('.page').textContent.includes(arguments[0])", text);

const onBoard = (path: string): Promise<string> => driver.evaluate("return (await taipan.station.link.read(arguments[0])).text", path);

beforeAll(async () => {
  write("main.py", "import lib.pump\n");
  write("lib/pump.py", "on = True\n");
  write("lib/valve.py", "open = 3\n");
  write("notes.md", "# not for the board\n");
  write(".taipanignore", "*.md\n");
  await stage.open();
  driver = stage.driver;
  // A fresh virtual board has a script of its own.
  await driver.evaluate("return taipan.station.link.remove('/main.py')");
  await driver.evaluate("taipan.backend.askFolder = async () => arguments[0]; taipan.backend.askSave = taipan.backend.askOpen = async () => arguments[1]", project, join(stage.home, "board.zip"));
});
afterAll(() => stage.end());

test("a folder is chosen, and the plan is shown before anything changes", async () => {
  await driver.press("Ctrl", "3");
  await driver.wait("the page", "return document.querySelector('.sides') !== null");
  expect(await stage.look("sync-empty")).toEqual([]);
  await driver.click(".side button", "Choose a folder");
  await driver.wait("the plan", "return document.querySelectorAll('tbody tr').length === 4");
  await shown("pump.py");
  expect(await driver.evaluate("return document.querySelector('.page').textContent.includes('notes.md')")).toBe(false);
  expect(await stage.look("sync-plan")).toEqual([]);
});

test("in a low window the plan has room for its rows, and what is done with it is in sight", async () => {
  await driver.resize(660, 440);
  await driver.wait("the size", "return innerHeight < 480");
  await driver.evaluate("document.querySelector('.found').scrollIntoView({ block: 'end' })");
  const rows = "return [...document.querySelectorAll('.found tbody tr')].filter((row) => { const box = row.getBoundingClientRect(); const foot = document.querySelector('.actions').getBoundingClientRect(); return box.top >= 0 && box.bottom <= foot.top + 1; }).length";
  expect(await driver.evaluate<number>(rows)).toBe(4);
  expect(await driver.evaluate("return document.querySelector('.actions').getBoundingClientRect().bottom <= innerHeight")).toBe(true);
  expect(await stage.look("sync-low")).toEqual([]);
  await driver.resize(1280, 800);
  await driver.wait("the size", "return innerHeight > 600");
});

test("it is carried out", async () => {
  await driver.click("footer button", "Update the board");
  await said("The board is up to date");
  await shown("The board has everything: 3 files are the same.");
  expect(await onBoard("/lib/pump.py")).toBe("on = True\n");
  await stage.look("sync-done");
});

test("what both changed is a conflict that the person decides", async () => {
  await driver.evaluate("return taipan.station.link.write('/main.py', '# by hand\\n')");
  write("main.py", "import lib.valve\n");
  write("lib/valve.py", "open = 4\n");
  write("lib/lamp.py", "on()\n");
  rmSync(join(project, "lib/pump.py"));
  await driver.click("footer button", "Compare");
  await driver.wait("a conflict", "return document.querySelector('tr.conflict select') !== null");
  expect(await stage.look("sync-conflict")).toEqual([]);
  await driver.evaluate("const select = document.querySelector('tr.conflict select'); select.value = 'board'; select.dispatchEvent(new Event('change', { bubbles: true }))");
  await driver.click("footer button", "Update the board");
  await shown("The board has everything");
  expect(readFileSync(join(project, "main.py"), "utf8")).toBe("# by hand\n");
  expect(await onBoard("/lib/valve.py")).toBe("open = 4\n");
  expect(await driver.evaluate("return taipan.station.link.tree('/lib', false).then((nodes) => nodes.map((node) => node.path))")).toEqual(["lamp.py", "valve.py"]);
});

test("what is saved goes to the board, from any program", async () => {
  await driver.click("fieldset label", "Send on save");
  await driver.wait("it follows", "return taipan.sync.following");
  write("lib/lamp.py", "off()\n");
  await driver.wait("it is there", "return taipan.station.link.read('/lib/lamp.py').then(({ text }) => text === 'off()\\n', () => false)");
  await driver.click("fieldset label", "Send on save");
  await driver.wait("it follows no more", "return !taipan.sync.following");
});

test("an unplug in the middle leaves the rest for later", async () => {
  for (let number = 0; number < 30; number++) write(`data/part${number}.bin`, `${number}`.repeat(20_000));
  await driver.click("footer button", "Compare");
  await driver.wait("the plan", "return document.querySelectorAll('tbody tr').length >= 30");
  await driver.click("footer button", "Update the board");
  await driver.wait("some of it is there", "return taipan.work.stage?.done > 3");
  stage.unplug();
  await stage.chip("lost");
  await shown("The board went away after");
  expect(await stage.look("sync-unplugged")).toEqual([]);
  await driver.evaluate("return taipan.connect(null)");
  await stage.chip("ready");
  await shown("and is back");
  // Until the board was looked at again, the plan is the old one.
  await driver.wait("the rest", "return !taipan.sync.looking && taipan.sync.plan?.steps.length < 30");
  await driver.click("footer button", "Go on");
  await shown("The board has everything");
});

test("a backup is made, looked into, and part of it put back", async () => {
  await driver.press("Ctrl", "4");
  await driver.wait("the page", "return document.querySelector('.cards') !== null");
  expect(await stage.look("backup-empty")).toEqual([]);
  await driver.click(".card button", "Save a backup");
  await said("The backup is in");
  expect(existsSync(join(stage.home, "board.zip"))).toBe(true);
  await shown("the same to the byte");
  await driver.evaluate("return taipan.station.link.remove('/lib/lamp.py')");
  await driver.evaluate("return taipan.station.link.write('/main.py', 'broken')");
  await driver.click("footer button", "Compare");
  await driver.wait("what differs", "return document.querySelectorAll('tr.missing, tr.differs').length === 2");
  expect(await stage.look("backup")).toEqual([]);
  await driver.click("footer button", "Put back");
  await driver.wait("a question", "return document.querySelector('dialog[open] li')?.textContent === 'main.py'");
  await driver.click("dialog[open] .choice", "Put back");
  await said("2 files of the backup are on the board.");
  expect(await onBoard("/lib/lamp.py")).toBe("off()\n");
  expect(await onBoard("/main.py")).toBe("# by hand\n");
});

test("the traffic log is a text that one can read", async () => {
  const log = join(stage.home, "traffic.txt");
  await driver.evaluate("taipan.backend.askSave = async () => arguments[0]; return taipan.backup.saveTraffic()", log);
  expect(readFileSync(log, "utf8")).toMatch(/^# seconds, > to the board or < from it, bytes\n/);
});

test("a draft outlives a window that is killed while it is typed", async () => {
  await stage.newScript("x = 1\n");
  await driver.type("y = 2  # typed without a pause, and never saved\n");
  await driver.wait("it is on the disk", "return (await taipan.backend.loadDesk()).includes('never saved')");
  await stage.kill();
  await stage.open();
  driver = stage.driver;
  expect(await driver.evaluate("return taipan.documents.active.text")).toContain("never saved");
});
