// The page of firmware in the real window: the virtual board's loader takes an image, its cable is pulled in the middle, and the update goes on.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();
const CODE = 400_000;

/** Intel HEX of a program that a Cortex-M would start: its vectors, and code in the sector behind the files. */
function firmware(): string {
  const record = (address: number, kind: number, bytes: number[]): string => {
    const all = [bytes.length, (address >> 8) & 255, address & 255, kind, ...bytes];
    const sum = (256 - (all.reduce((total, byte) => total + byte, 0) & 255)) & 255;
    return `:${[...all, sum].map((byte) => byte.toString(16).toUpperCase().padStart(2, "0")).join("")}`;
  };
  const lines = [record(0, 4, [0x08, 0x00]), record(0, 0, [0, 0, 2, 0x20, 1, 0, 2, 8])];
  for (let at = 0; at < CODE; at += 32) {
    if (at % 65_536 === 0) lines.push(record(0, 4, [0x08, 2 + at / 65_536]));
    lines.push(record(at & 0xffff, 0, Array.from({ length: 32 }, (_, byte) => (at * 7 + byte * 13) & 255)));
  }
  return [...lines, record(0, 1, []), ""].join("\n");
}

beforeAll(() => stage.open());

afterAll(() => stage.end());

const says = (text: string): Promise<unknown> => stage.driver.wait(`the page says ${text}`, "return document.querySelector('.firmware')?.textContent.includes(arguments[0])", text);
const objections = (): Promise<unknown> => stage.objections();

test("a file of one's own is warned of before it is written", async () => {
  await stage.driver.evaluate("await taipan.station.link.write('/kept.py', 'x = 1\\n')");
  const file = join(stage.home, "own.hex");
  writeFileSync(file, firmware());
  await stage.driver.evaluate("taipan.station.link.firmware.askFile = async () => arguments[0]; taipan.layout.page = 'firmware'", file);
  await says("Virtual board");
  await stage.driver.click("button", "Another file");
  await says("own.hex is not one of Taipan’s images");
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
  await stage.driver.screenshot("firmware-done");
  expect(await stage.driver.evaluate("return await taipan.station.link.read('/kept.py')")).toBe("x = 1\n");
  expect(await objections()).toEqual([]);
});

test("a damaged file is refused in clear words", async () => {
  const file = join(stage.home, "damaged.hex");
  writeFileSync(file, firmware().replace(":08000000", ":08000001"));
  await stage.driver.evaluate("taipan.station.link.firmware.askFile = async () => arguments[0]", file);
  await stage.driver.click("button", "Another file");
  await says("damaged.hex is damaged");
});
