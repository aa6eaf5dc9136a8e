import { equal, fromBase64, sha256, toBase64 } from './bytes';

const IV_BYTES = 12;

/** What opens one sealed file, in base64; it goes inside the sealed message. */
export interface FileKey {
  key: string;
  iv: string;
  /** SHA-256 of the sealed bytes. */
  hash: string;
}

/** Seals a file with a key of its own. */
export async function sealFile(file: Blob): Promise<{ sealed: Blob; opens: FileKey }> {
  const raw = crypto.getRandomValues(new Uint8Array(32));
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt']);
  const bytes = await file.arrayBuffer();
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytes));
  const opens = { key: toBase64(raw), iv: toBase64(iv), hash: toBase64(await sha256(sealed)) };
  return { sealed: new Blob([sealed]), opens };
}

/** The file as it was; fails when it is not the one that was sealed with that key. */
export async function openFile(sealed: Blob, opens: FileKey, type = ''): Promise<Blob> {
  const bytes = new Uint8Array(await sealed.arrayBuffer());
  if (!equal(await sha256(bytes), fromBase64(opens.hash))) throw new Error('Another file');
  const raw = fromBase64(opens.key);
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt']);
  const algorithm = { name: 'AES-GCM', iv: fromBase64(opens.iv) };
  return new Blob([await crypto.subtle.decrypt(algorithm, key, bytes)], { type });
}
