// A plan as rows of a tree: folders as headings, and below each what happens to its files.
import type { Key } from "../messages/index.svelte";
import type { Step } from "../state/sync.svelte";

/** What happens, by sign and by word: colours only add to them. */
export const KINDS = {
  new: { sign: "+", word: "sync.new" },
  changed: { sign: "→", word: "sync.changed" },
  remove: { sign: "−", word: "sync.remove" },
  conflict: { sign: "!", word: "sync.conflict" },
} as const satisfies Record<string, { sign: string; word: Key }>;

export type StepKind = keyof typeof KINDS;

export type PlanRow = { path: string; name: string; depth: number; folder: boolean; step: Step | null };

export function kindOf(step: Step): StepKind {
  if (step.step === "upload") return step.replaces ? "changed" : "new";
  return step.step === "makeFolder" ? "new" : step.step;
}

/** Every step below the folders that it lies in, in the order of paths. */
export function rowsOf(steps: readonly Step[]): PlanRow[] {
  const rows = new Map<string, PlanRow>();
  const folders = new Set(steps.filter((step) => step.step === "makeFolder" || (step.step === "remove" && step.kind === "folder")).map((step) => step.path));
  const add = (path: string, step: Step | null, folder: boolean): void => {
    const parts = path.split("/");
    if (parts.length > 1 && !rows.has(parts.slice(0, -1).join("/"))) add(parts.slice(0, -1).join("/"), null, true);
    rows.set(path, { path, name: parts.at(-1) ?? path, depth: parts.length - 1, folder, step });
  };
  for (const step of [...steps].sort((a, b) => (a.path < b.path ? -1 : 1))) add(step.path, step, folders.has(step.path));
  // A folder's rows come right below it, which sorting by parts does and sorting by text does not ("a-b" before "a/b").
  const key = (row: PlanRow): string => row.path.replaceAll("/", "\u0000");
  return [...rows.values()].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** How many steps of each kind there are. */
export function tally(steps: readonly Step[]): Record<StepKind, number> {
  const counts: Record<StepKind, number> = { new: 0, changed: 0, remove: 0, conflict: 0 };
  for (const step of steps) counts[kindOf(step)]++;
  return counts;
}
