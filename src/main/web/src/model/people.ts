import { signal } from '@preact/signals';
import type { Calls } from '../api/calls';
import { codeOf } from '../api/problem';
import type { Hub } from '../socket/hub';
import type { Person } from '../store/database';
import type { Store } from '../store/store';
import type { UserId } from '../wire/forms';

/** How long a profile counts as known. */
const FRESH_MS = 60 * 60 * 1000;

/** Who is who: profiles, contacts and blocks. */
export class People {
  readonly all = signal<ReadonlyMap<UserId, Person>>(new Map());
  private readonly asked = new Set<UserId>();

  constructor(
    private readonly store: Store,
    private readonly calls: Calls,
    private readonly hub: Hub,
  ) {}

  async load(): Promise<void> {
    const people = await this.store.people();
    this.all.value = new Map(people.map((person) => [person.userId, person]));
  }

  get(userId: UserId): Person {
    return this.all.value.get(userId) ?? { userId };
  }

  /** What the user calls them, or else what they call themselves. */
  name(userId: UserId): string {
    const person = this.get(userId);
    return person.contactName ?? person.displayName ?? userId;
  }

  /** Fetches the profile unless it is known well enough. */
  need(userId: UserId): void {
    const known = this.get(userId).fetchedAt ?? 0;
    if (this.asked.has(userId) || Date.now() - known < FRESH_MS) return;
    this.asked.add(userId);
    void this.fetch(userId)
      .catch(() => {})
      .finally(() => this.asked.delete(userId));
  }

  async fetch(userId: UserId): Promise<Person> {
    const { displayName, about, picture } = await this.calls.profile(userId);
    await this.change([{ userId, displayName, about, picture, fetchedAt: Date.now() }]);
    return this.get(userId);
  }

  /** Takes over the lists of the server. */
  async sync(): Promise<void> {
    const [contacts, blocks] = await Promise.all([this.calls.contacts(), this.calls.blocks()]);
    const names = new Map(contacts.map(({ userId, name }) => [userId, name]));
    const blocked = new Set(blocks.map(({ userId }) => userId));
    const users = new Set([...this.all.value.keys(), ...names.keys(), ...blocked]);
    await this.change(
      [...users].map((userId) => ({
        userId,
        contactName: names.get(userId),
        blocked: blocked.has(userId),
      })),
    );
  }

  async keep(userId: UserId, name: string): Promise<void> {
    await this.calls.keepContact(userId, name);
    await this.change([{ userId, contactName: name }]);
  }

  async drop(userId: UserId): Promise<void> {
    await this.calls.dropContact(userId).catch(unlessNotFound);
    await this.change([{ userId, contactName: undefined }]);
  }

  async block(userId: UserId, on: boolean): Promise<void> {
    await this.calls.block(userId, on).catch(unlessNotFound);
    await this.change([{ userId, blocked: on }]);
  }

  private async change(changes: (Partial<Person> & { userId: UserId })[]): Promise<void> {
    await this.store.changePeople(changes);
    await this.load();
    this.hub.tell({ kind: 'people' });
  }
}

/** It is gone already, which is what was asked for. */
function unlessNotFound(error: unknown): void {
  if (codeOf(error) !== 'not-found') throw error;
}
