import { signal } from '@preact/signals';
import type { Store } from '../store/store';
import type { ConversationId } from '../wire/forms';

/** Texts that were begun and not sent; they are there again when the app is. */
export class Unsent {
  readonly texts = signal<ReadonlyMap<ConversationId, string>>(new Map());

  constructor(private readonly store: Store) {}

  async load(): Promise<void> {
    this.texts.value = await this.store.unsentTexts();
  }

  keep(id: ConversationId, text: string): void {
    const kept = text.trim() === '' ? '' : text;
    if ((this.texts.peek().get(id) ?? '') === kept) return;
    const texts = new Map(this.texts.peek());
    if (kept === '') texts.delete(id);
    else texts.set(id, kept);
    this.texts.value = texts;
    void this.store.keepUnsentText(id, kept);
  }
}
