import type { ConversationId, Message, UserId } from '../wire/forms';
import { isSealed, type SealedContent } from '../wire/sealed';
import type { Database, Identity, KeptGroup, KeptPackage, OpenedLetter } from './database';
import type { Touched } from './ledger';
import { react, reactionIn } from './reactions';
import { KEY_STORES, unsealed, writeKeys, type KeyChange } from './unseal';

/** Sorts after the message before it: what this device itself tells has no place on the server. */
const LOCAL = '-keys';
export const SERVER_ID_LENGTH = 26;

const STORES = [...KEY_STORES, 'outbox'] as const;

/** What this device keeps for sealing and opening. */
export class KeyStore {
  constructor(private readonly db: Database) {}

  group(id: ConversationId): Promise<KeptGroup | undefined> {
    return this.db.get('groups', id);
  }

  groupIds(): Promise<ConversationId[]> {
    return this.db.getAllKeys('groups');
  }

  opened(tail: string): Promise<OpenedLetter | undefined> {
    return this.db.get('opened', tail);
  }

  package(ref: string): Promise<KeptPackage | undefined> {
    return this.db.get('packages', ref);
  }

  packages(): Promise<KeptPackage[]> {
    return this.db.getAll('packages');
  }

  identity(user: UserId): Promise<Identity | undefined> {
    return this.db.get('identities', user);
  }

  identities(): Promise<Identity[]> {
    return this.db.getAll('identities');
  }

  async keepIdentity(identity: Identity): Promise<void> {
    await this.db.put('identities', identity);
  }

  secret<T>(name: string): Promise<T | undefined> {
    return this.db.get('secrets', name) as Promise<T | undefined>;
  }

  async keepSecret(name: string, value: unknown): Promise<void> {
    await this.db.put('secrets', value, name);
  }

  /** Writes what changed, and with it how a draft was sealed, so that it is sealed once. */
  async write(keys: KeyChange, sealed?: { clientId: string; content: SealedContent }) {
    const change = this.db.transaction([...STORES], 'readwrite');
    await writeKeys(change, keys);
    if (sealed) {
      const outbox = change.objectStore('outbox');
      const draft = await outbox.index('clientId').get(sealed.clientId);
      if (draft) await outbox.put({ ...draft, sealed: sealed.content });
    }
    await change.done;
  }

  /** Notes in a conversation, where its last message is, that somebody's keys have changed. */
  async tell(news: KeyChange['news']): Promise<Touched> {
    const change = this.db.transaction(['conversations', 'messages'], 'readwrite');
    const touched: Touched = { conversations: [], messages: [], outbox: false };
    for (const [index, { conversation, user }] of news.entries()) {
      const last = (await change.objectStore('conversations').get(conversation))?.last;
      if (!last) continue;
      const after = last.id.slice(0, SERVER_ID_LENGTH);
      const message: Message = {
        id: `${after}${LOCAL}-${user}-${index}`,
        conversation,
        from: user,
        sentAt: new Date().toISOString(),
        content: { type: 'keys-changed', member: user },
        read: true,
      };
      await change.objectStore('messages').put(message);
      touched.messages.push({ conversation, id: message.id });
    }
    await change.done;
    return touched;
  }

  async letters(): Promise<[string, OpenedLetter][]> {
    const store = this.db.transaction('opened').store;
    const [tails, letters] = await Promise.all([store.getAllKeys(), store.getAll()]);
    return tails.map((tail, index) => [tail, letters[index]!]);
  }

  /** Takes letters that were opened elsewhere, and shows what they say. */
  async takeLetters(letters: [string, OpenedLetter][]): Promise<Touched> {
    const stores = ['opened', 'messages', 'conversations', 'reactions'] as const;
    const change = this.db.transaction([...stores], 'readwrite');
    const opened = change.objectStore('opened');
    for (const [tail, letter] of letters) {
      const of = letter.message && (await change.objectStore('messages').get(letter.message));
      if (of && of.deleted) continue;
      const message = letter.message ?? (await opened.get(tail))?.message;
      await opened.put({ ...letter, message }, tail);
      const reaction = letter.conversation && reactionIn(letter, letter.conversation);
      if (reaction) await react(change, reaction);
    }
    const touched: Touched = { conversations: [], messages: [], outbox: false };
    for (const message of await change.objectStore('messages').getAll()) {
      if (!isSealed(message.content)) continue;
      const now = await unsealed(opened, message);
      if (!now.sealed) continue;
      await change.objectStore('messages').put(now);
      touched.messages.push({ conversation: now.conversation, id: now.id });
    }
    for (const conversation of await change.objectStore('conversations').getAll()) {
      if (!conversation.last || !isSealed(conversation.last.content)) continue;
      const last = await unsealed(opened, conversation.last);
      await change.objectStore('conversations').put({ ...conversation, last });
      touched.conversations.push(conversation.id);
    }
    await change.done;
    return touched;
  }
}
