import { render } from 'preact';
import { loadLanguage } from './i18n/texts';
import { resume } from './model/account';
import { go } from './model/route';
import { App } from './screens/App';
import './styles/all.css';

async function start(): Promise<void> {
  await Promise.all([loadLanguage(), resume()]);
  render(<App />, document.getElementById('app')!);
}

void start();

if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js').catch(() => {});

// Somebody has clicked on a notification while the app is open.
navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent) => {
  const id = (data as { open?: string } | null)?.open;
  if (id) go({ at: 'conversation', id });
});
