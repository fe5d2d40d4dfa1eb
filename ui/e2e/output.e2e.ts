// Programs that print more than anybody reads, or what is no text: the window answers, stops them at once, and shows the prompt as ever.
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { below, type Driver } from "./driver";
import { Stage } from "./stage";

const stage = new Stage();
let driver: Driver;

/** Bytes of memory of a process, shared ones by its part. */
const memoryOf = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0) * 1024;

/** Those of all processes of the window. */
const memory = (): number => [driver.started(), ...below(driver.started())].reduce((sum, pid) => sum + memoryOf(pid), 0);

/** Milliseconds from Ctrl-F2 to the prompt. */
async function stopped(): Promise<number> {
  await driver.evaluate(`
    window.took = new Promise((done) => {
      let down = 0;
      addEventListener("keydown", (event) => { if (event.key === "F2") down = performance.now(); }, true);
      new MutationObserver((_, watch) => {
        if (down && document.querySelector(".chip.ready")) { watch.disconnect(); done(performance.now() - down); }
      }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });
    });`);
  await driver.press("Ctrl", "F2");
  await stage.chip("ready");
  return driver.evaluate<number>("return await window.took");
}

async function run(text: string): Promise<void> {
  await stage.newScript(text);
  await driver.press("F5");
  await stage.chip("running");
}

/** Runs to the end what may be too quick to be seen running. */
async function ran(text: string): Promise<void> {
  await stage.newScript(text);
  await driver.evaluate("window.before = taipan.station.sessionChanges");
  await driver.press("F5");
  await driver.wait("its end", "return taipan.station.sessionChanges > window.before && taipan.board.state === 'ready'");
  await promptIsLast();
}

/** The palette opens, is typed into, and goes, while the program prints. */
async function answers(): Promise<void> {
  await driver.press("Ctrl", "Shift", "P");
  await driver.wait("the palette has the keyboard", "return document.activeElement?.matches('dialog[open] input')");
  await driver.type("zoom");
  await driver.wait("what was typed", "return document.activeElement.value === 'zoom'");
  await driver.press("Escape");
  await driver.wait("it is gone", "return !taipan.paletteOpen");
}

const promptIsLast = (): Promise<unknown> => driver.wait("the prompt is the last line", "return taipan.screens.board?.lines().findLast((line) => line)?.startsWith('>>>')");

beforeAll(async () => {
  await stage.open();
  driver = stage.driver;
  await driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
});
afterAll(() => stage.end());

test.each([
  ["lines", 'while True:\nprint("flood " * 12)\n'],
  ["one line without an end", 'while True:\nprint("flood " * 12, end="")\n'],
  ["numbers for the plotter", "n = 0\nwhile True:\nn += 1\nprint(n, n % 7, n % 11)\n"],
])("%s: the window answers, and the program stops at once", async (_, text) => {
  await run(text);
  await driver.wait("much is printed", "return taipan.screens.board?.lines().join(' ').length > 50_000");
  await answers();
  console.log(`stopped after ${(await stopped()).toFixed(0)} ms`);
  await promptIsLast();
  await driver.evaluate("taipan.screens.board.clear()");
});

test("on this computer, that a program was stopped is told behind all that it printed", async () => {
  await stage.newScript('while True:\nprint("flood " * 12)\n');
  await driver.press("Shift", "F5");
  await driver.wait("much is printed", "return taipan.screens.computer?.lines().length > 1000");
  await driver.press("Ctrl", "F2");
  await driver.wait("its end", "return !taipan.runningHere && taipan.screens.computer?.lines().findLast((line) => line) === '— stopped —'");
});

test("what 100 MB leave behind is not more for each of them", async () => {
  const through = async (megabytes: number): Promise<number> => {
    await run(`text = "0123456789abcde\\n" * 256\nfor n in range(256 * ${megabytes}):\nprint(text, end="")\n`);
    const start = Date.now();
    await driver.waitLong(`${megabytes} MB are printed`, "return taipan.board.state === 'ready'");
    await promptIsLast();
    console.log(`${megabytes} MB took ${((Date.now() - start) / 1000).toFixed(1)} s; memory: ${(memory() / 2 ** 20).toFixed(0)} MiB`);
    return memory();
  };
  await through(20); // what grows once has grown
  const few = await through(20);
  const many = await through(100);
  expect((many - few) / 100).toBeLessThan(0.6 * 2 ** 20); // garbage may still lie there, but no copy of all
}, 200_000);

test("bytes that are no text harm nothing", async () => {
  await ran("import sys\nput = sys.stdout.buffer.write\ns = 1\nfor n in range(4000):\ns = s * 1103515245 + 12345 & 0x7fffffff\nput(bytes(((s >> 16) & 255, (s >> 8) & 255)))\n");
  await ran('import sys\nsys.stdout.buffer.write(b"half a letter \\xf0")\n');
  await ran('print("\\x1b]0;a title without an end", end="")\n');
});

test("a second screen, other letters, colours and the mouse end with the program that wanted them", async () => {
  await ran('print("\\x1b[?1049h\\x1b[?1000h\\x1b[?25l\\x1b[31;7m\\x1b(0 elsewhere")\n');
  const state = await driver.evaluate(`
    const { terminal } = taipan.screens.board;
    return { buffer: terminal.buffer.active.type, mouse: terminal.modes.mouseTrackingMode };`);
  expect(state).toEqual({ buffer: "normal", mouse: "none" });
  await driver.press("Ctrl", "\`");
  await driver.wait("the console has the keyboard", "return document.activeElement?.closest('.xterm') !== null");
  await driver.type("'plain'\n");
  await stage.printed("board", "'plain'");
});

test("of megabytes of unsaved text the program behind the window has few copies", async () => {
  const before = memoryOf(driver.started());
  await driver.evaluate(`
    const line = "value = 12345  # a line of text\\n";
    for (let number = 0; number < 4; number++) taipan.showText("long" + number + ".py", line.repeat(230_000));
    await taipan.keep();`);
  expect(statSync(join(stage.home, ".data/org.taipan.ide/desk.json")).size).toBeGreaterThan(29e6);
  expect(memoryOf(driver.started()) - before).toBeLessThan(150 * 2 ** 20); // what was just sent may still be there
});

test("a program of the virtual board that does not stop is told with a way out, which works", async () => {
  await driver.evaluate("taipan.showText('stubborn.py', arguments[0])", "while True:\n  try:\n    while True: pass\n  except KeyboardInterrupt:\n    print('no')\n");
  await driver.wait("its tab", "return taipan.documents.active?.name === 'stubborn.py'");
  await driver.press("F5");
  await driver.wait("it runs", "return taipan.board.state === 'running'");
  await driver.press("Ctrl", "F2");
  await driver.wait("the advice", "return taipan.messages.list[0]?.text.includes('Disconnect the virtual board and connect it again')");
  await driver.evaluate("await taipan.disconnect(); await taipan.connect(null)");
  await stage.chip("ready");
});

test("a value that never ends to write itself holds up the page of variables for a second, once, and is said to", async () => {
  const program = "class Endless:\n def __repr__(self):\n  while True: pass\nendless = Endless()\nlater = 5\n";
  await stage.driver.evaluate("taipan.showText('endless.py', arguments[0]); taipan.layout.side = 'variables'", program);
  await stage.editorHasTheKeyboard();
  await stage.driver.press("F5");
  const row = "return [...document.querySelectorAll('.variables tr')].find((row) => row.textContent.startsWith(arguments[0]))?.querySelector('td')?.textContent";
  expect(await stage.driver.wait("the value behind it", row, "later")).toBe("5");
  expect(await stage.driver.evaluate(row, "endless")).toContain("takes too long: its __repr__ was stopped");
  await stage.chip("ready");
  expect(await stage.look("variables-endless")).toEqual([]);
  const took = await stage.driver.evaluate<number>("const before = performance.now(); await taipan.station.link.variables(); return performance.now() - before");
  expect(took).toBeLessThan(900);
});
