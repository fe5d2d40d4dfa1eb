// Files between this computer and the board, as a person would move them: by keyboard alone, then by mouse.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Driver } from "./driver";
import { Stage } from "./stage";

const stage = new Stage();
let driver: Driver;

/** Puts files into the person's folder. */
function project(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(stage.home, path, ".."), { recursive: true });
    writeFileSync(join(stage.home, path), text);
  }
}

const there = (name: string): Promise<unknown> =>
  driver.wait(`${name} on the board`, "return document.querySelector(`[data-place=board] [data-name=\"${CSS.escape(arguments[0])}\"]`) !== null", name);

const said = (text: string): Promise<unknown> =>
  driver.wait(`it says ${text}`, "return taipan.messages.list.some((message) => message.text.includes(arguments[0]))", text);

/** The middle of an element, in CSS pixels. */
const middle = (selector: string): Promise<{ x: number; y: number }> =>
  driver.wait(selector, "const box = document.querySelector(arguments[0])?.getBoundingClientRect(); return box && { x: box.x + box.width / 2, y: box.y + box.height / 2 }", selector);

beforeAll(async () => {
  project({ "garden/main.py": "import pump\n", "garden/lib/pump.py": "on = True\n", "garden/notes day.txt": "dry\n", "garden/readme.md": "# Garden\n".repeat(400) });
  await stage.open();
  driver = stage.driver;
});
afterAll(() => stage.end());

test("the files page opens by its key, with both sides", async () => {
  await driver.press("Ctrl", "2");
  await driver.wait("both sides", "return document.querySelectorAll('.pane').length === 2 && document.querySelector('[data-place=computer] [data-name=garden]') !== null");
  await driver.screenshot("files-empty");
});

test("it opens while a program runs, too: without an alarm, and what the program leaves is seen when it has ended", async () => {
  await stage.newScript("import time\nwhile True:\ntime.sleep_ms(5)\nopen('left.txt', 'w').close()\n");
  await driver.press("F5");
  await stage.chip("running");
  await driver.press("Ctrl", "2");
  await driver.wait("both sides", "return document.querySelectorAll('.pane').length === 2");
  await driver.press("Ctrl", "F2");
  await stage.chip("ready");
  await there("left.txt");
  expect(await driver.evaluate("return taipan.messages.list.filter((message) => message.kind === 'bad').map((message) => message.text)")).toEqual([]);
  await driver.evaluate("await taipan.station.link.remove('/left.txt'); await taipan.files.refresh()");
});

test("a folder goes to the board by keyboard alone", async () => {
  await driver.wait("the list", "document.querySelector('[data-place=computer] [role=option][tabindex=\"0\"]').focus(); return true");
  await driver.type("gar");
  await driver.press("Enter");
  await driver.wait("its files", "return document.querySelectorAll('[data-place=computer] [role=option]').length === 4 && document.activeElement.matches('[data-place=computer] [role=option]')");
  await driver.wait("the board's files", "return document.querySelector('[data-place=board] [data-name=\"main.py\"]')");
  await driver.press("Ctrl", "a");
  await driver.press("Ctrl", "Enter");
  // A fresh virtual board has a main.py of its own.
  await driver.wait("a question", "return document.querySelector('dialog[open] li')?.textContent.includes('main.py')");
  await driver.press("Enter");
  await said("Copied 4 files to the board.");
  await there("main.py");
  expect(await stage.look("files")).toEqual([]);
});

test("what would be overwritten is shown first", async () => {
  project({ "garden/main.py": "import pump\npump.on = False\n" });
  await driver.press("Home");
  await driver.type("main");
  await driver.press("Ctrl", "Enter");
  await driver.wait("a question", "return document.querySelector('dialog[open] li')?.textContent.includes('main.py')");
  expect(await stage.look("overwrite")).toEqual([]);
  await driver.click("dialog[open] .choice", "Overwrite");
  await said("Copied 1 file to the board.");
});

test("names are dragged to the other side, and into a folder", async () => {
  const from = await middle("[data-place=board] [data-name='notes day.txt']");
  const to = await middle("[data-place=computer] [data-name=lib]");
  await driver.drag(from, to, () => driver.screenshot("drag"));
  await said("Copied 1 file to this computer.");
  expect(readFileSync(join(stage.home, "garden/lib/notes day.txt"), "utf8")).toBe("dry\n");

  await driver.drag(await middle("[data-place=computer] [data-name='readme.md']"), await middle("[data-place=computer] [data-name=lib]"));
  await said("Moved 1 item");
  expect(existsSync(join(stage.home, "garden/lib/readme.md"))).toBe(true);
});

test("properties tell the same hash on both sides", async () => {
  await driver.click("[data-place=board] [data-name='main.py']");
  await driver.press("Alt", "Enter");
  const hash = await driver.wait<string>("the hash", "return document.querySelector('dialog[open] .hash')?.textContent");
  expect(await stage.look("properties")).toEqual([]);
  await stage.dismiss();
  await driver.click("[data-place=computer] [data-name='main.py']");
  await driver.press("Alt", "Enter");
  expect(await driver.wait<string>("the hash", "return document.querySelector('dialog[open] .hash')?.textContent")).toBe(hash);
  await stage.dismiss();
});

test("F2 renames and Delete asks", async () => {
  await driver.click("[data-place=board] [data-name='notes day.txt']");
  await driver.press("F2");
  await driver.wait("the name's field", "return document.activeElement?.matches('dialog[open] input')");
  await driver.press("Ctrl", "a");
  await driver.type("log.txt\n");
  await there("log.txt");
  await driver.wait("the list has the keyboard", "return document.activeElement?.dataset.name === 'log.txt'");
  await driver.press("Delete");
  await driver.wait("a question", "return document.querySelector('dialog[open]')?.textContent.includes('log.txt')");
  await driver.screenshot("delete");
  await driver.click("dialog[open] .choice", "Delete");
  await driver.wait("it is gone", "return document.querySelector('[data-place=board] [data-name=\"log.txt\"]') === null");
});

test("a large file moves visibly, and is given up", async () => {
  project({ "garden/big.bin": Array.from({ length: 400_000 }, (_, index) => String.fromCharCode(33 + ((index * 7919) % 89))).join("") });
  await driver.wait("the folder is watched", "return document.querySelector('[data-place=computer] [data-name=\"big.bin\"]') !== null");
  await driver.click("[data-place=computer] [data-name='big.bin']");
  // The fast board would be done before anybody sees it: the scene holds the link's own words back.
  await driver.evaluate("window.copy = taipan.station.link.copy; taipan.station.link.copy = () => new Promise((_, fail) => (window.fail = fail))");
  await driver.press("Ctrl", "Enter");
  await driver.wait("the bar", "return document.querySelector('.work progress') !== null");
  await driver.evaluate("taipan.work.take({ event: 'stage', path: '/big.bin', done: 0, total: 1 }); taipan.work.take({ event: 'progress', path: '/big.bin', done: 150000, total: 400000 })");
  expect(await stage.look("progress")).toEqual([]);
  await driver.evaluate("taipan.station.link.copy = window.copy; window.fail(new Error('Copying was cancelled.'))");
  await driver.wait("the bar is gone", "return document.querySelector('.work progress') === null");
});

test("without a board the page says what to do", async () => {
  stage.unplug();
  await stage.chip("lost");
  await driver.wait("the way back", "return document.querySelector('[data-place=board] .vacant button') !== null");
  expect(await stage.look("files-lost")).toEqual([]);
  await driver.click("[data-place=board] .vacant button", "Connect again");
  await stage.chip("ready");
  await there("main.py");
});

test("at 200 % every page is whole", async () => {
  await driver.evaluate("taipan.settings.set('zoom', 200)");
  await driver.wait("the large page", "return innerWidth < 700");
  for (const page of ["files", "sync", "backup"]) {
    await driver.evaluate("taipan.layout.page = arguments[0]", page);
    await driver.wait("the page", "return document.querySelector('section.page')?.textContent.trim()");
    await driver.screenshot(`large-${page}`);
    const wide = await driver.evaluate<number>("const page = document.querySelector('section.page'); return page.scrollWidth - page.clientWidth");
    expect(wide, page).toBe(0);
  }
  await driver.evaluate("taipan.settings.set('zoom', 100)");
});
