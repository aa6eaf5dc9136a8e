import { signal } from '@preact/signals';
import type { PresenceFrame, TypingFrame } from '../wire/frames';
import type { ConversationId, UserId } from '../wire/forms';

/** Typing is shown for so long unless it comes again. */
const TYPING_MS = 6_000;

export interface Presence {
  online: boolean;
  lastSeen?: string;
}

/** What passes: who is there, and who types. */
export class Live {
  readonly presence = signal<ReadonlyMap<UserId, Presence>>(new Map());
  readonly typing = signal<ReadonlyMap<ConversationId, readonly UserId[]>>(new Map());
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();

  take(frame: TypingFrame | PresenceFrame): void {
    if (frame.t === 'presence') {
      const { user, online, lastSeen } = frame;
      this.presence.value = new Map(this.presence.value).set(user, { online, lastSeen });
    } else {
      this.types(frame.conversation, frame.user, frame.on);
    }
  }

  /** Nobody can be seen any more. */
  lost(): void {
    this.presence.value = new Map();
    this.typing.value = new Map();
  }

  types(conversation: ConversationId, user: UserId, on: boolean): void {
    const key = `${conversation} ${user}`;
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    const typing = this.typing.value.get(conversation) ?? [];
    if (on) {
      this.timers.set(
        key,
        setTimeout(() => this.types(conversation, user, false), TYPING_MS),
      );
    }
    if (typing.includes(user) === on) return;
    const users = on ? [...typing, user] : typing.filter((other) => other !== user);
    this.typing.value = new Map(this.typing.value).set(conversation, users);
  }
}
