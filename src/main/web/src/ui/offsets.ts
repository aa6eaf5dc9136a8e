/** Where each row of a long list begins, from what has been measured and what is guessed. */
export class Offsets {
  private readonly measured = new Map<string, number>();
  private keys: readonly string[] = [];
  private places = new Map<string, number>();
  private starts: number[] = [0];

  constructor(private readonly guess: number) {}

  get total(): number {
    return this.starts[this.keys.length]!;
  }

  /** Takes the rows there are now. */
  setKeys(keys: readonly string[]): void {
    if (keys === this.keys) return;
    this.keys = keys;
    this.places = new Map(keys.map((key, index) => [key, index]));
    this.sum();
  }

  /** Takes measured heights; answers whether any is new. */
  measure(heights: Iterable<readonly [string, number]>): boolean {
    let changed = false;
    for (const [key, height] of heights) {
      if (Math.abs((this.measured.get(key) ?? -1) - height) < 0.5) continue;
      this.measured.set(key, height);
      changed = true;
    }
    if (changed) this.sum();
    return changed;
  }

  /** The width is another one now. */
  forget(): void {
    this.measured.clear();
    this.sum();
  }

  start(index: number): number {
    return this.starts[Math.min(index, this.keys.length)]!;
  }

  startOf(key: string): number | undefined {
    const index = this.places.get(key);
    return index === undefined ? undefined : this.start(index);
  }

  /** The row at a height. */
  indexAt(top: number): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.starts[middle + 1]! <= top) low = middle + 1;
      else high = middle;
    }
    return Math.min(low, Math.max(0, this.keys.length - 1));
  }

  keyAt(index: number): string | undefined {
    return this.keys[index];
  }

  private sum(): void {
    const starts = new Array<number>(this.keys.length + 1);
    starts[0] = 0;
    this.keys.forEach((key, index) => {
      starts[index + 1] = starts[index]! + (this.measured.get(key) ?? this.guess);
    });
    this.starts = starts;
  }
}
