// Which rows of a long list are drawn: those in sight, and some around them; of a short one, all. All rows are equally high.

/** More rows than these are drawn only as far as they are seen, with so many around them. */
const MANY = 100;
const AROUND = 20;

export class Sight {
  private scrolled = $state(0);
  private height = $state(0);
  private container: HTMLElement | null = null;
  /** The first row that is drawn, and the first behind them that is not. */
  readonly first: number = $derived.by(() => (this.count() > MANY ? Math.max(0, Math.min(Math.floor(this.scrolled / this.row), this.count()) - AROUND) : 0));
  readonly last: number = $derived.by(() => (this.count() > MANY ? Math.min(this.count(), Math.ceil((this.scrolled + this.height) / this.row) + AROUND) : this.count()));
  constructor(
    /** Pixels of a row. */
    private readonly row: number,
    private readonly count: () => number,
  ) {}

  /** Pixels of what is not drawn above. */
  get above(): number {
    return this.first * this.row;
  }

  /** Pixels of what is not drawn below. */
  get below(): number {
    return (this.count() - this.last) * this.row;
  }

  /** Follows what is seen of the element that scrolls, until what it answers is called. */
  watch = (element: HTMLElement): (() => void) => {
    const look = (): void => {
      this.scrolled = element.scrollTop;
      this.height = element.clientHeight;
    };
    const resized = new ResizeObserver(look);
    this.container = element;
    resized.observe(element);
    element.addEventListener("scroll", look);
    look();
    return () => {
      resized.disconnect();
      element.removeEventListener("scroll", look);
      this.container = null;
    };
  };

  /** Brings a row into sight that is not drawn. */
  show(index: number): void {
    if (!this.container || (index >= this.first && index < this.last)) return;
    this.container.scrollTop = index * this.row - this.height / 2;
    this.scrolled = this.container.scrollTop;
  }
}
