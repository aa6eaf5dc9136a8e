import type { Prepared } from '../../../media/prepare';
import { attempt } from '../../../ui/errors';

/** One file that is about to be sent. */
export interface Outgoing {
  prepared: Promise<Prepared>;
  caption: string;
  /** Why it cannot be sent. */
  wrong?: string;
}

/**
 * Sends them in order. What was written to one that cannot be sent goes with the next one that
 * nothing was written to; the answer is what then goes with none.
 */
export async function sendAll(
  files: readonly Outgoing[],
  send: (prepared: Prepared, caption?: string) => Promise<void>,
): Promise<string> {
  let unused: string[] = [];
  for (const { prepared, caption, wrong } of files) {
    const own = caption.trim();
    const said = own || unused.join('\n') || undefined;
    const isSent = !wrong && (await attempt(async () => send(await prepared, said)));
    if (isSent && !own) unused = [];
    if (!isSent && own) unused.push(own);
  }
  return unused.join('\n');
}
