import { signal } from '@preact/signals';
import type { GroupCalls } from '../api/group-calls';
import { codeOf } from '../api/problem';
import type { Store } from '../store/store';
import type { Touched } from '../store/ledger';
import type { ConversationId, UserId } from '../wire/forms';
import type { Group, Member } from '../wire/groups';
import { isNotice } from '../store/notice';

interface Known {
  group: Group;
  members: readonly Member[];
}

/** The groups that have been looked at: what they are and who is in them. */
export class Groups {
  private readonly known = signal<ReadonlyMap<ConversationId, Known>>(new Map());
  private readonly asked = new Set<ConversationId>();
  /** Of groups that were only seen in the list. */
  private readonly seen = signal<ReadonlyMap<ConversationId, Group>>(new Map());
  private readonly looked = new Set<ConversationId>();

  constructor(
    private readonly store: Store,
    readonly calls: GroupCalls,
  ) {}

  get(id: ConversationId): Group | undefined {
    return this.known.value.get(id)?.group;
  }

  /** Without its members: what the list shows of it. */
  look(id: ConversationId): Group | undefined {
    const group = this.get(id) ?? this.seen.value.get(id);
    if (!group && !this.looked.has(id)) {
      this.looked.add(id);
      void this.see(id).catch(() => {});
    }
    return group;
  }

  private async see(id: ConversationId): Promise<void> {
    if ((await this.store.conversation(id))?.left) return;
    const group = await this.calls.get(id);
    this.seen.value = new Map(this.seen.peek()).set(id, group);
    const { title, picture } = group;
    await this.store.changeConversation(id, { title, picture });
  }

  members(id: ConversationId): readonly Member[] {
    return this.known.value.get(id)?.members ?? [];
  }

  memberIds(id: ConversationId): readonly UserId[] {
    return this.members(id).map((member) => member.userId);
  }

  /** Looks the group up, once while the app is open; later changes are told by the group. */
  need(id: ConversationId): void {
    if (this.asked.has(id)) return;
    this.asked.add(id);
    void this.fetch(id).catch(() => this.asked.delete(id));
  }

  async fetch(id: ConversationId): Promise<void> {
    const kept = await this.store.note<Known>(`group:${id}`);
    if (kept && !this.known.peek().has(id)) this.keep(id, kept);
    // Who has left is told no more; who comes back is told that first.
    if ((await this.store.conversation(id))?.left) return;
    try {
      const [group, members] = await Promise.all([this.calls.get(id), this.calls.members(id)]);
      this.keep(id, { group, members });
      await this.store.keepNote(`group:${id}`, { group, members });
      const { title, picture } = group;
      await this.store.changeConversation(id, { title, picture, left: false });
    } catch (error) {
      if (!['not-found', 'not-a-member', 'not-allowed'].includes(codeOf(error))) throw error;
      await this.store.changeKnown(id, { left: true });
    }
  }

  /** A group has told of a change. */
  async refresh(touched: Touched): Promise<void> {
    const shown = (id: ConversationId) => this.asked.has(id) || this.looked.has(id);
    const ids = touched.messages.filter((it) => shown(it.conversation)).map((it) => it.id);
    const messages = await this.store.messages(ids);
    const changed = messages.filter((it) => isNotice(it.content)).map((it) => it.conversation);
    const again = (id: ConversationId) => (this.asked.has(id) ? this.fetch(id) : this.see(id));
    await Promise.all([...new Set(changed)].map((id) => again(id).catch(() => {})));
  }

  private keep(id: ConversationId, known: Known): void {
    this.known.value = new Map(this.known.peek()).set(id, known);
  }
}
