// THE table of commands. Menus, palette, tool bar and shortcuts derive from it: a new command is one row.
export { commandFor, keyOf, Strokes } from "./keys/keys.svelte";
import { PAGES, pageOf, type PageId } from "./pages";
import { t, type Below } from "./messages/index.svelte";
import type { Desk } from "./state/desk.svelte";

export const MENUS = ["file", "edit", "run", "board", "view"] as const;

/** A command has words in the catalogue, under its name; that of a page has the page's. */
export type CommandId = Below<"command"> | `page.${PageId}`;

export type Command = {
  id: CommandId;
  menu: (typeof MENUS)[number];
  /** As it is shown: "Ctrl-Shift-P". */
  key?: string;
  /** Holds while a terminal has the keyboard, too. Others leave the key to the program that runs there. */
  everywhere?: boolean;
  /** In its menu a line stands above it. */
  begins?: true;
  /** The editor answers the key itself; here it is only told. */
  editors?: boolean;
  when?: (desk: Desk) => boolean;
  run: (desk: Desk) => unknown;
};

const hasDocument = (desk: Desk): boolean => desk.documents.active !== null;
const several = (desk: Desk): boolean => desk.several;
const online = (desk: Desk): boolean => desk.board.online;
const nextTheme = { system: "light", light: "dark", dark: "system", contrastLight: "contrastDark", contrastDark: "contrastLight" } as const;

function zoom(desk: Desk, by: number): void {
  desk.settings.set("zoom", desk.settings.get("zoom") + by);
}

export const COMMANDS: readonly Command[] = [
  { id: "file.new", menu: "file", key: "Ctrl-N", run: (desk) => desk.newFile() },
  { id: "file.open", menu: "file", key: "Ctrl-O", run: (desk) => desk.openFromComputer() },
  { id: "file.find", menu: "file", key: "Ctrl-P", run: (desk) => desk.showPalette("files") },
  { id: "file.save", menu: "file", begins: true, key: "Ctrl-S", everywhere: true, when: hasDocument, run: (desk) => desk.save() },
  { id: "file.saveAs", menu: "file", key: "Ctrl-Shift-S", when: hasDocument, run: (desk) => desk.saveAs() },
  { id: "file.saveAll", menu: "file", key: "Ctrl-Alt-S", everywhere: true, when: hasDocument, run: (desk) => desk.saveAll() },
  { id: "file.close", menu: "file", begins: true, key: "Ctrl-W", when: hasDocument, run: (desk) => desk.close() },
  { id: "file.reopen", menu: "file", key: "Ctrl-Shift-T", run: (desk) => desk.reopen() },
  { id: "file.next", menu: "file", key: "Ctrl-PageDown", everywhere: true, run: (desk) => desk.documents.step(1) },
  { id: "file.previous", menu: "file", key: "Ctrl-PageUp", everywhere: true, run: (desk) => desk.documents.step(-1) },

  { id: "edit.undo", menu: "edit", key: "Ctrl-Z", editors: true, when: hasDocument, run: (desk) => desk.editor?.undo() },
  { id: "edit.redo", menu: "edit", key: "Ctrl-Y", editors: true, when: hasDocument, run: (desk) => desk.editor?.redo() },
  { id: "edit.cut", menu: "edit", begins: true, key: "Ctrl-X", editors: true, when: hasDocument, run: (desk) => desk.editor?.cut() },
  { id: "edit.copy", menu: "edit", key: "Ctrl-C", editors: true, when: hasDocument, run: (desk) => desk.editor?.copy() },
  { id: "edit.paste", menu: "edit", key: "Ctrl-V", editors: true, when: hasDocument, run: (desk) => desk.editor?.paste() },
  { id: "edit.find", menu: "edit", begins: true, key: "Ctrl-F", editors: true, when: hasDocument, run: (desk) => desk.editor?.find() },
  { id: "edit.line", menu: "edit", key: "Ctrl-G", when: hasDocument, run: (desk) => desk.goToLine() },
  { id: "edit.comment", menu: "edit", key: "Ctrl-/", editors: true, when: hasDocument, run: (desk) => desk.editor?.comment() },
  { id: "edit.definition", menu: "edit", begins: true, key: "F12", when: hasDocument, run: (desk) => desk.editor?.goToDefinition() },
  { id: "edit.rename", menu: "edit", key: "F2", when: hasDocument, run: (desk) => desk.editor?.rename() },
  { id: "edit.finding", menu: "edit", key: "Shift-F8", when: hasDocument, run: (desk) => desk.editor?.nextFinding() },
  { id: "edit.format", menu: "edit", key: "Ctrl-Shift-I", when: hasDocument, run: (desk) => desk.editor?.format() },

  { id: "run.board", menu: "run", key: "F5", everywhere: true, when: hasDocument, run: (desk) => desk.runOnBoard() },
  { id: "run.here", menu: "run", key: "Shift-F5", everywhere: true, when: hasDocument, run: (desk) => desk.runHere() },
  { id: "run.selection", menu: "run", key: "F9", when: (desk) => hasDocument(desk) && online(desk), run: (desk) => desk.runSelection() },
  { id: "run.stop", menu: "run", key: "Ctrl-F2", everywhere: true, when: (desk) => desk.canStop, run: (desk) => desk.stop() },
  { id: "run.error", menu: "run", begins: true, key: "F8", everywhere: true, run: (desk) => desk.jumpToLastError() },

  { id: "board.virtual", menu: "board", run: (desk) => desk.connect(null) },
  { id: "board.another", menu: "board", run: (desk) => desk.connectAnotherVirtual() },
  { id: "board.again", menu: "board", run: (desk) => desk.connect(desk.board.port) },
  { id: "board.network", menu: "board", run: (desk) => desk.connectByNetwork() },
  { id: "board.next", menu: "board", begins: true, key: "Ctrl-Shift-PageDown", everywhere: true, when: several, run: (desk) => desk.stepStation(1) },
  { id: "board.previous", menu: "board", key: "Ctrl-Shift-PageUp", everywhere: true, when: several, run: (desk) => desk.stepStation(-1) },
  { id: "board.disconnect", menu: "board", begins: true, when: online, run: (desk) => desk.disconnect() },
  { id: "board.reset", menu: "board", key: "Ctrl-Shift-D", everywhere: true, when: online, run: (desk) => desk.station.attempt(() => desk.station.link.softReset()) },
  { id: "board.ports", menu: "board", begins: true, run: (desk) => desk.attempt(() => desk.refreshPorts()) },
  { id: "board.files", menu: "board", when: online, run: (desk) => desk.station.attempt(() => desk.station.lookAgain()) },
  { id: "board.folder", menu: "board", when: online, run: (desk) => desk.station.newFolder(desk.board.home) },
  { id: "board.traffic", menu: "board", run: (desk) => desk.backup.saveTraffic() },

  { id: "view.palette", menu: "view", key: "Ctrl-Shift-P", everywhere: true, run: (desk) => desk.showPalette("commands") },
  { id: "view.editor", menu: "view", key: "Ctrl-1", everywhere: true, run: (desk) => desk.showEditor() },
  ...PAGES.map(
    (page): Command => ({
      id: `page.${page.id}`,
      menu: "view",
      key: page.key,
      everywhere: true,
      run: (desk) => desk.showPage(page),
    }),
  ),
  { id: "view.console", menu: "view", begins: true, key: "Ctrl-`", everywhere: true, run: (desk) => desk.focusConsole() },
  { id: "view.hideConsole", menu: "view", key: "Ctrl-J", run: (desk) => (desk.layout.console = !desk.layout.console) },
  { id: "view.board", menu: "view", key: "Ctrl-Shift-B", everywhere: true, run: (desk) => (desk.layout.boardPanel = !desk.layout.boardPanel) },
  { id: "view.messages", menu: "view", key: "Ctrl-Shift-M", everywhere: true, run: (desk) => (desk.messagesOpen = true) },
  { id: "view.clear", menu: "view", run: (desk) => desk.screens[desk.layout.terminal]?.clear() },
  { id: "view.theme", menu: "view", begins: true, run: (desk) => desk.settings.set("theme", nextTheme[desk.settings.get("theme")]) },
  { id: "view.zoomIn", menu: "view", key: "Ctrl-+", everywhere: true, run: (desk) => zoom(desk, 10) },
  { id: "view.zoomOut", menu: "view", key: "Ctrl--", everywhere: true, run: (desk) => zoom(desk, -10) },
  { id: "view.zoomReset", menu: "view", key: "Ctrl-0", everywhere: true, run: (desk) => desk.settings.set("zoom", 100) },
  { id: "view.menus", menu: "view", key: "F10", run: (desk) => desk.openMenus?.() },
];

export const enabled = (command: Command, desk: Desk): boolean => command.when?.(desk) ?? true;

export function titleOf({ id }: Pick<Command, "id">): string {
  if (!isPage(id)) return t(`command.${id}`);
  const page = pageOf(id.slice("page.".length));
  const title = page ? t(`page.${page.id}`) : "";
  return page?.where === "side" ? t("page.toggle", { page: title }) : title;
}

const isPage = (id: CommandId): id is `page.${PageId}` => id.startsWith("page.");

export function command(id: CommandId): Command {
  const found = COMMANDS.find((command) => command.id === id);
  if (!found) throw new Error(`no command is called ${id}`);
  return found;
}

export function perform(command: Command, desk: Desk): void {
  if (!enabled(command, desk)) return;
  if (command.menu === "edit") desk.layout.page = null; // what is done to a text is seen
  command.run(desk);
}

/** The name of a pressed key, in the table's spelling. */
export function keyName(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  // A shifted digit or backquote changes `key` with the layout of the keyboard; its place on the board does not.
  // Plus is Shift with "=" on some keyboards and a key of its own on others.
  const plus = event.key === "=" || event.key === "+";
  const key = event.code === "Backquote" ? "`" : plus ? "+" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const held = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && !plus && "Shift",
  ].filter(Boolean);
  return [...held, key].join("-");
}
