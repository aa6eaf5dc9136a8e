import { useEffect, useState } from 'preact/hooks';
import { full } from '../i18n/dates';
import { t } from '../i18n/texts';
import type { Chat } from '../model/chat';
import { go } from '../model/route';
import { encryption } from '../model/settings';
import type { Device } from '../wire/forms';
import { IconButton } from '../ui/controls';
import { attempt, explain } from '../ui/errors';
import { Icon } from '../ui/Icon';
import { MoveCard } from './MoveCard';

/** Where the user is signed in; other devices can be signed out from here. */
export function DevicesScreen({ chat }: { chat: Chat }) {
  const [devices, setDevices] = useState<Device[]>();
  const [wrong, setWrong] = useState<string>();
  const load = () =>
    chat.calls.devices().then(setDevices, (error: unknown) => setWrong(explain(error)));
  const [prints, setPrints] = useState<ReadonlyMap<string, string>>(new Map());
  useEffect(() => void load(), []);
  useEffect(() => void chat.sealing.ownDevices().then(setPrints, () => {}), []);
  const alarm = chat.sealing.identities.value.get(chat.me)?.alarm;

  async function end(device: Device): Promise<void> {
    const done = t('devices.ended', { name: device.name });
    if (await attempt(() => chat.calls.endDevice(device.id), done)) await load();
  }

  const others = devices?.filter((it) => !it.current) ?? [];
  return (
    <section class="pane-screen" aria-label={t('devices.title')}>
      <header class="bar">
        <IconButton icon="back" label={t('action.back')} onClick={() => go({ at: 'settings' })} />
        <h1>{t('devices.title')}</h1>
      </header>
      <div class="pane-body cards">
        {wrong && (
          <p class="note wrong" role="alert">
            {wrong}
          </p>
        )}
        {alarm && (
          <p class="note wrong" role="alert" data-testid="own-alarm">
            {t('keys.ownAlarm')}
          </p>
        )}
        {!devices && !wrong && <span class="spinner centred" />}
        {devices && (
          <>
            <h2 class="section">{t('devices.current')}</h2>
            <ul class="group-card">
              {devices
                .filter((it) => it.current)
                .map((it) => (
                  <DeviceRow key={it.id} device={it} print={prints.get(it.id)} />
                ))}
            </ul>
            <h2 class="section">{t('devices.others')}</h2>
            {others.length === 0 && <p class="nothing small">{t('devices.none')}</p>}
            <ul class="group-card">
              {others.map((it) => (
                <DeviceRow
                  key={it.id}
                  device={it}
                  print={prints.get(it.id)}
                  onEnd={() => void end(it)}
                />
              ))}
            </ul>
            {encryption.value === 'on' && <MoveCard chat={chat} />}
          </>
        )}
      </div>
    </section>
  );
}

function DeviceRow(props: { device: Device; print?: string; onEnd?(): void }) {
  const { device, print, onEnd } = props;
  const { name, lastSeenAt, signedInAt } = device;
  const isPhone = /Android|iPhone|iPad/.test(name);
  return (
    <li class="device" data-testid="device">
      <span class="round">
        <Icon name={isPhone ? 'phone' : 'device'} />
      </span>
      <span class="grow">
        <strong class="cut">{name}</strong>
        <span class="hint">
          {onEnd
            ? t('devices.lastSeen', { when: full(lastSeenAt) })
            : t('devices.since', { when: full(signedInAt) })}
        </span>
        <span class="hint" data-testid="fingerprint">
          {print ? t('devices.fingerprint', { print }) : t('devices.noKeys')}
        </span>
      </span>
      {onEnd && (
        <button
          type="button"
          class="button danger"
          aria-label={t('devices.endLabel', { name })}
          onClick={onEnd}
        >
          {t('devices.end')}
        </button>
      )}
    </li>
  );
}
