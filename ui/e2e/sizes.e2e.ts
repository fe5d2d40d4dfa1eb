// What jsdom cannot say: whether everything has its place in a small window, and whether the colours of programs can be read.
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();

beforeAll(async () => {
  await stage.open();
  await stage.driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
});
afterAll(() => stage.end());

/** Makes the window so large, and waits until its page knows. */
async function resize(width: number, height: number): Promise<void> {
  await stage.driver.resize(width, height);
  await stage.driver.wait("the size", "return Math.abs(innerWidth - arguments[0]) < 60", width);
}

test("in the smallest window every entry of every menu can be reached", async () => {
  await resize(660, 460);
  for (const menu of ["File", "Edit", "Run", "Board", "View"]) {
    await stage.driver.click("nav .title", menu);
    await stage.driver.wait("the menu has the keyboard", "return document.activeElement?.closest('.popup') !== null");
    await stage.driver.press("End");
    const within = `const box = arguments[0].getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight && box.right <= innerWidth`;
    expect(await stage.driver.evaluate(within.replace("arguments[0]", "document.querySelector('.popup')")), menu).toBe(true);
    const last = "document.querySelector('.popup [role=menuitem]:last-of-type')";
    await stage.driver.evaluate(`${last}.scrollIntoView({ block: "nearest" })`);
    expect(await stage.driver.evaluate(within.replace("arguments[0]", last)), menu).toBe(true);
    await stage.driver.press("Escape");
    await stage.driver.wait("it is gone", "return document.querySelector('.popup') === null");
  }
});

test("in the smallest window no language is wider than it", async () => {
  await resize(660, 460);
  for (const language of ["de", "es", "en"]) {
    await stage.driver.evaluate("taipan.settings.set('language', arguments[0])", language);
    await stage.driver.wait(language, "return document.documentElement.lang === arguments[0]", language);
    expect(await stage.driver.evaluate("const page = document.scrollingElement; return page.scrollWidth <= page.clientWidth"), language).toBe(true);
  }
});

test("in the smallest window what a page, a list and a menu say is whole in every language", async () => {
  await resize(660, 460);
  const whole = "return [...document.querySelectorAll(arguments[0])].map((one) => [one.scrollWidth <= one.clientWidth + 1, one.getBoundingClientRect().bottom <= innerHeight + 1])";
  for (const language of ["de", "es", "en"]) {
    await stage.driver.evaluate("taipan.settings.set('language', arguments[0])", language);
    await stage.driver.wait(language, "return document.documentElement.lang === arguments[0]", language);
    await stage.driver.press("Ctrl", "2");
    await stage.driver.wait("both sides", "return document.querySelectorAll('.pane h2 span').length === 2");
    await stage.driver.screenshot(`small-files-${language}`);
    expect(await stage.driver.evaluate(whole, ".pane h2 span"), language).toEqual([[true, true], [true, true]]);
    await stage.driver.press("Ctrl", "Shift", "P");
    await stage.driver.wait("the palette", "return document.querySelector('dialog[open] [role=option]') !== null");
    expect(await stage.driver.evaluate(whole, "dialog[open], dialog[open] ul"), language).toEqual([[true, true], [true, true]]);
    await stage.dismiss();
    await stage.driver.click("button.chip");
    await stage.driver.wait("the menu of boards", "return document.querySelector('.popup [role=menuitemradio]') !== null");
    expect(await stage.driver.evaluate(whole, ".popup"), language).toEqual([[true, true]]);
    await stage.driver.press("Escape");
    await stage.driver.wait("it is gone", "return document.querySelector('.popup') === null");
  }
  await stage.driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
});

test("in a large window the words beside the pages are whole in every language", async () => {
  await resize(1280, 800);
  for (const language of ["de", "es", "en"]) {
    await stage.driver.evaluate("taipan.settings.set('language', arguments[0])", language);
    await stage.driver.wait(language, "return document.documentElement.lang === arguments[0]", language);
    const cut = await stage.driver.evaluate<string[]>(`
      const { left, right } = document.querySelector(".rail").getBoundingClientRect();
      const words = (button) => { const range = document.createRange(); range.selectNodeContents(button); return range.getBoundingClientRect(); };
      return [...document.querySelectorAll(".rail button")].filter((button) => words(button).left < left || words(button).right > right).map((button) => button.textContent.trim());`);
    expect(cut, language).toEqual([]);
  }
});

test("in a small window, what stands beside the editor is seen beside the board", async () => {
  await resize(690, 440);
  for (const side of ["explorer", "search", "variables"]) {
    await stage.driver.evaluate("taipan.layout.side = arguments[0]", side);
    await stage.driver.wait(side, "return document.querySelector('.middle > .side h2, .middle > .side .heading') !== null");
    expect(await stage.driver.evaluate("return document.querySelector('.middle > .side').clientHeight"), side).toBeGreaterThan(60);
    // What measures itself is laid out once more after the window has its size.
    await stage.driver.wait(`${side} that fits`, "const page = document.scrollingElement; return page.scrollWidth <= page.clientWidth && page.scrollHeight <= page.clientHeight");
  }
  await stage.driver.screenshot("small-side");
  await stage.driver.evaluate("taipan.layout.side = 'explorer'");
  await resize(1280, 800);
});

test("whatever colours a program chooses, its text can be read", async () => {
  await stage.newScript('for n in range(8):\nprint("\\x1b[3%dmdark\\x1b[9%dmbright\\x1b[4%d;37mground\\x1b[0m" % (n, n, n))\n');
  await stage.driver.press("F5");
  await stage.printed("board", "darkbrightground");
  await stage.chip("ready");
  for (const [theme, wanted] of [["light", 4.5], ["dark", 4.5], ["contrastLight", 7], ["contrastDark", 7]] as const) {
    await stage.theme(theme);
    await stage.driver.screenshot(`colours-${theme}`);
    const faint = await stage.driver.wait<string[]>(
      "the colours",
      `const brightness = (colour) => {
        const [red, green, blue] = colour.match(/[\\d.]+/g).map((part) => part / 255).map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      };
      const ground = (element) => {
        const own = getComputedStyle(element).backgroundColor;
        return /^rgba.*, 0\\)$/.test(own) ? ground(element.parentElement) : own;
      };
      const texts = [...document.querySelectorAll(".xterm-rows > div")].filter((row) => row.textContent.includes("darkbright")).flatMap((row) => [...row.querySelectorAll("span")]);
      if (texts.length < 24) return null;
      const contrast = (text) => {
        const [one, other] = [brightness(getComputedStyle(text).color), brightness(ground(text))];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      };
      // On a ground of the program's own, two colours may be as far from each other as black and white are from theirs.
      return texts.filter((text) => contrast(text) < (text.textContent.includes("ground") ? Math.min(arguments[0], 4.5) : arguments[0]) - 0.05).map((text) => text.outerHTML);`,
      wanted,
    );
    expect(faint, theme).toEqual([]);
  }
  await stage.theme("light");
});
