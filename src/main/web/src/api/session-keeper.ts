import type { Session } from '../wire/forms';
import { ANSWER_MS_MAX, noAnswer, Refusal, refusalIn } from './problem';

const KEY = 'parley.session';
const LOCK = 'parley.session.refresh';

/** The refresh token that was shown last, until there is an answer. */
const SHOWN_KEY = 'parley.session.shown';

/** A token is renewed this long before it expires, so that none expires on its way. */
const RENEW_BEFORE_MS = 60_000;

/** What the keeper needs of the browser. */
export interface Surroundings {
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  locks: Pick<LockManager, 'request'>;
  fetch: typeof fetch;
  now(): number;
}

/**
 * Who is signed in, for all tabs of this browser. A refresh token works once, so only one tab at a
 * time renews, and the others take what it got.
 */
export class SessionKeeper {
  /**
   * Called when the session cannot be renewed. `forSure`: it is over; else the answer to an earlier
   * renewal may have been lost, with the token that would be taken now.
   */
  onEnded: (forSure: boolean) => void = () => {};

  constructor(private readonly around: Surroundings) {}

  get(): Session | undefined {
    const kept = this.around.storage.getItem(KEY);
    return kept === null ? undefined : (JSON.parse(kept) as Session);
  }

  set(session: Session): void {
    this.around.storage.setItem(KEY, JSON.stringify(session));
  }

  clear(): void {
    this.around.storage.removeItem(KEY);
    this.around.storage.removeItem(SHOWN_KEY);
  }

  /** A token that is still good for a while; `refused` is one that the server did not take. */
  async token(refused?: string): Promise<string> {
    const session = this.get();
    if (session && this.isGood(session, refused)) return session.token;
    return this.around.locks.request(LOCK, async () => {
      const latest = this.get();
      if (!latest) throw new Refusal('unauthenticated', 401, false, 'Signed out');
      if (this.isGood(latest, refused)) return latest.token;
      return this.renew(latest);
    });
  }

  private isGood(session: Session, refused?: string): boolean {
    const leftMs = Date.parse(session.expiresAt) - this.around.now();
    return session.token !== refused && leftMs > RENEW_BEFORE_MS;
  }

  private async renew(session: Session): Promise<string> {
    const { storage } = this.around;
    const shownBefore = storage.getItem(SHOWN_KEY) === session.refreshToken;
    storage.setItem(SHOWN_KEY, session.refreshToken);
    const response = await this.around
      .fetch('/sessions/refresh', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ refreshToken: session.refreshToken }),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      })
      .catch(noAnswer);
    if (response.status === 401) {
      const { detail } = await refusalIn(response);
      return this.refused(session, !shownBefore, detail);
    }
    if (!response.ok) throw await refusalIn(response);
    const renewed = (await response.json().catch(noAnswer)) as Session;
    this.set(renewed);
    storage.removeItem(SHOWN_KEY);
    return renewed.token;
  }

  /** The session is over, unless another tab has begun a newer one of the same user meanwhile. */
  private refused(session: Session, forSure: boolean, detail: string): string {
    const latest = this.get();
    if (latest?.refreshToken === session.refreshToken) {
      this.clear();
      this.onEnded(forSure);
    } else if (latest?.userId === session.userId) {
      return latest.token;
    }
    throw new Refusal('unauthenticated', 401, false, detail);
  }
}
