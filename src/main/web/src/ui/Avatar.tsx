import { chat } from '../model/account';
import { Icon } from './Icon';

const HUES = 8;

/** Somebody's picture, or their initials on a colour that is always theirs. */
export function Avatar({
  id,
  name,
  group,
  online,
  size = '',
}: {
  id: string;
  name: string;
  group?: boolean;
  online?: boolean;
  size?: '' | 'tiny' | 'small' | 'huge';
}) {
  const picture = chat.value?.pictureOf(id);
  const url = picture && chat.value?.media.at(picture, size === 'huge' ? '320' : '128').url;
  return (
    <span class={`avatar ${size} hue-${hueOf(id)}`} aria-hidden="true">
      {url ? (
        <img class="face" src={url} alt="" draggable={false} />
      ) : (
        initials(name) || <Icon name={group ? 'users' : 'user'} />
      )}
      {online && <span class="there" />}
    </span>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s._-]+/).filter((word) => /[\p{L}\p{N}]/u.test(word));
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters
    .map((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
    .join('')
    .toUpperCase();
}

export function hueOf(id: string): number {
  let sum = 7;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)!) >>> 0;
  return sum % HUES;
}
