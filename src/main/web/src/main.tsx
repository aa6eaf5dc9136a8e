import { render } from 'preact';

render(<h1>Parley</h1>, document.getElementById('app')!);
if (import.meta.env.PROD) void navigator.serviceWorker?.register('/sw.js');
