import { Refusal, refusalIn } from './problem';
import type { SessionKeeper } from './session-keeper';

/** How long an answer may take before the server counts as out of reach. */
const ANSWER_MS_MAX = 20_000;

/** One page of a list, and where the next one is. */
export interface Page<T> {
  items: T;
  next?: string;
}

/** Makes calls; every failure is a {@link Refusal}. */
export class Client {
  constructor(
    private readonly sessions: SessionKeeper,
    private readonly send: typeof fetch,
  ) {}

  /** A call of somebody who is not signed in. */
  async open<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.read(await this.exchange(method, path, body));
  }

  async call<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.read(await this.signed(method, path, body));
  }

  async page<T>(path: string): Promise<Page<T>> {
    const response = await this.signed('GET', path);
    const items = await this.read<T>(response);
    const link = response.headers.get('Link');
    return { items, next: link?.match(/<([^>]*)>;\s*rel="?next"?/)?.[1] };
  }

  private async signed(method: string, path: string, body?: unknown): Promise<Response> {
    const token = await this.sessions.token();
    const response = await this.exchange(method, path, body, token);
    if (response.status !== 401) return response;
    return this.exchange(method, path, body, await this.sessions.token(token));
  }

  private async exchange(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<Response> {
    const headers = new Headers();
    if (body !== undefined) headers.set('Content-Type', 'application/json');
    if (token) headers.set('Authorization', `Bearer ${token}`);
    try {
      return await this.send(path, {
        method,
        headers,
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(ANSWER_MS_MAX),
      });
    } catch (cause) {
      throw Refusal.offline(cause);
    }
  }

  private async read<T>(response: Response): Promise<T> {
    if (!response.ok) throw await refusalIn(response);
    if (response.status === 204) return undefined as T;
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
}
