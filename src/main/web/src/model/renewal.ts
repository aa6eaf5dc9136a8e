const KEY = 'parley.reloaded';

/** Oftener than this it would be no help, and the user could do nothing. */
const AGAIN_MS = 5 * 60 * 1000;

/**
 * Loads the app anew when a part of it cannot be had any more, and the server is there: another
 * version has been deployed, with other parts. What is being written is kept, but for an edit.
 */
export async function renew(
  reload = () => location.reload(),
  page = () => fetch('/', { cache: 'no-store' }),
): Promise<void> {
  const isThere = await page().then(
    (answer) => answer.ok,
    () => false,
  );
  if (!isThere) return;
  const last = Number(sessionStorage.getItem(KEY) ?? 0);
  if (Date.now() - last < AGAIN_MS) return;
  sessionStorage.setItem(KEY, String(Date.now()));
  reload();
}
