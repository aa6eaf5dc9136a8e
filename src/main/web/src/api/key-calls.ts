import type { ConversationId, MessageId, UserId } from '../wire/forms';
import type {
  CommitForm,
  ConversationKeys,
  KeyPackageForm,
  LogPage,
  MlsInfo,
  SealedContent,
} from '../wire/sealed';
import type { Client } from './client';
import { codeOf, Refusal } from './problem';

/** By which this device is added to a group. */
export interface PackageForm {
  suite: number;
  data: string;
}

/** What a device tells of its keys. */
export interface KeysUpload {
  signatureKeys: Record<string, string>;
  keyPackages: PackageForm[];
  lastResort?: PackageForm[];
}

export interface OwnKeys {
  signatureKeys: Record<string, string>;
  /** How many key packages are left, by suite. */
  remaining: Record<string, number>;
}

/** A commit as it is sent. */
export interface CommitSend {
  to: ConversationId;
  clientId: string;
  content: SealedContent;
  groupInfo: string;
  suite: number;
}

/** The server's calls about keys and what is sealed with them. */
export class KeyCalls {
  constructor(private readonly client: Client) {}

  /** Undefined: the server knows nothing of keys. */
  ownKeys(): Promise<OwnKeys | undefined> {
    return unlessMissing(this.client.call<OwnKeys>('GET', '/devices/me/keys'));
  }

  putKeys(keys: KeysUpload): Promise<void> {
    return this.client.call('PUT', '/devices/me/keys', keys);
  }

  memberKeys(id: ConversationId): Promise<ConversationKeys> {
    return this.client.call('GET', `/conversations/${id}/keys`);
  }

  async keyPackages(user: UserId, suite: number, devices: string[]): Promise<KeyPackageForm[]> {
    const wanted = devices.map((id) => `&device=${encodeURIComponent(id)}`).join('');
    const path = `/users/${user}/key-packages?suite=${suite}${wanted}`;
    const answer = await this.client.call<{ devices: KeyPackageForm[] }>('GET', path);
    return answer.devices.filter(({ deviceId }) => devices.includes(deviceId));
  }

  /** Undefined: it is not encrypted. */
  mls(id: ConversationId): Promise<MlsInfo | undefined> {
    return unlessMissing(this.client.call<MlsInfo>('GET', `/conversations/${id}/mls`));
  }

  /** All accepted commits from that epoch on. */
  async commits(id: ConversationId, after: number): Promise<CommitForm[]> {
    const found: CommitForm[] = [];
    let path: string | undefined =
      `/conversations/${id}/mls/commits?after=${Math.max(0, after)}&limit=32`;
    while (path) {
      const page: { items: CommitForm[]; next?: string } = await this.client.page(path);
      found.push(...(page.items ?? []));
      path = page.next;
    }
    return found;
  }

  /** Refused as `stale-epoch` when another commit was faster. */
  commit(send: CommitSend): Promise<{ id: MessageId }> {
    return this.client.call('POST', '/messages', send);
  }

  /** What stands in a user's log after an entry; -1: from the beginning. */
  log(user: UserId, after: number): Promise<LogPage> {
    const from = after < 0 ? '' : `&after=${after}`;
    return this.client.call('GET', `/keys/log/${user}?limit=500${from}`);
  }

  async inclusion(user: UserId, index: number, size: number): Promise<string[]> {
    const path = `/keys/log/${user}/inclusion?index=${index}&size=${size}`;
    return (await this.client.call<{ proof: string[] }>('GET', path)).proof;
  }

  async consistency(user: UserId, from: number, to: number): Promise<string[]> {
    const path = `/keys/log/${user}/consistency?from=${from}&to=${to}`;
    return (await this.client.call<{ proof: string[] }>('GET', path)).proof;
  }
}

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    const missing = error instanceof Refusal && (error.status === 404 || error.status === 405);
    if (missing || codeOf(error) === 'not-found') return undefined;
    throw error;
  }
}
