import type { ConversationId, GroupRules, MessageId, Role, UserId } from '../wire/forms';
import type { Group, Invite, Member, MemberReceipt } from '../wire/groups';
import type { Client } from './client';

/** Invites that the app makes hold for so long, and for so many. */
const INVITE_SECONDS = 7 * 24 * 60 * 60;
export const INVITE_USES = 100;

/** The server's calls about groups. */
export class GroupCalls {
  constructor(private readonly client: Client) {}

  create(title: string, members: UserId[]): Promise<Group> {
    return this.client.call('POST', '/groups', { title, members });
  }

  get(id: ConversationId): Promise<Group> {
    return this.client.call('GET', at(id));
  }

  change(
    id: ConversationId,
    change: { title?: string; description?: string; policy?: GroupRules; picture?: string },
  ): Promise<Group> {
    return this.client.call('PATCH', at(id), change);
  }

  delete(id: ConversationId): Promise<void> {
    return this.client.call('DELETE', at(id));
  }

  /** All members, however many pages that takes. */
  async members(id: ConversationId): Promise<Member[]> {
    return this.all<Member>(`${at(id)}/members`);
  }

  putMember(id: ConversationId, user: UserId, role?: Role): Promise<void> {
    return this.client.call('PUT', `${at(id)}/members/${user}`, role ? { role } : {});
  }

  dropMember(id: ConversationId, user: UserId): Promise<void> {
    return this.client.call('DELETE', `${at(id)}/members/${user}`);
  }

  invite(id: ConversationId): Promise<Invite> {
    const body = { expiresInSeconds: INVITE_SECONDS, maxUses: INVITE_USES };
    return this.client.call('POST', `${at(id)}/invites`, body);
  }

  revoke(id: ConversationId, invite: string): Promise<void> {
    return this.client.call('DELETE', `${at(id)}/invites/${invite}`);
  }

  join(token: string): Promise<Group> {
    return this.client.call('POST', `/invites/${encodeURIComponent(token)}`);
  }

  receipts(message: MessageId): Promise<MemberReceipt[]> {
    return this.all<MemberReceipt>(`/messages/${message}/receipts`);
  }

  private async all<T>(path: string): Promise<T[]> {
    const items: T[] = [];
    for (let next: string | undefined = path; next;) {
      const page: { items: T[]; next?: string } = await this.client.page<T[]>(next);
      items.push(...(page.items ?? []));
      next = page.next;
    }
    return items;
  }
}

/** A group's conversation is `group:` and its id. */
function at(conversation: ConversationId): string {
  return `/groups/${conversation.replace(/^group:/, '')}`;
}
