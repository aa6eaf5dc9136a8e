import type { Problem } from './forms';

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

/** An address that works without a token, for a while. */
export interface MediaLink {
  url: string;
  expiresAt: string;
}

/** The server's limit for one file. */
export const FILE_BYTES_MAX = 100 * 1024 * 1024;
