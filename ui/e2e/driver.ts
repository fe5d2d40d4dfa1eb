// Drives the real window through WebKitWebDriver: just the few requests of the W3C protocol that the scenes need.
//
// The app inherits no pipe of ours: if it outlived its session and held one open, the test would never end. All of them log to
// files, and what was started is ended by its recorded number.
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, openSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";

const DEADLINE_MS = 30_000;
/** A place of the page, in CSS pixels. */
export type Spot = { x: number; y: number };

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

export const KEYS = { Ctrl: "\uE009", Shift: "\uE008", Alt: "\uE00A", Home: "\uE011", PageUp: "\uE00E", PageDown: "\uE00F", Delete: "\uE017", Enter: "\uE007", Escape: "\uE00C", Tab: "\uE004", End: "\uE010", ArrowLeft: "\uE012", ArrowUp: "\uE013", ArrowDown: "\uE015", F1: "\uE031", F2: "\uE032", F5: "\uE035", F8: "\uE038", F9: "\uE039", F10: "\uE03A", F12: "\uE03C" };

export const root = join(import.meta.dirname, "../..");

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === "string") throw new Error("the system gave no port");
  return address.port;
}

/** All processes below `pid`, by /proc. */
export function below(pid: number): number[] {
  const parents = readdirSync("/proc").flatMap((name) => {
    try {
      const stat = readFileSync(`/proc/${Number(name)}/stat`, "utf8");
      return [{ pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) }];
    } catch {
      return []; // not a process, or it has just ended
    }
  });
  const children = parents.filter((process) => process.parent === pid).map((process) => process.pid);
  return children.flatMap((child) => [child, ...below(child)]);
}

function hasEnded(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // Nobody may have asked yet how it ended; what it had open is closed with the last of its threads.
    return /^\) [ZX]/.test(stat.slice(stat.lastIndexOf(")"))) && readdirSync(`/proc/${pid}/task`).length <= 1;
  } catch {
    return true;
  }
}

export class Driver {
  private constructor(
    private readonly process: ChildProcess,
    private readonly address: string,
    private readonly screenshots: string,
  ) {}

  /** Starts the driver and, by it, the app. */
  static async open(app: string, environment: Record<string, string | undefined>, args: string[] = []): Promise<Driver> {
    const port = await freePort();
    const screenshots = join(root, "target/screenshots");
    mkdirSync(screenshots, { recursive: true });
    const log = openSync(join(root, "target/screenshots/window.log"), "a");
    const process_ = spawn("WebKitWebDriver", [`--port=${port}`], {
      // Drawn as on a computer with a GPU: the driver cannot take pictures of the other way.
      env: { ...process.env, WEBKIT_DISABLE_DMABUF_RENDERER: "0", ...environment, TAURI_WEBVIEW_AUTOMATION: "true" },
      stdio: ["ignore", log, log],
    });
    const base = `http://127.0.0.1:${port}`;
    await until("WebKitWebDriver listens", () => fetch(`${base}/status`).then((answer) => answer.ok, () => false));
    const capabilities = { alwaysMatch: { "webkitgtk:browserOptions": { binary: app, args } } };
    const { sessionId } = await request<{ sessionId: string }>("POST", `${base}/session`, { capabilities });
    return new Driver(process_, `${base}/session/${sessionId}`, screenshots);
  }

  /** The number of the program's first process. */
  started(): number {
    const [pid] = below(this.process.pid ?? 0);
    if (pid === undefined) throw new Error("the driver has started nothing");
    return pid;
  }

  /** Makes the window so large, in points of the screen. */
  async resize(width: number, height: number): Promise<void> {
    await request("POST", `${this.address}/window/rect`, { width, height });
  }

  async goTo(address: string): Promise<void> {
    await request("POST", `${this.address}/url`, { url: address });
  }

  async close(): Promise<void> {
    const started = [...below(this.process.pid ?? 0), this.process.pid ?? 0];
    await request("DELETE", this.address).catch(() => {}); // it may have crashed, which the scene has told already
    for (const pid of started) {
      try {
        process.kill(pid);
      } catch {
        // has ended by itself
      }
    }
    // As long as one is there, its place among the windows is taken, and another window would have a desk of its own.
    await until("all of it has ended", async () => started.every((pid) => hasEnded(pid)));
  }

  /** Kills the window and all that belongs to it. */
  async kill(): Promise<void> {
    const started = [...below(this.process.pid ?? 0), this.process.pid ?? 0];
    for (const pid of started) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // has ended with another
      }
    }
    await until("all of it has ended", async () => started.every((pid) => hasEnded(pid)));
  }

  /** Evaluates the body of a function in the page; a promise is waited for. */
  async evaluate<T>(body: string, ...args: unknown[]): Promise<T> {
    const script = `const done = arguments[arguments.length - 1]; Promise.resolve((async function () { ${body} }).apply(null, arguments)).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = await request<{ value: T; error?: string }>("POST", `${this.address}/execute/async`, { script, args });
    if (error) throw new Error(`${error} in: ${body}`);
    return value;
  }

  /** Presses keys at once, in order: "Ctrl", "Shift", "F2" are held down together; a single text is typed. */
  async press(...keys: string[]): Promise<void> {
    const values = keys.map((key) => KEYS[key as keyof typeof KEYS] ?? key);
    const down = values.map((value) => ({ type: "keyDown", value }));
    const up = values.toReversed().map((value) => ({ type: "keyUp", value }));
    await this.act({ type: "key", id: "keyboard", actions: [...down, ...up] });
  }

  async type(text: string): Promise<void> {
    const actions = [...text].flatMap((character) => {
      const value = character === "\n" ? KEYS.Enter : character;
      return [{ type: "keyDown", value }, { type: "keyUp", value }];
    });
    await this.act({ type: "key", id: "keyboard", actions });
  }

  /** Clicks at a place of the page, in CSS pixels. */
  async clickAt(x: number, y: number): Promise<void> {
    const to = { type: "pointerMove", duration: 50, origin: "viewport", x: Math.round(x), y: Math.round(y) };
    const actions = [to, { ...to, x: to.x + 1 }, { type: "pause", duration: 100 }, { type: "pointerDown", button: 0 }, { type: "pointerUp", button: 0 }];
    await this.act({ type: "pointer", id: "mouse", parameters: { pointerType: "mouse" }, actions });
  }

  /** Presses at one place, wanders to another, lets go there; `held` sees it in between. */
  async drag(from: Spot, to: Spot, held: () => Promise<unknown> = async () => {}): Promise<void> {
    const move = ({ x, y }: Spot, duration: number): object => ({ type: "pointerMove", duration, origin: "viewport", x: Math.round(x), y: Math.round(y) });
    const mouse = { type: "pointer", id: "mouse", parameters: { pointerType: "mouse" } };
    const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
    await this.act({ ...mouse, actions: [move(from, 50), { type: "pointerDown", button: 0 }, move(middle, 80), move(to, 80)] });
    await held();
    await this.act({ ...mouse, actions: [move(to, 20), { type: "pointerUp", button: 0 }] });
  }

  private act(source: object): Promise<unknown> {
    return request("POST", `${this.address}/actions`, { actions: [source] });
  }

  /** Clicks the element that the selector finds and that holds `text`, once it stays where it is: what moves away is missed. */
  async click(selector: string, text = ""): Promise<void> {
    const element = await this.wait<Record<string, string>>(
      `${selector} with “${text}”`,
      `const element = [...document.querySelectorAll(arguments[0])].find((element) => element.textContent.includes(arguments[1]) && element.getClientRects().length);
      if (!element) return null;
      const place = () => { const { x, y, width, height } = element.getBoundingClientRect(); return [x, y, width, height].join(); };
      const before = place();
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      return element.isConnected && place() === before ? element : null;`,
      selector,
      text,
    );
    await request("POST", `${this.address}/element/${element[ELEMENT]}/click`, {});
  }

  /** Waits until the expression gives something. */
  wait<T>(what: string, body: string, ...args: unknown[]): Promise<NonNullable<T>> {
    return until(what, () => this.evaluate<T>(body, ...args)) as Promise<NonNullable<T>>;
  }

  /** The same for what takes minutes. */
  waitLong(what: string, body: string, ...args: unknown[]): Promise<unknown> {
    return until(what, () => this.evaluate(body, ...args), 3 * 60_000);
  }

  /** A picture of the page as it is now: what has changed is on screen only after a frame, and colours glide. */
  async screenshot(name: string): Promise<void> {
    await this.evaluate("await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
    await this.evaluate("await Promise.allSettled(document.getAnimations().filter((one) => one instanceof CSSTransition).map((one) => one.finished))");
    const picture = await request<string>("GET", `${this.address}/screenshot`);
    writeFileSync(join(this.screenshots, `${name}.png`), Buffer.from(picture, "base64"));
  }
}

async function request<T>(method: string, url: string, body?: object): Promise<T> {
  const answer = await fetch(url, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(DEADLINE_MS) });
  const { value } = (await answer.json()) as { value: T & { error?: string; message?: string } };
  if (!answer.ok) throw new Error(`${method} ${url}: ${value.error}: ${value.message}`);
  return value;
}

/** Asks again and again, until the answer is neither false nor nothing. */
async function until<T>(what: string, ask: () => Promise<T>, within = DEADLINE_MS): Promise<T> {
  const deadline = Date.now() + within;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`waited in vain for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 40));
  }
}
