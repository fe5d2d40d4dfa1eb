// THE table of pages. The rail at the left, the View menu, the palette and shortcuts derive from it: a new page is one row.
//
// A page is loaded when it is opened for the first time: the window is ready to type in before any of them.
import type { Component } from "svelte";
import type { Below } from "./messages/index.svelte";
import type { IconName } from "./shell/icons";
import type { Desk } from "./state/desk.svelte";

/** A page has words in the catalogue, under its name. */
export type PageId = Exclude<Below<"page">, "editor" | "label" | "toggle" | "broken">;

export type Page = {
  id: PageId;
  icon: IconName;
  /** Beside the editor, or in its place. */
  where: "side" | "work";
  /** It has nothing to do with the console, and takes its place, too. */
  whole?: true;
  /** As it is shown: "Ctrl-2". */
  key?: string;
  load: () => Promise<{ default: Component<{ desk: Desk }> }>;
};

export const PAGES: readonly Page[] = [
  { id: "files", icon: "files", where: "work", key: "Ctrl-2", load: () => import("./files/FilesPage.svelte") },
  { id: "sync", icon: "sync", where: "work", key: "Ctrl-3", load: () => import("./sync/SyncPage.svelte") },
  { id: "backup", icon: "backup", where: "work", key: "Ctrl-4", load: () => import("./backup/BackupPage.svelte") },
  { id: "explorer", icon: "explorer", where: "side", key: "Ctrl-Shift-E", load: () => import("./files/Explorer.svelte") },
  { id: "packages", icon: "packages", where: "work", key: "Ctrl-Shift-K", load: () => import("./packages/PackagesPage.svelte") },
  { id: "firmware", icon: "firmware", where: "work", whole: true, key: "Ctrl-6", load: () => import("./firmware/FirmwarePage.svelte") },
  { id: "search", icon: "search", where: "side", key: "Ctrl-Shift-F", load: () => import("./search/SearchPage.svelte") },
  { id: "variables", icon: "variables", where: "side", load: () => import("./variables/VariablesPage.svelte") },
  { id: "plotter", icon: "plotter", where: "work", key: "Ctrl-Shift-L", load: () => import("./plot/PlotterPage.svelte") },
  { id: "start", icon: "start", where: "work", whole: true, load: () => import("./start/StartPage.svelte") },
  { id: "help", icon: "help", where: "work", whole: true, key: "F1", load: () => import("./help/HelpPage.svelte") },
  { id: "settings", icon: "settings", where: "work", whole: true, key: "Ctrl-,", load: () => import("./settings/SettingsPage.svelte") },
];

export const pageOf = (id: string | null): Page | undefined => PAGES.find((page) => page.id === id);
