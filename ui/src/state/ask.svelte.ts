// A question to the person. `ask` is awaited like a function; `shell/Question.svelte` shows whatever is pending.
export type Choice = { id: string; label: string; hint?: string; style?: "main" | "danger" };

export type Question = {
  title: string;
  /** The board that it is about, where there are several. */
  about?: string | null;
  text?: string;
  /** Things concerned, one a line: the files to be deleted or overwritten. */
  items?: string[];
  choices: Choice[];
  /** Present when a text is wanted; holds what stands in the field first. */
  field?: { label: string; value: string };
};

export type Answer = { choice: string; text: string };

type Waiting = { question: Question; resolve: (answer: Answer | null) => void };

export class Asker {
  pending = $state.raw<Question | null>(null);
  /** What is asked while another question stands waits for its turn. */
  private queue: Waiting[] = [];

  /** The answer, or null when the person changed their mind. */
  ask(question: Question): Promise<Answer | null> {
    return new Promise((resolve) => {
      this.queue.push({ question, resolve });
      this.pending ??= question;
    });
  }

  async confirm(title: string, text: string, label: string, items?: string[]): Promise<boolean> {
    return (await this.ask({ title, text, items, choices: [{ id: "yes", label, style: "danger" }] })) !== null;
  }

  async text(title: string, label: string, value: string, button: string): Promise<string | null> {
    const answer = await this.ask({ title, choices: [{ id: "yes", label: button, style: "main" }], field: { label, value } });
    return answer?.text.trim() || null;
  }

  answer(answer: Answer | null): void {
    const first = this.queue.shift();
    this.pending = this.queue[0]?.question ?? null;
    first?.resolve(answer);
  }
}

/** Asks about one thing among several, whose name stands above the question. */
export class AskerOf extends Asker {
  constructor(
    private readonly inner: Asker,
    private readonly about: () => string | null,
  ) {
    super();
  }

  override ask(question: Question): Promise<Answer | null> {
    return this.inner.ask({ ...question, about: this.about() });
  }
}
