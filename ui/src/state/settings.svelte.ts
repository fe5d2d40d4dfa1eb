// The settings as they are now. The file holds only what differs from the table, so a better default reaches everybody who has not
// chosen; what this version does not know in it stays there.
import { KeyChoice } from "../keys/keys.svelte";
import { firstValues, fits, SETTING_KEYS, SETTINGS, type SettingKey, type SettingValue, type SettingValues } from "../settings/table";

export class Settings {
  private values = $state<SettingValues>(firstValues());
  readonly keys = new KeyChoice(() => this.keep());
  private unknown: Record<string, unknown> = {};
  private kept: Promise<unknown> = Promise.resolve();
  /** The text of the file as it was read or written last. */
  private known: string | null = null;

  /** `write` keeps the text of the file; one after the other. */
  constructor(private readonly write: (text: string) => Promise<unknown>) {}

  get<K extends SettingKey>(key: K): SettingValue<K> {
    return this.values[key];
  }

  set<K extends SettingKey>(key: K, value: SettingValue<K>): void {
    if (!fits(key, value)) return;
    this.values[key] = value as SettingValues[K];
    if (key === "keymap") this.keys.preset = this.values.keymap;
    this.keep();
  }

  /** Takes what is in the file, if that is news: another window may have written it, or a person by hand. */
  async follow(read: () => Promise<string | null>): Promise<void> {
    await this.kept;
    const before = this.text;
    const text = await read();
    // What was set while it was read is written next.
    if (text === null || text === this.known || this.text !== before) return;
    this.known = text;
    this.restore(text);
  }

  /** Takes the text of the file; what does not fit is as if it were absent. */
  restore(text: string): void {
    const file = JSON.parse(text) as Record<string, unknown>;
    if (typeof file !== "object" || file === null) throw new SyntaxError("the settings are not an object");
    const { keys, ...rest } = file;
    const values: Record<string, unknown> = firstValues();
    for (const key of SETTING_KEYS) if (fits(key, rest[key])) values[key] = rest[key];
    this.values = values as SettingValues;
    this.unknown = Object.fromEntries(Object.entries(rest).filter(([key]) => !Object.hasOwn(SETTINGS, key)));
    this.keys.preset = this.values.keymap;
    this.keys.restore(keys);
  }

  get text(): string {
    const chosen = SETTING_KEYS.filter((key) => this.values[key] !== SETTINGS[key].first).map((key) => [key, this.values[key]] as const);
    return `${JSON.stringify({ ...this.unknown, ...Object.fromEntries(chosen), keys: this.keys.own }, null, 2)}\n`;
  }

  private keep(): void {
    const text = (this.known = this.text);
    this.kept = this.kept.then(() => this.write(text));
  }
}
