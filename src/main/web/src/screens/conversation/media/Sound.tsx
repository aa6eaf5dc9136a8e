import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../i18n/texts';
import { summed } from '../../../media/waveform';
import type { Chat } from '../../../model/chat';
import { mediaName } from '../../../model/preview';
import { attempt } from '../../../ui/errors';
import { IconButton } from '../../../ui/controls';
import { duration } from './amounts';
import type { Piece } from './piece';
import { wordsFor } from './shown';
import { alone } from './players';
import { UploadRing } from './UploadRing';

const BARS = 40;
const SPEEDS = [1, 1.5, 2];

/** A voice message, or another sound: how loud it is, and where one is in it. */
export function Sound({ chat, piece }: { chat: Chat; piece: Piece }) {
  const { content, draft } = piece;
  const sound = useSound(chat, piece);
  const [speed, setSpeed] = useState(1);
  const bars = summed(content.waveform ?? [], BARS);
  const { atMs, totalMs } = sound;
  const done = totalMs > 0 ? atMs / totalMs : 0;
  return (
    <span class="sound" data-testid="sound">
      {draft?.upload && draft.refused === undefined ? (
        <UploadRing chat={chat} draft={draft} />
      ) : (
        <IconButton
          class="icon-button sound-play"
          icon={sound.playing ? 'pause' : 'play'}
          label={`${t(sound.playing ? 'media.pause' : 'media.play')}: ${wordsFor(chat, piece)}`}
          onClick={() => void attempt(sound.toggle)}
        />
      )}
      <span class="grow">
        {content.name && <span class="sound-name cut">{mediaName(content)}</span>}
        <span class="wave">
          {bars.map((level, index) => (
            <i
              key={index}
              class={index / BARS < done ? 'on' : ''}
              style={{ height: `${12 + level * 0.88}%` }}
            />
          ))}
          <input
            type="range"
            min={0}
            max={Math.max(1, Math.round(totalMs / 100))}
            value={Math.round(atMs / 100)}
            aria-label={t('media.position')}
            aria-valuetext={duration(atMs)}
            onInput={(event) => sound.seek(Number(event.currentTarget.value) * 100)}
          />
        </span>
        <span class="sound-time">{duration(sound.playing || atMs > 0 ? atMs : totalMs)}</span>
      </span>
      {(sound.playing || atMs > 0) && (
        <button
          type="button"
          class="sound-speed"
          aria-label={t('media.speed', { speed })}
          onClick={() => {
            const next = SPEEDS[(SPEEDS.indexOf(speed) + 1) % SPEEDS.length]!;
            setSpeed(next);
            sound.atSpeed(next);
          }}
        >
          {speed}×
        </button>
      )}
    </span>
  );
}

/** The sound itself, which is fetched when it is first played. */
function useSound(chat: Chat, { content, clientId }: Piece) {
  const audio = useRef<HTMLAudioElement>(undefined);
  const [playing, setPlaying] = useState(false);
  const [atMs, setAtMs] = useState(0);
  useEffect(() => () => audio.current?.pause(), []);
  useEffect(() => {
    if (!playing) return;
    let frame = requestAnimationFrame(function look() {
      setAtMs((audio.current?.currentTime ?? 0) * 1000);
      frame = requestAnimationFrame(look);
    });
    return () => cancelAnimationFrame(frame);
  }, [playing]);

  async function loaded(): Promise<HTMLAudioElement> {
    if (audio.current) return audio.current;
    const url = chat.media.knownFile(clientId) ?? (await chat.media.address(content));
    const element = new Audio(url);
    element.currentTime = atMs / 1000;
    element.onplay = () => setPlaying(true);
    element.onpause = () => setPlaying(false);
    element.onended = () => setAtMs(0);
    audio.current = element;
    return element;
  }
  async function toggle(): Promise<void> {
    const element = await loaded();
    if (!element.paused) return element.pause();
    alone(element);
    await element.play();
  }
  function seek(ms: number): void {
    setAtMs(ms);
    if (audio.current) audio.current.currentTime = ms / 1000;
  }
  function atSpeed(speed: number): void {
    if (audio.current) audio.current.playbackRate = speed;
  }
  return { playing, atMs, totalMs: content.durationMs ?? 0, toggle, seek, atSpeed };
}
