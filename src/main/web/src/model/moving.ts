import type { MediaCalls } from '../api/media-calls';
import { codeOf, Refusal } from '../api/problem';
import type { SlotCalls } from '../api/slot-calls';
import type { Backup } from '../crypto/backup';
import type { MediaId } from '../wire/media';

/** How often the new device looks whether its answer has come. */
const LOOK_MS = 1_000;

/** Room for where the messages are, as text with spaces behind it. */
const NOTE_BYTES = 256;

interface Ports {
  user: string;
  slots: SlotCalls;
  media: MediaCalls;
}

/** A code that is shown, and what comes of it. */
export interface Moving {
  code: string;
  arrived: Promise<Backup>;
}

/**
 * Asks the user's other devices for what they have read. The code tells them where to leave a note
 * of where the messages are, and the key that those are sealed for.
 */
export async function askForMessages(ports: Ports, signal: AbortSignal): Promise<Moving> {
  const { newOffer } = await import('../crypto/transfer');
  const { user, slots, media } = ports;
  const slot = await slots.open(NOTE_BYTES);
  const offer = await newOffer(user, slot);
  const arrive = async () => {
    await filled(slots, slot, signal);
    const note = await bytesOf(media, slot, signal);
    const { at } = JSON.parse(await note.text()) as { at: MediaId };
    const sealed = await bytesOf(media, at, signal);
    const backup = await offer.open(new Uint8Array(await sealed.arrayBuffer()));
    for (const id of [slot, at]) await media.delete(id).catch(() => {});
    return backup;
  };
  return { code: offer.code, arrived: arrive() };
}

/** Seals what this device has read for the one that shows the code. */
export async function sendMessages(ports: Ports, code: string, backup: Backup): Promise<void> {
  const { readOffer, sealFor } = await import('../crypto/transfer');
  const offer = readOffer(code);
  if (!offer) throw new Refusal('not-a-code', 0, false, 'Not the code of a new device');
  const sealed = new Blob([await sealFor(offer, backup)]);
  // A place that is not there is one of another user, or was given up.
  const isThere = await ports.slots.isFull(offer.slot).then(
    (isFull) => !isFull,
    (error: unknown) => (codeOf(error) === 'offline' ? Promise.reject(error as Error) : false),
  );
  if (!isThere) throw new Refusal('not-a-code', 0, false, 'Nobody waits there');
  const at = await bring(ports.media, sealed);
  const note = JSON.stringify({ at }).padEnd(NOTE_BYTES, ' ');
  await bring(ports.media, new Blob([note]), `/uploads/${offer.slot}`);
}

/** Into the place that there is, or one of its own. */
async function bring(media: MediaCalls, file: Blob, url?: string): Promise<MediaId> {
  const { transfer } = await import('../media/transfer');
  const token = (refused?: string) => media.token(refused);
  return transfer({ file, sealed: true, url, token, onUrl() {}, onProgress() {} }).done;
}

async function filled(slots: SlotCalls, slot: MediaId, signal: AbortSignal): Promise<void> {
  for (;;) {
    signal.throwIfAborted();
    const isFull = await slots.isFull(slot).catch((error: unknown) => {
      if (codeOf(error) === 'offline' || codeOf(error) === 'busy') return false;
      throw error;
    });
    if (isFull) return;
    await pause();
  }
}

/** The server may take a moment until it gives out what it has just got. */
async function bytesOf(media: MediaCalls, id: MediaId, signal: AbortSignal): Promise<Blob> {
  for (;;) {
    signal.throwIfAborted();
    const { state } = await media.view(id);
    if (state === 'ready') return media.bytes(id, 'original');
    if (state === 'refused') throw new Refusal('media-refused', 422, false, 'It was refused');
    await pause();
  }
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS));
}
