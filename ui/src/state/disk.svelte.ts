// Tabs follow their files: the folders that open files of this computer lie in are watched, and what another program writes is shown.
import { folderOf } from "./board.svelte";
import type { Desk } from "./desk.svelte";
import type { Document } from "./documents.svelte";

const folderHere = ({ home }: Document): string | null => (home?.place === "computer" ? folderOf(home.path) : null);

/** Watches until the function that it answers is called. */
export function followDisk(desk: Desk): () => void {
  const watched = new Map<string, Promise<() => void>>();

  async function watch(folder: string): Promise<() => void> {
    try {
      return await desk.backend.watchHere(folder, false, () => {
        for (const document of desk.documents.list) if (folderHere(document) === folder) void desk.attempt(() => desk.lookAtFile(document));
      });
    } catch {
      return () => {}; // a folder that has gone; saving says so
    }
  }

  function leave(folder: string): void {
    void watched.get(folder)?.then((end) => end());
    watched.delete(folder);
  }

  const end = $effect.root(() => {
    $effect(() => {
      const wanted = new Set(desk.documents.list.map(folderHere).filter((folder) => folder !== null));
      for (const folder of watched.keys()) if (!wanted.has(folder)) leave(folder);
      for (const folder of wanted) if (!watched.has(folder)) watched.set(folder, watch(folder));
    });
  });
  return () => {
    end();
    for (const folder of [...watched.keys()]) leave(folder);
  };
}
