import { locale } from '../../../i18n/texts';

const UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;

/** 14 kB, 3.2 MB. */
export function bytes(amount: number): string {
  const power = Math.min(UNITS.length - 1, Math.floor(Math.log10(Math.max(1, amount)) / 3));
  const value = amount / 1000 ** power;
  return new Intl.NumberFormat(locale.value, {
    style: 'unit',
    unit: UNITS[power],
    unitDisplay: power === 0 ? 'narrow' : 'short',
    maximumFractionDigits: power > 1 && value < 10 ? 1 : 0,
  }).format(value);
}

/** 0:07, 12:30, 1:02:30. */
export function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  if (seconds >= 3600) parts.unshift(Math.floor(seconds / 3600));
  return parts.map((part, index) => String(part).padStart(index === 0 ? 1 : 2, '0')).join(':');
}
