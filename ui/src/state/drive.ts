// The two sides of the files page behind one interface: what can be done with names in a folder, here and on the board.
import type { Backend, Link, Place } from "../backend/backend";

/** A name in a folder. */
export type Item = { name: string; kind: "file" | "folder"; size: number; modified: number | null };

/** What is known of a file or folder. */
export type Facts = { path: string; kind: "file" | "folder"; size: number; files: number; modified: number | null; sha256: string | null };

export interface Drive {
  readonly place: Place;
  start(): Promise<string>;
  list(folder: string): Promise<Item[]>;
  makeFolder(path: string): Promise<void>;
  rename(from: string, to: string): Promise<void>;
  /** A folder with all that is in it. */
  remove(path: string, kind: Item["kind"]): Promise<void>;
  facts(path: string): Promise<Facts>;
}

/** Windows' paths are joined by `\`, all others by `/`. */
const separator = (folder: string): string => (/^[A-Za-z]:|^\\\\/.test(folder) ? "\\" : "/");

export const join = (folder: string, name: string): string =>
  folder.endsWith("/") || folder.endsWith("\\") ? folder + name : folder + separator(folder) + name;

/** The folder around it; null for the outermost. */
export function outer(folder: string): string | null {
  const inner = folder.replace(/[/\\]+$/, "");
  const at = Math.max(inner.lastIndexOf("/"), inner.lastIndexOf("\\"));
  if (at < 0) return null;
  const found = inner.slice(0, at);
  return found === "" || /^[A-Za-z]:$/.test(found) ? inner.slice(0, at + 1) : found;
}

/** A folder's path as the folders on the way to it, outermost first. */
export function trail(folder: string): { name: string; path: string }[] {
  const above = outer(folder);
  const name = folder.replace(/[/\\]+$/, "").split(/[/\\]/).pop() || folder;
  return [...(above === null ? [] : trail(above)), { name, path: folder }];
}

export class BoardDrive implements Drive {
  readonly place = "board";
  constructor(private readonly link: Link) {}

  start(): Promise<string> {
    return this.link.home();
  }

  async list(folder: string): Promise<Item[]> {
    return (await this.link.list(folder)).map((entry) => ({ ...entry, modified: null }));
  }

  makeFolder(path: string): Promise<void> {
    return this.link.makeFolder(path);
  }

  rename(from: string, to: string): Promise<void> {
    return this.link.rename(from, to);
  }

  remove(path: string, kind: Item["kind"]): Promise<void> {
    return kind === "folder" ? this.link.removeAll(path) : this.link.remove(path);
  }

  async facts(path: string): Promise<Facts> {
    const { kind, size, modified } = await this.link.properties(path);
    if (kind === "file") return { path, kind, size, files: 1, modified, sha256: await this.link.hash(path) };
    const inside = (await this.link.tree(path, false)).filter((node) => node.kind === "file");
    return { path, kind, size: inside.reduce((sum, node) => sum + node.size, 0), files: inside.length, modified, sha256: null };
  }
}

export class ComputerDrive implements Drive {
  readonly place = "computer";
  constructor(private readonly backend: Backend) {}

  start(): Promise<string> {
    return this.backend.homeHere();
  }

  list(folder: string): Promise<Item[]> {
    return this.backend.listHere(folder);
  }

  makeFolder(path: string): Promise<void> {
    return this.backend.makeFolderHere(path);
  }

  rename(from: string, to: string): Promise<void> {
    return this.backend.renameHere(from, to);
  }

  remove(path: string): Promise<void> {
    return this.backend.removeHere(path);
  }

  async facts(path: string): Promise<Facts> {
    return { path, ...(await this.backend.propertiesHere(path)) };
  }
}
