// What can be done with a thing, by its menu: with the right button, and with Shift-F10.
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();
const labels = (): Promise<string[]> => stage.driver.evaluate("return [...document.querySelectorAll('[role=menu][data-takes-keys] [role=menuitem] span')].map((item) => item.textContent)");
const open = (): Promise<unknown> => stage.driver.wait("the menu has the keyboard", "return document.activeElement?.closest('[role=menu][data-takes-keys]') !== null && document.activeElement?.role === 'menuitem'");
const closed = (): Promise<unknown> => stage.driver.wait("the menu is gone", "return document.querySelector('[role=menu][data-takes-keys]') === null");

beforeAll(async () => {
  await stage.open();
  await stage.driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
});
afterAll(() => stage.end());

test("a file of the board is opened from its menu, by keyboard alone", async () => {
  await stage.driver.wait("a file", "return document.querySelector('[data-path=\"/main.py\"]') !== null");
  await stage.driver.evaluate("document.querySelector('[data-path=\"/main.py\"]').focus()");
  await stage.driver.press("Shift", "F10");
  await open();
  expect((await labels())[0]).toBe("Open");
  expect(await stage.look("menu")).toEqual([]);
  await stage.driver.press("Enter");
  await closed();
  await stage.driver.wait("its tab", "return taipan.documents.active.name === 'main.py'");
});

test("the menu of a tab closes the others", async () => {
  await stage.driver.evaluate("document.querySelector('[role=tab][aria-selected=true][data-document]').focus()");
  await stage.driver.press("Shift", "F10");
  await open();
  await stage.driver.screenshot("menu-tab");
  await stage.driver.press("End");
  await stage.driver.press("Enter");
  await closed();
  await stage.driver.wait("one tab", "return taipan.documents.list.length === 1 && taipan.documents.active.name === 'main.py'");
});

test("the console's menu clears it, and Escape gives the keyboard back to the prompt", async () => {
  await stage.driver.press("Ctrl", "`");
  await stage.driver.wait("the console has the keyboard", "return document.activeElement?.closest('.xterm') !== null");
  await stage.driver.press("Shift", "F10");
  await open();
  await stage.driver.screenshot("menu-console");
  await stage.driver.press("Escape");
  await closed();
  expect(await stage.driver.evaluate("return document.activeElement?.closest('.xterm') !== null")).toBe(true);
});

test("what is pasted from the menu arrives at the prompt", async () => {
  await stage.driver.type("6 * 7\n");
  await stage.printed("board", "42");
  await stage.driver.evaluate("const { terminal } = taipan.screens.board; terminal.select(4, taipan.screens.board?.lines().findIndex((line) => line === '>>> 6 * 7'), 5)");
  for (const item of ["Copy", "Paste"]) {
    await stage.driver.press("Shift", "F10");
    await open();
    await stage.driver.click("[role=menu][data-takes-keys] [role=menuitem]", item);
    await closed();
  }
  await stage.driver.wait("what was pasted", "return taipan.screens.board?.lines().filter((line) => line === '>>> 6 * 7').length === 2");
});

test("files dropped from the system's file manager are copied to the board", async () => {
  mkdirSync(join(stage.home, "elsewhere"));
  writeFileSync(join(stage.home, "elsewhere/dropped.py"), "x = 1\n");
  await stage.driver.press("Ctrl", "2");
  await stage.driver.wait("the board's list", "return document.querySelector('[data-place=board] [data-name=\"main.py\"]') !== null");
  const at = await stage.driver.evaluate<{ x: number; y: number }>("const box = document.querySelector('[data-place=board] [role=listbox]').getBoundingClientRect(); return { x: box.left + 20, y: box.bottom - 8 }");
  await stage.driver.evaluate("taipan.drop.take({ kind: 'over', ...arguments[0] })", at);
  await stage.driver.screenshot("drop");
  await stage.driver.evaluate("taipan.drop.take({ kind: 'drop', ...arguments[0], paths: [arguments[1]] })", at, join(stage.home, "elsewhere/dropped.py"));
  await stage.driver.wait("it is there", "return document.querySelector('[data-place=board] [data-name=\"dropped.py\"]') !== null");
});

test("a failure is told in the language of the window", async () => {
  await stage.driver.evaluate("taipan.settings.set('language', 'de')");
  await stage.driver.wait("German", "return document.documentElement.lang === 'de'");
  await stage.driver.evaluate("void taipan.station.attempt(() => taipan.station.link.read('/nowhere.py'))");
  await stage.driver.wait("a sentence", "return taipan.messages.list.some((message) => message.text === '/nowhere.py ist nicht auf dem Board. Aktualisieren Sie die Liste der Dateien.')");
  await stage.driver.screenshot("failure-german");
  await stage.driver.evaluate("taipan.settings.set('language', 'en')");
});
