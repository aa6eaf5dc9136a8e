import { signal } from '@preact/signals';
import type { Calls } from '../api/calls';
import { codeOf, Refusal } from '../api/problem';

/** `unsupported`: not by this browser, or not on a page that did not come over TLS. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

/** Notifications on this device, also while the app is closed. */
export class Notifications {
  readonly state = signal<PushState>('unsupported');

  constructor(private readonly calls: Calls) {
    void this.resume().catch(() => {});
  }

  /** Asks the user, subscribes, and tells the server where to send. */
  async start(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') return this.look();
    const registration = await navigator.serviceWorker.ready;
    const options = { userVisibleOnly: true, applicationServerKey: await this.key() };
    const subscription = await registration.pushManager
      .subscribe(options)
      .catch((cause: unknown) => Promise.reject(unavailable(String(cause))));
    await this.calls.startPush(subscription.toJSON());
    await this.look();
  }

  async end(): Promise<void> {
    const subscription = await this.subscription();
    if (!subscription) return;
    await subscription.unsubscribe();
    await this.look();
    await this.calls.endPush();
  }

  /** The server may have forgotten this device since, as after signing in again. */
  private async resume(): Promise<void> {
    await this.look();
    const subscription = await this.subscription();
    if (subscription) await this.calls.startPush(subscription.toJSON());
  }

  private async key(): Promise<Uint8Array<ArrayBuffer>> {
    try {
      return bytes(await this.calls.pushKey());
    } catch (error) {
      if (codeOf(error) === 'not-found') throw unavailable('The server sends none');
      throw error;
    }
  }

  private async look(): Promise<void> {
    if (!('serviceWorker' in navigator) || !('PushManager' in window)) return;
    if (Notification.permission === 'denied') this.state.value = 'denied';
    else this.state.value = (await this.subscription()) ? 'on' : 'off';
  }

  private async subscription(): Promise<PushSubscription | null> {
    const registration = await navigator.serviceWorker?.getRegistration();
    return (await registration?.pushManager?.getSubscription()) ?? null;
  }
}

function unavailable(why: string): Refusal {
  return new Refusal('push-unavailable', 0, true, why);
}

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
