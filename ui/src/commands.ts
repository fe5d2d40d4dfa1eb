// THE table of commands. Menus, palette, tool bar and shortcuts derive from it: a new command is one row.
import { PAGES } from "./pages";
import type { Desk } from "./state/desk.svelte";

export const MENUS = ["File", "Edit", "Run", "Board", "View"] as const;

export type Command = {
  id: string;
  title: string;
  menu: (typeof MENUS)[number];
  /** As it is shown: "Ctrl-Shift-P". */
  key?: string;
  /** Holds while a terminal has the keyboard, too. Others leave the key to the program that runs there. */
  everywhere?: boolean;
  /** The editor answers the key itself; here it is only told. */
  editors?: boolean;
  when?: (desk: Desk) => boolean;
  run: (desk: Desk) => unknown;
};

const hasDocument = (desk: Desk): boolean => desk.documents.active !== null;
const online = (desk: Desk): boolean => desk.board.online;
const nextTheme = { system: "light", light: "dark", dark: "system" } as const;

export const COMMANDS: readonly Command[] = [
  { id: "file.new", title: "New file", menu: "File", key: "Ctrl-N", run: (desk) => desk.newFile() },
  { id: "file.open", title: "Open from this computer…", menu: "File", key: "Ctrl-O", run: (desk) => desk.openFromComputer() },
  { id: "file.save", title: "Save", menu: "File", key: "Ctrl-S", everywhere: true, when: hasDocument, run: (desk) => desk.save() },
  { id: "file.saveAs", title: "Save as…", menu: "File", key: "Ctrl-Shift-S", when: hasDocument, run: (desk) => desk.saveAs() },
  { id: "file.close", title: "Close tab", menu: "File", key: "Ctrl-W", when: hasDocument, run: (desk) => desk.close() },
  { id: "file.next", title: "Next tab", menu: "File", key: "Ctrl-PageDown", everywhere: true, run: (desk) => desk.documents.step(1) },
  { id: "file.previous", title: "Previous tab", menu: "File", key: "Ctrl-PageUp", everywhere: true, run: (desk) => desk.documents.step(-1) },

  { id: "edit.undo", title: "Undo", menu: "Edit", key: "Ctrl-Z", editors: true, when: hasDocument, run: (desk) => desk.editor?.undo() },
  { id: "edit.redo", title: "Redo", menu: "Edit", key: "Ctrl-Y", editors: true, when: hasDocument, run: (desk) => desk.editor?.redo() },
  { id: "edit.find", title: "Find and replace", menu: "Edit", key: "Ctrl-F", editors: true, when: hasDocument, run: (desk) => desk.editor?.find() },
  { id: "edit.definition", title: "Go to the definition", menu: "Edit", key: "F12", when: hasDocument, run: (desk) => desk.editor?.goToDefinition() },
  { id: "edit.rename", title: "Rename in this file…", menu: "Edit", key: "F2", when: hasDocument, run: (desk) => desk.editor?.rename() },

  { id: "run.board", title: "Run on the board", menu: "Run", key: "F5", everywhere: true, when: hasDocument, run: (desk) => desk.runOnBoard() },
  { id: "run.here", title: "Run on this computer", menu: "Run", key: "Shift-F5", everywhere: true, when: hasDocument, run: (desk) => desk.runHere() },
  { id: "run.stop", title: "Stop", menu: "Run", key: "Ctrl-F2", everywhere: true, when: (desk) => desk.canStop, run: (desk) => desk.stop() },
  { id: "run.error", title: "Go to the last error", menu: "Run", key: "F8", everywhere: true, run: (desk) => desk.jumpToLastError() },

  { id: "board.virtual", title: "Connect the virtual board", menu: "Board", run: (desk) => desk.connect(null) },
  { id: "board.again", title: "Connect again", menu: "Board", run: (desk) => desk.connect(desk.board.port) },
  { id: "board.disconnect", title: "Disconnect", menu: "Board", when: online, run: (desk) => desk.attempt(() => desk.backend.disconnect()) },
  { id: "board.reset", title: "Soft reset", menu: "Board", key: "Ctrl-Shift-D", everywhere: true, when: online, run: (desk) => desk.attempt(() => desk.backend.softReset()) },
  { id: "board.ports", title: "Look for serial ports", menu: "Board", run: (desk) => desk.attempt(() => desk.board.refreshPorts()) },
  { id: "board.files", title: "Refresh the board's files", menu: "Board", when: online, run: (desk) => desk.attempt(() => desk.board.refreshFiles()) },
  { id: "board.folder", title: "New folder on the board…", menu: "Board", when: online, run: (desk) => desk.newFolder("/") },

  { id: "view.palette", title: "All commands", menu: "View", key: "Ctrl-Shift-P", everywhere: true, run: (desk) => (desk.paletteOpen = true) },
  { id: "view.editor", title: "Go to the editor", menu: "View", key: "Ctrl-1", everywhere: true, run: (desk) => desk.showEditor() },
  ...PAGES.map(
    (page): Command => ({
      id: `page.${page.id}`,
      title: page.where === "side" ? `Show or hide the ${page.title.toLowerCase()}` : page.title,
      menu: "View",
      key: page.key,
      everywhere: true,
      run: (desk) => desk.showPage(page),
    }),
  ),
  { id: "view.console", title: "Go to the console", menu: "View", key: "Ctrl-`", everywhere: true, run: (desk) => desk.focusConsole() },
  { id: "view.hideConsole", title: "Show or hide the console", menu: "View", key: "Ctrl-J", run: (desk) => (desk.layout.console = !desk.layout.console) },
  { id: "view.board", title: "Show or hide the board", menu: "View", key: "Ctrl-Shift-B", everywhere: true, run: (desk) => (desk.layout.boardPanel = !desk.layout.boardPanel) },
  { id: "view.messages", title: "Messages", menu: "View", key: "Ctrl-Shift-M", everywhere: true, run: (desk) => (desk.messagesOpen = true) },
  { id: "view.clear", title: "Clear the console", menu: "View", run: (desk) => desk.screens[desk.layout.terminal]?.clear() },
  { id: "view.theme", title: "Light, dark, or as the system", menu: "View", run: (desk) => (desk.layout.theme = nextTheme[desk.layout.theme]) },
];

export const enabled = (command: Command, desk: Desk): boolean => command.when?.(desk) ?? true;

export function command(id: string): Command {
  const found = COMMANDS.find((command) => command.id === id);
  if (!found) throw new Error(`no command is called ${id}`);
  return found;
}

export function perform(command: Command, desk: Desk): void {
  if (enabled(command, desk)) command.run(desk);
}

/** The name of a pressed key, in the table's spelling. */
export function keyName(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">): string {
  // A shifted digit or backquote changes `key` with the layout of the keyboard; its place on the board does not.
  const key = event.code === "Backquote" ? "`" : event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const held = [
    (event.ctrlKey || event.metaKey) && "Ctrl",
    event.altKey && "Alt",
    event.shiftKey && "Shift",
  ].filter(Boolean);
  return [...held, key].join("-");
}

/** The command that a pressed key means; `inTerminal` when a terminal has the keyboard. */
export function commandFor(key: string, inTerminal: boolean): Command | undefined {
  return COMMANDS.find((command) => command.key === key && !command.editors && (command.everywhere || !inTerminal));
}
