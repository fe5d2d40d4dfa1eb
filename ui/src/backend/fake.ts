// A world in memory, for tests and for looking at the page in a browser (`npm run dev`).
import { Failure, type Backend, type Change, type Completions, type Definition, type Diagnostic, type Entry, type Hover, type Listener, type OutlineItem, type Place, type Port, type Signature, type Texts, type Touch } from "./backend";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class FakeBackend implements Backend {
  /** Files on the board by absolute path; a folder is null. */
  boardFiles = new Map<string, string | null>([["/boot.py", "# boot\n"], ["/main.py", "print('main')\n"], ["/lib", null]]);
  files = new Map<string, string>();
  desk: string | null = null;
  settings: string | null = null;
  /** What was asked, in order, for tests to look at. */
  readonly calls: string[] = [];
  /** What the dialogs of the system answer. */
  chosenPath: string | null = null;
  /** The serial ports of this world. */
  plugged: Port[] = [];
  /** What a program on the board prints. */
  printed = "ran\r\n";
  /** If set, the next call fails so. */
  failure: Failure | null = null;
  listener: Listener | null = null;

  async listen(listener: Listener): Promise<void> {
    this.listener = listener;
  }

  print(place: Place, text: string): void {
    this.listener?.output(place, encoder.encode(text), () => {});
  }

  private asked(call: string): void {
    this.calls.push(call);
    const failure = this.failure;
    this.failure = null;
    if (failure) throw failure;
  }

  async ports(): Promise<Port[]> {
    return this.plugged;
  }

  async connect(port: string | null): Promise<void> {
    this.asked(`connect ${port ?? "virtual"}`);
    this.listener?.board({ event: "connection", state: "connecting", target: { kind: "serial", port: port ?? "", baud: 115200 } });
    this.listener?.board({ event: "identity", firmware: "Taipan 0.1.0", machine: "a fake board" });
    this.listener?.board({ event: "connection", state: "ready" });
    this.listener?.board({ event: "hardware", led: 2, on: true });
    this.listener?.board({ event: "hardware", pin: "X1", value: 0 });
    this.print("board", "Taipan 0.1.0; a fake board\r\n>>> ");
  }

  async disconnect(): Promise<void> {
    this.listener?.board({ event: "connection", state: "disconnected" });
  }

  async type(bytes: Uint8Array): Promise<void> {
    this.print("board", decoder.decode(bytes).replaceAll("\r", "\r\n>>> "));
  }

  async run(name: string, _source: string): Promise<void> {
    this.asked(`run ${name}`);
    this.listener?.board({ event: "connection", state: "running", what: name });
    this.print("board", this.printed);
    this.listener?.board({ event: "connection", state: "ready" });
    this.print("board", ">>> ");
  }

  async stop(): Promise<void> {
    this.asked("stop");
  }

  async softReset(): Promise<void> {
    this.asked("softReset");
  }

  async touch(touch: Touch): Promise<void> {
    this.asked(`touch ${JSON.stringify(touch)}`);
    if ("pin" in touch) this.listener?.board({ event: "hardware", ...touch });
  }

  async list(folder: string): Promise<Entry[]> {
    const prefix = folder === "/" ? "/" : `${folder}/`;
    return [...this.boardFiles]
      .filter(([path]) => path.startsWith(prefix) && !path.slice(prefix.length).includes("/"))
      .map(([path, text]) => ({ name: path.slice(prefix.length), kind: text === null ? "folder" : "file", size: text?.length ?? 0 }));
  }

  async read(path: string): Promise<string> {
    const text = this.boardFiles.get(path);
    if (typeof text !== "string") throw new Failure("missing", `There is no file ${path} on the board.`);
    return text;
  }

  async write(path: string, text: string): Promise<void> {
    this.asked(`write ${path}`);
    this.boardFiles.set(path, text);
  }

  async makeFolder(path: string): Promise<void> {
    this.asked(`makeFolder ${path}`);
    this.boardFiles.set(path, null);
  }

  async remove(path: string): Promise<void> {
    this.asked(`remove ${path}`);
    this.boardFiles.delete(path);
  }

  async rename(from: string, to: string): Promise<void> {
    this.asked(`rename ${from} ${to}`);
    this.boardFiles.set(to, this.boardFiles.get(from) ?? "");
    this.boardFiles.delete(from);
  }

  async space(): Promise<number> {
    return 4_000_000;
  }

  async askOpen(): Promise<string | null> {
    return this.chosenPath;
  }

  async askSave(): Promise<string | null> {
    return this.chosenPath;
  }

  async readFile(path: string): Promise<string> {
    const text = this.files.get(path);
    if (text === undefined) throw new Failure("missing", `There is no file ${path}.`);
    return text;
  }

  async writeFile(path: string, text: string): Promise<void> {
    this.asked(`writeFile ${path}`);
    this.files.set(path, text);
  }

  async runHere(name: string, _source: string, path: string | null): Promise<void> {
    this.asked(`runHere ${path ?? name}`);
    this.listener?.here({ kind: "started" });
    this.print("computer", "ran here\r\n");
    this.listener?.here({ kind: "ended", code: 0 });
  }

  async typeHere(): Promise<void> {}

  async stopHere(): Promise<void> {
    this.asked("stopHere");
    this.listener?.here({ kind: "ended", code: null });
  }

  async loadDesk(): Promise<string | null> {
    return this.desk;
  }

  async saveDesk(desk: string): Promise<void> {
    this.desk = desk;
  }

  async loadSettings(): Promise<string | null> {
    return this.settings;
  }

  async saveSettings(settings: string): Promise<void> {
    this.settings = settings;
  }

  async zoom(factor: number): Promise<void> {
    document.documentElement.style.setProperty("zoom", String(factor));
  }

  readonly texts = new FakeTexts();
}

/** Keeps the texts as they are told, and finds in them what a line of code can find. */
export class FakeTexts implements Texts {
  readonly sources = new Map<number, string>();

  async open(id: number, _path: string | null, source: string): Promise<void> {
    this.sources.set(id, source);
  }

  async edit(id: number, changes: Change[]): Promise<boolean> {
    let source = this.sources.get(id);
    if (source === undefined) return false;
    for (const { from, to, insert } of changes.toReversed()) source = source.slice(0, from) + insert + source.slice(to);
    this.sources.set(id, source);
    return true;
  }

  async close(id: number): Promise<void> {
    this.sources.delete(id);
  }

  async outline(id: number): Promise<OutlineItem[]> {
    return (this.sources.get(id) ?? "").split("\n").flatMap((text, index) => {
      const match = /^(\s*)(def|class) (\w+)/.exec(text);
      if (!match) return [];
      const kind = match[2] === "class" ? ("class" as const) : ("function" as const);
      return [{ kind, name: match[3] ?? "", depth: (match[1] ?? "").length / 4, line: index + 1, lastLine: index + 1 }];
    });
  }

  /** Offers every word of the text. */
  async complete(id: number, at: number): Promise<Completions> {
    const source = this.sources.get(id) ?? "";
    const from = at - (/\w*$/.exec(source.slice(0, at))?.[0].length ?? 0);
    const words = new Set(source.match(/[A-Za-z_]\w*/g) ?? []);
    return { from, items: [...words].map((label) => ({ label, kind: "variable", documentation: `the word ${label}` })) };
  }

  async hover(): Promise<Hover | null> {
    return null;
  }

  async signature(): Promise<Signature | null> {
    return null;
  }

  /** The first line that has the word. */
  async definition(id: number, at: number): Promise<Definition | null> {
    const source = this.sources.get(id) ?? "";
    const word = (/\w*$/.exec(source.slice(0, at))?.[0] ?? "") + (/^\w*/.exec(source.slice(at))?.[0] ?? "");
    return word ? { path: null, line: source.slice(0, source.indexOf(word)).split("\n").length } : null;
  }

  /** The word "wrong" is wrong. */
  async diagnose(id: number): Promise<Diagnostic[]> {
    const from = (this.sources.get(id) ?? "").indexOf("wrong");
    return from < 0 ? [] : [{ span: { from, to: from + 5 }, severity: "error", message: "this is wrong" }];
  }

  async rename(id: number, at: number, name: string): Promise<Change[]> {
    const source = this.sources.get(id) ?? "";
    const word = (/\w*$/.exec(source.slice(0, at))?.[0] ?? "") + (/^\w*/.exec(source.slice(at))?.[0] ?? "");
    return [...source.matchAll(new RegExp(`\\b${word}\\b`, "g"))].map(({ index }) => ({ from: index, to: index + word.length, insert: name }));
  }
}
