/**
 * Up to which position everything has come. The stream skips none but those of one's own sends,
 * which come with their `sent` frame and may be late.
 */
export class Cursor {
  private readonly ahead = new Set<number>();

  constructor(private upTo: number) {}

  get pos(): number {
    return this.upTo;
  }

  came(pos: number): void {
    if (pos <= this.upTo) return;
    this.ahead.add(pos);
    while (this.ahead.delete(this.upTo + 1)) this.upTo++;
  }
}
