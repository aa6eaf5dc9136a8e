import { ANSWER_MS_MAX, noAnswer, Refusal, refusalIn } from './problem';
import type { SessionKeeper } from './session-keeper';

/** How long pictures and the like may take: a slow network needs longer for them. */
const BYTES_MS_MAX = 120_000;

/** One page of a list, and where the next one is. */
export interface Page<T> {
  items: T;
  next?: string;
}

/** What a call brings beside its path. */
interface Sent {
  body?: unknown;
  headers?: Record<string, string>;
  waitMs?: number;
}

/** Makes calls; every failure is a {@link Refusal}. */
export class Client {
  constructor(
    private readonly sessions: SessionKeeper,
    private readonly send: typeof fetch,
  ) {}

  /** A call of somebody who is not signed in. */
  async open<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.read(await this.exchange(method, path, { body }));
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.read(await this.signed(method, path, { body }));
  }

  async page<T>(path: string): Promise<Page<T>> {
    const response = await this.signed('GET', path);
    const items = await this.read<T>(response);
    const link = response.headers.get('Link');
    return { items, next: link?.match(/<([^>]*)>;\s*rel="?next"?/)?.[1] };
  }

  async bytes(path: string, waitMs = BYTES_MS_MAX): Promise<Blob> {
    const response = await this.signed('GET', path, { waitMs });
    if (!response.ok) throw await refusalIn(response);
    return response.blob().catch(noAnswer);
  }

  /** Sends bytes as they are. */
  async upload<T>(path: string, bytes: Blob): Promise<T> {
    return this.read(await this.signed('POST', path, { body: bytes, waitMs: BYTES_MS_MAX }));
  }

  /** A call that says all in its headers, as tus has them; so does the answer. */
  async headers(method: string, path: string, headers: Record<string, string>): Promise<Headers> {
    const response = await this.signed(method, path, { headers });
    if (!response.ok) throw await refusalIn(response);
    return response.headers;
  }

  /** For who makes requests of their own; `refused` is one that the server did not take. */
  token(refused?: string): Promise<string> {
    return this.sessions.token(refused);
  }

  private async signed(method: string, path: string, request: Sent = {}): Promise<Response> {
    const token = await this.sessions.token();
    const response = await this.exchange(method, path, request, token);
    if (response.status !== 401) return response;
    return this.exchange(method, path, request, await this.sessions.token(token));
  }

  private async exchange(
    method: string,
    path: string,
    { body, headers: more, waitMs = ANSWER_MS_MAX }: Sent,
    token?: string,
  ): Promise<Response> {
    const headers = new Headers(more);
    const raw = body instanceof Blob;
    if (raw) headers.set('Content-Type', body.type || 'application/octet-stream');
    else if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (token) headers.set('Authorization', `Bearer ${token}`);
    try {
      return await this.send(path, {
        method,
        headers,
        body: raw ? body : body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(waitMs),
      });
    } catch (cause) {
      throw Refusal.offline(cause);
    }
  }

  private async read<T>(response: Response): Promise<T> {
    if (!response.ok) throw await refusalIn(response);
    if (response.status === 204) return undefined as T;
    try {
      const text = await response.text();
      return (text === '' ? undefined : JSON.parse(text)) as T;
    } catch (cause) {
      // It broke off, or something on the way gave it.
      throw Refusal.offline(cause);
    }
  }
}
