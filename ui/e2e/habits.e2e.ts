// What people who know other editors do without thinking: their keys, their terminal, files that change behind their back.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Stage } from "./stage";

const stage = new Stage();
const folder = join(stage.home, "project");

beforeAll(async () => {
  mkdirSync(join(folder, "lib"), { recursive: true });
  writeFileSync(join(folder, "main.py"), Array.from({ length: 200 }, (_, line) => `line_${line + 1} = ${line}\n`).join(""));
  writeFileSync(join(folder, "lib/motor.py"), "speed = 1\n");
  await stage.open();
  await stage.driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
});
afterAll(() => stage.end());

const onTop = (name: string): Promise<unknown> => stage.driver.wait(`${name} is in front`, "return taipan.documents.active?.name === arguments[0]", name);

test("Ctrl-P finds a file by parts of its name, and arrows reach what is out of sight", async () => {
  await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", join(folder, "main.py"));
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "p");
  await stage.driver.wait("the folder's file", "return [...document.querySelectorAll('[role=option]')].some((row) => row.textContent.includes('lib/motor.py'))");
  expect(await stage.look("go-to-file")).toEqual([]);
  await stage.driver.type("mot");
  await stage.driver.press("Enter");
  await onTop("motor.py");
  await stage.driver.press("Ctrl", "Shift", "p");
  await stage.driver.wait("the commands", "return document.querySelectorAll('[role=option]').length > 30");
  await stage.driver.press("ArrowUp"); // to the last one
  await stage.driver.wait("it is in sight", "const list = document.getElementById('palette-list').getBoundingClientRect(); const row = document.querySelector('dialog[open] [aria-selected=true]').getBoundingClientRect(); return row.top >= list.top && row.bottom <= list.bottom + 1 && list.height > 100");
  await stage.dismiss();
});

test("Ctrl-G goes to a line, Ctrl-/ makes it a comment, Shift-F8 goes to the next problem", async () => {
  await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", join(folder, "main.py"));
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "g");
  await stage.driver.wait("a question", "return document.querySelector('dialog[open] input') !== null");
  await stage.driver.type("150\n");
  await stage.driver.wait("line 150", "return taipan.documents.active.line === 150");
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "/");
  await stage.driver.wait("a comment", "return taipan.documents.active.content.line(150).text === '# line_150 = 149'");
  await stage.driver.press("Ctrl", "/");
  await stage.driver.wait("none", "return !taipan.documents.active.unsaved");
  await stage.newScript("a = 1\nb = 2\nprint(c)");
  await stage.driver.press("Ctrl", "Home");
  await stage.driver.wait("a finding", "return document.querySelector('.cm-lintRange-warning') !== null");
  await stage.driver.press("Shift", "F8");
  await stage.driver.wait("line 3", "return taipan.documents.active.line === 3");
});

test("a tab that was closed comes back, with what can be undone in it", async () => {
  await stage.newScript("precious");
  await stage.driver.press("Ctrl", "w");
  await stage.driver.click("dialog[open] .choice.danger");
  await stage.driver.wait("it is closed", "return !taipan.documents.list.some((document) => document.text === 'precious')");
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "Shift", "T");
  await stage.driver.wait("it is back", "return taipan.documents.active.text === 'precious'");
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "z");
  await stage.driver.wait("undone", "return taipan.documents.active.text === ''");
});

test("a file that is deleted behind one's back stays in its tab, unsaved", async () => {
  await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", join(folder, "lib/motor.py"));
  await onTop("motor.py");
  rmSync(join(folder, "lib/motor.py"));
  await stage.driver.wait("the mark", "return document.querySelector('.tab.selected .unsaved') !== null");
  await stage.driver.screenshot("file-gone");
  await stage.editorHasTheKeyboard();
  await stage.driver.press("Ctrl", "s");
  await stage.driver.wait("it is there again", "return !taipan.documents.active.unsaved");
});

test("a program on this computer is interrupted by Ctrl-C and may tidy up, and reads the end of its input by Ctrl-D", async () => {
  const run = async (name: string, lines: string[]): Promise<void> => {
    writeFileSync(join(folder, name), `${lines.join("\n")}\n`);
    await stage.driver.evaluate("await taipan.open({ place: 'computer', path: arguments[0] })", join(folder, name));
    await onTop(name);
    await stage.driver.press("Shift", "F5");
  };
  await run("tidy.py", ["try:", "    print('started')", "    while True:", "        pass", "except KeyboardInterrupt:", "    print('tidied', 'up')"]);
  await stage.printed("computer", "started");
  await stage.driver.press("Ctrl", "`");
  await stage.driver.wait("the console has the keyboard", "return document.activeElement?.closest('.xterm') !== null");
  await stage.driver.press("Ctrl", "c");
  await stage.printed("computer", "tidied up");
  await stage.printed("computer", "stopped");
  await stage.driver.press("Ctrl", "1");
  await stage.editorHasTheKeyboard();
  // Who is asked has the keyboard where the answer goes.
  await run("ask.py", ["try:", "    print('Hello', input('Name? '))", "    input('More? ')", "except EOFError:", "    print('no', 'more')"]);
  await stage.printed("computer", "Name?");
  await stage.driver.wait("the console has the keyboard", "return document.activeElement?.closest('.xterm') !== null");
  await stage.driver.type("Ada\n");
  await stage.printed("computer", "Hello Ada");
  await stage.printed("computer", "More?");
  await stage.driver.press("Ctrl", "d");
  await stage.printed("computer", "no more");
  await stage.printed("computer", "finished");
});

test("colours that change while the console is out of sight leave its letters where they belong", async () => {
  const spacing = (): Promise<string> => stage.driver.evaluate("return [...document.querySelectorAll('.xterm-rows')].filter((rows) => rows.checkVisibility()).map((rows) => Math.round(parseFloat(rows.style.letterSpacing))).join()");
  for (const hide of ["taipan.layout.page = 'settings'", "taipan.layout.console = false", "taipan.layout.terminal = taipan.layout.terminal === 'board' ? 'computer' : 'board'"]) {
    await stage.driver.evaluate("taipan.layout.page = null; taipan.layout.console = true; taipan.layout.terminal = 'board'");
    await stage.driver.evaluate(hide);
    await stage.theme("dark");
    await stage.driver.evaluate("taipan.settings.set('consoleFontSize', 14)");
    await stage.theme("light");
    await stage.driver.evaluate("taipan.settings.set('consoleFontSize', 13); taipan.layout.page = null; taipan.layout.console = true; taipan.layout.terminal = 'board'");
    await stage.driver.wait("the console", "return [...document.querySelectorAll('.xterm-rows')].some((rows) => rows.checkVisibility())");
    await stage.driver.wait("letters side by side", "return [...document.querySelectorAll('.xterm-rows')].filter((rows) => rows.checkVisibility()).every((rows) => Math.abs(parseFloat(rows.style.letterSpacing)) < 1)");
    expect(await spacing()).toMatch(/^-?0$/);
  }
});

test("the console's last column and row are in sight, beside its scroll bar", async () => {
  await stage.driver.wait("all of it", `
    const host = document.querySelector(".terminal:not(.behind)");
    const [all, letters, bar] = [host, host.querySelector(".xterm-screen"), host.querySelector(".scrollbar.vertical")].map((element) => element?.getBoundingClientRect());
    return letters.width > 100 && letters.bottom <= all.bottom && letters.right <= (bar?.left ?? all.right);`);
});

test("help is a page, by F1; the keys are found by what they do", async () => {
  await stage.driver.press("F1");
  await stage.driver.wait("the page", "return document.querySelector('.help') !== null");
  await stage.driver.wait("the version", "return /Taipan \\d/.test(document.querySelector('.help .version').textContent)");
  expect(await stage.look("help")).toEqual([]);
  await stage.driver.press("Ctrl", ",");
  await stage.driver.wait("the field has the keyboard", "return document.activeElement?.type === 'search'");
  await stage.driver.type("comment");
  await stage.driver.wait("one command", "return document.querySelectorAll('.settings tbody tr').length === 1");
});

test("the next start finds the caret and the size of the window where they were", async () => {
  await stage.driver.evaluate("taipan.layout.page = null; taipan.documents.active = taipan.documents.list.find((document) => document.name === 'main.py')");
  await stage.driver.wait("line 150", "return taipan.documents.active.line === 150");
  await stage.driver.resize(1040, 640);
  await stage.driver.wait("the size", "return innerWidth === 1040");
  await stage.driver.evaluate("taipan.resized(); await taipan.keep()");
  await stage.close();
  await stage.open();
  await stage.driver.wait("the size", "return innerWidth === 1040 && innerHeight === 640");
  await onTop("main.py");
  await stage.driver.wait("line 150 is in sight", "return taipan.documents.active.line === 150 && [...document.querySelectorAll('.cm-line')].some((line) => line.textContent === 'line_150 = 149' && line.getBoundingClientRect().top > 0)");
});
