import { signal } from '@preact/signals';
import type { Calls } from '../api/calls';

/** `unsupported`: not by this browser, or not on a page that did not come over TLS. */
export type PushState = 'unsupported' | 'denied' | 'off' | 'on';

/** Notifications on this device, also while the app is closed. */
export class Notifications {
  readonly state = signal<PushState>('unsupported');

  constructor(private readonly calls: Calls) {
    void this.look();
  }

  async start(): Promise<void> {
    if ((await Notification.requestPermission()) !== 'granted') return this.look();
    const registration = await navigator.serviceWorker.ready;
    const applicationServerKey = bytes(await this.calls.pushKey());
    const subscription = await registration.pushManager.subscribe({
      userVisibleOnly: true,
      applicationServerKey,
    });
    await this.calls.startPush(subscription.toJSON());
    await this.look();
  }

  async end(): Promise<void> {
    const subscription = await this.subscription();
    if (!subscription) return;
    await subscription.unsubscribe();
    await this.calls.endPush();
    await this.look();
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

function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replaceAll('-', '+').replaceAll('_', '/');
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
