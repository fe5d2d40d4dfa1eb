// What the window knows of packages: what the index offers, what is on the board, and the one thing that is being done.
import { Failure } from "../backend/backend";
import type { Offer, Installed, Wanted } from "../backend/generated/board";
import type { Settings } from "../state/settings.svelte";
import type { Station } from "../state/station.svelte";

/** A package as the page shows it: offered, installed, or both. */
export type Line = { name: string; offer: Offer | null; installed: Installed | null };

export class Packages {
  offers = $state.raw<Offer[]>([]);
  installed = $state.raw<Installed[]>([]);
  words = $state("");
  /** What is being done, by the package's name. */
  busy = $state<string | null>(null);
  loading = $state(false);
  /** What went wrong last, and what to do. */
  failure = $state<string | null>(null);
  readonly lines: Line[] = $derived(this.found());

  constructor(
    private readonly station: Station,
    private readonly settings: Settings,
  ) {}

  /** Looks at both sides; one may be out of reach, which the other need not wait for. */
  async refresh(): Promise<void> {
    this.failure = null;
    this.loading = true;
    await Promise.all([this.look(), this.ask()]);
    this.loading = false;
  }

  private async ask(): Promise<void> {
    await this.try(async () => (this.offers = await this.station.link.packages.offers(this.index)));
  }

  /** What is on the board; nothing while no board can be asked. */
  async look(): Promise<void> {
    this.installed = [];
    if (this.station.board.state !== "ready") return;
    await this.try(async () => (this.installed = await this.station.link.packages.list()));
  }

  async install(name: string, version: string): Promise<void> {
    await this.change(name, (wanted) => this.station.link.packages.install(this.index, wanted), { name, version, source: false });
  }

  async remove(name: string): Promise<void> {
    await this.change(name, () => this.station.link.packages.remove(name), { name, version: "", source: false });
  }

  /** Gives up what is being done: what has been fetched is thrown away, what is whole on the board stays. */
  async cancel(): Promise<void> {
    await this.station.attempt(() => this.station.link.cancel());
  }

  private async change(name: string, work: (wanted: Wanted) => Promise<unknown>, wanted: Wanted): Promise<void> {
    this.busy = name;
    this.failure = null;
    await this.try(() => work(wanted));
    this.busy = null;
    const failure = this.failure;
    await this.look();
    this.failure ??= failure;
    await this.station.attempt(() => this.station.lookAgain());
  }

  private async try(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (error instanceof Failure && error.kind === "cancelled") this.station.say("note", error.message);
      else this.failure = error instanceof Error ? error.message : String(error);
    }
  }

  private get index(): string {
    return this.settings.get("packageIndex");
  }

  /** What is on the board first, then offers in whose name the words stand, then those that only speak of them. */
  private found(): Line[] {
    const words = this.words.toLowerCase().split(/\s+/).filter(Boolean);
    const has = (text: string): boolean => words.every((word) => text.toLowerCase().includes(word));
    const offers = new Map(this.offers.map((offer) => [offer.name, offer]));
    const installed = this.installed.map((it): Line => ({ name: it.name, offer: offers.get(it.name) ?? null, installed: it }));
    const here = new Set(this.installed.map((it) => it.name));
    const others = this.offers.filter((offer) => !here.has(offer.name)).map((offer): Line => ({ name: offer.name, offer, installed: null }));
    const lines = [...installed, ...others].filter((line) => has(`${line.name} ${line.offer?.description ?? ""}`));
    const rank = (line: Line): number => (line.installed ? 0 : has(line.name) ? 1 : 2);
    return lines.toSorted((a, b) => rank(a) - rank(b));
  }
}

/** Something that is no name in an index: an address, or a place at GitHub, GitLab or Codeberg. */
export const isAddress = (words: string): boolean => /^(https?:\/\/|github:|gitlab:|codeberg:)\S+$/.test(words.trim());
