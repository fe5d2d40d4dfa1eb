// Links in tracebacks, and the line editor of the local terminal.
import { inWords } from "../src/backend/tauri";
import { LEFT_OUT } from "../src/backend/generated/window";
import { speak } from "../src/messages/index.svelte";
import { expect, test } from "vitest";
import { LineEditor } from "../src/terminal/line";
import { XtermScreen } from "../src/terminal/screen";
import { lastSpot, spotsIn } from "../src/terminal/tracebacks";

test("a frame is found where it stands", () => {
  const text = '  File "lib/lamp.py", line 12, in on';
  expect(spotsIn(text)).toEqual([{ file: "lib/lamp.py", line: 12, start: 2, end: 29 }]);
  expect(text.slice(2, 29)).toBe('File "lib/lamp.py", line 12');
});

test("names with spaces and angle brackets are names", () => {
  expect(spotsIn('File "<stdin>", line 1, in <module>')[0]?.file).toBe("<stdin>");
  expect(spotsIn('File "my file.py", line 2')[0]?.file).toBe("my file.py");
});

test("what only looks like one is none", () => {
  expect(spotsIn('print("File x, line 3")')).toEqual([]);
});

test("the last error is the innermost frame of the last traceback", () => {
  const lines = ['File "a.py", line 1, in <module>', "ValueError", "Traceback", '  File "a.py", line 2, in <module>', '  File "b.py", line 7, in f', "KeyError: 1", ">>> "];
  expect(lastSpot(lines)).toMatchObject({ file: "b.py", line: 7 });
  expect(lastSpot([">>> "])).toBeUndefined();
});

/** A terminal of that many columns that was given a text. */
async function terminal(columns: number, text: string): Promise<{ screen: XtermScreen; jumps: string[] }> {
  const jumps: string[] = [];
  const screen = new XtermScreen(document.createElement("div"), { dark: false, contrast: false }, { actions: () => [], typed: () => {}, pasted: () => {}, jump: ({ file, line }) => jumps.push(`${file}:${line}`), label: "", convertEol: true });
  screen.terminal.resize(columns, 6);
  await new Promise<void>((drawn) => screen.write(new TextEncoder().encode(text), drawn));
  return { screen, jumps };
}

test("a frame whose line is longer than a row is found from each of its rows", async () => {
  const { screen, jumps } = await terminal(20, 'Traceback\n  File "/字/garden/lamp.py", line 12, in on\nKeyError: 1');
  expect(screen.lines().slice(0, 3)).toEqual(["Traceback", '  File "/字/garden/lamp.py", line 12, in on', "KeyError: 1"]);
  expect(lastSpot(screen.lines())).toMatchObject({ file: "/字/garden/lamp.py", line: 12 });
  for (const row of [2, 3]) {
    const [link] = screen.links(row);
    expect(link?.range).toEqual({ start: { x: 3, y: 2 }, end: { x: 16, y: 3 } });
    link?.activate({} as MouseEvent, "");
  }
  expect([jumps, screen.links(1), screen.links(5)]).toEqual([["/字/garden/lamp.py:12", "/字/garden/lamp.py:12"], [], []]);
  screen.dispose();
});

test("of a line that never ends only what is near is looked at", async () => {
  const { screen } = await terminal(20, `${"x".repeat(4000)}  File "a.py", line 12 ${"y".repeat(4000)}`);
  expect(screen.lines()[0]?.length).toBeGreaterThan(8000);
  const { length } = screen.terminal.buffer.active;
  expect([screen.links(length), screen.links(length - 199).map(({ text }) => text)]).toEqual([[], ['File "a.py", line 12']]);
  screen.dispose();
});

test("what is rubbed out goes from the row above, too", async () => {
  const editor = new LineEditor();
  const { screen } = await terminal(10, `? ${editor.take("abcdefghijklm").echo}${editor.take("\x7f".repeat(7)).echo}${editor.take("X").echo}`);
  expect(screen.lines()[0]?.trimEnd()).toBe("? abcdefX");
  screen.dispose();
});

/** Without the modes that are set around what is rubbed out. */
const plain = (taken: ReturnType<LineEditor["take"]>): typeof taken => ({ ...taken, echo: taken.echo.replace(/\x1b\[\?45[hl]/g, "") });

test("a line is echoed, corrected, and sent as a whole", () => {
  const editor = new LineEditor();
  expect(editor.take("ab")).toEqual({ echo: "ab", send: "", end: false });
  expect(plain(editor.take("\x7f"))).toEqual({ echo: "\b \b", send: "", end: false });
  expect(plain(editor.take("é🐍字\x7f\x7f\r"))).toEqual({ echo: "é🐍字\b \b\b \b\b \b\b \b\r\n", send: "aé\n", end: false });
  expect(editor.take("\x7f\x1b[A\x1bOA")).toEqual({ echo: "", send: "", end: false });
});

test("Ctrl-U takes the line back; Ctrl-D sends it as it is, and in an empty line ends the input", () => {
  const editor = new LineEditor();
  expect(plain(editor.take("ab\x15c\r"))).toEqual({ echo: "ab\b \b\b \bc\r\n", send: "c\n", end: false });
  expect(editor.take("ab\x04")).toEqual({ echo: "ab", send: "ab", end: false });
  expect(editor.take("\x04")).toEqual({ echo: "", send: "", end: true });
});

test("readers of screens call a terminal as the language of now does, also one that is drawn later", () => {
  const host = document.body.appendChild(document.createElement("div"));
  const screen = new XtermScreen(host, { dark: false, contrast: false }, { actions: () => [], typed: () => {}, pasted: () => {}, jump: () => {}, label: "", convertEol: false });
  const name = (): string | null | undefined => host.querySelector("textarea")?.getAttribute("aria-label");
  screen.show({ dark: false, contrast: false }, 13, 100, "Console");
  expect(name()).toBeUndefined();
  Object.defineProperty(host, "clientHeight", { value: 100 });
  screen.fit();
  expect(name()).toBe("Console");
  screen.show({ dark: false, contrast: false }, 13, 100, "Konsole");
  expect(name()).toBe("Konsole");
  screen.dispose();
});

test("what was left out is told in the person's language, once, where it was", async () => {
  const shown = (text: string): string => new TextDecoder().decode(inWords(new TextEncoder().encode(text)));
  await speak("de");
  expect(shown(`${LEFT_OUT}99\n`)).toMatch(/^\r\n.*\[Ausgabe ausgelassen: .*\].*\r\n99\n$/);
  await speak("en");
  expect([shown("98\n"), shown("")]).toEqual(["98\n", ""]);
});
