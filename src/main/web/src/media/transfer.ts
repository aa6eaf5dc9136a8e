import { Upload, type DetailedError } from 'tus-js-client';
import { Refusal } from '../api/problem';
import type { Problem } from '../wire/forms';
import type { MediaId } from '../wire/media';

/** So much is sent at once, so that a network that breaks off costs no more than that. */
const CHUNK_BYTES = 4 * 1024 * 1024;

/** What a transfer needs, and whom it tells. */
export interface TransferOptions {
  file: Blob;
  name?: string;
  /** The server is told nothing of it. */
  sealed: boolean;
  /** Where an earlier try has got to. */
  url?: string;
  token(refused?: string): Promise<string>;
  onUrl(url: string): void;
  onProgress(sent: number, total: number): void;
}

/** One file on its way. */
export interface Transfer {
  /** The id that the server gave it; fails with a {@link Refusal}. */
  done: Promise<MediaId>;
  /** Ends it; with `forget` the server drops what it has. */
  stop(forget: boolean): void;
}

/** Sends a file by the tus protocol, on from where the server says it is. */
export function transfer(options: TransferOptions): Transfer {
  const { file, name, sealed, url, onUrl, onProgress } = options;
  let token = '';
  let refused: string | undefined;
  let upload!: Upload;
  const done = new Promise<MediaId>((resolve, reject) => {
    upload = new Upload(file, {
      endpoint: '/uploads',
      uploadUrl: url ?? null,
      metadata: sealed ? { sealed: 'true' } : name ? { filename: name } : {},
      chunkSize: CHUNK_BYTES,
      uploadDataDuringCreation: true,
      // Who tries again knows about the network, and about the session.
      retryDelays: [0],
      onShouldRetry: (error) => error.originalResponse?.getStatus() === 401,
      storeFingerprintForResuming: false,
      async onBeforeRequest(request) {
        token = await options.token(refused);
        request.setHeader('Authorization', `Bearer ${token}`);
      },
      onAfterResponse(_request, response) {
        refused = response.getStatus() === 401 ? token : undefined;
      },
      onUploadUrlAvailable: () => upload.url && onUrl(upload.url),
      onProgress,
      onSuccess: () => resolve(upload.url!.split('/').at(-1)!),
      onError: (error) => reject(refusalOf(error)),
    });
    upload.start();
  });
  return { done, stop: (forget) => void upload.abort(forget).catch(() => {}) };
}

function refusalOf(error: Error | DetailedError): Refusal {
  if (error instanceof Refusal) return error;
  const cause = 'causingError' in error ? error.causingError : undefined;
  if (cause instanceof Refusal) return cause;
  const response = 'originalResponse' in error ? error.originalResponse : undefined;
  if (!response || response.getStatus() === 0) return Refusal.offline(error);
  const seconds = Number(response.getHeader('Retry-After'));
  const retryAfterMs = seconds > 0 ? seconds * 1000 : undefined;
  return Refusal.of(problemIn(response.getBody()), response.getStatus(), retryAfterMs);
}

function problemIn(body: string): Partial<Problem> {
  try {
    return JSON.parse(body) as Partial<Problem>;
  } catch {
    return {};
  }
}
