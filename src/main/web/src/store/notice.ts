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
]);

/** Whether the group itself tells something, rather than somebody in it. */
export function isNotice(content: Content): boolean {
  return KINDS.has(content.type);
}
