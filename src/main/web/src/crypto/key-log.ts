import type { KeyCalls } from '../api/key-calls';
import type { Identity, KnownLog } from '../store/database';
import type { KeyStore } from '../store/keys';
import type { UserId } from '../wire/forms';
import type { LogPage } from '../wire/sealed';
import { fromBase64 } from './bytes';
import { isConsistent, isIncluded, leafHash, rootOf } from './merkle';

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
    const alarm = log === undefined ? 'rewritten' : isLogged(identity, log) ? undefined : 'not-logged';
    // While the log was read more may have become known.
    const now = (await this.keys.identity(user)) ?? identity;
    const stays = now.alarm === 'stranger' || now.alarm === 'rewritten' ? now.alarm : alarm;
    const checked: Identity = { ...now, log: log ?? now.log, alarm: stays };
    await this.keys.keepIdentity(checked);
    return checked;
  }

  /** The log with what is new in it; undefined when that contradicts what it was. */
  private async grown(user: UserId, known: KnownLog | undefined): Promise<KnownLog | undefined> {
    let log = known;
    for (;;) {
      const page = await this.calls.log(user, log ? log.size - 1 : -1);
      if (log && page.size < log.size) return undefined;
      const next = await this.withPage(user, log, page);
      if (!next) return undefined;
      if (next.size >= page.size || page.entries.length === 0) {
        // All entries are there, so the root is theirs and no other.
        return next;
      }
      log = next;
    }
  }

  private async withPage(
    user: UserId,
    known: KnownLog | undefined,
    page: LogPage,
  ): Promise<KnownLog | undefined> {
    const { size } = page;
    const root = fromBase64(page.root);
    const entries = page.entries.filter(({ index }) => index < size);
    const hashes = await Promise.all(entries.map(({ leaf }) => leafHash(leaf)));
    if (!known && entries.length === size) {
      const own = await rootOf(hashes);
      if (!own.every((byte, at) => byte === root[at])) return undefined;
    } else {
      const earlier = { size: known?.size ?? 0, root: fromBase64(known?.root ?? '') };
      const proof =
        earlier.size > 0 && earlier.size < size
          ? await this.calls.consistency(user, earlier.size, size)
          : [];
      if (!(await isConsistent(earlier, { size, root }, proof.map(fromBase64)))) return undefined;
      for (const [at, { index }] of entries.entries()) {
        const path = (await this.calls.inclusion(user, index, size)).map(fromBase64);
        if (!(await isIncluded(hashes[at]!, { index, size }, path, root))) return undefined;
      }
    }
    const logged = [...(known?.logged ?? [])];
    for (const { index, leaf } of entries) {
      const said = JSON.parse(leaf) as LogLeaf;
      if (said.user !== user || said.index !== index) return undefined;
      if (said.key !== null) logged.push(`${said.device} ${said.key}`);
    }
    return { size, root: page.root, logged: [...new Set(logged)] };
  }
}

function isLogged(identity: Identity, log: KnownLog): boolean {
  return Object.entries(identity.keys).every(([device, key]) =>
    log.logged.includes(`${device} ${key}`),
  );
}
