import type {
  Contact,
  Content,
  ConversationId,
  ConversationInfo,
  Device,
  Message,
  MessageId,
  Profile,
  Session,
  UserId,
} from '../wire/forms';
import type { Client, Page } from './client';
import { GroupCalls } from './group-calls';
import { KeyCalls } from './key-calls';
import { MediaCalls } from './media-calls';
import { SlotCalls } from './slot-calls';

const CONVERSATIONS_PAGE = 500;

/** How many messages of the past are fetched at once. */
export const HISTORY_PAGE = 100;

/** A page of the past, newest first. */
export interface Past {
  messages: Message[];
  /** Before which message the next page begins; absent: there is none. */
  next?: MessageId;
}

/** The server's calls, by name. */
export class Calls {
  readonly groups: GroupCalls;
  readonly media: MediaCalls;
  readonly keys: KeyCalls;
  readonly slots: SlotCalls;

  constructor(private readonly client: Client) {
    this.groups = new GroupCalls(client);
    this.media = new MediaCalls(client);
    this.keys = new KeyCalls(client);
    this.slots = new SlotCalls(client);
  }

  register(userId: UserId, password: string, displayName?: string): Promise<Profile> {
    return this.client.open('POST', '/accounts', { userId, password, displayName });
  }

  signIn(userId: UserId, password: string, device: { id?: string; name: string }) {
    return this.client.open<Session>('POST', '/sessions', { userId, password, device });
  }

  signOut(): Promise<void> {
    return this.client.call('DELETE', '/sessions/current');
  }

  async socketTicket(): Promise<string> {
    const { ticket } = await this.client.call<{ ticket: string }>('POST', '/socket-tickets');
    return ticket;
  }

  /** All of them, newest first. */
  async conversations(): Promise<ConversationInfo[]> {
    const all: ConversationInfo[] = [];
    let path: string | undefined = `/conversations?limit=${CONVERSATIONS_PAGE}`;
    while (path) {
      const page: Page<ConversationInfo[]> = await this.client.page(path);
      all.push(...page.items);
      path = page.next;
    }
    return all;
  }

  /** The messages before one, newest first; without it, the newest. */
  async history(conversation: ConversationId, before?: MessageId): Promise<Past> {
    const from = before ? `&before=${before}` : '';
    const page = await this.client.page<Message[]>(
      `/conversations/${conversation}/messages?limit=${HISTORY_PAGE}${from}`,
    );
    return { messages: page.items, next: page.next?.match(/[?&]before=([^&]+)/)?.[1] };
  }

  markRead(conversation: ConversationId, upTo: MessageId): Promise<void> {
    return this.client.call('PUT', `/conversations/${conversation}/read`, { upTo });
  }

  /** Mutes, pins or archives a conversation, for this user alone. */
  arrange(
    conversation: ConversationId,
    change: { muted?: boolean; pinned?: boolean; archived?: boolean },
  ): Promise<void> {
    return this.client.call('PATCH', `/conversations/${conversation}`, change);
  }

  message(id: MessageId): Promise<Message> {
    return this.client.call('GET', `/messages/${id}`);
  }

  edit(id: MessageId, content: Content): Promise<Message> {
    return this.client.call('PATCH', `/messages/${id}`, { content });
  }

  delete(id: MessageId): Promise<void> {
    return this.client.call('DELETE', `/messages/${id}`);
  }

  react(id: MessageId, emoji: string, on: boolean): Promise<void> {
    const path = `/messages/${id}/reactions/${encodeURIComponent(emoji)}`;
    return this.client.call(on ? 'PUT' : 'DELETE', path);
  }

  profile(userId: UserId): Promise<Profile> {
    return this.client.call('GET', `/users/${userId}`);
  }

  changeProfile(change: Partial<Omit<Profile, 'userId'>>): Promise<Profile> {
    return this.client.call('PATCH', '/users/me', change);
  }

  async contacts(): Promise<Contact[]> {
    return (await this.client.call<Contact[] | undefined>('GET', '/contacts')) ?? [];
  }

  keepContact(userId: UserId, name: string): Promise<void> {
    return this.client.call('PUT', `/contacts/${userId}`, { name });
  }

  dropContact(userId: UserId): Promise<void> {
    return this.client.call('DELETE', `/contacts/${userId}`);
  }

  async blocks(): Promise<{ userId: UserId }[]> {
    return (await this.client.call<{ userId: UserId }[] | undefined>('GET', '/blocks')) ?? [];
  }

  block(userId: UserId, on: boolean): Promise<void> {
    return this.client.call(on ? 'PUT' : 'DELETE', `/blocks/${userId}`);
  }

  devices(): Promise<Device[]> {
    return this.client.call('GET', '/devices');
  }

  endDevice(id: string): Promise<void> {
    return this.client.call('DELETE', `/devices/${id}`);
  }

  async pushKey(): Promise<string> {
    return (await this.client.call<{ key: string }>('GET', '/push/key')).key;
  }

  startPush(subscription: PushSubscriptionJSON): Promise<void> {
    return this.client.call('PUT', '/devices/me/push', subscription);
  }

  endPush(): Promise<void> {
    return this.client.call('DELETE', '/devices/me/push');
  }
}
