// The real window with the virtual board, as a person would use it. Scenes build on each other, as an hour of work does.
//
// Run it by `cargo xtask test window`, which builds what is needed; pictures come to lie in target/screenshots.
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Driver } from "./driver";
import { Stage } from "./stage";

const stage = new Stage();
let driver: Driver;

const printed = stage.printed.bind(stage);
const chip = stage.chip.bind(stage);
const newScript = stage.newScript.bind(stage);

async function open(): Promise<void> {
  await stage.open();
  driver = stage.driver;
  await driver.press("Ctrl", "1"); // the first start shows the first page
  await stage.editorHasTheKeyboard();
}

beforeAll(open);
afterAll(() => stage.end());

test("the first start shows a script, and the virtual board at its prompt", async () => {
  await printed("board", ">>>");
  expect(await driver.evaluate("return taipan.documents.active.name")).toBe("welcome.py");
  await driver.wait("the board's files", "return document.querySelectorAll('[role=treeitem]').length > 0");
  await driver.screenshot("start");
});

test("the prompt is live", async () => {
  await driver.press("Ctrl", "`");
  await driver.wait("the console has the keyboard", "return document.activeElement?.closest('.xterm') !== null");
  await driver.type("6 * 7\n");
  await printed("board", "42");
});

test("F5 runs what was typed, without saving it", async () => {
  await newScript('numbers = [n * n for n in range(10)]\nprint("sum", sum(numbers))\n');
  await driver.press("F5");
  await printed("board", "sum 285");
  await chip("ready");
});

test("a light on the board is a light in the window", async () => {
  await newScript("from pyb import LED\nLED(2).on()\nLED(4).on()\n");
  await driver.press("F5");
  await driver.wait("the green light", "return document.querySelector('.glow.green.on') !== null");
  await chip("ready");
});

test("a display that a program draws on is seen dot by dot", async () => {
  await newScript("from pyb import LCD\nscreen = LCD('X')\nscreen.light(True)\nscreen.pixel(127, 31, 1)\nscreen.show()\n");
  await driver.press("F5");
  const dots = 'return [[127, 31], [0, 0]].map(([x, y]) => document.querySelector("figure canvas")?.getContext("2d").getImageData(x, y, 1, 1).data[0]).join() === "28,186"';
  await driver.wait("one dark dot", dots);
  expect(await driver.evaluate("return document.querySelector('figure [role=img]').ariaLabel")).toBe("Display LCD('X'): LCD32MKv1.0, 128 × 32 dots");
  await chip("ready");
  expect(await stage.look("display")).toEqual([]);
});

test("a traceback leads to its line, by F8 and by a click", async () => {
  await newScript("def half(x):\nreturn x / 0\n\n");
  await driver.press("Shift", "Tab");
  await driver.type("half(1)\n");
  await driver.press("F5");
  await printed("board", "ZeroDivisionError");
  await chip("ready");
  await driver.press("F8");
  await driver.wait("line 2", "return taipan.documents.active.line === 2");
  const at = await driver.wait<{ x: number; y: number }>(
    "the frame of the module on screen",
    `const terminal = taipan.screens.board.terminal;
     const row = terminal.buffer.active.viewportY;
     const index = taipan.screens.board?.lines().findLastIndex((line) => line.includes("line 4"));
     const screen = terminal.element.querySelector(".xterm-screen").getBoundingClientRect();
     const cell = { width: screen.width / terminal.cols, height: screen.height / terminal.rows };
     return index >= row && { x: screen.left + cell.width * 6, y: screen.top + cell.height * (index - row + 0.5) };`,
  );
  await driver.clickAt(at.x, at.y);
  await driver.wait("line 4", "return taipan.documents.active.line === 4");
  await driver.screenshot("traceback");
});

test("the editor completes from the board's own modules, and Enter stays Enter", async () => {
  await newScript("import math\nmath.sq");
  await driver.wait("an offer", "return [...document.querySelectorAll('.cm-tooltip-autocomplete li')].some((item) => item.textContent.includes('sqrt'))");
  await driver.press("Tab");
  await driver.type("(");
  await driver.wait("how it is called", "return document.querySelector('.cm-note strong') !== null");
  await driver.screenshot("completion");
  await driver.type("16");
  await driver.press("End");
  await driver.type("\n");
  expect(await driver.evaluate("return taipan.documents.active.text")).toBe("import math\nmath.sqrt(16)\n");
});

test("what is wrong is underlined, a name leads to its definition and can be changed", async () => {
  await newScript("level = 1\nprint(levle)\nprint(level)");
  await driver.wait("a finding", "return document.querySelector('.cm-lintRange-warning')?.textContent === 'levle'");
  await driver.screenshot("finding");
  await driver.press("ArrowLeft");
  await driver.press("F12");
  await driver.wait("line 1", "return taipan.documents.active.line === 1");
  await driver.press("F2");
  await driver.wait("a question", "return document.querySelector('dialog[open] input')?.value === 'level'");
  await driver.press("Ctrl", "a");
  await driver.type("height\n");
  await driver.wait("the new name", "return taipan.documents.active.text === 'height = 1\\nprint(levle)\\nprint(height)'");
});

test("Ctrl-F2 stops an endless loop within 200 ms", async () => {
  await newScript("n = 0\nwhile True:\nn += 1\n");
  await driver.evaluate(`
    window.stops = [];
    let down = 0;
    addEventListener("keydown", (event) => { if (event.key === "F2") down = performance.now(); }, true);
    new MutationObserver(() => {
      if (down && document.querySelector(".chip.ready")) { stops.push(performance.now() - down); down = 0; }
    }).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["class"] });`);
  for (let round = 1; round <= 3; round++) {
    await driver.press("F5");
    await chip("running");
    if (round === 1) await driver.screenshot("running");
    await driver.press("Ctrl", "F2");
    await chip("ready");
  }
  const stops = await driver.evaluate<number[]>("return stops");
  console.log(`stopped after ${stops.map((stop) => `${stop.toFixed(0)} ms`).join(", ")}`);
  expect(stops.length).toBe(3);
  expect(Math.min(...stops)).toBeLessThan(200);
});

test("a program that prints without end freezes nothing", async () => {
  await newScript('while True:\nprint("flood " * 12)\n');
  await driver.press("F5");
  await printed("board", "flood");
  await driver.press("Ctrl", "Shift", "P");
  await driver.wait("the palette", "return taipan.paletteOpen");
  await driver.press("Escape");
  await driver.press("Ctrl", "F2");
  await chip("ready");
  await driver.wait("the prompt is back", "return taipan.screens.board?.lines().findLast((line) => line)?.startsWith('>>>')");
});

test("Shift-F5 runs on this computer, and stops there", async () => {
  await newScript('print("here", 1 + 1)\n');
  await driver.press("Shift", "F5");
  await printed("computer", "here 2");
  await printed("computer", "finished");
  await newScript("while True:\npass\n");
  await driver.press("Shift", "F5");
  await driver.wait("it runs", "return taipan.runningHere");
  await driver.press("Shift", "F5");
  await driver.wait("the first has made room for a second", "return taipan.runningHere && taipan.screens.computer?.lines().some((line) => line.includes('stopped'))");
  await driver.press("Ctrl", "F2");
  await driver.wait("it has stopped", "return !taipan.runningHere");
});

test("a script is saved to the board, and is there after a restart", async () => {
  await newScript('print("kept")\n');
  await driver.press("Ctrl", "s");
  await driver.wait("a question", "return document.querySelector('dialog[open] .choice') !== null");
  await driver.screenshot("where");
  await driver.click("dialog[open] .choice", "The board");
  await driver.wait("the name's field", "return document.activeElement?.matches('dialog[open] input')");
  await driver.evaluate("document.activeElement.select()");
  await driver.type("it's kept.py\n");
  await driver.wait("the file in the tree", "return document.querySelector(`[data-path=\"/it's kept.py\"]`) !== null");
  await newScript("never saved\n");
  await driver.wait("the draft is on the disk", "return (await taipan.backend.loadDesk()).includes(JSON.stringify('never saved\\n').slice(1, -1))");
  await stage.close();

  await open();
  expect(await driver.evaluate("return taipan.documents.active.text")).toBe("never saved\n");
  await driver.click("[role=treeitem]", "it's kept.py");
  await driver.wait("the script", "return taipan.documents.active.text === 'print(\"kept\")\\n' && !taipan.documents.active.unsaved");
});

test("a file of the board that another program wrote meanwhile is not overwritten unasked, and its tab follows it", async () => {
  await driver.evaluate("await taipan.open({ place: 'board', path: '/main.py', board: 'virtual' })");
  await stage.editorHasTheKeyboard();
  await driver.evaluate("await taipan.station.link.write('/main.py', '# theirs\\n'); await taipan.station.lookAgain()");
  await driver.wait("the tab shows it", "return taipan.documents.active.text === '# theirs\\n' && !taipan.documents.active.unsaved");
  await driver.type("# mine");
  await driver.evaluate("await taipan.station.link.write('/main.py', '# theirs again\\n')");
  await driver.press("Ctrl", "s");
  await driver.wait("a question that names it", "return document.querySelector('dialog[open] li')?.textContent === '/main.py'");
  await driver.screenshot("board-changed");
  await stage.dismiss();
  expect(await driver.evaluate("return (await taipan.station.link.read('/main.py')).text")).toBe("# theirs again\n");
});

test("F9 runs the chosen lines at the prompt, where what they make stays", async () => {
  await newScript("if True:\nkept = 6 * 7\nprint('chosen', kept)");
  await driver.press("Shift", "ArrowUp");
  await driver.press("F9");
  await printed("board", "chosen 42");
  await driver.press("Ctrl", "Home");
  await driver.press("F9"); // the head of a block, alone: the prompt waits for the rest
  await stage.chip("ready");
  await driver.press("Ctrl", "F2");
  await driver.wait("the prompt", "return taipan.screens.board?.lines().findLast((line) => line)?.startsWith('>>>')");
});

test("a board that vanishes says what to do, and comes back", async () => {
  stage.unplug();
  await chip("lost");
  await driver.wait("a sentence", "return document.querySelector('.toast.bad')?.textContent.includes('onnect again')");
  await driver.screenshot("vanished");
  await driver.click("button.chip");
  await driver.click("[role=menuitem]", "Connect again");
  await chip("ready");
});

test("axe has no objection, in light and in dark", async () => {
  await driver.evaluate("for (const message of [...taipan.messages.shown]) taipan.messages.dismiss(message.id)");
  await driver.evaluate("for (const document of taipan.documents.list) if (document.name.startsWith('untitled')) taipan.documents.close(document)");
  await driver.evaluate("taipan.documents.active = taipan.documents.list[0]");
  await driver.evaluate("taipan.screens.board.clear()");
  await driver.press("F5");
  await printed("board", "blink 3");
  for (const theme of ["light", "dark"] as const) {
    await stage.theme(theme);
    await driver.screenshot(theme);
    await driver.evaluate("taipan.paletteOpen = false");
    expect(await stage.objections(), theme).toEqual([]);
    await driver.press("Ctrl", "Shift", "P");
    await driver.wait("the palette", "return document.querySelector('dialog[open] [role=option]') !== null");
    await driver.screenshot(`palette-${theme}`);
    expect(await stage.objections(), `${theme}, palette`).toEqual([]);
    await driver.press("Escape");
  }
});
