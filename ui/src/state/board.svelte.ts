// What the window knows of the board: the link, its lights and pins, its files as far as they were looked at.
import { Failure, type BoardEvent, type Entry, type Link, type Space } from "../backend/backend";
import type { Connection, Hardware, Identity } from "../backend/generated/board";
import { t } from "../messages/index.svelte";

export type LinkState = Connection["state"];

/** The shape of each state, beside its words: never colour alone. */
export const LINK_SHAPES: Record<LinkState, string> = { disconnected: "○", connecting: "◌", ready: "●", running: "▶", busy: "◆", lost: "✕" };

/** A line of the file tree. */
export type Row = { path: string; entry: Entry; depth: number; open: boolean };

export const joinPath = (folder: string, name: string): string => (folder === "/" ? `/${name}` : `${folder}/${name}`);

export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/")) || "/";

/** How bright an LED is that cannot be dimmed. */
const BRIGHTEST = 255;

const VIRTUAL = "virtual:";

/** The address of the virtual board of that number: the first, which most people have alone, has none. */
export const virtualPort = (number: number): string | null => (number === 1 ? null : `${VIRTUAL}${number}`);

/** Which virtual board an address means; null if it means another one. */
export const virtualNumber = (port: string | null): number | null => (port === null ? 1 : port.startsWith(VIRTUAL) ? Number(port.slice(VIRTUAL.length)) : null);

/** What a board is called by its address. */
export function portName(port: string | null): string {
  const number = virtualNumber(port);
  if (number === null) return port?.replace(/^tcp:/, "") ?? "";
  return number === 1 ? t("board.virtual") : t("board.virtualNumber", { number });
}

/** What is to be seen of a pin: its level, and its voltage or its pulses where it has some. */
export type Pin = { value: number; output: boolean; millivolts?: number | null; hertz?: number | null; duty?: number | null };

/** The pull along x, y and z, -32 to 31: 21 is the earth's. */
export type Axes = [number, number, number];

/** A display, and what it shows: `dots` are hexadecimal digits, eight dots in two, row behind row. */
export type Screen = Extract<Hardware, { screen: string }>;

export class BoardState {
  connection = $state.raw<Connection>({ state: "disconnected" });
  identity = $state.raw<Identity | null>(null);
  /** The folder where the board starts, as it said itself. */
  home = $state("/");
  known = $state(false);
  /** The room on its file system; null where the board cannot tell. */
  space = $state.raw<Space | null>(null);
  /** How bright each LED is, 0 to 255. */
  leds = $state<Record<number, number>>({});
  pins = $state<Record<string, Pin>>({});
  /** How the board is held, once a program has asked its accelerometer. */
  axes = $state.raw<Axes | null>(null);
  /** What displays show, by what a program reaches them by. */
  screens = $state.raw<Record<string, Screen>>({});
  /** The colours of strips of lights, by pin. */
  strips = $state.raw<Record<string, string[]>>({});
  /** How far a transfer is, from 0 to 1; null when there is none. */
  progress = $state<number | null>(null);
  /** Listings by folder; a folder that is absent has not been opened. */
  private folders = $state.raw<Record<string, Entry[]>>({});
  /** Counts looks at its files. */
  files = $state(0);
  /** What it can import, once somebody asked since the last look at its files; null if it could not say. */
  private importable: Promise<Set<string> | null> | null = null;
  readonly state: LinkState = $derived(this.connection.state);
  readonly online = $derived(this.state === "ready" || this.state === "running" || this.state === "busy");
  readonly isVirtual: boolean;
  /** Where it is; null is the first virtual board. */
  port = $state<string | null>(null);
  readonly rows: Row[] = $derived(this.rowsUnder(this.home, 0));

  constructor(
    private readonly link: Link,
    port: string | null,
  ) {
    this.port = port;
    this.isVirtual = virtualNumber(port) !== null;
  }

  get name(): string {
    return portName(this.port);
  }

  take(event: BoardEvent): void {
    switch (event.event) {
      case "connection":
        this.connection = event;
        if (event.state !== "busy") this.progress = null;
        if (!this.online) this.forget();
        break;
      case "identity":
        this.identity = { firmware: event.firmware, machine: event.machine };
        break;
      case "progress":
        this.progress = event.total > 0 ? event.done / event.total : null;
        break;
      case "hardware":
        this.see(event);
    }
  }

  /** Whether it has no such module. A board that runs a program, or cannot say, lacks none. */
  async lacks(module: string): Promise<boolean> {
    if ((this.state === "ready" || this.state === "busy") && this.known) this.importable ??= this.askModules();
    const names = await this.importable;
    return names ? !names.has(module) : false;
  }

  private async askModules(): Promise<Set<string> | null> {
    try {
      return new Set(await this.link.modules());
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      if (error.kind !== "raised") this.importable = null; // it was no moment to ask
      return null;
    }
  }

  /** Takes what is to be seen of a virtual board. */
  private see(seen: Hardware): void {
    if ("led" in seen && typeof seen.led === "number") this.leds[seen.led] = seen.on === true ? Number(seen.intensity ?? BRIGHTEST) : 0;
    else if ("pin" in seen && typeof seen.pin === "string") {
      const { pin, ...rest } = seen as { pin: string } & Partial<Pin>;
      this.pins[pin] = { ...rest, value: Number(rest.value ?? 0), output: rest.output === true };
    } else if ("accel" in seen && Array.isArray(seen.accel)) this.axes = seen.accel as Axes;
    else if ("screen" in seen && typeof seen.screen === "string") this.screens = { ...this.screens, [seen.screen]: seen as Screen };
    else if ("strip" in seen && typeof seen.strip === "string") this.strips = { ...this.strips, [seen.strip]: seen.colours as string[] };
  }

  private forget(): void {
    this.importable = null;
    this.files++;
    this.home = "/";
    this.known = false;
    this.folders = {};
    this.leds = {};
    this.pins = {};
    this.axes = null;
    this.screens = {};
    this.strips = {};
    this.space = null;
    this.identity = null;
  }

  /** Lists `folder` again, and thereby opens it in the tree. */
  async openFolder(folder: string): Promise<void> {
    this.folders = { ...this.folders, [folder]: await this.link.list(folder) };
    this.importable = null;
    this.files++;
    await this.measure();
  }

  /** Asks a board that has just arrived where its files are. */
  async findHome(): Promise<void> {
    this.home = (await this.link.home()) || "/";
    this.known = true;
  }

  async measure(): Promise<void> {
    this.space = await this.link.space(this.home);
  }

  closeFolder(folder: string): void {
    const below = folder === "/" ? "/" : `${folder}/`;
    this.folders = Object.fromEntries(
      Object.entries(this.folders).filter(([path]) => path !== folder && !path.startsWith(below)),
    );
  }

  /** Lists every open folder again. */
  async refreshFiles(): Promise<void> {
    const open = new Set([this.home, ...Object.keys(this.folders)]);
    for (const folder of [...open].sort()) {
      if (folder === this.home || this.exists(folder)) await this.openFolder(folder);
      else this.closeFolder(folder);
    }
  }

  /** Whether the listings we have show something at `path`. */
  exists(path: string): boolean {
    return (this.folders[folderOf(path)] ?? []).some((entry) => joinPath(folderOf(path), entry.name) === path);
  }

  private rowsUnder(folder: string, depth: number): Row[] {
    return (this.folders[folder] ?? []).flatMap((entry) => {
      const path = joinPath(folder, entry.name);
      const open = entry.kind === "folder" && path in this.folders;
      return [{ path, entry, depth, open }, ...(open ? this.rowsUnder(path, depth + 1) : [])];
    });
  }
}
