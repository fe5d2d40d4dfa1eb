// A terminal of xterm.js: its colours, its links, its keys.
import { FitAddon } from "@xterm/addon-fit";
import { Terminal, type ILink, type ITheme } from "@xterm/xterm";
import { commandFor, keyName } from "../commands";
import { t } from "../messages/index.svelte";
import type { MenuItem } from "../state/menu.svelte";
import type { Screen } from "../state/screen";
import { lineAt, linesOf } from "./lines";
import { spotsIn, type Spot } from "./tracebacks";

const LIGHT: ITheme = {
  background: "#fbfaf7", foreground: "#23312f", cursor: "#0f766e", cursorAccent: "#fbfaf7", selectionBackground: "#cfe6e0", scrollbarSliderBackground: "#1f2b2a22", scrollbarSliderHoverBackground: "#1f2b2a44", overviewRulerBorder: "#fbfaf7",
  black: "#23312f", red: "#b42318", green: "#2f7d32", yellow: "#8a5a00", blue: "#1d5fa8", magenta: "#8a3a8f", cyan: "#0f766e", white: "#6b7a77",
  brightBlack: "#6b7a77", brightRed: "#c8321f", brightGreen: "#3c8f3f", brightYellow: "#9a6700", brightBlue: "#2a6fbd", brightMagenta: "#9c4aa1", brightCyan: "#12897f", brightWhite: "#23312f",
};

const DARK: ITheme = {
  background: "#131b1b", foreground: "#d8e2df", cursor: "#5ec9b4", cursorAccent: "#131b1b", selectionBackground: "#2a4a47", scrollbarSliderBackground: "#dde7e422", scrollbarSliderHoverBackground: "#dde7e444", overviewRulerBorder: "#131b1b",
  black: "#131b1b", red: "#ff8a7a", green: "#8fd694", yellow: "#f2c879", blue: "#86b9f2", magenta: "#d6a2dc", cyan: "#5ec9b4", white: "#d8e2df",
  brightBlack: "#8a9a97", brightRed: "#ffa698", brightGreen: "#a9e4ad", brightYellow: "#ffd98a", brightBlue: "#a5cbf7", brightMagenta: "#e3bbe8", brightCyan: "#83dccb", brightWhite: "#f3f7f6",
};

export type Light = { readonly dark: boolean; readonly contrast: boolean };

/** With more contrast the colours stay, on black or white; xterm sees to their distance from it. */
function themeFor({ dark, contrast }: Light): ITheme {
  const theme = dark ? DARK : LIGHT;
  if (!contrast) return theme;
  const [background, foreground] = dark ? ["#000000", "#ffffff"] : ["#ffffff", "#000000"];
  return { ...theme, background, foreground, cursor: foreground, cursorAccent: background };
}

/** As much contrast as a text needs (WCAG 2, AA): a program chooses its colours for one background, and is shown on another. */
const READABLE = 4.5;

/** What a terminal does with what is typed, with places in tracebacks, and in its menu beside what all have. */
export type Wishes = { actions(): MenuItem[]; typed(bytes: string): unknown; pasted(text: string): unknown; jump(spot: Spot): void; label: string; convertEol: boolean };

export class XtermScreen implements Screen {
  readonly terminal: Terminal;
  private readonly fitter = new FitAddon();
  /** It had no place for a while. Letters have no width there, and xterm spaced them by that if anything was set meanwhile; setting something puts it right. */
  private unseen = false;
  private label = "";

  constructor(
    private readonly host: HTMLElement,
    light: Light,
    private readonly wishes: Wishes,
  ) {
    this.terminal = new Terminal({
      theme: themeFor(light),
      fontFamily: getComputedStyle(document.documentElement).getPropertyValue("--mono") || "monospace",
      fontSize: 13,
      lineHeight: 1.25,
      cursorBlink: true,
      scrollback: 5000,
      overviewRuler: { width: 10 },
      screenReaderMode: true,
      convertEol: wishes.convertEol,
    });
    this.terminal.loadAddon(this.fitter);
    this.terminal.onData((text) => wishes.typed(text));
    // Before xterm hears of it, who would type it.
    host.addEventListener("paste", (event) => this.takePaste(event), { capture: true });
    this.terminal.attachCustomKeyEventHandler((event) => this.passes(event));
    this.terminal.registerLinkProvider({ provideLinks: (row, found) => found(this.links(row)) });
  }

  get hasSelection(): boolean {
    return this.terminal.hasSelection();
  }

  copy(): void {
    void navigator.clipboard.writeText(this.terminal.getSelection());
    this.terminal.clearSelection();
  }

  paste(text: string): void {
    this.wishes.pasted(text);
    this.terminal.scrollToBottom();
  }

  private takePaste(event: ClipboardEvent): void {
    event.preventDefault();
    event.stopPropagation();
    this.paste(event.clipboardData?.getData("text/plain") ?? "");
  }

  selectAll(): void {
    this.terminal.selectAll();
  }

  /** Whether a key goes to the program. The window's own commands do not, nor does Ctrl-C while something is selected. */
  private passes(event: KeyboardEvent): boolean {
    const key = keyName(event);
    if (commandFor(key, true)) return false;
    if (event.type !== "keydown") return true;
    if ((key === "Ctrl-C" && this.terminal.hasSelection()) || key === "Ctrl-Shift-C") {
      this.copy();
      event.preventDefault();
      return false;
    }
    // The browser pastes by itself.
    return key !== "Ctrl-V" && key !== "Ctrl-Shift-V";
  }

  /** Places in tracebacks, in whichever rows of their line they stand. */
  links(row: number): ILink[] {
    const { text, cells } = lineAt(this.terminal.buffer.active, row - 1);
    return spotsIn(text).flatMap((spot): ILink[] => {
      const [start, end] = [cells[spot.start], cells[spot.end - 1]];
      if (!start || !end) return [];
      return [{ text: text.slice(spot.start, spot.end), range: { start, end }, activate: () => this.wishes.jump(spot) }];
    });
  }

  write(bytes: Uint8Array, drawn?: () => void): void {
    this.terminal.write(bytes, drawn);
  }

  clear(): void {
    this.terminal.clear();
  }

  focus(): void {
    this.terminal.focus();
  }

  lines(): string[] {
    return linesOf(this.terminal.buffer.active);
  }

  /** Fills its place. It takes what is written from the beginning, but is drawn only when it has a place: letters that nobody sees have no width. */
  fit(): void {
    if (!this.host.clientHeight) {
      this.unseen = true;
      return;
    }
    if (!this.terminal.element) {
      this.terminal.open(this.host);
      this.name();
    }
    if (this.unseen) this.terminal.options.theme = { ...this.terminal.options.theme };
    this.unseen = false;
    this.fitter.fit();
  }

  private name(): void {
    Terminal.strings.tooMuchOutput = t("console.tooMuch");
    this.terminal.textarea?.setAttribute("aria-label", this.label);
  }

  /** Shows it in that light, with letters of that many pixels and so many lines to scroll back; readers of screens call it so. */
  show(light: Light, fontSize: number, scrollback: number, label: string): void {
    this.label = label;
    this.name();
    Object.assign(this.terminal.options, { theme: themeFor(light), fontSize, scrollback, minimumContrastRatio: light.contrast ? 7 : READABLE });
    this.fit();
  }

  dispose(): void {
    this.terminal.dispose();
  }
}
