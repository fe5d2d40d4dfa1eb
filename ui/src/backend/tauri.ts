// The program behind the page. The only file that names Tauri.
import { Channel, invoke } from "@tauri-apps/api/core";
import { getCurrentWebview } from "@tauri-apps/api/webview";
import { getCurrentWindow } from "@tauri-apps/api/window";
import { open, save } from "@tauri-apps/plugin-dialog";
import { Failure, type Backend, type BoardEvent, type CopyPlan, type CopyWay, type Entry, type FileKind, type Firmware, type HereEntry, type HereEvent, type HereProperties, type Listener, type Manifest, type Node, type Packages, type Place, type Port, type Properties, type Query, type SearchEvent, type Space, type SyncOptions, type SyncPlan, type Texts, type Touch, type Variable } from "./backend";
import type { Moved, Problem, Reply, Request } from "./generated/board";

const ALL = { name: "All files", extensions: ["*"] };
const FILTERS = {
  python: [{ name: "Python", extensions: ["py", "pyi"] }, ALL],
  archive: [{ name: "Backup of a board", extensions: ["zip"] }, ALL],
  log: [{ name: "Text", extensions: ["txt", "log"] }, ALL],
} satisfies Record<FileKind, object[]>;

const FIRMWARE = [{ name: "Firmware", extensions: ["dfu", "hex", "uf2", "bin"] }];

/** `invoke`, with a `Failure` for what Rust calls a problem. */
async function call<T>(command: string, args: Record<string, unknown> = {}): Promise<T> {
  try {
    return await invoke<T>(command, args);
  } catch (problem) {
    if (typeof problem === "string") throw new Failure("internal", problem);
    const { message, error } = problem as Problem;
    throw new Failure(error.kind, message, "in_place" in error && error.in_place);
  }
}

/** Asks the board and picks the answer of the expected form. */
async function ask<R extends Reply["reply"]>(request: Request, wanted: R): Promise<Extract<Reply, { reply: R }>> {
  const reply = await call<Reply>("board_ask", { request });
  if (reply.reply !== wanted) throw new Failure("internal", `The board link answered ${reply.reply} to ${request.request}.`);
  return reply as Extract<Reply, { reply: R }>;
}

function textOf(path: string, bytes: number[]): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    throw new Failure("notText", `${path} is not a text file (UTF-8), so it cannot be opened in the editor.`);
  }
}

const tell = async (request: Request): Promise<void> => void (await ask(request, "done"));

export class TauriBackend implements Backend {
  private watches = 0;

  async listen(listener: Listener): Promise<void> {
    const events = new Channel<BoardEvent>((event) => listener.board(event));
    await call("board_listen", { events, output: this.outlet("board", "board_drawn", listener) });
    const here = new Channel<HereEvent>((event) => listener.here(event));
    await call("here_listen", { events: here, output: this.outlet("computer", "here_drawn", listener) });
    const page = getCurrentWindow();
    await page.onCloseRequested(() => listener.closing());
  }

  /** Terminal bytes; tells what has been drawn, so that no more is sent than the page can take. */
  private outlet(place: Place, drawn: string, listener: Listener): Channel<ArrayBuffer> {
    return new Channel<ArrayBuffer>((bytes) => {
      listener.output(place, new Uint8Array(bytes), () => void call(drawn, { count: bytes.byteLength }));
    });
  }

  async ports(): Promise<Port[]> {
    return (await ask({ request: "ports" }, "ports")).ports;
  }

  connect(port: string | null): Promise<void> {
    if (port === null) return call("board_start_virtual");
    return tell({ request: "attach", target: { kind: "serial", port, baud: 115200 } });
  }

  disconnect(): Promise<void> {
    return tell({ request: "detach" });
  }

  type(bytes: Uint8Array): Promise<void> {
    return tell({ request: "type", bytes: [...bytes] });
  }

  run(name: string, source: string): Promise<void> {
    return tell({ request: "run", name, source, start: "fresh" });
  }

  stop(): Promise<void> {
    return tell({ request: "stop" });
  }

  softReset(): Promise<void> {
    return tell({ request: "softReset" });
  }

  touch(touch: Touch): Promise<void> {
    return tell({ request: "touch", touch });
  }

  async variables(): Promise<Variable[]> {
    return (await ask({ request: "variables" }, "variables")).variables;
  }

  async list(folder: string): Promise<Entry[]> {
    return (await ask({ request: "list", path: folder }, "entries")).entries;
  }

  async read(path: string): Promise<string> {
    return textOf(path, (await ask({ request: "read", path }, "data")).bytes);
  }

  write(path: string, text: string): Promise<void> {
    return tell({ request: "write", path, data: [...new TextEncoder().encode(text)] });
  }

  replace(path: string, text: string): Promise<void> {
    return tell({ request: "replace", path, data: [...new TextEncoder().encode(text)] });
  }

  makeFolder(path: string): Promise<void> {
    return tell({ request: "makeFolder", path });
  }

  remove(path: string): Promise<void> {
    return tell({ request: "remove", path });
  }

  rename(from: string, to: string): Promise<void> {
    return tell({ request: "rename", from, to });
  }

  removeAll(path: string): Promise<void> {
    return tell({ request: "removeAll", path });
  }

  async home(): Promise<string> {
    return (await ask({ request: "home" }, "path")).path;
  }

  async tree(path: string, hashed: boolean): Promise<Node[]> {
    return (await ask({ request: "tree", path, hashed }, "tree")).nodes;
  }

  async properties(path: string): Promise<Properties> {
    return (await ask({ request: "properties", path }, "properties")).properties;
  }

  async hash(path: string): Promise<string> {
    return (await ask({ request: "hash", path }, "hash")).sha256;
  }

  async space(path: string): Promise<Space> {
    return (await ask({ request: "space", path }, "space")).space;
  }

  cancel(): Promise<void> {
    return tell({ request: "cancel" });
  }

  async planCopy(way: CopyWay, from: string[], to: string): Promise<CopyPlan> {
    return (await ask({ request: way === "toBoard" ? "planToBoard" : "planToComputer", from, to }, "copyPlan")).plan;
  }

  copy(plan: CopyPlan): Promise<void> {
    return tell({ request: "copy", plan });
  }

  async planSync(folder: string, root: string, options: SyncOptions): Promise<SyncPlan> {
    return (await ask({ request: "planSync", folder, root, options }, "plan")).plan;
  }

  applySync(folder: string, root: string, plan: SyncPlan, whole: boolean): Promise<void> {
    return tell({ request: whole ? "deploy" : "applySync", folder, root, plan });
  }

  async backup(root: string, archive: string): Promise<Manifest> {
    return (await ask({ request: "backup", root, archive }, "manifest")).manifest;
  }

  async lookInto(archive: string): Promise<Manifest> {
    return (await ask({ request: "lookInto", archive }, "manifest")).manifest;
  }

  async readArchived(archive: string, path: string): Promise<string> {
    return textOf(path, (await ask({ request: "readArchived", archive, path }, "data")).bytes);
  }

  restore(archive: string, root: string, only: string[]): Promise<void> {
    return tell({ request: "restore", archive, root, only });
  }

  saveTraffic(path: string): Promise<void> {
    return call("board_save_traffic", { path });
  }

  askOpen(kind: FileKind = "python"): Promise<string | null> {
    return open({ multiple: false, directory: false, filters: FILTERS[kind] });
  }

  askSave(name: string, kind: FileKind = "python"): Promise<string | null> {
    return save({ defaultPath: name, filters: FILTERS[kind] });
  }

  askFolder(): Promise<string | null> {
    return open({ multiple: false, directory: true });
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

  propertiesHere(path: string): Promise<HereProperties> {
    return call("path_properties", { path });
  }

  async watchHere(path: string, deep: boolean, changed: () => void): Promise<() => void> {
    const id = ++this.watches;
    await call("folder_watch", { id, path, deep, changed: new Channel<null>(changed) });
    return () => void call("folder_unwatch", { id });
  }

  readFile(path: string): Promise<string> {
    return call("file_read", { path });
  }

  writeFile(path: string, text: string): Promise<void> {
    return call("file_write", { path, text });
  }

  writeBytes(path: string, bytes: Uint8Array): Promise<void> {
    return call("file_write_bytes", { path, bytes: [...bytes] });
  }

  search(query: Query, tell: (event: SearchEvent) => void): Promise<void> {
    return call("search_start", { query, events: new Channel<SearchEvent>(tell) });
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

  typeHere(bytes: Uint8Array): Promise<void> {
    return call("here_type", { bytes: [...bytes] });
  }

  stopHere(): Promise<void> {
    return call("here_stop");
  }

  loadDesk(): Promise<string | null> {
    return call("desk_load");
  }

  saveDesk(desk: string): Promise<void> {
    return call("desk_save", { desk });
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

  zoom(factor: number): Promise<void> {
    return getCurrentWebview().setZoom(factor);
  }

  readonly firmware: Firmware = {
    waiting: () => call("firmware_waiting"),
    images: () => call("firmware_images"),
    check: (path, address) => call("firmware_check", { path, address }),
    askFile: () => open({ multiple: false, directory: false, filters: FIRMWARE }),
    renew: (wish, save, moved) => call("firmware_renew", { wish, save, moves: new Channel<Moved>(moved) }),
    giveUp: () => call("firmware_give_up"),
    pull: () => call("firmware_pull"),
    rules: () => call("firmware_rules"),
  };

  readonly packages: Packages = {
    offers: async (index) => (await ask({ request: "offeredPackages", index }, "offers")).offers,
    list: async () => (await ask({ request: "packages" }, "packages")).packages,
    install: async (index, wanted) => (await ask({ request: "installPackage", index, wanted }, "changed")).change,
    remove: async (name) => (await ask({ request: "removePackage", name }, "changed")).change,
  };

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
    rename: (id, at, name) => call("code_rename", { id, at, name }),
    document: (id, at, name) => call("code_document", { id, at, name }),
    format: (id) => call("code_format", { id }),
  };
}
