import type { FunctionComponent } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { t } from '../i18n/texts';
import { explain } from './errors';

type Loader<P> = () => Promise<FunctionComponent<P>>;

/** A part of the app that is fetched when it is first needed. */
export function Later<P extends object>({ load, ...props }: { load: Loader<P> } & P) {
  const [part, setPart] = useState<{ load: Loader<P>; View: FunctionComponent<P> }>();
  const [failure, setFailure] = useState<unknown>();
  useEffect(() => {
    let wanted = true;
    load().then(
      (View) => wanted && setPart({ load, View }),
      (error: unknown) => wanted && setFailure(error),
    );
    return () => {
      wanted = false;
    };
  }, [load]);
  if (part?.load === load) return <part.View {...(props as unknown as P)} />;
  if (failure === undefined) return <div class="pane-screen" />;
  return (
    <div class="pane-screen nothing" role="alert">
      <p>{explain(failure)}</p>
      <button type="button" class="button" onClick={() => location.reload()}>
        {t('status.reload')}
      </button>
    </div>
  );
}
