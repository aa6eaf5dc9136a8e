import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { CommitSend, KeyCalls, KeysUpload, OwnKeys } from '../src/api/key-calls';
import { Refusal } from '../src/api/problem';
import { Device } from '../src/crypto/device';
import { Engine, type Incoming } from '../src/crypto/engine';
import { Trust } from '../src/crypto/trust';
import type { Draft } from '../src/store/database';
import { Store } from '../src/store/store';
import type { KeyChange } from '../src/store/unseal';
import type { Content, Message, UserId } from '../src/wire/forms';
import type { EntryFrame } from '../src/wire/frames';
import type { CommitForm, ConversationKeys, KeyPackageForm, MlsInfo } from '../src/wire/sealed';
import { id } from './helpers';
import { logCalls } from './merkle-proofs';

interface KnownDevice {
  keys?: Record<string, string>;
  stock: { suite: number; data: string }[];
  last: { suite: number; data: string }[];
}

/** What a node keeps of keys, by its rules: one commit for each epoch, a key package once. */
export class FakeServer {
  readonly devices = new Map<UserId, Map<string, KnownDevice>>();
  readonly members = new Map<string, UserId[]>();
  readonly groups = new Map<string, MlsInfo & { commits: CommitForm[] }>();
  readonly messages: Message[] = [];
  /** Called before a commit is looked at: what others do in that moment. */
  beforeCommit?: () => Promise<void>;
  /** The answer to the next commit is lost on its way. */
  loseAnswer = false;
  private readonly logs = new Map<UserId, string[]>();

  signIn(user: UserId, device: string): void {
    const devices = this.devices.get(user) ?? new Map<string, KnownDevice>();
    devices.set(device, { stock: [], last: [] });
    this.devices.set(user, devices);
  }

  signOut(user: UserId, device: string): void {
    this.devices.get(user)?.delete(device);
  }

  /** Somebody says something; it comes to all members. */
  post(conversation: string, from: UserId, content: Content, clientId?: string): Message {
    const n = this.messages.length + 1;
    const sentAt = new Date(1_700_000_000_000 + n * 1000).toISOString();
    const message = { id: id(n), conversation, from, clientId, sentAt, content, read: false };
    this.messages.push({ ...message, pos: n });
    return message;
  }

  callsOf(user: UserId, device: string): KeyCalls {
    const own = () => this.devices.get(user)!.get(device)!;
    const calls: Partial<KeyCalls> = {
      ownKeys: () => Promise.resolve(ownKeys(own())),
      putKeys: (keys: KeysUpload) => {
        this.note(user, device, own().keys ?? {}, keys.signatureKeys);
        own().keys = keys.signatureKeys;
        own().stock.push(...keys.keyPackages);
        if (keys.lastResort) own().last.push(...keys.lastResort);
        return Promise.resolve();
      },
      memberKeys: (conversation) => Promise.resolve(this.memberKeys(conversation)),
      keyPackages: (of, suite, devices) => Promise.resolve(this.handOut(of, suite, devices)),
      mls: (conversation) => Promise.resolve(this.groups.get(conversation)),
      commits: (conversation, after) => {
        const commits = this.groups.get(conversation)?.commits ?? [];
        return Promise.resolve(commits.filter(({ epoch }) => epoch >= after));
      },
      commit: (send) => this.commit(user, device, send),
      ...logCalls((of) => this.logs.get(of) ?? []),
    };
    return calls as KeyCalls;
  }

  private note(
    user: UserId,
    device: string,
    before: Record<string, string>,
    now: Record<string, string>,
  ): void {
    const log = this.logs.get(user) ?? [];
    for (const [suite, key] of Object.entries(now)) {
      if (before[suite] === key) continue;
      const index = log.length;
      log.push(JSON.stringify({ user, device, suite: Number(suite), key, at: 1, index }));
    }
    this.logs.set(user, log);
  }

  private memberKeys(conversation: string): ConversationKeys {
    const users = this.members.get(conversation) ?? conversation.split(':').slice(1);
    return {
      epoch: this.groups.get(conversation)?.epoch ?? 0,
      members: [...new Set(users)].map((user) => {
        const devices = [...(this.devices.get(user) ?? new Map<string, KnownDevice>())];
        const withKeys = devices.filter(([, it]) => it.keys);
        return {
          user,
          keyless: devices.length - withKeys.length,
          devices: withKeys.map(([deviceId, it]) => ({
            deviceId,
            signatureKeys: it.keys!,
            suites: [...new Set([...it.stock, ...it.last].map(({ suite }) => suite))],
          })),
        };
      }),
    };
  }

  private handOut(user: UserId, suite: number, devices: string[]): KeyPackageForm[] {
    return devices.flatMap((deviceId) => {
      const device = this.devices.get(user)?.get(deviceId);
      const at = device?.stock.findIndex((it) => it.suite === suite) ?? -1;
      const found = at >= 0 ? device!.stock.splice(at, 1)[0] : undefined;
      const keyPackage = found ?? device?.last.find((it) => it.suite === suite);
      const signatureKey = device?.keys?.[suite];
      if (!keyPackage || !signatureKey) return [];
      return [{ deviceId, signatureKey, keyPackage: keyPackage.data, lastResort: !found }];
    });
  }

  private async commit(user: UserId, device: string, send: CommitSend): Promise<{ id: string }> {
    const before = this.beforeCommit;
    this.beforeCommit = undefined;
    await before?.();
    const known = this.groups.get(send.to);
    const { epoch, data, welcome, kind = 'commit' } = send.content;
    if (epoch !== (known?.epoch ?? 0)) {
      throw new Refusal('stale-epoch', 409, false, 'Another commit was faster');
    }
    const commit = { epoch, by: user, device, clientId: send.clientId, kind, data, welcome };
    this.groups.set(send.to, {
      epoch: epoch + 1,
      suite: send.suite,
      groupInfo: send.groupInfo,
      commits: [...(known?.commits ?? []), commit],
    });
    const { id } = this.post(send.to, user, send.content, send.clientId);
    if (!this.loseAnswer) return { id };
    this.loseAnswer = false;
    throw Refusal.offline('lost');
  }
}

function ownKeys({ keys, stock }: KnownDevice): OwnKeys {
  const remaining: Record<string, number> = {};
  for (const { suite } of stock) remaining[suite] = (remaining[suite] ?? 0) + 1;
  return { signatureKeys: keys ?? {}, remaining };
}

/** A device with the app: its store, its keys, and how far it has heard. */
export class Phone {
  heard = 0;
  time = 1_700_000_000_000;
  readonly news: KeyChange['news'] = [];
  private clientIds = 0;

  private constructor(
    readonly server: FakeServer,
    readonly user: UserId,
    readonly id: string,
    readonly store: Store,
    readonly device: Device,
    readonly engine: Engine,
    readonly trust: Trust,
  ) {}

  static async open(server: FakeServer, user: UserId, id: string): Promise<Phone> {
    server.signIn(user, id);
    globalThis.indexedDB = new IDBFactory();
    const store = await Store.open(user);
    const calls = server.callsOf(user, id);
    const device = await Device.open(store.keys, user, id);
    await device.publish(calls);
    const phone: { it?: Phone } = {};
    let ids = 0;
    const engine = new Engine({
      keys: store.keys,
      calls,
      device,
      lock: (work) => work(),
      now: () => phone.it!.time,
      newId: () => `${user}-${id}-commit-${++ids}`,
      onKeys: async ({ news }) => {
        phone.it!.news.push(...news);
      },
    });
    const trust = new Trust(store.keys, calls, device, (work) => work());
    phone.it = new Phone(server, user, id, store, device, engine, trust);
    return phone.it;
  }

  /** Hears all that was said since, in one batch. */
  async hear(): Promise<void> {
    const entries = this.server.messages.slice(this.heard).map((message): EntryFrame => ({
      t: 'message',
      pos: message.pos!,
      message,
    }));
    const incoming: Incoming[] = entries.flatMap((it) => (it.t === 'message' ? [it.message] : []));
    const upTo = this.server.messages.length;
    await this.engine.open(incoming, (keys) => this.store.apply(entries, upTo, keys));
    this.heard = upTo;
  }

  accept(user: UserId): Promise<void> {
    return this.trust.accept(user);
  }

  async seal(
    conversation: string,
    said: string | Content,
  ): Promise<{ draft: Draft; content: Content }> {
    const clientId = `${this.user}-${this.id}-${++this.clientIds}`;
    const content = typeof said === 'string' ? { type: 'text', text: said } : said;
    await this.store.write({ clientId, conversation, content, writtenAt: '' });
    const draft = (await this.store.drafts()).find((it) => it.clientId === clientId)!;
    const sealed = await this.engine.seal(draft);
    return { draft, content: sealed.content };
  }

  async say(conversation: string, said: string | Content): Promise<Content> {
    const { draft, content } = await this.seal(conversation, said);
    this.server.post(conversation, this.user, content, draft.clientId);
    return content;
  }

  /** What this device can read of a conversation, in order. */
  async reads(conversation: string): Promise<(string | undefined)[]> {
    const all = await this.store.messages(this.server.messages.map((it) => it.id));
    return all
      .filter((it) => it.conversation === conversation && it.content.type !== 'members-added')
      .map((it) => (it.content.type === 'text' ? it.content.text : undefined));
  }
}
