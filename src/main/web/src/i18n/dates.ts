import { locale, t } from './texts';

const DAY_MS = 24 * 60 * 60 * 1000;
const WEEK_DAYS = 7;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Formats are kept: making one takes longer than a hundred uses. */
function format(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = locale.value + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat(locale.value, options);
  formats.set(key, made);
  return made;
}

/** 14:05 */
export function time(at: string): string {
  return format({ hour: '2-digit', minute: '2-digit' }).format(new Date(at));
}

/** Today, yesterday, Monday, 3 March, 3 March 2024. */
export function day(at: string): string {
  const date = new Date(at);
  const days = daysAgo(date);
  if (days === 0) return t('date.today');
  if (days === 1) return t('date.yesterday');
  if (days < WEEK_DAYS) return format({ weekday: 'long' }).format(date);
  const thisYear = date.getFullYear() === new Date().getFullYear();
  return format({ day: 'numeric', month: 'long', ...(thisYear ? {} : { year: 'numeric' }) }).format(
    date,
  );
}

/** As short as a list has room for. */
export function short(at: string): string {
  const date = new Date(at);
  const days = daysAgo(date);
  if (days === 0) return time(at);
  if (days === 1) return t('date.yesterday');
  if (days < WEEK_DAYS) return format({ weekday: 'short' }).format(date);
  return format({ day: '2-digit', month: '2-digit', year: '2-digit' }).format(date);
}

/** Day and time. */
export function full(at: string): string {
  const days = daysAgo(new Date(at));
  if (days === 0) return t('date.todayAt', { time: time(at) });
  if (days === 1) return t('date.yesterdayAt', { time: time(at) });
  return t('date.at', { day: day(at), time: time(at) });
}

function daysAgo(date: Date): number {
  return Math.round((midnight(new Date()) - midnight(date)) / DAY_MS);
}

function midnight(date: Date): number {
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}
