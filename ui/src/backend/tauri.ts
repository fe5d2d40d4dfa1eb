// The program behind the page. The only file that names Tauri.
import { getVersion } from "@tauri-apps/api/app";
import { Channel, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { open, save } from "@tauri-apps/plugin-dialog";
import { Failure, NEW_TEXT, type Backend, type BoardEvent, type CopyPlan, type CopyWay, type Ear, type Encoding, type Entry, type FileKind, type Firmware, type Held, type HereEntry, type HereEvent, type HereProperties, type Link, type Listener, type Manifest, type Node, type Packages, type Port, type Properties, type Query, type SearchEvent, type Space, type SyncOptions, type SyncPlan, type TextFile, type Texts, type Touch, type Variable } from "./backend";
import { virtualNumber } from "../state/board.svelte";
import { t, worded } from "../messages/index.svelte";
import { LEFT_OUT } from "./generated/window";
import type { Moved, Problem, Reply, Request } from "./generated/board";

const ENDINGS = {
  python: ["py", "pyi"],
  archive: ["zip"],
  log: ["txt", "log"],
  firmware: ["dfu", "hex", "uf2", "bin"],
} satisfies Record<FileKind | "firmware", string[]>;

const filters = (kind: FileKind | "firmware"): { name: string; extensions: string[] }[] => [
  { name: t(`kind.${kind}`), extensions: ENDINGS[kind] },
  { name: t("kind.all"), extensions: ["*"] },
];

/** `invoke`, with a `Failure` for what Rust calls a problem. */
async function call<T>(command: string, args: Record<string, unknown> | Uint8Array = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (problem) {
    if (typeof problem === "string") throw new Failure("internal", problem);
    const { error } = problem as Problem;
    throw new Failure(error.kind, worded(problem as Problem), "in_place" in error && error.in_place, "ours" in error && error.ours);
  }
}

const leftOut = new TextEncoder().encode(LEFT_OUT);

/** What came, with words for what was left out before it. */
export function inWords(bytes: Uint8Array): Uint8Array {
  if (!leftOut.every((byte, index) => bytes[index] === byte)) return bytes;
  const words = new TextEncoder().encode(`\r\n\x1b[2m[${t("console.leftOut")}]\x1b[0m\r\n`);
  const rest = bytes.subarray(leftOut.length);
  const all = new Uint8Array(words.length + rest.length);
  all.set(words);
  all.set(rest, words.length);
  return all;
}

/** Terminal bytes; tells what has been drawn, so that no more is sent than the page can take. */
function outlet(output: (bytes: Uint8Array, drawn: () => void) => void, drawn: (count: number) => Promise<void>): Channel<ArrayBuffer> {
  return new Channel<ArrayBuffer>((bytes) => output(inWords(new Uint8Array(bytes)), () => void drawn(bytes.byteLength)));
}

const TCP = "tcp:";

class TauriLink implements Link {
  constructor(private readonly id: number) {}

  private call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
    return call<T>(command, { id: this.id, ...args });
  }

  /** Asks the board and picks the answer of the expected form. */
  private async ask<R extends Reply["reply"]>(request: Request, wanted: R): Promise<Extract<Reply, { reply: R }>> {
    const reply = await this.call<Reply>("board_ask", { request });
    if (reply.reply !== wanted) throw new Failure("internal", `The board link answered ${reply.reply} to ${request.request}.`);
    return reply as Extract<Reply, { reply: R }>;
  }

  private async tell(request: Request): Promise<void> {
    await this.ask(request, "done");
  }

  listen(ear: Ear): Promise<void> {
    const output = outlet((bytes, drawn) => ear.output(bytes, drawn), (count) => this.call("board_drawn", { count }));
    return this.call("board_open", { events: new Channel<BoardEvent>((event) => ear.event(event)), output });
  }

  close(): Promise<void> {
    return this.call("board_close");
  }

  connect(port: string | null, held: Held = "tell"): Promise<void> {
    const number = virtualNumber(port);
    if (port === null || number !== null) return this.call("board_start_virtual", { number });
    return this.tell({ request: "attach", held, target: port.startsWith(TCP) ? { kind: "tcp", address: port.slice(TCP.length) } : { kind: "serial", port, baud: 115200 } });
  }

  disconnect(): Promise<void> {
    return this.tell({ request: "detach" });
  }

  type(bytes: Uint8Array): Promise<void> {
    return this.tell({ request: "type", bytes: [...bytes] });
  }

  paste(text: string): Promise<void> {
    return this.tell({ request: "paste", text });
  }

  run(name: string, source: string): Promise<void> {
    return this.tell({ request: "run", name, source, start: "fresh" });
  }

  stop(): Promise<void> {
    return this.tell({ request: "stop" });
  }

  softReset(): Promise<void> {
    return this.tell({ request: "softReset" });
  }

  touch(touch: Touch): Promise<void> {
    return this.tell({ request: "touch", touch });
  }

  async modules(): Promise<string[]> {
    return (await this.ask({ request: "modules" }, "modules")).modules;
  }

  async variables(again = false): Promise<Variable[]> {
    return (await this.ask({ request: "variables", again }, "variables")).variables;
  }

  async list(folder: string): Promise<Entry[]> {
    return (await this.ask({ request: "list", path: folder }, "entries")).entries;
  }

  read(path: string): Promise<TextFile> {
    return this.call("board_read", { path });
  }

  write(path: string, text: string, encoding = NEW_TEXT): Promise<Encoding> {
    return this.call("board_write", { path, text, encoding, replace: false });
  }

  replace(path: string, text: string, encoding: Encoding): Promise<Encoding> {
    return this.call("board_write", { path, text, encoding, replace: true });
  }

  makeFolder(path: string): Promise<void> {
    return this.tell({ request: "makeFolder", path });
  }

  remove(path: string): Promise<void> {
    return this.tell({ request: "remove", path });
  }

  rename(from: string, to: string): Promise<void> {
    return this.tell({ request: "rename", from, to });
  }

  removeAll(path: string): Promise<void> {
    return this.tell({ request: "removeAll", path });
  }

  async home(): Promise<string> {
    return (await this.ask({ request: "home" }, "path")).path;
  }

  async tree(path: string, hashed: boolean): Promise<Node[]> {
    return (await this.ask({ request: "tree", path, hashed }, "tree")).nodes;
  }

  async properties(path: string): Promise<Properties> {
    return (await this.ask({ request: "properties", path }, "properties")).properties;
  }

  async hash(path: string): Promise<string> {
    return (await this.ask({ request: "hash", path }, "hash")).sha256;
  }

  holds(path: string, text: string, encoding: Encoding): Promise<boolean> {
    return this.call("board_holds", { path, text, encoding });
  }

  async space(path: string): Promise<Space> {
    return (await this.ask({ request: "space", path }, "space")).space;
  }

  cancel(): Promise<void> {
    return this.tell({ request: "cancel" });
  }

  async planCopy(way: CopyWay, from: string[], to: string): Promise<CopyPlan> {
    return (await this.ask({ request: way === "toBoard" ? "planToBoard" : "planToComputer", from, to }, "copyPlan")).plan;
  }

  copy(plan: CopyPlan, replace = false): Promise<void> {
    return this.tell({ request: "copy", plan, replace });
  }

  async planSync(folder: string, root: string, options: SyncOptions): Promise<SyncPlan> {
    return (await this.ask({ request: "planSync", folder, root, options }, "plan")).plan;
  }

  applySync(folder: string, root: string, plan: SyncPlan, replace = false): Promise<void> {
    return this.tell({ request: "applySync", folder, root, plan, replace });
  }

  deploy(folder: string, root: string, plan: SyncPlan): Promise<void> {
    return this.tell({ request: "deploy", folder, root, plan });
  }

  async backup(root: string, archive: string): Promise<Manifest> {
    return (await this.ask({ request: "backup", root, archive }, "manifest")).manifest;
  }

  async lookInto(archive: string): Promise<Manifest> {
    return (await this.ask({ request: "lookInto", archive }, "manifest")).manifest;
  }

  readArchived(archive: string, path: string): Promise<TextFile> {
    return this.call("board_read_archived", { archive, path });
  }

  restore(archive: string, root: string, only: string[]): Promise<void> {
    return this.tell({ request: "restore", archive, root, only });
  }

  saveTraffic(path: string): Promise<void> {
    return this.call("board_save_traffic", { path });
  }

  readonly firmware: Firmware = {
    waiting: () => this.call("firmware_waiting"),
    images: () => this.call("firmware_images"),
    check: (path, address) => this.call("firmware_check", { path, address }),
    askFile: () => open({ multiple: false, directory: false, filters: filters("firmware") }),
    renew: (wish, save, moved) => this.call("firmware_renew", { wish, save, moves: new Channel<Moved>(moved) }),
    giveUp: () => this.call("firmware_give_up"),
    pull: () => this.call("firmware_pull"),
    rules: () => call("firmware_rules"),
    saved: () => this.call("firmware_saved"),
  };

  readonly packages: Packages = {
    offers: async (index) => (await this.ask({ request: "offeredPackages", index }, "offers")).offers,
    list: async () => (await this.ask({ request: "packages" }, "packages")).packages,
    install: async (index, wanted) => (await this.ask({ request: "installPackage", index, wanted }, "changed")).change,
    remove: async (name) => (await this.ask({ request: "removePackage", name }, "changed")).change,
  };
}

export class TauriBackend implements Backend {
  private watches = 0;
  private links = 0;

  async listen(listener: Listener): Promise<void> {
    await call("ports_watch", { changed: new Channel<Port[]>((ports) => listener.ports(ports)) });
    const here = new Channel<HereEvent>((event) => listener.here(event));
    const output = outlet((bytes, drawn) => listener.output(bytes, drawn), (count) => call("here_drawn", { count }));
    await call("here_listen", { events: here, output });
    const page = getCurrentWindow();
    await getCurrentWebview().onDragDropEvent(async ({ payload }) => {
      if (payload.type === "leave") return listener.dropping({ kind: "leave" });
      // The system counts its own pixels.
      const scale = innerWidth / (await page.innerSize()).width;
      const at = { x: payload.position.x * scale, y: payload.position.y * scale };
      listener.dropping(payload.type === "drop" ? { kind: "drop", ...at, paths: payload.paths } : { kind: "over", ...at });
    });
    await page.onCloseRequested(async (event) => {
      if (!(await listener.closing())) event.preventDefault();
    });
  }

  ports(): Promise<Port[]> {
    return call("ports_list");
  }

  link(): Link {
    return new TauriLink(++this.links);
  }

  askOpen(kind: FileKind = "python"): Promise<string | null> {
    return open({ multiple: false, directory: false, filters: filters(kind) });
  }

  async askTexts(): Promise<string[]> {
    return (await open({ multiple: true, directory: false, filters: filters("python") })) ?? [];
  }

  askSave(name: string, kind: FileKind = "python"): Promise<string | null> {
    return save({ defaultPath: name, filters: filters(kind) });
  }

  askFolder(): Promise<string | null> {
    return open({ multiple: false, directory: true });
  }

  async readClipboard(): Promise<string> {
    return (await call<string | null>("clipboard_text")) ?? (await navigator.clipboard.readText());
  }

  homeHere(): Promise<string> {
    return call("folder_home");
  }

  listHere(path: string): Promise<HereEntry[]> {
    return call("folder_list", { path });
  }

  makeFolderHere(path: string): Promise<void> {
    return call("folder_make", { path });
  }

  renameHere(from: string, to: string): Promise<void> {
    return call("path_rename", { from, to });
  }

  removeHere(path: string): Promise<void> {
    return call("path_remove", { path });
  }

  copyHere(paths: string[], folder: string): Promise<void> {
    return call("paths_copy", { paths, folder });
  }

  propertiesHere(path: string): Promise<HereProperties> {
    return call("path_properties", { path });
  }

  async watchHere(path: string, deep: boolean, changed: () => void): Promise<() => void> {
    const id = ++this.watches;
    await call("folder_watch", { id, path, deep, changed: new Channel<null>(changed) });
    return () => void call("folder_unwatch", { id });
  }

  readFile(path: string): Promise<TextFile> {
    return call("file_read", { path });
  }

  writeFile(path: string, text: string, encoding = NEW_TEXT): Promise<Encoding> {
    return call("file_write", { path, text, encoding });
  }

  writeBytes(path: string, bytes: Uint8Array): Promise<void> {
    return call("file_write_bytes", { path, bytes: [...bytes] });
  }

  search(query: Query, tell: (event: SearchEvent) => void): Promise<void> {
    return call("search_start", { query, events: new Channel<SearchEvent>(tell) });
  }

  namesBelow(folder: string): Promise<string[]> {
    return call("search_names", { folder });
  }

  cancelSearch(): Promise<void> {
    return call("search_cancel");
  }

  replaceInFile(query: Query, path: string, expected: number): Promise<boolean> {
    return call("search_replace", { query, path, expected });
  }

  runHere(name: string, source: string, path: string | null): Promise<void> {
    return call("here_run", { name, source, path });
  }

  modulesHere(): Promise<string[]> {
    return call("here_modules");
  }

  typeHere(bytes: Uint8Array): Promise<void> {
    return call("here_type", { bytes: [...bytes] });
  }

  endInputHere(): Promise<void> {
    return call("here_end_input");
  }

  stopHere(): Promise<void> {
    return call("here_stop");
  }

  loadDesk(): Promise<string | null> {
    return call("desk_load");
  }

  saveDesk(desk: string): Promise<void> {
    return call("desk_save", new TextEncoder().encode(desk));
  }

  setDeskAside(): Promise<string> {
    return call("desk_set_aside");
  }

  loadSettings(): Promise<string | null> {
    return call("settings_load");
  }

  saveSettings(settings: string): Promise<void> {
    return call("settings_save", { settings });
  }

  version(): Promise<string> {
    return getVersion();
  }

  title(text: string): Promise<void> {
    return getCurrentWindow().setTitle(text);
  }

  zoom(factor: number): Promise<void> {
    return getCurrentWebview().setZoom(factor);
  }

  readonly texts: Texts = {
    open: (id, path, source) => call("code_open", { id, path, source }),
    edit: (id, changes) => call("code_edit", { id, changes }),
    close: (id) => call("code_close", { id }),
    outline: (id) => call("code_outline", { id }),
    complete: (id, at) => call("code_complete", { id, at }),
    hover: (id, at) => call("code_hover", { id, at }),
    signature: (id, at) => call("code_signature", { id, at }),
    definition: (id, at) => call("code_definition", { id, at }),
    diagnose: (id) => call("code_diagnose", { id }),
    rename: (id, at, name, folder) => call("code_rename", { id, at, name, folder }),
    document: (id, at, name) => call("code_document", { id, at, name }),
    format: (id) => call("code_format", { id }),
  };
}
