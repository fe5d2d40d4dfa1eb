// The person's desk in the real window: settings, keys, languages, sizes.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();

beforeAll(() => stage.open());
afterAll(() => stage.end());

/** What reaches beyond the window's edge, or is cut off within itself, and is no place that scrolls. */
const cutOff = (): Promise<string[]> =>
  stage.driver.evaluate(`
    const inside = (element) => { for (let at = element.parentElement; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowX + getComputedStyle(at).overflowY)) return true; return false; };
    return [...document.querySelectorAll("button, input, select, h2, label, [role=tab]")]
      .filter((element) => element.checkVisibility() && !element.closest(".xterm, .cm-editor, .spoken, dialog:not([open])") && !inside(element))
      .filter((element) => { const box = element.getBoundingClientRect(); return box.width && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1 || box.top < -1); })
      .map((element) => element.outerHTML.slice(0, 120));`);

test("the first start shows what this is, on one screen", async () => {
  await stage.driver.wait("the page", "return document.querySelector('.start .example') !== null");
  expect(await stage.look("first")).toEqual([]);
  expect(await stage.driver.evaluate("const page = document.querySelector('.start'); return page.scrollHeight <= page.clientHeight + 1")).toBe(true);
});

test("an example runs, and the plotter draws what it prints", async () => {
  await stage.driver.click(".example", "waves.py");
  await stage.editorHasTheKeyboard();
  await stage.driver.evaluate("taipan.layout.page = 'plotter'");
  await stage.driver.wait("the plotter", "return document.querySelector('.plotter') !== null");
  await stage.driver.press("F5");
  await stage.driver.wait("two curves", "return taipan.plot.labels.length === 2 && taipan.plot.times.length > 200 && document.querySelectorAll('.plotter .summary tbody tr').length === 2");
  expect(await stage.look("plotter")).toEqual([]);
  await stage.driver.wait("400 samples", "return taipan.plot.times.length === 400");
  await stage.chip("ready");
});

test("the names of the session are shown when the program has ended", async () => {
  await stage.driver.evaluate("taipan.layout.page = null; taipan.layout.side = 'variables'");
  await stage.driver.wait("a name", "return [...document.querySelectorAll('.variables tbody tr')].some((row) => row.textContent.includes('step') && row.textContent.includes('399'))");
  expect(await stage.look("variables")).toEqual([]);
});

test("every example runs on the virtual board", async () => {
  for (const [name, wanted] of [["lights.py", ""], ["fractal.py", "@@@"]] as const) {
    await stage.driver.evaluate("taipan.layout.page = 'start'");
    await stage.driver.click(".example", name);
    await stage.driver.evaluate("window.before = taipan.station.sessionChanges");
    await stage.editorHasTheKeyboard();
    await stage.driver.press("F5");
    await stage.driver.wait("its end", "return taipan.station.sessionChanges > window.before && taipan.board.state === 'ready'");
    if (wanted) await stage.printed("board", wanted);
    expect(await stage.driver.evaluate("return taipan.screens.board?.lines().some((line) => line.includes('Traceback'))")).toBe(false);
  }
  await stage.driver.screenshot("fractal");
});

test("search finds in the folder, and replaces", async () => {
  mkdirSync(join(stage.home, "project/lib"), { recursive: true });
  writeFileSync(join(stage.home, "project/main.py"), "from lamp import level\n\nprint(level)\n");
  writeFileSync(join(stage.home, "project/lib/lamp.py"), "level = 3  # the level\n");
  await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", join(stage.home, "project/main.py"));
  await stage.driver.press("Ctrl", "Shift", "F");
  await stage.driver.wait("the field", "return document.activeElement?.type === 'search'");
  await stage.driver.type("level");
  await stage.driver.wait("the places", "return document.querySelectorAll('.search [role=option]').length === 6");
  expect(await stage.look("search")).toEqual([]);
  await stage.driver.evaluate("taipan.search.replacement = 'height'; await taipan.search.start()");
  await stage.driver.wait("the preview", "return document.querySelectorAll('.search ins').length === 4");
  await stage.driver.screenshot("replace");
  await stage.driver.click(".search button.main");
  await stage.driver.wait("a question", "return document.querySelector('dialog[open] .choice') !== null");
  await stage.driver.click("dialog[open] .choice");
  await stage.driver.wait("the tab", "return taipan.documents.active.text.includes('print(height)')");
  expect(readFileSync(join(stage.home, "project/lib/lamp.py"), "utf8")).toBe("height = 3  # the height\n");
});

test("a text is put in order", async () => {
  await stage.newScript("");
  await stage.driver.type("x = 1   \ndef f(): pass\n");
  await stage.driver.press("Ctrl", "Shift", "I");
  await stage.driver.wait("order", "return taipan.documents.active.text === 'x = 1\\n\\n\\ndef f(): pass\\n'");
});

test("settings are found by typing, changed by keyboard, and kept", async () => {
  await stage.driver.press("Ctrl", ",");
  await stage.driver.wait("the field has the keyboard", "return document.activeElement?.type === 'search'");
  expect(await stage.look("settings")).toEqual([]);
  await stage.driver.type("deutsch");
  await stage.driver.wait("one setting", "return document.querySelectorAll('.settings .row').length === 1");
  // A list of the system's own is out of the driver's reach.
  await stage.driver.evaluate("const list = document.querySelector('.settings select'); list.value = 'de'; list.dispatchEvent(new Event('change', { bubbles: true }))");
  await stage.driver.wait("German", "return document.documentElement.lang === 'de' && document.querySelector('.settings h2').textContent === 'Einstellungen'");
  await stage.driver.wait("the file", "return (await taipan.backend.loadSettings())?.includes('\"language\": \"de\"')");
  await stage.driver.screenshot("settings-german");
  await stage.driver.evaluate("taipan.settings.set('language', 'en')");
});

test("with high contrast axe has no objection", async () => {
  for (const theme of ["contrastLight", "contrastDark"] as const) {
    await stage.theme(theme);
    await stage.driver.evaluate("taipan.layout.page = null");
    await stage.driver.screenshot(theme);
    expect(await stage.objections(), theme).toEqual([]);
  }
  await stage.theme("light");
});

test("at 200 % nothing is cut off", async () => {
  await stage.driver.evaluate("taipan.settings.set('zoom', 200)");
  await stage.driver.wait("the size", "return innerWidth <= 700");
  for (const page of [null, "settings"]) {
    await stage.driver.evaluate("taipan.layout.page = arguments[0]", page);
    await stage.driver.screenshot(`zoomed-${page ?? "editor"}`);
    expect(await cutOff(), String(page)).toEqual([]);
    expect(await stage.objections(), String(page)).toEqual([]);
  }
  await stage.driver.press("Ctrl", "0");
  await stage.driver.wait("the usual size", "return innerWidth > 1000");
});

test("Vim's keys work in the editor, and :w saves", async () => {
  await stage.newScript("one\ntwo");
  await stage.driver.evaluate("taipan.settings.set('keymap', 'vim')");
  await stage.driver.wait("Vim", "return document.querySelector('.cm-vim-panel, .cm-fat-cursor, .cm-vimMode') !== null");
  await stage.driver.press("Escape");
  await stage.driver.type("ggdd");
  await stage.driver.wait("a line less", "return taipan.documents.active.text === 'two'");
  await stage.driver.evaluate("taipan.settings.set('keymap', 'taipan')");
});
