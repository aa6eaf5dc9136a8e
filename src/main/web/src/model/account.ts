import { signal } from '@preact/signals';
import { Calls } from '../api/calls';
import { Client } from '../api/client';
import { SessionKeeper } from '../api/session-keeper';
import { nameFor } from '../store/database';
import { locks } from '../socket/locks';
import type { UserId } from '../wire/forms';
import { Chat } from './chat';

const DEVICE_KEY = 'parley.device';

const keeper = new SessionKeeper({
  storage: localStorage,
  locks,
  fetch: (...args) => fetch(...args),
  now: Date.now,
});

export const calls = new Calls(new Client(keeper, (...args) => fetch(...args)));

/** What the signed-in user has; undefined when nobody is. */
export const chat = signal<Chat | undefined>(undefined);

/** Whose chat that is, or will be once it is open. */
let owner: UserId | undefined;

/** What is done about the session, one after the other. */
let resuming = Promise.resolve();

/** Whether the session ended without the user asking for it. */
export const wasEnded = signal(false);

// What is kept here stays, for when its user signs in again, unless the device was signed out.
keeper.onEnded = (forSure) => (forSure ? forget(owner, true) : leave(true));

// Another tab has signed in or out.
addEventListener('storage', (event) => {
  if (event.key === 'parley.session') void resume();
});

/** Goes on with the session that this browser has, if there is one. */
export function resume(): Promise<void> {
  resuming = resuming.catch(() => {}).then(goOn);
  return resuming;
}

async function goOn(): Promise<void> {
  const session = keeper.get();
  if (session?.userId === chat.value?.store.me) return;
  chat.value?.close();
  chat.value = undefined;
  owner = session?.userId;
  if (!session) return;
  try {
    const opened = await Chat.open(session, calls, () => forget(session.userId, true));
    // The session may have ended meanwhile.
    if (owner === session.userId) chat.value = opened;
    else opened.close();
  } catch (error) {
    if (owner === session.userId) throw error;
  }
}

export async function signIn(userId: string, password: string): Promise<void> {
  const known = JSON.parse(localStorage.getItem(DEVICE_KEY) ?? '{}') as Record<string, string>;
  const session = await calls.signIn(userId, password, { id: known[userId], name: deviceName() });
  localStorage.setItem(DEVICE_KEY, JSON.stringify({ ...known, [userId]: session.deviceId }));
  keeper.set(session);
  wasEnded.value = false;
  await resume();
}

export async function register(userId: string, password: string, name: string): Promise<void> {
  await calls.register(userId, password, name || undefined);
  await signIn(userId, password);
}

/** Ends the session on the server as far as it can be reached, and forgets everything here. */
export async function signOut(): Promise<void> {
  const left = owner;
  await chat.value?.notifications.end().catch(() => {});
  await calls.signOut().catch(() => {});
  forget(left, false);
}

function leave(ended: boolean): void {
  const left = chat.value;
  chat.value = undefined;
  owner = undefined;
  wasEnded.value = ended;
  left?.close();
}

/** Leaves, and deletes what is kept here: this device was signed out, here or elsewhere. */
function forget(left: UserId | undefined, ended: boolean): void {
  keeper.clear();
  leave(ended);
  if (left) indexedDB.deleteDatabase(nameFor(left));
}

/** Such as "Chrome on Android". */
export function deviceName(): string {
  const agent = navigator.userAgent;
  const browser =
    [
      ['Edg/', 'Edge'],
      ['Firefox/', 'Firefox'],
      ['Chrome/', 'Chrome'],
      ['Safari/', 'Safari'],
    ].find(([mark]) => agent.includes(mark!))?.[1] ?? 'Browser';
  const system =
    [
      ['Android', 'Android'],
      ['iPhone', 'iPhone'],
      ['iPad', 'iPad'],
      ['Windows', 'Windows'],
      ['Mac OS', 'Mac'],
      ['Linux', 'Linux'],
    ].find(([mark]) => agent.includes(mark!))?.[1] ?? '';
  return system ? `${browser} · ${system}` : browser;
}
