import type { Content, Message } from '../wire/forms';
import { isRestart } from '../wire/sealed';

const KINDS = new Set([
  'group-created',
  'members-added',
  'member-joined',
  'member-left',
  'member-removed',
  'role-changed',
  'title-changed',
  'description-changed',
  'picture-changed',
  'rules-changed',
  'group-deleted',
  // Told by this device: somebody's keys are not those it knew.
  'keys-changed',
  // What this device makes of a commit that began a new group.
  'encryption-restarted',
]);

/** Whether the group itself tells something, rather than somebody in it. */
export function isNotice(content: Content): boolean {
  return KINDS.has(content.type);
}

/** That somebody began encryption anew is told; what else devices agree on is not. */
export function noticeOf(handshake: Message): Message | undefined {
  if (!isRestart(handshake.content)) return undefined;
  return { ...handshake, content: { type: 'encryption-restarted' }, read: true };
}

const MEMBERSHIP = new Set([
  'group-created',
  'members-added',
  'member-joined',
  'member-left',
  'member-removed',
]);

/** Whether it tells who is in the group and who is not. */
export function isMembership(content: Content): boolean {
  return MEMBERSHIP.has(content.type);
}
