// THE table of settings: one row each. The page, the file in the person's folder and the types derive from it; what a setting is
// called stands in the catalogue under `setting.KEY`.
import { KEYMAPS } from "../keys/presets";
import { LANGUAGES, t, type Below } from "../messages/index.svelte";

export const SECTIONS = ["look", "keys", "editor", "console", "board"] as const satisfies readonly Below<"section">[];

type Section = (typeof SECTIONS)[number];
export type Toggle = { type: "toggle"; section: Section; first: boolean };
export type Range = { type: "range"; section: Section; first: number; least: number; most: number; step: number };
export type Choice<V extends string = string> = { type: "choice"; section: Section; first: V; words: Record<V, () => string> };

/** A line of words; what it may be, `sound` says. */
export type Words = { type: "words"; section: Section; first: string; sound: RegExp };

const toggle = (section: Section, first: boolean): Toggle => ({ type: "toggle", section, first });
const range = (section: Section, first: number, least: number, most: number, step: number): Range => ({ type: "range", section, first, least, most, step });
const choice = <V extends string>(section: Section, first: NoInfer<V>, words: Record<V, () => string>): Choice<V> => ({ type: "choice", section, first, words });

const words = (section: Section, first: string, sound: RegExp): Words => ({ type: "words", section, first, sound });

export const SETTINGS = {
  language: choice("look", "system", { system: () => t("theme.system"), en: () => LANGUAGES.en, de: () => LANGUAGES.de, es: () => LANGUAGES.es }),
  theme: choice("look", "system", {
    system: () => t("theme.system"),
    light: () => t("theme.light"),
    dark: () => t("theme.dark"),
    contrastLight: () => t("theme.contrastLight"),
    contrastDark: () => t("theme.contrastDark"),
  }),
  zoom: range("look", 100, 70, 200, 10),
  keymap: choice("keys", "taipan", {
    taipan: () => KEYMAPS.taipan.title,
    vscode: () => t("keymap.like", { name: KEYMAPS.vscode.title }),
    thonny: () => t("keymap.like", { name: KEYMAPS.thonny.title }),
    arduino: () => t("keymap.like", { name: KEYMAPS.arduino.title }),
    mu: () => t("keymap.like", { name: KEYMAPS.mu.title }),
    emacs: () => t("keymap.like", { name: KEYMAPS.emacs.title }),
    vim: () => KEYMAPS.vim.title,
  }),
  fontSize: range("editor", 14, 9, 32, 1),
  lineNumbers: toggle("editor", true),
  wrapLines: toggle("editor", false),
  closeBrackets: toggle("editor", true),
  completeAsYouType: toggle("editor", true),
  formatOnSave: toggle("editor", false),
  consoleFontSize: range("console", 13, 9, 32, 1),
  scrollback: range("console", 5000, 500, 50000, 500),
  virtualAtStart: toggle("board", true),
  packageIndex: words("board", "https://micropython.org/pi/v2", /^https?:\/\/\S+$/),
} as const;

export type SettingKey = keyof typeof SETTINGS;
export type SettingValue<K extends SettingKey> = (typeof SETTINGS)[K] extends { words: Record<infer V, unknown> } ? V : (typeof SETTINGS)[K]["first"];
export type SettingValues = { [K in SettingKey]: SettingValue<K> };

export const SETTING_KEYS = Object.keys(SETTINGS) as SettingKey[];

/** Whether `value`, which may come from a file that a person wrote, is one that this setting can have. */
export function fits(key: SettingKey, value: unknown): boolean {
  const row: Toggle | Range | Choice | Words = SETTINGS[key];
  switch (row.type) {
    case "toggle":
      return typeof value === "boolean";
    case "range":
      return typeof value === "number" && value >= row.least && value <= row.most;
    case "words":
      return typeof value === "string" && row.sound.test(value);
    case "choice":
      return typeof value === "string" && Object.hasOwn(row.words, value);
  }
}

export const firstValues = (): SettingValues => Object.fromEntries(SETTING_KEYS.map((key) => [key, SETTINGS[key].first])) as SettingValues;
