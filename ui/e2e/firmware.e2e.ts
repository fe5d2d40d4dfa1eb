// The page of firmware in the real window: the virtual board's loader takes an image, its cable is pulled in the middle, and the update goes on.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();
const CODE = 800_000;

/** Intel HEX of a program that a Cortex-M would start: its vectors, and code in the sector behind the files, which begins with a label (`dfu::label`). */
function firmware(version: string, chip = "STM32F405", seed = 0): string {
  const record = (address: number, kind: number, bytes: number[]): string => {
    const all = [bytes.length, (address >> 8) & 255, address & 255, kind, ...bytes];
    const sum = (256 - (all.reduce((total, byte) => total + byte, 0) & 255)) & 255;
    return `:${[...all, sum].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("")}`;
  };
  const lines = [record(0, 4, [0x08, 0x00]), record(0, 0, [0, 0, 2, 0x20, 1, 0, 2, 8])];
  const label = Buffer.alloc(96);
  label.write("TAIPANFW");
  label.write(chip, 16);
  label.write(`a board with ${chip}`, 32);
  label.write(version, 64);
  for (let at = 0; at < CODE; at += 32) {
    if (at % 65_536 === 0) lines.push(record(0, 4, [0x08, 2 + at / 65_536]));
    lines.push(record(at & 0xffff, 0, Array.from({ length: 32 }, (_, byte) => label[at + byte] ?? (at * 7 + byte * 13 + seed) & 255)));
  }
  return [...lines, record(0, 1, []), ""].join("\n");
}

/** What stands beside each other: on the board, in the file, and afterwards. */
const versions = (): Promise<unknown> => stage.driver.evaluate("return [...document.querySelectorAll('.versions dd')].map((it) => it.textContent.replaceAll(/\\s+/g, ' ').trim())");

beforeAll(() => stage.open());

afterAll(() => stage.end());

/** What the board runs, and what it says of it. */
const version = "Taipan v0.1.0";
let running = "";

const says = (text: string): Promise<unknown> => stage.driver.wait(`the page says ${text}`, "return document.querySelector('.firmware')?.textContent.includes(arguments[0])", text);
const objections = (): Promise<unknown> => stage.objections();

test("a file of one's own is warned of before it is written", async () => {
  await stage.driver.evaluate("await taipan.station.link.write('/kept.py', 'x = 1\\n')");
  running = String(await stage.driver.evaluate("return taipan.station.board.identity.firmware"));
  expect(running).toContain(version);
  const file = join(stage.home, "own.hex");
  writeFileSync(file, firmware(version));
  await stage.driver.evaluate("taipan.station.link.firmware.askFile = async () => arguments[0]; taipan.layout.page = 'firmware'", file);
  await says("Virtual board");
  await stage.driver.wait("the images are there", "return document.querySelector('section[aria-busy=false]') !== null");
  await stage.driver.click("button", "Another file");
  await says("own.hex is not one of Taipan’s images");
  await says(`${version} · a board with STM32F405 (the board runs this already)`);
  // The console gives way, so that the button is in sight in a window of the usual size.
  const button = "[...document.querySelectorAll('.firmware button.main')].find((button) => button.textContent.includes('Update'))";
  expect(await stage.driver.evaluate(`return ${button}.getBoundingClientRect().bottom <= innerHeight`)).toBe(true);
  await stage.driver.screenshot("firmware-chosen");
  expect(await objections()).toEqual([]);
});

test("the cable is pulled while it writes, and the page says what to do", async () => {
  await stage.driver.click("button.main", "Update");
  const pull = `
    const writing = [...document.querySelectorAll("li.now")].some((step) => step.textContent.includes("Write") && step.querySelector("progress")?.value > 0);
    const button = [...document.querySelectorAll("button")].find((button) => button.textContent.includes("Pull the cable"));
    if (writing) button?.click();
    return writing && button !== undefined;`;
  await stage.driver.wait("it writes", pull);
  await says("The board is gone in the middle");
  await says("go on, and only what is missing is written");
  await stage.driver.screenshot("firmware-pulled");
  expect(await objections()).toEqual([]);
});

test("the update goes on, and the board is there again with its files", async () => {
  await stage.driver.click("button.main", "Go on with the update");
  await says("The board runs MicroPython");
  await stage.chip("ready");
  expect(await versions()).toEqual([running, `${version} · a board with STM32F405`, `✓ ${running} (the file’s version)`]);
  await stage.driver.screenshot("firmware-done");
  expect(await stage.driver.evaluate("return (await taipan.station.link.read('/kept.py')).text")).toBe("x = 1\n");
  expect(await objections()).toEqual([]);
});

test("what came back is not what the file says it is, and the page says so", async () => {
  const file = join(stage.home, "other.hex");
  writeFileSync(file, firmware("Taipan v99.0.0"));
  await stage.driver.evaluate("taipan.station.link.firmware.askFile = async () => arguments[0]", file);
  await stage.driver.click("button", "Another file");
  await stage.driver.wait("the file is looked into", "return document.querySelector('.versions')?.textContent.includes('v99.0.0')");
  await stage.driver.click("button.main", "Update");
  await says("The file has Taipan v99.0.0: that is not what runs now.");
  await stage.driver.screenshot("firmware-other");
  expect(await versions()).toEqual([running, "Taipan v99.0.0 · a board with STM32F405", `✕ ${running} (not the file’s version)`]);
  expect(await objections()).toEqual([]);
});

const choose = async (name: string, text: string | Buffer): Promise<void> => {
  const file = join(stage.home, name);
  writeFileSync(file, text);
  await stage.driver.evaluate("taipan.station.link.firmware.askFile = async () => arguments[0]", file);
  await stage.driver.click("button", "Another file");
};

/** Presses “Give up” as soon as this step moves. */
const giveUpAt = (step: string): Promise<unknown> =>
  stage.driver.evaluate(
    `const update = taipan.station.hold("firmware");
    const take = update.take;
    update.take = (moved) => {
      take.call(update, moved);
      if (moved.stage !== arguments[0]) return;
      update.take = take;
      [...document.querySelectorAll("button")].find((it) => it.textContent.includes("Give up")).click();
    };`,
    step,
  );

test("given up before anything was erased, the board is back as it was", async () => {
  await choose("again.hex", firmware(version, "STM32F405", 1)); // all of it is to be written
  await stage.driver.wait("the file is looked into", "return document.querySelector('.versions')?.textContent.includes('v0.1.0')");
  await stage.driver.evaluate("for (let n = 0; n < 16; n++) await taipan.station.link.write(`/part${n}.txt`, `${n} `.repeat(4000))");
  await giveUpAt("backup");
  await stage.driver.click("button.main", "Update");
  await says("What was on the board is still there.");
  await stage.chip("ready");
  await stage.driver.screenshot("firmware-given-up");
  expect(await objections()).toEqual([]);
});

test("given up while it writes, it waits, asks before the window closes, and goes on", async () => {
  await giveUpAt("write");
  await stage.driver.click("button.main", "Update");
  await says("The update was cancelled. The board stays in its loader");
  await says("Its files are saved in");
  await stage.driver.screenshot("firmware-cancelled");
  await stage.driver.click("button.main", "Go on with the update");
  await stage.driver.wait("it is under way", "return document.querySelector('li.now') !== null");
  await stage.driver.evaluate("void window.__TAURI_INTERNALS__.invoke('plugin:event|emit_to', { target: { kind: 'Window', label: 'main' }, event: 'tauri://close-requested', payload: null })");
  await stage.driver.wait("the question", "return document.querySelector('dialog[open]')?.textContent.includes('New firmware is being written')");
  await stage.driver.screenshot("firmware-closing");
  expect(await objections()).toEqual([]);
  await stage.dismiss();
  await says("The board runs");
  await stage.chip("ready");
  expect(await stage.driver.evaluate("return (await taipan.station.link.read('/kept.py')).text")).toBe("x = 1\n");
});

test("a file for another chip, one that is cut short and one that is no firmware are refused in clear words", async () => {
  const whole = firmware(version);
  await choose("short.hex", whole.slice(0, whole.length / 2));
  await says("short.hex is damaged");
  await stage.driver.screenshot("firmware-short");
  await choose("notes.dfu", "print('hello')\n");
  await says("notes.dfu is no firmware file");
  await choose("empty.hex", "");
  await says("empty.hex");
  await stage.driver.screenshot("firmware-empty");
  await choose("lines.hex", whole.split("\n").slice(0, 5000).join("\n"));
  await says("lines.hex is damaged");
  await choose("other.hex", firmware(version, "STM32F100"));
  await says("other.hex is for a board with STM32F100, and this board is virtual board with STM32F405");
  expect(await stage.driver.evaluate("return [...document.querySelectorAll('.firmware button.main')].every((button) => button.disabled)")).toBe(true);
  await stage.driver.screenshot("firmware-other-chip");
});

test("a damaged file is refused in clear words", async () => {
  const file = join(stage.home, "damaged.hex");
  writeFileSync(file, firmware(version).replace(":08000000", ":08000001"));
  await stage.driver.evaluate("taipan.station.link.firmware.askFile = async () => arguments[0]", file);
  await stage.driver.click("button", "Another file");
  await says("damaged.hex is damaged");
});
