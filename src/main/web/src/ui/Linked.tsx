import type { ComponentChildren } from 'preact';

const LINK_OR_NAME = /\bhttps?:\/\/[^\s<>"]+[^\s<>"'.,;:!?)\]}]|@[a-z0-9][a-z0-9_-]{0,63}/g;
const ONLY_EMOJI =
  /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D\p{Extended_Pictographic}|\p{EMod})*\s*){1,3}$/u;

/** A text with its links, and with the names of those whom it mentions. */
export function Linked({ text, names }: { text: string; names?: ReadonlyMap<string, string> }) {
  const parts: ComponentChildren[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(LINK_OR_NAME)) {
    const name = found.startsWith('@') ? names?.get(found.slice(1)) : undefined;
    if (found.startsWith('@') && name === undefined) continue;
    parts.push(text.slice(from, index));
    parts.push(name === undefined ? <Link to={found} /> : <b class="mention">@{name}</b>);
    from = index + found.length;
  }
  parts.push(text.slice(from));
  return <>{parts}</>;
}

function Link({ to }: { to: string }) {
  return (
    <a href={to} target="_blank" rel="noopener noreferrer">
      {to}
    </a>
  );
}

/** Up to three emoji and nothing else: shown large. */
export function isOnlyEmoji(text: string): boolean {
  return text.length <= 30 && ONLY_EMOJI.test(text);
}
