// Everything the window can do, without a pixel: documents, board, run, save. Commands call it, tests drive it.
import { tick } from "svelte";
import { Failure, NEW_TEXT, type Backend, type HereEvent, type OutlineItem, type Place, type Port, type TextFile } from "../backend/backend";
import { keyOf } from "../commands";
import { number, t } from "../messages/index.svelte";
import { lastSpot } from "../terminal/tracebacks";
import type { Page } from "../pages";
import { Asker } from "./ask.svelte";
import type { BackupState } from "./backup.svelte";
import { folderOf, joinPath, virtualNumber, virtualPort, type BoardState } from "./board.svelte";
import { baseName, Document, Documents, isPlain, isWide, toText, type Draft, type Home } from "./documents.svelte";
import { updates } from "../firmware/watch";
import { dedented } from "../editor/dedented";
import { Drop } from "./drop.svelte";
import type { FilesState } from "./files.svelte";
import { LayoutState, type Layout } from "./layout.svelte";
import { Look } from "./look.svelte";
import { ContextMenu } from "./menu.svelte";
import { attempt, Messages } from "./messages.svelte";
import { Plot } from "./plot.svelte";
import { Search } from "./search.svelte";
import { Settings } from "./settings.svelte";
import { Way, type Screen } from "./screen";
import { boardName, Station, type StationKept } from "./station.svelte";
import type { SyncState } from "./sync.svelte";
import { welcome } from "./welcome";
import type { Work } from "./work.svelte";

/** A place in a document that the editor is asked to show. */
export type Reveal = { document: Document; line: number };

/** The editor as the desk sees it; `editor/Editor.svelte` provides it. */
export type TextEditor = {
  focus(): void;
  cut(): void;
  copy(): void;
  paste(): Promise<void>;
  /** Makes the chosen lines comments, or no comments. */
  comment(): void;
  /** Goes to the next thing that is found wrong; false if there is none. */
  nextFinding(): void;
  /** The lines that are chosen, whole; if none are, that of the caret, which goes on to the next. */
  takeLines(): string;
  undo(): void;
  redo(): void;
  find(): void;
  goToDefinition(): Promise<void>;
  rename(): Promise<void>;
  /** Puts the text in order; what cannot be done safely is left. */
  format(): Promise<void>;
};

type Kept = { drafts: Draft[]; active: number; layout: Layout; searched?: string | null; boards?: Record<string, StationKept> };

/** So long a window stays of one size before that is kept. */
const RESIZED_MS = 500;

/** Whether a program reads what is typed: then the keyboard is wanted in the console, or the answer would stand in the text. */
const asks = (document: Document): boolean => /\binput\s*\(|\bstdin\b/.test(document.text.replace(/#.*/g, ""));

/** So long a file may be absent while another program writes it. */
const ABSENT_MS = 500;

const opened = (home: Home, { text, encoding }: TextFile): Document => new Document(baseName(home.path), home, text, text, encoding);

export class Desk {
  readonly documents = new Documents();
  readonly layout = new LayoutState();
  readonly settings: Settings;
  readonly look: Look;
  readonly search: Search;
  readonly messages = new Messages();
  readonly asker = new Asker();
  readonly menu = new ContextMenu();
  readonly drop = new Drop(this);
  /** The boards of the window; there is always one, if only to say that nothing is attached. */
  stations = $state.raw<Station[]>([]);
  /** The one in front. */
  station = $state.raw() as Station;
  readonly several = $derived(this.stations.length > 1);
  ports = $state.raw<Port[]>([]);
  /** The terminal of what runs on this computer, and the numbers that it prints. */
  private readonly wayHere = new Way();
  private readonly plotHere = new Plot();
  /** What is kept of boards that are not here now. */
  private boards: Record<string, StationKept> = {};
  /** The tabs of last time are there: from now on changes are kept. */
  ready = $state(false);
  editor: TextEditor | null = null;
  reveal = $state.raw<Reveal | null>(null);
  outline = $state.raw<OutlineItem[]>([]);
  runningHere = $state(false);
  /** Opens the menus; `shell/MenuBar.svelte` provides it. */
  openMenus: (() => void) | null = null;
  paletteOpen = $state(false);
  /** What the palette offers. */
  paletteOf = $state<"commands" | "files">("commands");
  messagesOpen = $state(false);
  private asksToClose = false;
  /** The message that the desk cannot be kept. */
  private notKept = 0;
  private resizing = 0;
  private lastKept: Promise<void> = Promise.resolve();
  private nextKept: Promise<void> | null = null;
  private modulesHere: Promise<Set<string>> | null = null;
  /** What ran here last: its name in a traceback means this document. */
  private ranHere: Document | null = null;

  constructor(readonly backend: Backend) {
    this.settings = new Settings((text) => this.attempt(() => backend.saveSettings(text)));
    this.look = new Look(this.settings);
    this.search = new Search(backend, this.documents);
    this.station = new Station(this, null);
    this.stations = [this.station];
  }

  // What the station in front has

  get board(): BoardState {
    return this.station.board;
  }

  get work(): Work {
    return this.station.work;
  }

  get files(): FilesState {
    return this.station.files;
  }

  get sync(): SyncState {
    return this.station.sync;
  }

  get backup(): BackupState {
    return this.station.backup;
  }

  get screenHere(): Screen | null {
    return this.wayHere.screen;
  }

  set screenHere(screen: Screen | null) {
    this.wayHere.screen = screen;
  }

  get screens(): Partial<Record<Place, Screen | null>> {
    return { board: this.station.screen, computer: this.screenHere };
  }

  /** The numbers of the place whose terminal is in front. */
  get plot(): Plot {
    return this.layout.terminal === "computer" ? this.plotHere : this.station.plot;
  }

  async start(): Promise<void> {
    await this.followSettings();
    await this.attempt(() => this.restore());
    if (this.documents.list.length === 0) this.documents.add(new Document("welcome.py", null, welcome()));
    this.ready = true;
    // Before events come, so that what is plugged in already is no news.
    await this.attempt(() => this.refreshPorts());
    await this.backend.listen({
      ports: (ports) => this.takePorts(ports),
      here: (event) => this.takeHere(event),
      output: (bytes, drawn) => {
        this.plotHere.take(bytes);
        this.wayHere.write(bytes, drawn);
      },
      dropping: (event) => this.drop.take(event),
      closing: () => this.mayClose(),
    });
    const plugged = this.ports.find((port) => port.guess === "board");
    if (plugged || this.settings.get("virtualAtStart")) await this.connect(plugged?.name ?? null);
  }

  /** Runs `action`; a failure becomes a message. True if all went well. */
  async attempt(action: () => Promise<unknown>): Promise<boolean> {
    return attempt(action, (text) => this.messages.say("bad", text));
  }

  // Boards

  /** Brings the board at a serial port, an address or nowhere (a virtual one) to the front, and attaches it if it is not attached. */
  async connect(port: string | null): Promise<void> {
    const station = this.stations.find((station) => station.port === port) ?? (await this.addStation(port));
    await this.show(station);
    if (!station.board.online && station.board.state !== "connecting") await station.connect();
  }

  /** Starts one more virtual board, with files of its own. */
  async connectAnotherVirtual(): Promise<void> {
    const there = new Set(this.stations.map((station) => virtualNumber(station.port)));
    let number = 1;
    while (there.has(number)) number++;
    await this.connect(virtualPort(number));
  }

  private async addStation(port: string | null): Promise<Station> {
    const station = new Station(this, port, this.ports.find((known) => known.name === port)?.usb);
    this.stations = [...this.stations, station];
    await station.restore(this.boards[station.key] ?? this.boards[port ?? ""]);
    return station;
  }

  /** Brings a board to the front; one that is left and not attached goes. */
  async show(station: Station): Promise<void> {
    const left = this.station;
    this.station = station;
    if (left !== station && left.board.state === "disconnected") await this.forget(left);
  }

  /** The next board in the list, round its end. */
  async stepStation(by: number): Promise<void> {
    const { stations } = this;
    const next = stations[(stations.indexOf(this.station) + by + stations.length) % stations.length];
    if (!next) return;
    this.showTerminal("board");
    await this.show(next);
  }

  /** Lets the board in front go; if there are others, one of them takes its place. */
  async disconnect(): Promise<void> {
    const { station } = this;
    await station.disconnect();
    const other = this.stations.find((other) => other !== station);
    if (other && station.board.state === "disconnected" && this.station === station) await this.show(other);
  }

  private async forget(station: Station): Promise<void> {
    this.boards = { ...this.boards, [station.key]: station.kept };
    this.stations = this.stations.filter((other) => other !== station);
    await station.close();
  }

  /** Asks for the address of a board that is reached by the network. */
  async connectByNetwork(): Promise<void> {
    const address = await this.asker.text(t("board.networkTitle"), t("board.networkLabel"), "", t("board.connect"));
    if (address !== null) await this.connect(`tcp:${address.replace(/^tcp:/, "")}`);
  }

  async refreshPorts(): Promise<void> {
    this.ports = await this.backend.ports();
  }

  /** A board that is new is offered. One that was lost comes back by itself, to its station, whatever its port is called now. */
  private takePorts(ports: Port[]): void {
    const fresh = ports.filter((port) => !this.ports.some((known) => known.name === port.name));
    this.ports = ports;
    for (const station of this.stations) {
      const mine = ports.filter((port) => station.isAt(port));
      if (mine[0] && !mine.some((port) => port.name === station.port)) station.moved(mine[0].name);
    }
    const offered = fresh.find((port) => port.guess === "board" && !this.stations.some((station) => station.port === port.name));
    if (offered && this.ready) this.messages.say("note", t("board.plugged", { name: offered.label || offered.name }));
  }

  private takeHere(event: HereEvent): void {
    this.runningHere = event.kind === "started";
    if (event.kind === "started") return this.plotHere.clear();
    const end = event.code === 0 ? t("console.finished") : event.code === null ? t("console.stopped") : t("console.ended", { code: event.code });
    this.wayHere.write(new TextEncoder().encode(`\x1b[2m\r\n— ${end} —\r\n\x1b[0m`));
  }

  // Running

  async runOnBoard(): Promise<void> {
    const document = this.documents.active;
    const { station } = this;
    if (!document) return;
    if (!station.board.online) {
      this.messages.say("bad", t("board.none", { key: keyOf("run.here") }));
      return;
    }
    this.showTerminal("board");
    await station.run(document);
    if (asks(document)) this.focusConsole();
  }

  /** Runs the chosen lines at the board's prompt, where what they make stays. */
  async runSelection(): Promise<void> {
    const { station } = this;
    if (station.board.state !== "ready") return void this.messages.say("note", t("board.notAtPrompt"));
    const lines = dedented(this.editor?.takeLines() ?? "");
    if (!lines) return;
    this.showTerminal("board");
    await station.attempt(() => station.link.paste(`${lines}\n`));
  }

  async runHere(): Promise<void> {
    const document = this.documents.active;
    if (!document) return;
    const path = document.home?.place === "computer" ? document.home.path : null;
    if (path && document.unsaved && !(await this.saveTo(document, { place: "computer", path }))) return;
    this.showTerminal("computer");
    await tick(); // the terminal is made when it is first shown
    this.screens.computer?.clear();
    this.ranHere = document;
    await this.attempt(() => this.backend.runHere(document.name, document.text, path));
    if (asks(document)) this.focusConsole();
  }

  /** Stops what runs; if both places run something, the one whose terminal is in front. */
  async stop(): Promise<void> {
    const here = this.runningHere && (this.layout.terminal === "computer" || this.board.state !== "running");
    await this.attempt(() => (here ? this.backend.stopHere() : this.station.link.stop()));
  }

  get canStop(): boolean {
    return this.runningHere || this.board.online;
  }

  // Pages

  /** Opens a page; one at the side is closed by the same command. */
  showPage(page: Pick<Page, "id" | "where">): void {
    if (page.where === "work") this.layout.page = page.id;
    else {
      this.layout.side = this.layout.side === page.id && this.layout.page === null ? null : page.id;
      this.layout.page = null;
    }
  }

  showEditor(): void {
    this.layout.page = null;
    requestAnimationFrame(() => this.editor?.focus());
  }

  showPalette(of: "commands" | "files"): void {
    this.paletteOf = of;
    this.paletteOpen = true;
  }

  newFile(): void {
    this.documents.addNew();
    this.showEditor();
  }

  showTerminal(place: Place): void {
    this.layout.console = true;
    this.layout.terminal = place;
  }

  focusConsole(): void {
    this.showTerminal(this.layout.terminal);
    requestAnimationFrame(() => (this.layout.terminal === "board" ? this.station.focusScreen() : this.wayHere.focus()));
  }

  /** Whether programs on this computer have such a module; asked once. */
  async isHere(module: string): Promise<boolean> {
    this.modulesHere ??= this.backend.modulesHere().then((names) => new Set(names), () => new Set());
    return (await this.modulesHere).has(module);
  }

  /** Shows what packages there are of that name. */
  findPackage(name: string): void {
    this.station.wantedPackage = name;
    this.layout.page = "packages";
  }

  // Opening and saving

  /** Shows a text that has no place of its own, in a tab. */
  showText(name: string, text: string): void {
    this.documents.add(new Document(name, null, text));
    this.showEditor();
  }

  async openFromComputer(): Promise<void> {
    let paths: string[] = [];
    await this.attempt(async () => (paths = await this.backend.askTexts()));
    // One that cannot be opened is told, and keeps none of the others away.
    for (const path of paths) await this.attempt(() => this.open({ place: "computer", path }));
  }

  async open(home: Home): Promise<Document> {
    this.layout.page = null;
    const known = this.documents.at(home);
    if (known) return (this.documents.active = known);
    const file = await this.read(home);
    const untouched = this.documents.list.find((document) => !document.home && !document.unsaved && !document.text.trim());
    const document = this.documents.add(opened(home, file));
    if (!isPlain(file.encoding)) this.sayEncoding(document);
    if (untouched) this.documents.close(untouched);
    return document;
  }

  /** Opens a tab, and shows what was shown. */
  async openBehind(home: Home): Promise<Document> {
    return this.documents.at(home) ?? this.documents.addBehind(opened(home, await this.read(home)));
  }

  /** A text that is not UTF-8 may not be what it seems: it is said once, and stands in the status line. */
  private sayEncoding({ name, encoding }: Document): void {
    const key = isWide(encoding) ? "encoding.wide" : encoding.declared === null ? "encoding.guessed" : "encoding.declared";
    this.messages.say("note", t(key, { name, encoding: encoding.name }));
  }

  /** Saves a text that is kept in another way as UTF-8. */
  async toUtf8(document = this.documents.active): Promise<void> {
    if (!document) return;
    const { name, encoding } = document;
    const choices = [{ id: "yes", label: t("encoding.changeNow"), style: "main" as const }];
    const text = t("encoding.changeText", { encoding: encoding.name });
    if ((await this.asker.ask({ title: t("encoding.change", { name }), text, choices })) === null) return;
    document.encoding = { ...encoding, name: NEW_TEXT.name };
    if (!(await this.save(document))) document.encoding = encoding;
  }

  private read(home: Home): Promise<TextFile> {
    return home.place === "computer" ? this.backend.readFile(home.path) : this.stationOf(home.board).link.read(home.path);
  }

  /** Saves to where the document came from; the first time it asks for the place. True if it is saved. */
  async save(document = this.documents.active): Promise<boolean> {
    if (!document) return false;
    const { home } = document;
    if (home?.place === "board" && !this.stations.some((station) => station.key === home.board)) {
      this.messages.say("note", t("save.otherBoard", { name: document.name, board: boardName(home.board) }));
      return this.saveAs(document);
    }
    return home ? this.saveTo(document, home) : this.saveAs(document);
  }

  async saveAs(document = this.documents.active): Promise<boolean> {
    if (!document) return false;
    const answer = await this.asker.ask({
      title: t("save.where", { name: document.name }),
      choices: [
        { id: "computer", label: t("save.computer"), hint: t("save.computerHint"), style: "main" },
        { id: "board", label: t("save.board"), hint: this.board.online ? this.board.name : t("save.noBoard") },
      ],
    });
    if (answer?.choice === "computer") {
      const path = await this.backend.askSave(document.name);
      return path !== null && this.saveTo(document, { place: "computer", path });
    }
    return answer?.choice === "board" && this.saveToBoardAs(document, this.station);
  }

  /** Saves every tab with unsaved text, until the person changes their mind. */
  async saveAll(): Promise<void> {
    const unsaved = this.documents.list.filter((document) => document.unsaved);
    if (unsaved.length === 0) this.messages.say("note", t("save.noneUnsaved"));
    for (const document of unsaved) if (!(await this.save(document))) return;
  }

  private async saveToBoardAs(document: Document, station: Station): Promise<boolean> {
    const name = await station.asker.text(t("save.toBoard"), t("save.boardName"), document.name, t("save.save"));
    if (name === null) return false;
    const home = station.home(name.startsWith("/") ? name : joinPath(station.board.home, name));
    const taken = this.documents.at(home) !== document && (await station.isTaken(home.path));
    if (taken && !(await station.asker.confirm(t("save.overwriteTitle"), t("save.overwriteFile"), t("save.overwrite"), [home.path]))) {
      return false;
    }
    return this.saveTo(document, home);
  }

  private async saveTo(document: Document, home: Home): Promise<boolean> {
    if (this.settings.get("formatOnSave") && document === this.documents.active) await this.editor?.format();
    const content = document.content;
    if (home.place === "computer" && !(await this.mayReplace(document, home.path))) return false;
    const station = home.place === "board" ? this.stationOf(home.board) : null;
    if (station && !(await station.mayReplace(document, home.path))) return false;
    return (station ?? this).attempt(async () => {
      const text = document.asFile(content);
      document.saving = true;
      try {
        const kept = await (station ?? this.backend).writeFile(home.path, text, document.encoding);
        document.wasSaved(home, content, kept);
      } catch (error) {
        // That the board is gone has been said; that the file is not on it, and where its text is, has not.
        throw error instanceof Failure && error.kind === "lost" ? new Failure("notSaved", t("save.lost", { name: document.name })) : error;
      } finally {
        document.saving = false;
      }
      const saved = t(station ? "save.savedBoard" : "save.savedComputer", { name: document.name });
      (station ?? this.messages).say("good", saved);
      if (station) await station.board.openFolder(folderOf(home.path));
      await this.keep();
    });
  }

  /** The station of that key; if it has gone, a failure that says so. */
  private stationOf(key: string): Station {
    const station = this.stations.find((station) => station.key === key);
    if (!station) throw new Failure("notAttached", t("board.notHere", { board: boardName(key) }));
    return station;
  }

  /** Closes tabs, one after the other, until the person changes their mind. */
  async closeAll(documents: Document[]): Promise<void> {
    for (const document of documents) if (!(await this.close(document))) return;
  }

  /** Closes a tab; answers whether it is closed. */
  async close(document = this.documents.active): Promise<boolean> {
    if (!document) return false;
    if (document.unsaved && document.text.trim()) {
      const answer = await this.asker.ask({
        title: t("save.beforeClosing", { name: document.name }),
        text: t("save.wouldBeLost"),
        choices: [
          { id: "save", label: t("save.save"), style: "main" },
          { id: "drop", label: t("save.drop"), style: "danger" },
        ],
      });
      if (answer === null || (answer.choice === "save" && !(await this.save(document)))) return false;
    }
    this.documents.close(document);
    if (!this.documents.active) this.outline = [];
    return true;
  }

  /** Opens the tab again that was closed last, with what can be undone in it. */
  async reopen(): Promise<void> {
    const document = this.documents.reopen();
    if (!document) return void this.messages.say("note", t("tabs.noneClosed"));
    this.showEditor();
    await this.lookAtFile(document);
  }

  async goToLine(): Promise<void> {
    const document = this.documents.active;
    if (!document) return;
    const wanted = await this.asker.text(t("find.goTo"), t("find.line", { last: document.content.lines }), String(document.line), t("find.go"));
    const line = Number.parseInt(wanted ?? "", 10);
    if (line > 0 && this.documents.active === document) this.reveal = { document, line };
    else this.showEditor();
  }

  // Files of this computer

  /** Replaces what the search has found, and shows files anew that are open. One with unsaved text is not touched. */
  async replaceFound(): Promise<void> {
    const { chosen } = this.search;
    const unsaved = chosen.find(({ path }) => this.documents.at({ place: "computer", path })?.unsaved);
    if (unsaved) return void this.messages.say("bad", t("search.unsaved", { name: unsaved.name }));
    const sure = await this.asker.confirm(t("search.sureTitle"), t("search.sure"), t("search.replace"), chosen.map(({ name, count }) => `${name}: ${number(count)}`));
    if (!sure) return;
    await this.attempt(async () => {
      const { done, left } = await this.search.replace(chosen);
      for (const path of done) await this.lookAtFile(this.documents.at({ place: "computer", path }));
      this.messages.say(left.length ? "note" : "good", t("search.replaced", { count: done.length }) + (left.length ? ` ${t("search.left", { names: left.map(baseName).join(", ") })}` : ""));
    });
  }

  /** Another program may have written the file: its tab shows what is there now. If the tab has unsaved text, that stays, and it is said once. */
  async lookAtFile(document: Document | undefined): Promise<void> {
    if (document?.home?.place !== "computer" || document.saving) return;
    const onDisk = await this.onDisk(document.home.path);
    if (document.saving) return;
    if (onDisk === null) return this.sayGone(document);
    if (document.meet(onDisk)) this.messages.say("note", t("save.changedMeanwhile", { name: document.name }));
  }

  /** Some programs take a file away before they put a new one in its place; what is gone only for a moment is no news. */
  private async sayGone(document: Document): Promise<void> {
    const path = document.home?.path;
    if (path === undefined || document.gone) return;
    await new Promise((passed) => setTimeout(passed, ABSENT_MS));
    if (document.gone || document.saving || document.home?.path !== path || (await this.onDisk(path)) !== null) return;
    document.gone = true;
    if (this.documents.list.includes(document)) this.messages.say("note", t("save.gone", { name: document.name }));
  }

  // Tracebacks

  /** Shows `line` of the file that a traceback names: one of a board, or of this computer. */
  async jump(station: Station | null, file: string, line: number): Promise<void> {
    await (station ?? this).attempt(async () => {
      const document = this.named(station, file) ?? (await this.open(station ? station.home(file) : { place: "computer", path: file }));
      this.documents.active = document;
      this.layout.page = null;
      this.reveal = { document, line };
    });
  }

  private named(station: Station | null, file: string): Document | undefined {
    const ran = (station ? station.ran : this.ranHere) ?? undefined;
    if (/^<.*>$/.test(file)) return ran ?? this.documents.active ?? undefined;
    const home = station ? station.home(file.startsWith("/") ? file : joinPath(station.board.home, file)) : ({ place: "computer", path: file } as const);
    return this.documents.at(home) ?? (ran && baseName(file) === ran.name ? ran : undefined);
  }

  async jumpToLastError(): Promise<void> {
    const place = this.layout.terminal;
    const spot = lastSpot(this.screens[place]?.lines() ?? []);
    if (spot) await this.jump(place === "board" ? this.station : null, spot.file, spot.line);
    else this.messages.say("note", t("console.noTraceback"));
  }

  // Kept between two starts

  /** Writes tabs, unsaved text and layout to the disk, so that a crash loses at most the last second. */
  keep(): Promise<void> {
    // One after the other: an older state never comes to lie over a newer one. Those that wait are served by one.
    this.nextKept ??= this.lastKept.then(() => {
      this.nextKept = null;
      return (this.lastKept = this.keepNow());
    });
    return this.nextKept;
  }

  /** What is unsaved is kept, so closing loses nothing, unless the disk is full; what is under way on a board would end in the middle. */
  private async mayClose(): Promise<boolean> {
    await this.keep();
    const work = this.stations.map((station) => station.work.title).filter((title) => title !== null);
    const lost = this.notKept ? this.documents.list.filter((document) => document.unsaved && document.text.trim()).map(({ name }) => name) : [];
    const reasons = [updates.running > 0 && t("close.update"), work.length > 0 && t("close.work"), lost.length > 0 && t("close.lost")].filter((reason) => reason !== false);
    if (reasons.length === 0) return true;
    if (this.asksToClose) return false;
    this.asksToClose = true;
    const sure = await this.asker.confirm(t("close.title"), reasons.join(" "), t("close.anyway"), [...work, ...lost]);
    this.asksToClose = false;
    return sure;
  }

  private async keepNow(): Promise<void> {
    const { list, active } = this.documents;
    const kept: Kept = {
      drafts: list.map((document) => document.draft),
      active: active ? list.indexOf(active) : 0,
      layout: this.layout.kept,
      searched: this.search.folder,
      boards: this.keptBoards,
    };
    try {
      await this.backend.saveDesk(JSON.stringify(kept));
      this.messages.dismiss(this.notKept);
      this.notKept = 0;
    } catch (error) {
      // Said once, until it goes well again: it is tried with every change.
      this.notKept ||= this.messages.say("bad", t("save.notKept", { reason: error instanceof Error ? error.message : String(error) }));
    }
  }

  /** Its size is kept with the rest, once it stays as it is. */
  resized(): void {
    clearTimeout(this.resizing);
    this.resizing = window.setTimeout(() => this.ready && void this.keep(), RESIZED_MS);
  }

  get keptBoards(): Record<string, StationKept> {
    return { ...this.boards, ...Object.fromEntries(this.stations.map((station) => [station.key, station.kept])) };
  }

  /** At the start, and whenever the person comes back to this window. */
  async followSettings(): Promise<void> {
    try {
      await this.settings.follow(() => this.backend.loadSettings());
    } catch (error) {
      this.messages.say("bad", t("settings.broken", { reason: error instanceof Error ? error.message : String(error) }));
    }
  }

  private async restore(): Promise<void> {
    const text = await this.backend.loadDesk();
    const kept = text === null ? null : await this.understood(text);
    if (text === null) this.layout.page = "start";
    if (kept) this.layout.restore(kept.layout);
    this.boards = kept?.boards ?? {};
    this.search.folder = kept?.searched ?? null;
    await this.station.restore(this.boards[this.station.key]);
    const vanished: string[] = [];
    let active: Document | null = null;
    for (const [index, draft] of (kept?.drafts ?? []).entries()) {
      const file = await this.latest(draft);
      if (file === null) vanished.push(draft.name);
      else Object.assign(this.documents.add(new Document(draft.name, draft.home, file.text, draft.saved, file.encoding)), { gone: draft.gone === true, line: draft.line ?? 1 });
      if (index <= (kept?.active ?? 0)) active = this.documents.active;
    }
    if (active) this.documents.active = active;
    if (vanished.length > 0) this.messages.say("note", t("save.vanished", { names: vanished.join(", ") }));
  }

  /** What was kept; if that makes no sense it is put aside, since the drafts in it may still be of use to somebody. */
  private async understood(text: string): Promise<Kept | null> {
    try {
      return JSON.parse(text) as Kept;
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.messages.say("bad", t("save.deskBroken", { path: await this.backend.setDeskAside() }));
      return null;
    }
  }

  /**
   * The text of a tab with nothing unsaved is read again: another program may have written the file. If it wrote one whose
   * draft was not saved, both texts count, and the person is told. Null if there is neither.
   */
  private async latest(draft: Draft): Promise<TextFile | null> {
    const kept = draft.text === undefined ? null : { text: draft.text, encoding: draft.encoding ?? NEW_TEXT };
    if (draft.home?.place !== "computer") return kept;
    const onDisk = await this.onDisk(draft.home.path);
    if (draft.saved === undefined) return onDisk ?? kept;
    const other = onDisk !== null && onDisk.text !== draft.saved && onDisk.text !== draft.text;
    if (other) this.messages.say("note", t("save.changedMeanwhile", { name: draft.name }));
    return kept;
  }

  /** A text of this computer, or null if it cannot be read. */
  private async onDisk(path: string): Promise<TextFile | null> {
    try {
      return await this.backend.readFile(path);
    } catch (error) {
      if (error instanceof Failure) return null;
      throw error;
    }
  }

  /** May the file be written? Not unasked if another program wrote it since it was read. */
  private async mayReplace(document: Document, path: string): Promise<boolean> {
    if (document.home?.place !== "computer" || document.home.path !== path) return true;
    const onDisk = await this.onDisk(path);
    if (onDisk === null || toText(onDisk.text).eq(document.saved) || toText(onDisk.text).eq(document.content)) return true;
    return this.asker.confirm(t("save.changedTitle", { name: document.name }), t("save.changedText"), t("save.overwrite"), [path]);
  }
}
