// What all scenes need: the window with a home of its own, its virtual board, and words for what one waits for.
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Driver, root } from "./driver";

const app = process.env.TAIPAN_APP ?? join(root, "target/debug/app");
export const interpreter = process.env.TAIPAN ?? join(root, "target/debug/taipan");

export class Stage {
  private opened: Driver | null = null;

  /** The person's folder; the window's own data lie in it, too. A second window has that of the first. */
  constructor(readonly home = mkdtempSync(join(tmpdir(), "taipan-window-"))) {}

  get driver(): Driver {
    if (!this.opened) throw new Error("the window is not open");
    return this.opened;
  }

  /** The interpreter behind a script that notes its process, so that a scene can pull the board's plug. */
  private wrapped(): string {
    const path = join(this.home, "taipan");
    writeFileSync(path, `#!/bin/sh\n[ "$1" = --board ] && echo $$ > '${join(this.home, "board.pid")}'\nexec '${interpreter}' "$@"\n`);
    chmodSync(path, 0o755);
    return path;
  }

  async open(): Promise<void> {
    const data = join(this.home, ".data");
    mkdirSync(data, { recursive: true });
    this.opened = await Driver.open(app, { TAIPAN: this.wrapped(), HOME: this.home, XDG_DATA_HOME: data, XDG_CONFIG_HOME: data, XDG_CACHE_HOME: data, LANGUAGE: "en" });
    await this.driver.wait("the board is ready", "return document.querySelector('.chip.ready') !== null");
  }

  async close(): Promise<void> {
    await this.opened?.close();
    this.opened = null;
  }

  /** Ends it as a crash would: it is told nothing. */
  async kill(): Promise<void> {
    await this.opened?.kill();
    this.opened = null;
  }

  /** Closes it, and removes all that it left. */
  async end(): Promise<void> {
    await this.close();
    rmSync(this.home, { recursive: true, force: true });
  }

  /** Ends the virtual board, as a pulled plug would. */
  unplug(): void {
    process.kill(Number(readFileSync(join(this.home, "board.pid"), "utf8")), "SIGKILL");
  }

  editorHasTheKeyboard(): Promise<unknown> {
    return this.driver.wait("the editor has the keyboard", "return document.activeElement?.classList.contains('cm-content')");
  }

  printed(place: "board" | "computer", text: string): Promise<unknown> {
    return this.driver.wait(`${place} prints ${text}`, "return taipan.screens[arguments[0]]?.lines().some((line) => line.includes(arguments[1]))", place, text);
  }

  chip(state: string): Promise<unknown> {
    return this.driver.wait(`the chip says ${state}`, `return document.querySelector(".chip.${state}") !== null`);
  }

  async newScript(text: string): Promise<void> {
    await this.driver.press("Ctrl", "1");
    await this.editorHasTheKeyboard(); // in the console Ctrl-N is the prompt's
    await this.driver.press("Ctrl", "n");
    await this.driver.wait("an empty tab", "return taipan.documents.active.text === ''");
    await this.editorHasTheKeyboard();
    await this.driver.type(text);
  }

  /** Types at the beginning of the text in the editor, and saves it where it came from. */
  async changeAndSave(text: string): Promise<void> {
    await this.driver.press("Ctrl", "1");
    await this.editorHasTheKeyboard();
    await this.driver.press("Ctrl", "Home");
    await this.driver.type(text);
    await this.driver.press("Ctrl", "s");
    await this.driver.wait("it is saved", "return !taipan.documents.active.unsaved");
  }

  /** Leaves a dialog by Escape: what lies below it takes clicks only when it is gone. */
  async dismiss(): Promise<void> {
    await this.driver.press("Escape");
    await this.driver.wait("the dialog is closed", "return document.querySelector('dialog[open]') === null");
  }

  async theme(theme: "light" | "dark" | "contrastLight" | "contrastDark"): Promise<void> {
    await this.driver.evaluate("taipan.settings.set('theme', arguments[0])", theme);
    await this.driver.wait("the theme", "return document.documentElement.dataset.theme === arguments[0]", theme.endsWith("ark") ? "dark" : "light");
  }

  /** What axe has against the page as it is now. */
  async objections(): Promise<string[]> {
    const there = await this.driver.evaluate<boolean>("return typeof axe === 'object'");
    if (!there) await this.driver.evaluate(readFileSync(join(root, "ui/node_modules/axe-core/axe.min.js"), "utf8"));
    return this.driver.evaluate(`
      const found = await axe.run(document, { resultTypes: ["violations"] });
      return found.violations.map((one) => one.id + ": " + one.nodes.map((node) => node.html.slice(0, 160) + " " + (node.any[0]?.message ?? "")).join(" | "));`);
  }

  /** A picture in each light, and nothing that axe objects to in either. */
  async look(name: string): Promise<string[]> {
    const found: string[] = [];
    for (const theme of ["dark", "light"] as const) {
      await this.theme(theme);
      await this.driver.screenshot(`${name}-${theme}`);
      found.push(...(await this.objections()).map((one) => `${theme}: ${one}`));
    }
    return found;
  }
}
