import { thumbHashToApproximateAspectRatio, thumbHashToDataURL } from 'thumbhash';

/** So many stay decoded. */
const KNOWN_MAX = 500;

const known = new Map<string, string | undefined>();

/** A blurred picture from a ThumbHash in base64, as a data: URL; undefined when it is none. */
export function placeholderUrl(hash: string): string | undefined {
  if (known.has(hash)) return known.get(hash);
  if (known.size >= KNOWN_MAX) known.clear();
  const url = decoded(hash, thumbHashToDataURL);
  known.set(hash, url);
  return url;
}

/** Width by height, roughly: for pictures that do not say how large they are. */
export function placeholderRatio(hash: string): number | undefined {
  return decoded(hash, thumbHashToApproximateAspectRatio);
}

function decoded<T>(hash: string, by: (bytes: Uint8Array) => T): T | undefined {
  try {
    const bytes = Uint8Array.from(atob(hash), (character) => character.charCodeAt(0));
    return bytes.length < 5 ? undefined : by(bytes);
  } catch {
    return undefined;
  }
}
