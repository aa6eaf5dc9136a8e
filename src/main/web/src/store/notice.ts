import type { Content } from '../wire/forms';

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
]);

/** Whether the group itself tells something, rather than somebody in it. */
export function isNotice(content: Content): boolean {
  return KINDS.has(content.type);
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
