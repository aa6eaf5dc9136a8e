import { computed, signal } from '@preact/signals';

/** Where in the app the user is; it stands after the # of the address. */
export type Place =
  | { at: 'list' }
  | { at: 'archived' }
  | { at: 'people' }
  | { at: 'new-group' }
  | { at: 'settings' }
  | { at: 'devices' }
  | { at: 'conversation'; id: string }
  | { at: 'info'; id: string }
  | { at: 'message'; id: string; message: string }
  | { at: 'join'; token: string };

const hash = signal(location.hash);
addEventListener('hashchange', () => (hash.value = location.hash));

export const place = computed(() => parse(hash.value));

export function parse(text: string): Place {
  const [, first, second, third, fourth] = text.split('/').map(decodeURIComponent);
  switch (first) {
    case 'archived':
    case 'people':
    case 'new-group':
    case 'settings':
    case 'devices':
      return { at: first };
    case 'join':
      return second ? { at: 'join', token: second } : { at: 'list' };
    case 'c':
      if (!second) return { at: 'list' };
      if (third === 'info') return { at: 'info', id: second };
      if (third === 'm' && fourth) return { at: 'message', id: second, message: fourth };
      return { at: 'conversation', id: second };
    default:
      return { at: 'list' };
  }
}

export function linkTo(to: Place): string {
  switch (to.at) {
    case 'list':
      return '#/';
    case 'join':
      return `#/join/${encodeURIComponent(to.token)}`;
    case 'conversation':
      return `#/c/${to.id}`;
    case 'info':
      return `#/c/${to.id}/info`;
    case 'message':
      return `#/c/${to.id}/m/${to.message}`;
    default:
      return `#/${to.at}`;
  }
}

/** Goes there; `instead` leaves no way back to where the user was. */
export function go(to: Place, instead = false): void {
  const link = linkTo(to);
  if (instead) {
    history.replaceState(null, '', link);
    hash.value = link;
  } else {
    location.hash = link;
  }
}
