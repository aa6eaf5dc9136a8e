import { signal } from '@preact/signals';
import type { Calls } from '../api/calls';
import type { Store } from '../store/store';
import type { Touched } from '../store/ledger';
import type { Message, MessageId } from '../wire/forms';

/** The messages that others answer, wherever in the past they are. */
export class Quotes {
  private readonly found = signal<ReadonlyMap<MessageId, Message>>(new Map());
  private readonly asked = new Set<MessageId>();

  constructor(
    private readonly store: Store,
    private readonly calls: Calls,
  ) {}

  /** What is known; what is not is looked for. */
  get(id: MessageId): Message | undefined {
    const known = this.found.value.get(id);
    if (!known && !this.asked.has(id)) {
      this.asked.add(id);
      void this.find(id).catch(() => this.asked.delete(id));
    }
    return known;
  }

  async refresh(touched: Touched): Promise<void> {
    for (const { id } of touched.messages) {
      if (!this.asked.has(id)) continue;
      const message = await this.store.message(id);
      if (message) this.keep(message);
    }
  }

  private async find(id: MessageId): Promise<void> {
    const kept = await this.store.message(id);
    this.keep(kept ?? (await this.store.unsealed(await this.calls.message(id))));
  }

  private keep(message: Message): void {
    this.found.value = new Map(this.found.value).set(message.id, message);
  }
}
