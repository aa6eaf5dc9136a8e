import { Refusal } from '../api/problem';
import type { FileKey } from '../wire/media';
import { concat, equal, fromBase64, sha256, toBase64, type Bytes } from './bytes';

/** A file is sealed piece by piece, so that no more than one of them is in memory. */
export const PIECE_BYTES = 1024 * 1024;

/** What sealing adds to each piece. */
const TAG_BYTES = 16;
const KEY_BYTES = 32;
const IV_BYTES = 12;

export interface SealedFile {
  sealed: Blob;
  opens: FileKey;
}

/** For one file: a key that seals two of them protects neither. */
export function newFileKey(): string {
  return toBase64(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));
}

/** Seals a file with AES-256-GCM; with the same key again it is sealed to the same bytes. */
export async function sealFile(file: Blob, key = newFileKey()): Promise<SealedFile> {
  const secret = await secretOf(key, 'encrypt');
  const sealed: Blob[] = [];
  const hashes: Bytes[] = [];
  for (const { iv, from, upTo } of piecesOf(file.size, PIECE_BYTES)) {
    const piece = await file.slice(from, upTo).arrayBuffer();
    const bytes = new Uint8Array(await crypto.subtle.encrypt(algorithm(iv), secret, piece));
    hashes.push(await sha256(bytes));
    // As a part of a blob it need not stay in memory.
    sealed.push(new Blob([bytes]));
  }
  return { sealed: new Blob(sealed), opens: { key, hash: await hashOf(hashes) } };
}

/** The file as it was; refused as damaged when it is not the one that was sealed with that key. */
export async function openFile(sealed: Blob, opens: FileKey, type = ''): Promise<Blob> {
  const secret = await secretOf(opens.key, 'decrypt');
  const opened: Blob[] = [];
  const hashes: Bytes[] = [];
  for (const { iv, from, upTo } of piecesOf(sealed.size, PIECE_BYTES + TAG_BYTES)) {
    const piece = new Uint8Array(await sealed.slice(from, upTo).arrayBuffer());
    hashes.push(await sha256(piece));
    const bytes = await crypto.subtle.decrypt(algorithm(iv), secret, piece).catch(damaged);
    opened.push(new Blob([bytes]));
  }
  if (!equal(fromBase64(await hashOf(hashes)), fromBase64(opens.hash))) damaged();
  return new Blob(opened, { type });
}

function damaged(): never {
  throw new Refusal('file-damaged', 0, false, 'It is not the file that was sealed');
}

/**
 * The pieces of so many bytes, of which the last one knows that it is: none can be left out, moved
 * or added. Even of nothing there is one.
 */
function* piecesOf(size: number, pieceBytes: number) {
  const count = Math.max(1, Math.ceil(size / pieceBytes));
  for (let index = 0; index < count; index++) {
    const iv = new Uint8Array(IV_BYTES);
    new DataView(iv.buffer).setUint32(IV_BYTES - 5, index);
    iv[IV_BYTES - 1] = index === count - 1 ? 1 : 0;
    yield { iv, from: index * pieceBytes, upTo: Math.min(size, (index + 1) * pieceBytes) };
  }
}

function algorithm(iv: Bytes) {
  return { name: 'AES-GCM', iv };
}

async function hashOf(hashes: Bytes[]): Promise<string> {
  return toBase64(await sha256(concat(...hashes)));
}

function secretOf(key: string, use: 'encrypt' | 'decrypt'): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', fromBase64(key), 'AES-GCM', false, [use]);
}
