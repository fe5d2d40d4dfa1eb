// The person's desk in the real window: settings, keys, languages, sizes.
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
