// Keys as people know them from elsewhere. A preset says where it differs from the table of commands; an empty key takes it away.
// Two strokes are written with a space: "Ctrl-X Ctrl-S".
import { emacsStyleKeymap } from "@codemirror/commands";
import { Prec, type Extension } from "@codemirror/state";
import { keymap } from "@codemirror/view";
import type { CommandId } from "../commands";

export type Keys = Partial<Record<CommandId, string>>;

export type Preset = {
  /** A name, the same in every language. */
  title: string;
  keys: Keys;
  /** What it is in the editor's text, beyond the usual; loaded when it is chosen. */
  editor?: (save: () => unknown) => Promise<Extension>;
};

export type PresetId = "taipan" | "vscode" | "thonny" | "arduino" | "mu" | "emacs" | "vim";

export const KEYMAPS: Record<PresetId, Preset> = {
  taipan: { title: "Taipan", keys: {} },
  vscode: {
    title: "VS Code",
    keys: {
      "page.explorer": "Ctrl-B",
      "view.board": "Ctrl-Alt-B",
      "run.here": "Ctrl-F5",
      "run.stop": "Shift-F5",
      "file.next": "Ctrl-Tab",
      "file.previous": "Ctrl-Shift-Tab",
      "edit.finding": "F8",
      "run.error": "Shift-F8",
      // In a text, theirs delete the line, and choose all places of a word.
      "page.packages": "Ctrl-Shift-X",
      "page.plotter": "Ctrl-Alt-L",
    },
  },
  thonny: {
    title: "Thonny",
    keys: { "run.here": "Ctrl-T", "view.editor": "Alt-E", "view.console": "Alt-S", "file.next": "Ctrl-Tab", "file.previous": "Ctrl-Shift-Tab" },
  },
  arduino: {
    title: "Arduino",
    keys: { "run.board": "Ctrl-U", "run.here": "Ctrl-R", "edit.format": "Ctrl-T", "edit.line": "Ctrl-L", "page.packages": "Ctrl-Shift-I", "view.console": "Ctrl-Shift-M", "view.messages": "" },
  },
  mu: {
    title: "Mu",
    keys: { "page.files": "F4", "page.plotter": "Ctrl-Shift-P", "view.console": "Ctrl-Shift-I", "edit.comment": "Ctrl-K", "edit.format": "Ctrl-Alt-F", "view.palette": "Ctrl-Alt-P" },
  },
  emacs: {
    title: "Emacs",
    keys: {
      "file.find": "Ctrl-X F",
      "file.new": "Ctrl-X Ctrl-N",
      "file.open": "Ctrl-X Ctrl-F",
      "file.save": "Ctrl-X Ctrl-S",
      "file.saveAs": "Ctrl-X Ctrl-W",
      "file.close": "Ctrl-X K",
      "file.next": "Ctrl-X ArrowRight",
      "file.previous": "Ctrl-X ArrowLeft",
      "edit.cut": "Ctrl-W",
      "edit.copy": "Alt-W",
      "edit.paste": "Ctrl-Y",
      "edit.comment": "Alt-;",
      "edit.line": "Alt-G G",
      "edit.undo": "Ctrl-/",
      "edit.redo": "Ctrl-Shift-/",
      "edit.find": "Ctrl-S",
      "edit.definition": "Alt-.",
      "view.palette": "Alt-X",
      "view.editor": "Ctrl-X O",
      "view.hideConsole": "Ctrl-X 1",
    },
    editor: async () => Prec.high(keymap.of([...emacsStyleKeymap])),
  },
  vim: {
    title: "Vim",
    // These keys are Vim's own.
    keys: { "file.new": "", "file.open": "", "file.find": "", "file.close": "", "view.hideConsole": "", "edit.find": "", "edit.redo": "", "edit.cut": "", "edit.copy": "", "edit.paste": "", "edit.line": "" },
    editor: async (save) => {
      const { Vim, vim } = await import("@replit/codemirror-vim");
      Vim.defineEx("write", "w", () => void save());
      return Prec.highest(vim({ status: true }));
    },
  },
};
