// A world in memory, for tests and for looking at the page in a browser (`npm run dev`).
import { type Held, Failure, NEW_TEXT, type Backend, type BoardEvent, type Change, type Completions, type CopyPlan, type CopyWay, type Definition, type Diagnostic, type Ear, type Encoding, type Entry, type Firmware, type FoundMatch, type HereEntry, type HereProperties, type Hover, type Link, type Listener, type Manifest, type Node, type OutlineItem, type Packages, type Port, type Properties, type Query, type Renaming, type SearchEvent, type Signature, type Space, type SyncOptions, type SyncPlan, type TextFile, type Texts, type Touch, type Variable } from "./backend";
import type { Change as PackageChange, Installed, Moved, Offer, Renewed, UpdateStage, Wanted, Wish } from "./generated/board";
import type { FirmwareFile, Waiting } from "./generated/window";

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class FakeBackend implements Backend {
  private readonly boards = new Map<string | null, FakeBoard>();
  readonly links: FakeLink[] = [];
  /** Files on this computer by absolute path; a folder is null. */
  files = new Map<string, string | null>([["/home", null], ["/home/me", null]]);
  /** How they are kept; UTF-8 where nothing is said. */
  readonly encodings = new Map<string, Encoding>();
  /** Those that wait for a change of a folder of this computer. */
  readonly watchers = new Map<string, Set<() => void>>();

  /** Another program has changed something in a folder of this computer. */
  touched(folder: string): void {
    for (const changed of this.watchers.get(folder) ?? []) changed();
  }

  /** What a backup holds, by the path of the archive. */
  readonly archives = new Map<string, Manifest>();
  desk: string | null = null;
  settings: string | null = null;
  /** What was asked, in order, for tests to look at. */
  readonly calls: string[] = [];
  /** What the dialogs of the system answer. */
  chosenPath: string | null = null;
  /** What the window is called. */
  shownTitle = "";
  /** The serial ports of this world. */
  plugged: Port[] = [];
  /** If set, the next call fails so. */
  failure: Failure | null = null;
  listener: Listener | null = null;

  async listen(listener: Listener): Promise<void> {
    this.listener = listener;
  }

  link(): FakeLink {
    const link = new FakeLink(this);
    this.links.push(link);
    return link;
  }

  /** What lies at a port, whether a link is there or not; null is the virtual board. */
  boardAt(port: string | null): FakeBoard {
    const board = this.boards.get(port) ?? new FakeBoard();
    this.boards.set(port, board);
    return board;
  }

  /** The virtual board, which most scenes are about. */
  get board(): FakeBoard {
    return this.boardAt(null);
  }

  /** The link that was made last. */
  get linked(): FakeLink {
    const link = this.links.at(-1);
    if (!link) throw new Error("there is no link yet");
    return link;
  }

  /** Something happens on the board that was linked last. */
  tell(event: BoardEvent): void {
    this.linked.ear?.event(event);
  }

  asked(call: string): void {
    this.calls.push(call);
    const failure = this.failure;
    this.failure = null;
    if (failure) throw failure;
  }

  async ports(): Promise<Port[]> {
    return this.plugged;
  }

  async askFolder(): Promise<string | null> {
    return this.chosenPath;
  }

  async readClipboard(): Promise<string> {
    return "pasted";
  }

  async homeHere(): Promise<string> {
    return "/home/me";
  }

  async listHere(folder: string): Promise<HereEntry[]> {
    return namesIn(this.files, folder).map((entry) => ({ ...entry, modified: 1_700_000_000 }));
  }

  async makeFolderHere(path: string): Promise<void> {
    this.asked(`makeFolderHere ${path}`);
    this.files.set(path, null);
  }

  async renameHere(from: string, to: string): Promise<void> {
    this.asked(`renameHere ${from} ${to}`);
    this.files.set(to, this.files.get(from) ?? null);
    this.files.delete(from);
  }

  async removeHere(path: string): Promise<void> {
    this.asked(`removeHere ${path}`);
    removeBelow(this.files, path);
  }

  async copyHere(paths: string[], folder: string): Promise<void> {
    this.asked(`copyHere ${paths.join(" ")} ${folder}`);
    for (const path of paths) this.files.set(`${folder}/${path.slice(path.lastIndexOf("/") + 1)}`, this.files.get(path) ?? null);
  }

  async propertiesHere(path: string): Promise<HereProperties> {
    const text = this.files.get(path);
    return { kind: text === null ? "folder" : "file", size: text?.length ?? 0, files: 1, modified: 1_700_000_000, sha256: typeof text === "string" ? hashOf(text) : null };
  }

  async watchHere(folder: string, _deep: boolean, changed: () => void): Promise<() => void> {
    const there = this.watchers.get(folder) ?? new Set();
    this.watchers.set(folder, there.add(changed));
    return () => void (there.delete(changed) && there.size === 0 && this.watchers.delete(folder));
  }

  async askOpen(): Promise<string | null> {
    return this.chosenPath;
  }

  async askTexts(): Promise<string[]> {
    return this.chosenPath === null ? [] : this.chosenPath.split("\n");
  }

  async askSave(): Promise<string | null> {
    return this.chosenPath;
  }

  async readFile(path: string): Promise<TextFile> {
    const text = this.files.get(path);
    if (typeof text !== "string") throw new Failure("missing", `There is no file ${path}.`);
    return { text, encoding: this.encodings.get(path) ?? NEW_TEXT };
  }

  async writeFile(path: string, text: string, encoding = NEW_TEXT): Promise<Encoding> {
    this.asked(`writeFile ${path}`);
    this.files.set(path, text);
    this.encodings.set(path, encoding);
    return encoding;
  }

  async writeBytes(path: string, bytes: Uint8Array): Promise<void> {
    this.asked(`writeBytes ${path}`);
    this.files.set(path, `${bytes.length} bytes`);
  }

  async namesBelow(folder: string): Promise<string[]> {
    return [...this.files].flatMap(([path, text]) => (text !== null && path.startsWith(`${folder}/`) ? [path.slice(folder.length + 1)] : []));
  }

  async search(query: Query, tell: (event: SearchEvent) => void): Promise<void> {
    this.asked(`search ${query.text}`);
    const inside = [...this.files].flatMap(([path, text]) => (text !== null && path.startsWith(`${query.folder}/`) ? [[path, text] as const] : []));
    for (const [path, text] of inside) {
      const matches = text.split("\n").flatMap((line, index): FoundMatch[] => {
        const at = line.indexOf(query.text);
        return at < 0 ? [] : [{ line: index + 1, before: line.slice(0, at), found: query.text, after: line.slice(at + query.text.length), replaced: query.replacement }];
      });
      if (matches.length) tell({ kind: "file", path, name: path.slice(query.folder.length + 1), matches, count: matches.length });
    }
    tell({ kind: "ended", files: inside.length, more: false });
  }

  async cancelSearch(): Promise<void> {}

  async replaceInFile(query: Query, path: string, expected: number): Promise<boolean> {
    this.asked(`replace ${path}`);
    const text = this.files.get(path) ?? "";
    if (text.split(query.text).length - 1 !== expected) return false;
    this.files.set(path, text.replaceAll(query.text, () => query.replacement ?? ""));
    return true;
  }

  async runHere(name: string, _source: string, path: string | null): Promise<void> {
    this.asked(`runHere ${path ?? name}`);
    this.listener?.here({ kind: "started" });
    this.listener?.output(encoder.encode("ran here\r\n"), () => {});
    this.listener?.here({ kind: "ended", code: 0 });
  }

  async modulesHere(): Promise<string[]> {
    return ["dataclasses"];
  }

  async typeHere(): Promise<void> {}

  async endInputHere(): Promise<void> {
    this.asked("endInputHere");
  }

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

  async setDeskAside(): Promise<string> {
    this.asked("setDeskAside");
    this.desk = null;
    return "/data/desk-1.json";
  }

  async loadSettings(): Promise<string | null> {
    return this.settings;
  }

  async saveSettings(settings: string): Promise<void> {
    this.settings = settings;
  }

  async version(): Promise<string> {
    return "0.1.0";
  }

  async title(text: string): Promise<void> {
    this.shownTitle = text;
  }

  async zoom(factor: number): Promise<void> {
    document.documentElement.style.setProperty("zoom", String(factor));
  }

  readonly texts = new FakeTexts(this.files);
}

/** What lies at a port. */
export class FakeBoard {
  /** A file that fits only in the place of the old one. */
  tight = "";
  /** Where it starts. */
  start = "/";
  /** Its files by absolute path; a folder is null. */
  files = new Map<string, string | null>([["/boot.py", "# boot\n"], ["/main.py", "print('main')\n"], ["/lib", null]]);
  /** The names of its session. */
  session: Variable[] = [{ name: "level", kind: "int", value: "42" }, { name: "math", kind: "module", value: "<module 'math'>" }];
  /** What a program on it prints. */
  printed = "ran\r\n";
}

export class FakeLink implements Link {
  board: FakeBoard;
  ear: Ear | null = null;

  constructor(private readonly world: FakeBackend) {
    this.board = world.board;
  }

  async listen(ear: Ear): Promise<void> {
    this.ear = ear;
  }

  async close(): Promise<void> {
    this.ear = null;
  }

  print(text: string): void {
    this.ear?.output(encoder.encode(text), () => {});
  }

  async connect(port: string | null, held: Held = "tell"): Promise<void> {
    this.board = this.world.boardAt(port);
    this.world.asked(`connect ${port ?? "virtual"}${held === "tell" ? "" : ` ${held}`}`);
    this.ear?.event({ event: "connection", state: "connecting", target: { kind: "serial", port: port ?? "", baud: 115200 } });
    this.ear?.event({ event: "identity", firmware: "Taipan 0.1.0", machine: "a fake board" });
    this.ear?.event({ event: "connection", state: "ready" });
    this.ear?.event({ event: "hardware", led: 2, on: true });
    this.ear?.event({ event: "hardware", pin: "X1", value: 0 });
    this.print("Taipan 0.1.0; a fake board\r\n>>> ");
  }

  async disconnect(): Promise<void> {
    this.ear?.event({ event: "connection", state: "disconnected" });
  }

  async type(bytes: Uint8Array): Promise<void> {
    this.print(decoder.decode(bytes).replaceAll("\r", "\r\n>>> "));
  }

  async paste(text: string): Promise<void> {
    this.print(text.replaceAll("\n", "\r\n>>> "));
  }

  async run(name: string, _source: string): Promise<void> {
    this.world.asked(`run ${name}`);
    this.ear?.event({ event: "connection", state: "running", program: name });
    this.ear?.event({ event: "runStarted", name });
    this.print(this.board.printed);
    this.ear?.event({ event: "connection", state: "ready" });
    this.print(">>> ");
  }

  async stop(): Promise<void> {
    this.world.asked("stop");
  }

  async softReset(): Promise<void> {
    this.world.asked("softReset");
  }

  async touch(touch: Touch): Promise<void> {
    this.world.asked(`touch ${JSON.stringify(touch)}`);
    if (!("switch" in touch)) this.ear?.event({ event: "hardware", ...touch });
  }

  async modules(): Promise<string[]> {
    this.world.asked("modules");
    return ["math", ...namesIn(this.board.files, "/lib").map(({ name }) => name.replace(/\.py$/, ""))];
  }

  async variables(): Promise<Variable[]> {
    return this.board.session;
  }

  async list(folder: string): Promise<Entry[]> {
    return namesIn(this.board.files, folder);
  }

  async read(path: string): Promise<TextFile> {
    const text = this.board.files.get(path);
    if (typeof text !== "string") throw new Failure("notFound", `There is no file ${path} on the board.`);
    return { text, encoding: NEW_TEXT };
  }

  async write(path: string, text: string, encoding = NEW_TEXT): Promise<Encoding> {
    this.world.asked(`write ${path}`);
    this.board.files.set(path, text);
    return encoding;
  }

  async replace(path: string, text: string, encoding: Encoding): Promise<Encoding> {
    this.world.asked(`replace ${path}`);
    this.board.files.set(path, text);
    return encoding;
  }

  async makeFolder(path: string): Promise<void> {
    this.world.asked(`makeFolder ${path}`);
    this.board.files.set(path, null);
  }

  async remove(path: string): Promise<void> {
    this.world.asked(`remove ${path}`);
    this.board.files.delete(path);
  }

  async rename(from: string, to: string): Promise<void> {
    this.world.asked(`rename ${from} ${to}`);
    this.board.files.set(to, this.board.files.get(from) ?? "");
    this.board.files.delete(from);
  }

  async removeAll(path: string): Promise<void> {
    this.world.asked(`removeAll ${path}`);
    removeBelow(this.board.files, path);
  }

  async home(): Promise<string> {
    return this.board.start;
  }

  async tree(folder: string): Promise<Node[]> {
    return below(this.board.files, folder).map(([path, text]) => nodeOf(path, text));
  }

  async properties(path: string): Promise<Properties> {
    const text = this.board.files.get(path);
    return { kind: text === null ? "folder" : "file", size: text?.length ?? 0, modified: null };
  }

  async hash(path: string): Promise<string> {
    return hashOf((await this.read(path)).text);
  }

  async holds(path: string, text: string): Promise<boolean> {
    return (await this.read(path)).text === text;
  }

  async space(): Promise<Space> {
    return { total: 8_000_000, free: 4_000_000 };
  }

  async cancel(): Promise<void> {
    this.world.asked("cancel");
  }

  async planCopy(way: CopyWay, from: string[], to: string): Promise<CopyPlan> {
    const [source, target] = way === "toBoard" ? [this.world.files, this.board.files] : [this.board.files, this.world.files];
    const plan: CopyPlan = { way, folders: [], files: [], needed: 0, free: way === "toBoard" ? 4_000_000 : null };
    for (const path of from) {
      const outside = path.slice(0, path.lastIndexOf("/"));
      const all: [string, string | null][] = [[path, source.get(path) ?? null], ...below(source, path).map(([name, text]): [string, string | null] => [`${path}/${name}`, text])];
      for (const [file, text] of all) {
        const there = (to === "/" ? "" : to) + file.slice(outside.length);
        const old = target.get(there);
        if (text === null) plan.folders.push(...(target.has(there) ? [] : [there]));
        else plan.files.push({ from: file, to: there, size: text.length, old: typeof old === "string" ? { size: old.length, same: old === text, modified: 1_700_000_000 } : null });
      }
    }
    return plan;
  }

  async copy(plan: CopyPlan, replace = false): Promise<void> {
    this.world.asked(`copy${replace ? " in place" : ""} ${plan.files.map((file) => file.to).join(" ")}`);
    const [source, target] = plan.way === "toBoard" ? [this.world.files, this.board.files] : [this.board.files, this.world.files];
    for (const folder of plan.folders) target.set(folder, null);
    for (const [done, { from, to }] of plan.files.entries()) {
      this.ear?.event({ event: "stage", path: to, done, total: plan.files.length });
      if (!replace && to === this.board.tight) throw new Failure("noSpace", `${to} does not fit`, true);
      target.set(to, source.get(from) ?? "");
    }
  }

  async planSync(folder: string, root: string, options: SyncOptions): Promise<SyncPlan> {
    this.world.asked(`planSync ${folder} ${root} ${options.removal} ${options.conflicts}`);
    const there = new Map(below(this.board.files, root));
    const here = new Map(below(this.world.files, folder));
    const plan: SyncPlan = { steps: [], same: 0, known: {} };
    for (const [path, text] of here) {
      const old = there.get(path);
      if (text === null) plan.steps.push(...(old === undefined ? [{ step: "makeFolder", path } as const] : []));
      else if (old === text) plan.same++;
      else if (old === undefined || options.conflicts === "overwrite") plan.steps.push({ step: "upload", path, size: text.length, sha256: hashOf(text), replaces: old !== undefined });
      else plan.steps.push({ step: "conflict", path, why: { phrase: "otherThere" } });
    }
    const gone = options.removal === "never" ? [] : [...there].filter(([path]) => !here.has(path));
    for (const [path, text] of gone) plan.steps.push({ step: "remove", path, kind: text === null ? "folder" : "file" });
    return plan;
  }

  async applySync(folder: string, root: string, plan: SyncPlan, replace = false): Promise<void> {
    this.world.asked(`applySync${replace ? " in place" : ""} ${plan.steps.map((step) => step.path).join(" ")}`);
    this.bring(folder, root, plan, replace);
  }

  async deploy(folder: string, root: string, plan: SyncPlan): Promise<void> {
    this.world.asked(`deploy ${plan.steps.map((step) => step.path).join(" ")}`);
    if (this.board.tight) throw new Failure("noSpace", "the new version does not fit");
    this.bring(folder, root, plan, false);
  }

  private bring(folder: string, root: string, plan: SyncPlan, replace: boolean): void {
    const at = (path: string): string => `${root === "/" ? "" : root}/${path}`;
    for (const [done, step] of plan.steps.entries()) {
      this.ear?.event({ event: "stage", path: step.path, done, total: plan.steps.length });
      if (!replace && at(step.path) === this.board.tight) throw new Failure("noSpace", `${step.path} does not fit`, true);
      if (step.step === "makeFolder") this.board.files.set(at(step.path), null);
      else if (step.step === "upload") this.board.files.set(at(step.path), this.world.files.get(`${folder}/${step.path}`) ?? "");
      else if (step.step === "remove") removeBelow(this.board.files, at(step.path));
    }
  }

  async backup(root: string, archive: string): Promise<Manifest> {
    this.world.asked(`backup ${root} ${archive}`);
    const files = below(this.board.files, root).map(([path, text]) => nodeOf(path, text));
    const manifest = { format: 1, firmware: "Taipan 0.1.0", machine: "a fake board", id: "00ff", root, files };
    this.world.archives.set(archive, manifest);
    return manifest;
  }

  async lookInto(archive: string): Promise<Manifest> {
    const manifest = this.world.archives.get(archive);
    if (!manifest) throw new Failure("here", `Could not open ${archive}: it is no backup of a board.`);
    return manifest;
  }

  async readArchived(archive: string, path: string): Promise<TextFile> {
    this.world.asked(`readArchived ${archive} ${path}`);
    return { text: "# saved\n", encoding: NEW_TEXT };
  }

  async restore(archive: string, root: string, only: string[]): Promise<void> {
    this.world.asked(`restore ${archive} ${root} ${only.join(" ")}`);
  }

  async saveTraffic(path: string): Promise<void> {
    this.world.asked(`saveTraffic ${path}`);
  }

  readonly firmware = new FakeFirmware((call) => this.world.asked(call));
  readonly packages = new FakePackages((call) => this.world.asked(call));
}

/** One image, and an update that stops after any step. */
export class FakeFirmware implements Firmware {
  loaders: Waiting[] = [];
  /** The step in which the cable is pulled. */
  pulledIn: UpdateStage | null = null;
  /** What the board says it runs after an update. */
  after = "Taipan v0.1.0";
  readonly wishes: Wish[] = [];
  /** Where an update that failed has saved the files. */
  archive: string | null = null;

  constructor(private readonly asked: (call: string) => void) {}

  async waiting(): Promise<Waiting[]> {
    return this.loaders;
  }

  async images(): Promise<FirmwareFile[]> {
    return [await this.check("/firmware/pyboard.dfu", null)];
  }

  async check(path: string, address: number | null): Promise<FirmwareFile> {
    this.asked(`check ${path} ${address}`);
    return { path, name: path.slice(path.lastIndexOf("/") + 1), size: 300_000, parts: [{ address: address ?? 0x0800_0000, size: 300_000 }], machine: "PYBv1.1 with STM32F405RG", version: "Taipan v0.1.0", runs: false, unfit: null };
  }

  async askFile(): Promise<string | null> {
    return "/home/own.bin";
  }

  async renew(wish: Wish, save: boolean, moved: (moved: Moved) => void): Promise<Renewed> {
    this.wishes.push(wish);
    const resumed = this.loaders.length > 0;
    const stages = (["check", "backup", "enter", "compare", "erase", "write", "verify", "start", "return"] as const).filter((it) => !(resumed && (it === "backup" || it === "enter")));
    for (const stage of stages) {
      moved({ stage, done: 1, total: 2, about: stage });
      if (stage === "enter") this.loaders = [{ name: "0483:df11", serial: "1", layout: "@Internal Flash", saved: null }];
      if (stage === this.pulledIn) {
        this.pulledIn = null;
        if (save && !resumed) this.archive = "/saved.zip";
        throw new Failure("loaderLost", "The board is gone in the middle. Plug it in again.");
      }
    }
    this.loaders = [];
    return { before: "Taipan 0.0.9", after: this.after, wanted: "Taipan v0.1.0", isWanted: this.after === "Taipan v0.1.0", archive: save ? "/saved.zip" : null, restored: 0 };
  }

  async giveUp(): Promise<void> {
    this.asked("give up");
  }

  async pull(): Promise<void> {
    this.asked("pull");
  }

  async saved(): Promise<string | null> {
    return this.archive;
  }

  async rules(): Promise<[string, string]> {
    return ["TAG+=uaccess", "/etc/udev/rules.d/70-taipan.rules"];
  }
}

/** An index of two packages, the second of which the first needs. */
export class FakePackages implements Packages {
  installed: Installed[] = [];
  private readonly shop: Offer[] = [
    { name: "aioble", version: "0.6.1", versions: ["0.6.1", "0.5.0"], description: "Bluetooth Low Energy with asyncio", author: "", licence: "MIT" },
    { name: "logging", version: "0.6.2", versions: ["0.6.2"], description: "Messages by importance", author: "", licence: "MIT" },
  ];

  constructor(private readonly asked: (call: string) => void) {}

  async offers(index: string): Promise<Offer[]> {
    this.asked(`offers ${index}`);
    return this.shop;
  }

  async list(): Promise<Installed[]> {
    return this.installed;
  }

  async install(_index: string, wanted: Wanted): Promise<PackageChange> {
    this.asked(`install ${wanted.name} ${wanted.version}`);
    const version = wanted.version || (this.shop.find((offer) => offer.name === wanted.name)?.version ?? "");
    this.installed = [...this.installed.filter((it) => it.name !== wanted.name), { name: wanted.name, version, asked: true, needs: [], files: [] }];
    return { packages: [`${wanted.name} ${version}`], files: [`/lib/${wanted.name}.py`], kept: [] };
  }

  async remove(name: string): Promise<PackageChange> {
    this.asked(`uninstall ${name}`);
    this.installed = this.installed.filter((it) => it.name !== name);
    return { packages: [name], files: [`/lib/${name}.py`], kept: [] };
  }
}

type Files = Map<string, string | null>;

/** What lies below a folder, by its path there. */
const below = (files: Files, folder: string): [string, string | null][] => {
  const prefix = folder === "/" ? "/" : `${folder}/`;
  return [...files].filter(([path]) => path.startsWith(prefix)).map(([path, text]) => [path.slice(prefix.length), text]);
};

const namesIn = (files: Files, folder: string): Entry[] =>
  below(files, folder)
    .filter(([name]) => !name.includes("/"))
    .map(([name, text]) => ({ name, kind: text === null ? "folder" : "file", size: text?.length ?? 0 }));

const removeBelow = (files: Files, path: string): void => {
  for (const name of [path, ...below(files, path).map(([name]) => `${path}/${name}`)]) files.delete(name);
};

/** Not the real one: as good for a world where nobody cheats. */
const hashOf = (text: string): string => [...encoder.encode(text)].reduce((sum, byte) => (sum * 31 + byte) >>> 0, 7).toString(16).padStart(64, "0");

const nodeOf = (path: string, text: string | null): Node =>
  text === null ? { path, kind: "folder", size: 0, sha256: null } : { path, kind: "file", size: text.length, sha256: hashOf(text) };

/** Keeps the texts as they are told, and finds in them what a line of code can find. */
export class FakeTexts implements Texts {
  readonly sources = new Map<number, string>();

  constructor(private readonly files: Files = new Map()) {}

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
    return { from, items: [...words].map((label) => ({ label, kind: "variable" })) };
  }

  async document(_id: number, _at: number, name: string): Promise<string> {
    return `the word ${name}`;
  }

  /** Takes away spaces at the ends of lines. */
  async format(id: number): Promise<Change[]> {
    return [...(this.sources.get(id) ?? "").matchAll(/[ \t]+$/gm)].map(({ index, 0: spaces }) => ({ from: index, to: index + spaces.length, insert: "" }));
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

  /** The word "wrong" is wrong, and no module is known here. */
  async diagnose(id: number): Promise<Diagnostic[]> {
    const source = this.sources.get(id) ?? "";
    const module = /^import (\w+)$/m.exec(source);
    if (module) {
      const [, name = ""] = module;
      const from = module.index + "import ".length;
      return [{ span: { from, to: from + name.length }, severity: "warning", message: `no module ${name}`, error: { kind: "unknownModule", name } }];
    }
    const from = source.indexOf("wrong");
    return from < 0 ? [] : [{ span: { from, to: from + 5 }, severity: "error", message: "this is wrong", error: { kind: "syntax", says: "this is wrong" } }];
  }

  /** Wherever the word stands, in files of the folder too. */
  async rename(id: number, at: number, _name: string, folder: string | null): Promise<Renaming[]> {
    const source = this.sources.get(id) ?? "";
    const word = (/\w*$/.exec(source.slice(0, at))?.[0] ?? "") + (/^\w*/.exec(source.slice(at))?.[0] ?? "");
    const found = (path: string | null, text: string): Renaming => {
      const places = [...text.matchAll(new RegExp(`\\b${word}\\b`, "g"))].map(({ index }) => ({ from: index, to: index + word.length }));
      return { path, places, lines: [...new Set(places.map(({ from }) => text.slice(0, from).split("\n").length))] };
    };
    const others = [...this.files].flatMap(([path, text]) => (folder !== null && path.startsWith(`${folder}/`) && text !== null && text !== source ? [found(path, text)] : []));
    return [found(null, source), ...others.filter(({ places }) => places.length > 0)];
  }
}
