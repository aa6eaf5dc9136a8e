import { locks } from '../socket/locks';

/** Whether the user looks at the app, in whichever tab: those that are visible share a lock. */
export class Attention {
  private readonly name: string;
  private release?: () => void;
  private readonly onChange = () => this.look();

  constructor(user: string) {
    this.name = `parley-visible-${user}`;
    document.addEventListener('visibilitychange', this.onChange);
    this.look();
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.onChange);
    this.turnAway();
  }

  async isHere(): Promise<boolean> {
    if (document.visibilityState === 'visible') return true;
    const { held = [] } = await locks.query();
    return held.some(({ name }) => name === this.name);
  }

  private look(): void {
    if (document.visibilityState !== 'visible') return this.turnAway();
    if (this.release) return;
    const hidden = new Promise<void>((resolve) => (this.release = resolve));
    // A page that may have no lock only knows of itself.
    locks.request(this.name, { mode: 'shared' }, () => hidden).catch(() => {});
  }

  private turnAway(): void {
    this.release?.();
    this.release = undefined;
  }
}
