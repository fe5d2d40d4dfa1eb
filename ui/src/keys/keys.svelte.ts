// Which key performs which command: the preset, and what the person has changed. `commands.ts` asks here.
import { COMMANDS, type Command, type CommandId } from "../commands";
import { KEYMAPS, type Keys, type PresetId } from "./presets";

let preset = $state<PresetId>("taipan");
let own = $state.raw<Keys>({});

/** The key of a command, as it is shown; empty if it has none. */
export const keyOf = (id: CommandId): string => own[id] ?? KEYMAPS[preset].keys[id] ?? tableKey(id);

const tableKey = (id: CommandId): string => COMMANDS.find((command) => command.id === id)?.key ?? "";

/** Whether the editor itself answers the key: it does so for its own keys, not for those of a preset or a person. */
const editors = (command: Command): boolean => command.editors === true && keyOf(command.id) === command.key;

/** Whether a terminal leaves the key to this command: the control keys of the prompt it keeps, but for those of the table. */
const leaves = (command: Command, key: string): boolean => command.everywhere === true && (key === command.key || !/^Ctrl-[A-Z]$/.test(key));

/** The command that a pressed key means; `inTerminal` when a terminal has the keyboard, which has no keys of two strokes. */
export const commandFor = (key: string, inTerminal: boolean): Command | undefined =>
  COMMANDS.find((command) => keyOf(command.id) === key && !editors(command) && (!inTerminal || leaves(command, key)));

/** Keys of two strokes: remembers the first. */
export class Strokes {
  private first = "";

  /** The command of this stroke, "more" if it begins one of two strokes, or nothing. */
  take(key: string, inTerminal: boolean): Command | "more" | undefined {
    if (/(^|-)(Control|Shift|Alt|Meta)$/.test(key)) return undefined;
    const whole = this.first ? `${this.first} ${key}` : key;
    const second = this.first !== "";
    this.first = "";
    const command = commandFor(whole, inTerminal);
    if (command) return command;
    const begins = !inTerminal && !second && COMMANDS.some(({ id }) => keyOf(id).startsWith(`${key} `));
    if (begins) this.first = key;
    return begins || second ? "more" : undefined;
  }
}

/** Commands that cannot be reached, since another has their key, or a key that begins theirs; each with that other. */
export function conflicts(): Map<CommandId, CommandId> {
  const found = new Map<CommandId, CommandId>();
  for (const { id } of COMMANDS) {
    const key = keyOf(id);
    const other = COMMANDS.find((other) => other.id !== id && key !== "" && (keyOf(other.id) === key || key.startsWith(`${keyOf(other.id)} `)) && keyOf(other.id) !== "");
    if (other) found.set(id, other.id);
  }
  return found;
}

/** What the person has chosen. There is one keyboard, so this is a door to the module's state. */
export class KeyChoice {
  constructor(private readonly changed: () => void) {}

  get preset(): PresetId {
    return preset;
  }

  set preset(wanted: PresetId) {
    preset = wanted;
  }

  get own(): Keys {
    return own;
  }

  /** Gives a command another key; an empty one takes it away, null gives back the preset's. */
  change(id: CommandId, key: string | null): void {
    const { [id]: _, ...rest } = own;
    own = key === null ? rest : { ...rest, [id]: key };
    this.changed();
  }

  /** Takes what a file says; what is no command of today is left out. */
  restore(kept: unknown): void {
    const known = ([id, key]: [string, unknown]): boolean => typeof key === "string" && COMMANDS.some((command) => command.id === id);
    own = typeof kept === "object" && kept ? (Object.fromEntries(Object.entries(kept).filter(known)) as Keys) : {};
  }
}
