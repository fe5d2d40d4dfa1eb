// A question to the person. `ask` is awaited like a function; `shell/Question.svelte` shows whatever is pending.
export type Choice = { id: string; label: string; hint?: string; style?: "main" | "danger" };

export type Question = {
  title: string;
  text?: string;
  /** Things concerned, one a line: the files to be deleted or overwritten. */
  items?: string[];
  choices: Choice[];
  /** Present when a text is wanted; holds what stands in the field first. */
  field?: { label: string; value: string };
};

export type Answer = { choice: string; text: string };

export class Asker {
  pending = $state.raw<Question | null>(null);
  private resolve: ((answer: Answer | null) => void) | null = null;

  /** The answer, or null when the person changed their mind. */
  ask(question: Question): Promise<Answer | null> {
    this.answer(null);
    this.pending = question;
    return new Promise((resolve) => (this.resolve = resolve));
  }

  async confirm(title: string, text: string, label: string, items?: string[]): Promise<boolean> {
    return (await this.ask({ title, text, items, choices: [{ id: "yes", label, style: "danger" }] })) !== null;
  }

  async text(title: string, label: string, value: string, button: string): Promise<string | null> {
    const answer = await this.ask({ title, choices: [{ id: "yes", label: button, style: "main" }], field: { label, value } });
    return answer?.text.trim() || null;
  }

  answer(answer: Answer | null): void {
    const resolve = this.resolve;
    this.pending = null;
    this.resolve = null;
    resolve?.(answer);
  }
}
