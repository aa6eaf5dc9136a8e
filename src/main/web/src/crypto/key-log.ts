import type { KeyCalls } from '../api/key-calls';
import type { Identity, KnownLog } from '../store/database';
import type { KeyStore } from '../store/keys';
import type { UserId } from '../wire/forms';
import type { LogEntry, LogPage } from '../wire/sealed';
import { equal, fromBase64 } from './bytes';
import { isConsistent, isIncluded, leafHash, rootOf } from './merkle';

/** More new entries than so many are cheaper to check by hashing the whole log. */
const PROOFS_MAX = 20;

/** One leaf of a log, of those that this app looks at. */
interface LogLeaf {
  user: UserId;
  device: string;
  key: string | null;
  index: number;
}

/**
 * Holds the server to what it has said about users' keys: a log once seen may only grow, and every
 * key that is used must be in it. A server that gives somebody a key of its own has to put it where
 * its owner sees it.
 */
export class KeyLog {
  constructor(
    private readonly keys: KeyStore,
    private readonly calls: KeyCalls,
  ) {}

  /** Looks at what has come to the log; the answer has an alarm when something does not fit. */
  async check(user: UserId): Promise<Identity> {
    const identity = (await this.keys.identity(user)) ?? { userId: user, keys: {} };
    const log = await this.grown(user, identity.log);
    const alarm =
      log === undefined ? 'rewritten' : isLogged(identity, log) ? undefined : 'not-logged';
    // While the log was read more may have become known.
    const now = (await this.keys.identity(user)) ?? identity;
    const stays = now.alarm === 'stranger' || now.alarm === 'rewritten' ? now.alarm : alarm;
    const checked: Identity = { ...now, log: log ?? now.log, alarm: stays };
    await this.keys.keepIdentity(checked);
    return checked;
  }

  /** The log with what is new in it; undefined when that contradicts what it was. */
  private async grown(user: UserId, known: KnownLog | undefined): Promise<KnownLog | undefined> {
    const from = known?.size ?? 0;
    const page = await this.rest(user, from);
    if (page.size < from || page.entries.length !== page.size - from) return undefined;
    const isProven = known && from > 0 && page.entries.length <= PROOFS_MAX;
    const isRight = isProven
      ? await this.follows(user, known, page)
      : await this.isWhole(known, known ? await this.rest(user, 0) : page);
    if (!isRight) return undefined;
    const logged = [...(known?.logged ?? [])];
    for (const { index, leaf } of page.entries) {
      const said = JSON.parse(leaf) as LogLeaf;
      if (said.user !== user || said.index !== index) return undefined;
      if (said.key !== null) logged.push(`${said.device} ${said.key}`);
    }
    return { size: page.size, root: page.root, logged };
  }

  /** All entries from one on, however many pages that takes. */
  private async rest(user: UserId, from: number): Promise<LogPage> {
    const entries: LogEntry[] = [];
    for (;;) {
      const page = await this.calls.log(user, from + entries.length - 1);
      entries.push(...page.entries);
      if (page.entries.length === 0 || from + entries.length >= page.size) {
        return { ...page, entries };
      }
    }
  }

  /** By proofs: the new log begins with the known one, and has the new entries in their places. */
  private async follows(user: UserId, known: KnownLog, page: LogPage): Promise<boolean> {
    const { size } = page;
    const root = fromBase64(page.root);
    const earlier = { size: known.size, root: fromBase64(known.root) };
    const proof =
      earlier.size > 0 && earlier.size < size
        ? await this.calls.consistency(user, earlier.size, size)
        : [];
    if (!(await isConsistent(earlier, { size, root }, proof.map(fromBase64)))) return false;
    for (const { index, leaf } of page.entries) {
      const path = (await this.calls.inclusion(user, index, size)).map(fromBase64);
      if (!(await isIncluded(await leafHash(leaf), { index, size }, path, root))) return false;
    }
    return true;
  }

  /** By hashing it all. */
  private async isWhole(known: KnownLog | undefined, page: LogPage): Promise<boolean> {
    const hashes = await Promise.all(page.entries.map(({ leaf }) => leafHash(leaf)));
    const isRoot = async (upTo: number, root: string) =>
      equal(await rootOf(hashes.slice(0, upTo)), fromBase64(root));
    return (
      (known === undefined || (await isRoot(known.size, known.root))) &&
      hashes.length === page.size &&
      isRoot(page.size, page.root)
    );
  }
}

function isLogged(identity: Identity, log: KnownLog): boolean {
  return Object.entries(identity.keys).every(([device, key]) =>
    log.logged.includes(`${device} ${key}`),
  );
}
