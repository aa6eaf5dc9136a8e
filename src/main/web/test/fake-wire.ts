import type { Wire } from '../src/socket/connection';
import type { ClientFrame } from '../src/wire/frames';

/** The server's end of a socket. */
export class FakeWire implements Wire {
  readonly received: ClientFrame[] = [];
  closed = false;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;

  send(text: string): void {
    this.received.push(JSON.parse(text) as ClientFrame);
  }

  close(): void {
    this.closed = true;
  }

  async says(...frames: object[]): Promise<void> {
    for (const frame of frames) this.onmessage?.({ data: JSON.stringify(frame) });
    await settled();
  }

  async ends(code: number): Promise<void> {
    this.onclose?.({ code });
    await settled();
  }

  of(type: ClientFrame['t']): ClientFrame[] {
    return this.received.filter((frame) => frame.t === type);
  }
}

/** All that is under way has been done. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}
