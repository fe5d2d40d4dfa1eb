// Texts of another time in the real window: opened as they are meant, and saved in the same bytes, here and on the board.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();
const latin = (text: string): Buffer => Buffer.from(text, "latin1");
const OLD = "# -*- coding: latin-1 -*-\r\nprint('été')\r\n";
let path = "";

beforeAll(async () => {
  path = join(stage.home, "old.py");
  writeFileSync(path, latin(OLD));
  await stage.open();
  await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", path);
});
afterAll(() => stage.end());

const said = (text: string): Promise<unknown> => stage.driver.wait(`it says ${text}`, "return taipan.messages.list[0]?.text.includes(arguments[0])", text);

test("a text in Latin-1 is shown as it is meant, runs here, and is saved as it was", async () => {
  await said("old.py is kept in ISO-8859-1, as its first lines say");
  await stage.driver.wait("the status line", "return document.querySelector('.status')?.textContent.includes('ISO-8859-1')");
  await stage.changeAndSave("# ä");
  expect(readFileSync(path)).toEqual(latin(`# ä${OLD}`));
  await stage.driver.press("Shift", "F5");
  await stage.printed("computer", "été");
  expect(await stage.look("encoding")).toEqual([]);
});

test("a letter that it lacks is named, and nothing is written", async () => {
  const before = readFileSync(path);
  await stage.driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "End");
  await stage.driver.type("x = '→'");
  await stage.driver.press("Ctrl", "s");
  await said("which has no “→” (line 3), so it was not saved");
  expect(readFileSync(path)).toEqual(before);
});

test("said to be UTF-8, it is saved as that", async () => {
  await stage.driver.press("Ctrl", "Home");
  await stage.driver.press("Shift", "End");
  await stage.driver.type("# coding: utf-8");
  await stage.driver.press("Ctrl", "s");
  await stage.driver.wait("it is saved", "return !taipan.documents.active.unsaved");
  expect(readFileSync(path, "utf8")).toBe("# coding: utf-8\r\nprint('été')\r\nx = '→'");
});

test("a text in UTF-16 whose lines end in several ways is saved as it was, and becomes UTF-8 when one wants that", async () => {
  const wide = join(stage.home, "wide.py");
  const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]);
  writeFileSync(wide, utf16("print('ä')\r\nx = 1\n\r\ny = 2"));
  await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", wide);
  await said("wide.py is UTF-16LE, which no board reads");
  await stage.changeAndSave("# ");
  expect(readFileSync(wide)).toEqual(utf16("# print('ä')\r\nx = 1\n\r\ny = 2"));
  await stage.driver.wait("the status line", "return document.querySelector('.status')?.textContent.includes('mixed line ends')");
  await stage.driver.click(".status button", "UTF-16LE");
  await stage.driver.click("dialog button.main", "Save as UTF-8");
  await stage.driver.wait("it is on the disk", "return (await taipan.backend.readFile(arguments[0])).encoding.name === 'UTF-8'", wide);
  expect(readFileSync(wide, "utf8")).toBe("# print('ä')\r\nx = 1\n\r\ny = 2");
});

test("a picture is no text, and is said to be none", async () => {
  const picture = join(stage.home, "picture.png");
  writeFileSync(picture, Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0xff]));
  await stage.driver.evaluate("void taipan.attempt(() => taipan.open({ place: 'computer', path: arguments[0] }))", picture);
  await said("picture.png is not a text but data");
});

test("on the board as well", async () => {
  await stage.driver.evaluate("await taipan.station.link.write('/old.txt', '\\u00fc', { name: 'windows-1252', declared: null }); await taipan.open(taipan.station.home('/old.txt'))");
  await said("old.txt is not UTF-8. It is shown as windows-1252, and saved in it.");
  await stage.changeAndSave("€");
  expect(await stage.driver.evaluate("return await taipan.station.link.hash('/old.txt')")).toBe("4bba371cda287ff65b42c039a4262c93cd85b164399c66cbdae35a34c4f18e20");
});
