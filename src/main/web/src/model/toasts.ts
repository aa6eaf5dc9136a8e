import { signal } from '@preact/signals';

const SHOWN_MS = 5_000;

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run(): void };
}

export const toasts = signal<Toast[]>([]);
let last = 0;

/** Says something in passing. */
export function say(text: string, action?: Toast['action']): void {
  const id = ++last;
  toasts.value = [...toasts.value.slice(-2), { id, text, action }];
  setTimeout(() => dismiss(id), SHOWN_MS);
}

export function dismiss(id: number): void {
  toasts.value = toasts.value.filter((toast) => toast.id !== id);
}
