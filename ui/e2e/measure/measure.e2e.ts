// How long the window takes from its start to typing, and what it keeps in memory, beside a bare window of the same engine: as the engine
// draws by itself, and as our program makes it draw where there is no GPU. Then, what a letter costs in a long text.
// `cargo xtask measure` says where the program is, and makes a page of what is written to TAIPAN_MEASURED.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { below, Driver } from "../driver";

const ROUNDS = 5;
const TICKS_A_SECOND = 100;
/** Two looks at memory that differ by less, in KiB, are the same. */
const STILL = 512;

const app = process.env.TAIPAN_APP ?? "";
const page = `data:text/html,<title>bare</title><textarea autofocus></textarea><script>document.querySelector("textarea").focus();performance.mark("typing")</script>`;

type Figures = { start: number; window: number; board: number };

/** WebKitGTK's own small browser: a window, a field of text, nothing else. */
function bareWindow(): string {
  const folders = readdirSync("/usr/lib").map((name) => join("/usr/lib", name, "webkit2gtk-4.1/MiniBrowser"));
  const found = folders.find((path) => {
    try {
      return readFileSync(path).length > 0;
    } catch {
      return false; // no such folder
    }
  });
  if (!found) throw new Error("MiniBrowser of libwebkit2gtk-4.1-0 is not there");
  return found;
}

/** The moment at which a process began, on the clock of `Date.now()`. */
function beginning(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
  const uptime = Number(readFileSync("/proc/uptime", "utf8").split(" ")[0]);
  return Date.now() - (uptime - ticks / TICKS_A_SECOND) * 1000;
}

/** KiB that a process has to itself, and its part of what it shares. */
const proportional = (pid: number): number => Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8"))?.[1] ?? 0);

const isBoard = (pid: number): boolean => readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("\0--board");

async function look(driver: Driver, root: number): Promise<Figures> {
  const typing = await driver.wait<number>("typing", "const [mark] = performance.getEntriesByName('typing'); return mark && document.hasFocus() ? performance.timeOrigin + mark.startTime : null");
  let before = { window: 0, board: 0 };
  for (;;) {
    const pids = [root, ...below(root)];
    const sum = (chosen: number[]): number => chosen.reduce((total, pid) => total + proportional(pid), 0);
    const now = { window: sum(pids.filter((pid) => !isBoard(pid))), board: sum(pids.filter(isBoard)) };
    if (Math.abs(now.window - before.window) < STILL && now.board === before.board) return { start: typing - beginning(root), ...now };
    before = now;
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }
}

/** WebKitGTK's switch; undefined leaves the choice to the engine, or to our program. */
type Drawing = "1" | undefined;

async function opened(program: string, drawing: Drawing, args: string[]): Promise<{ driver: Driver; home: string }> {
  const home = mkdtempSync(join(tmpdir(), "taipan-measure-"));
  const folders = { HOME: home, XDG_DATA_HOME: home, XDG_CACHE_HOME: home, XDG_CONFIG_HOME: home };
  return { driver: await Driver.open(program, { ...folders, WEBKIT_DISABLE_DMABUF_RENDERER: drawing }, args), home };
}

async function round(program: string, bare: boolean, drawing: Drawing): Promise<Figures> {
  const { driver, home } = await opened(program, drawing, bare ? ["--automation"] : []);
  try {
    if (bare) await driver.goTo(page);
    else await driver.wait("the board is ready", "return document.querySelector('.chip.ready') !== null");
    return await look(driver, driver.started());
  } finally {
    await driver.close();
    rmSync(home, { recursive: true, force: true });
  }
}

const middle = (figures: Figures[], of: (figures: Figures) => number): number => figures.map(of).toSorted((a, b) => a - b)[Math.floor(figures.length / 2)] ?? 0;

const LINES = 5000;
const LETTERS = 60;

/** Milliseconds from a key to the end of the frame's work that shows its letter, in a text of that many lines; one for each letter. */
async function keystrokes(): Promise<number[]> {
  const { driver, home } = await opened(app, undefined, []);
  try {
    await driver.wait("the board is ready", "return document.querySelector('.chip.ready') !== null");
    await driver.press("Ctrl", "1");
    const text = Array.from({ length: LINES / 5 }, (_, number) => `def step_${number}(speed, limit=100):\n    total = 0\n    for index in range(limit):\n        total += speed * index\n    return total\n`).join("");
    await driver.evaluate("taipan.showText('long.py', arguments[0])", text);
    await driver.wait("the text", "return taipan.documents.active.name === 'long.py' && document.activeElement?.classList.contains('cm-content')");
    await driver.evaluate(`
      taipan.reveal = { document: taipan.documents.active, line: ${LINES / 2 + 1} };
      window.costs = [];
      addEventListener("keydown", (event) => {
        const start = performance.now();
        if (event.key.length === 1) requestAnimationFrame(() => { document.body.offsetHeight; costs.push(performance.now() - start); });
      }, true);`);
    await driver.type("x".repeat(10)); // what is compiled when it is first used
    await driver.evaluate("costs.length = 0");
    for (let letter = 0; letter < LETTERS; letter++) await driver.type("machine.total = step_7(speed) + ".charAt(letter % 32));
    return await driver.wait<number[]>("all letters", `return costs.length >= ${LETTERS} && costs`);
  } finally {
    await driver.close();
    rmSync(home, { recursive: true, force: true });
  }
}

test("start and memory beside a bare window, and keystrokes", { timeout: 900_000, retry: 0 }, async () => {
  expect(app, "TAIPAN_APP names the program").not.toBe("");
  const bare: Figures[] = [];
  const plain: Figures[] = [];
  const ours: Figures[] = [];
  // In turns, so that a busy moment of the machine meets all. The first turn only fills the caches.
  for (let count = 0; count <= ROUNDS; count += 1) {
    const turn = [await round(bareWindow(), true, undefined), await round(bareWindow(), true, "1"), await round(app, false, undefined)] as const;
    if (count === 0) continue;
    bare.push(turn[0]);
    plain.push(turn[1]);
    ours.push(turn[2]);
  }
  const of = (figures: Figures[]): Figures => ({ start: middle(figures, (it) => it.start), window: middle(figures, (it) => it.window), board: middle(figures, (it) => it.board) });
  const costs = (await keystrokes()).toSorted((a, b) => a - b);
  const keystroke = { least: costs[0], median: costs[Math.floor(costs.length / 2)], most: costs.at(-1) };
  const result = { rounds: ROUNDS, bare: of(bare), plain: of(plain), ours: of(ours), best: Math.min(...ours.map((it) => it.start)), keystroke };
  writeFileSync(process.env.TAIPAN_MEASURED ?? "measured.json", JSON.stringify(result));
  console.log(JSON.stringify(result));
});
