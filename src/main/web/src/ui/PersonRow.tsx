import type { ComponentChildren } from 'preact';
import type { Chat } from '../model/chat';
import type { UserId } from '../wire/forms';
import { Avatar } from './Avatar';

/** Somebody, as a row that can be clicked. */
export function PersonRow({
  chat,
  userId,
  name,
  hint,
  after,
  onClick,
  ...rest
}: {
  chat: Chat;
  userId: UserId;
  name?: string;
  hint?: string;
  after?: ComponentChildren;
  onClick?(event: MouseEvent): void;
  role?: 'checkbox';
  'aria-checked'?: boolean;
}) {
  chat.people.need(userId);
  const shown = name ?? chat.people.name(userId);
  const online = userId !== chat.me && chat.live.presence.value.get(userId)?.online;
  const inside = (
    <>
      <Avatar id={userId} name={chat.people.name(userId)} online={online} size="small" />
      <span class="grow">
        <strong class="cut">{shown}</strong>
        <span class="hint cut">{hint ?? `@${userId}`}</span>
      </span>
      {after}
    </>
  );
  if (!onClick) return <div class="big-row still">{inside}</div>;
  return (
    <button type="button" class="big-row" onClick={onClick} data-user={userId} {...rest}>
      {inside}
    </button>
  );
}
