// What was installed, started for the first time by somebody whose home is empty. `cargo xtask bundle --test` says what and where.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Driver } from "../driver";

const app = process.env.TAIPAN_APP ?? "/usr/bin/taipan-ide";
const home = process.env.TAIPAN_HOME ?? "";
let driver: Driver;

beforeAll(async () => {
  expect(home, "TAIPAN_HOME names an empty folder").not.toBe("");
  driver = await Driver.open(app, { HOME: home, XDG_DATA_HOME: "", XDG_CACHE_HOME: "", XDG_CONFIG_HOME: "", PATH: "/usr/bin:/bin" });
});

afterAll(() => driver?.close());

test("the virtual board is at its prompt, and a program runs on it", async () => {
  const prints = (text: string): Promise<unknown> =>
    driver.wait(`the board prints ${text}`, "return window.taipan?.screens.board?.lines().some((line) => line.includes(arguments[0]))", text);
  await driver.wait("the board is ready", "return document.querySelector('.chip.ready') !== null");
  await driver.press("Ctrl", "1"); // the console is beside the editor, and comes with it
  await driver.wait("the editor has the keyboard", "return document.activeElement?.classList.contains('cm-content')");
  await prints(">>>");
  await driver.press("F5");
  await prints("Hello from pyboard");
  await driver.screenshot("installed");
});

test("the firmware page offers the image of the board that came with it, and says that it fits", async () => {
  await driver.press("Ctrl", "6");
  await driver.wait("the image", "return [...document.querySelectorAll('.firmware input[type=radio]')].some((choice) => choice.closest('label').textContent.includes('pyboard'))");
  await driver.wait("it can be updated", "return [...document.querySelectorAll('.firmware button.main')].some((button) => !button.disabled)");
  await driver.screenshot("installed-firmware");
});
