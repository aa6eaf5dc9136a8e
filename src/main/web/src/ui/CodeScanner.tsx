import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/texts';
import { scan } from '../media/scan';
import { Field } from './controls';

interface Props {
  /** What the field is called in which the code can be written instead. */
  label: string;
  /** What is done with what was written. */
  action: string;
  wrong?: string;
  busy?: boolean;
  onCode(text: string): void;
}

/** Reads a code of another device: with the camera, or as text. */
export function CodeScanner({ label, action, wrong, busy, onCode }: Props) {
  const video = useRef<HTMLVideoElement>(null);
  const taker = useRef(onCode);
  taker.current = onCode;
  const [camera, setCamera] = useState<'starting' | 'none'>('starting');
  const [text, setText] = useState('');
  useEffect(() => {
    const stop = new AbortController();
    let last = '';
    const take = (found: string) => {
      // The camera sees the same code again and again.
      if (found !== last) taker.current(found);
      last = found;
    };
    scan(video.current!, stop.signal, take).catch(() => setCamera('none'));
    return () => stop.abort();
  }, []);
  return (
    <>
      {camera === 'none' ? (
        <p class="note">{t('scan.noCamera')}</p>
      ) : (
        <video ref={video} class="scanner" aria-label={t('scan.camera')} muted playsInline />
      )}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onCode(text.trim());
        }}
      >
        <Field
          label={label}
          value={text}
          wrong={wrong}
          autoComplete="off"
          spellcheck={false}
          onInput={(event) => setText(event.currentTarget.value)}
        />
        <button type="submit" class="button main wide" disabled={busy || text.trim() === ''}>
          {busy && <span class="spinner" />} {action}
        </button>
      </form>
    </>
  );
}
