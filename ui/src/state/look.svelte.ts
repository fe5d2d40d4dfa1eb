// In which light the window is shown: what was chosen, and what the system prefers.
import type { Settings } from "./settings.svelte";

export class Look {
  /** The system's preferences; set by the page. */
  systemDark = $state(false);
  systemContrast = $state(false);

  constructor(private readonly settings: Settings) {}

  get dark(): boolean {
    const theme = this.settings.get("theme");
    return theme === "system" ? this.systemDark : theme === "dark" || theme === "contrastDark";
  }

  get contrast(): boolean {
    const theme = this.settings.get("theme");
    return theme === "system" ? this.systemContrast : theme === "contrastLight" || theme === "contrastDark";
  }

  /** Follows the system from now on; the result ends it. */
  follow(): () => void {
    const ends = [
      follow("(prefers-color-scheme: dark)", (holds) => (this.systemDark = holds)),
      follow("(prefers-contrast: more)", (holds) => (this.systemContrast = holds)),
    ];
    return () => ends.forEach((end) => end());
  }
}

function follow(query: string, tell: (holds: boolean) => unknown): () => void {
  const system = matchMedia(query);
  const changed = (): unknown => tell(system.matches);
  changed();
  system.addEventListener("change", changed);
  return () => system.removeEventListener("change", changed);
}
