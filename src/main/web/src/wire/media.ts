import type { Content, Problem } from './forms';

export type MediaId = string;
export type MediaKind = 'image' | 'video' | 'audio' | 'file';

/** In which sizes the bytes can be had; a poster is a still of a video. */
export type MediaSize = '128' | '320' | '800' | 'original' | 'poster';

/** What the server knows of a picture, video, sound or file. */
export interface MediaView {
  id: MediaId;
  kind: MediaKind;
  mime: string;
  size: number;
  name?: string;
  width?: number;
  height?: number;
  durationMs?: number;
  /** A ThumbHash in base64: how it looks, in a few bytes. */
  placeholder?: string;
  /** How loud it is, 0 to 100, from its beginning to its end. */
  waveform?: number[];
  sizes: MediaSize[];
  state: 'processing' | 'ready' | 'refused';
  /** Why it was refused. */
  problem?: Problem;
  transcoded?: boolean;
}

/** What opens a file that was sealed on a device, in base64; it goes inside the sealed message. */
export interface FileKey {
  key: string;
  /** SHA-256 of the SHA-256 of each sealed piece, one after the other. */
  hash: string;
}

/** A file that was sealed on a device, and what opens it. */
export interface SealedPart {
  mediaId: MediaId;
  opens: FileKey;
}

/** The sizes of smaller pictures that devices make. */
export type PreviewSize = '320' | '800';

/** All files that a content has on the server: itself, and smaller pictures of it. */
export function filesOf({ mediaId, previews }: Content): MediaId[] {
  const all = [mediaId, ...Object.values(previews ?? {}).map((it) => it.mediaId)];
  return all.filter((id) => id !== undefined);
}

/** As it was before its file was brought to the server. */
export function unsent(content: Content): Content {
  const { mediaId: _, opens: __, previews: ___, ...rest } = content;
  return rest;
}

/** An address that works without a token, for a while. */
export interface MediaLink {
  url: string;
  expiresAt: string;
}

/** The server's limit for one file. */
export const FILE_BYTES_MAX = 100 * 1024 * 1024;
