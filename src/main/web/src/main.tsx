import { render } from 'preact';
import { loadLanguage } from './i18n/texts';
import { resume } from './model/account';
import { renew } from './model/renewal';
import { go } from './model/route';
import { App } from './screens/App';
import { NotStarted } from './screens/NotStarted';
import './styles/all.css';

async function start(): Promise<void> {
  const page = document.getElementById('app')!;
  const language = loadLanguage();
  try {
    await resume();
    await language;
    render(<App />, page);
  } catch {
    await language;
    render(<NotStarted />, page);
  }
}

addEventListener('vite:preloadError', () => void renew());
void start();

if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js').catch(() => {});

// Somebody has clicked on a notification while the app is open.
navigator.serviceWorker?.addEventListener('message', ({ data }: MessageEvent) => {
  const id = (data as { open?: string } | null)?.open;
  if (id) go({ at: 'conversation', id });
});
