import type { Problem } from '../wire/forms';

/** How long an answer may take before the server counts as out of reach. */
export const ANSWER_MS_MAX = 20_000;

/** Why something could not be done: what the server said, or that it could not be asked. */
export class Refusal extends Error {
  constructor(
    /** The server's code, or `offline` when there was no answer. */
    readonly code: string,
    readonly status: number,
    /** Whether the same may work later. */
    readonly retryable: boolean,
    readonly detail: string,
    readonly retryAfterMs?: number,
  ) {
    super(`${code}: ${detail}`);
  }

  /** Whether it is of no use to try again; who is signed out can sign in again. */
  get isFinal(): boolean {
    return !this.retryable && this.code !== 'unauthenticated';
  }

  static offline(cause: unknown): Refusal {
    return new Refusal('offline', 0, true, String(cause));
  }

  static of(problem: Partial<Problem>, status: number, retryAfterMs?: number): Refusal {
    return new Refusal(
      problem.code ?? (status >= 500 ? 'internal' : 'malformed-request'),
      problem.status ?? status,
      problem.retryable ?? status >= 500,
      problem.detail ?? problem.title ?? `HTTP ${status}`,
      retryAfterMs,
    );
  }
}

/** For an answer that did not come, or broke off. */
export function noAnswer(cause: unknown): never {
  throw Refusal.offline(cause);
}

/** The refusal in an answer that is not a success, whoever on the way gave it. */
export async function refusalIn(response: Response): Promise<Refusal> {
  const seconds = Number(response.headers.get('Retry-After'));
  const retryAfterMs = seconds > 0 ? seconds * 1000 : undefined;
  const json = response.headers.get('Content-Type')?.includes('json');
  const problem = json ? parsed(await response.text().catch(noAnswer)) : {};
  return Refusal.of(problem, response.status, retryAfterMs);
}

function parsed(text: string): Partial<Problem> {
  try {
    return JSON.parse(text) as Partial<Problem>;
  } catch {
    return {};
  }
}

/** The code of whatever was thrown. */
export function codeOf(error: unknown): string {
  return error instanceof Refusal ? error.code : 'internal';
}

/** The code of {@link packAgain}. */
export const PACK_AGAIN = 'pack-again';

/** Its file was sealed and what is said is not, or the other way round. */
export function packAgain(): Refusal {
  return new Refusal(PACK_AGAIN, 409, true, 'Its file has to go in another form');
}
