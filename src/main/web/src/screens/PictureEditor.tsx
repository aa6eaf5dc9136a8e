import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../i18n/texts';
import { drawn } from '../media/shrink';
import { attempt } from '../ui/errors';
import { Sheet } from '../ui/Sheet';

/** The side of the square on the screen, and of the picture that is made of it. */
const STAGE_PX = 280;
const RESULT_PX = 640;
const ZOOM_MAX = 4;
const STEP_PX = 12;

interface Crop {
  /** The middle of the square, in pixels of the picture. */
  x: number;
  y: number;
  /** Beside the largest square that fits. */
  zoom: number;
}

/** Keeps the square within the picture. */
export function within(crop: Crop, width: number, height: number): Crop {
  const half = Math.min(width, height) / crop.zoom / 2;
  return {
    zoom: crop.zoom,
    x: Math.min(width - half, Math.max(half, crop.x)),
    y: Math.min(height - half, Math.max(half, crop.y)),
  };
}

interface Props {
  bitmap: ImageBitmap;
  onDone(picture: Blob): Promise<void>;
  onClose(): void;
}

/** Cuts a square out of a picture. */
export function PictureEditor({ bitmap, onDone, onClose }: Props) {
  const { width, height } = bitmap;
  const canvas = useRef<HTMLCanvasElement>(null);
  const [crop, setCrop] = useState<Crop>({ x: width / 2, y: height / 2, zoom: 1 });
  const [busy, setBusy] = useState(false);
  const from = useRef<{ x: number; y: number; crop: Crop }>(undefined);
  const side = Math.min(width, height) / crop.zoom;
  const source = { x: crop.x - side / 2, y: crop.y - side / 2, width: side, height: side };
  const change = (by: Partial<Crop>) => setCrop((now) => within({ ...now, ...by }, width, height));

  useEffect(() => {
    const context = canvas.current!.getContext('2d')!;
    const { x, y } = source;
    context.imageSmoothingQuality = 'high';
    context.drawImage(bitmap, x, y, side, side, 0, 0, STAGE_PX * 2, STAGE_PX * 2);
  }, [crop]);

  async function done(): Promise<void> {
    setBusy(true);
    const size = Math.round(Math.min(RESULT_PX, side));
    const plan = { type: 'image/jpeg' as const, width: size, height: size };
    const saved = await attempt(async () => onDone(await drawn(bitmap, plan, source)));
    setBusy(false);
    if (saved) onClose();
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = (STEP_PX * side) / STAGE_PX;
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const move = by[event.key as keyof typeof by];
    if (!move) return;
    event.preventDefault();
    change({ x: crop.x + move[0]! * step, y: crop.y + move[1]! * step });
  }

  return (
    <Sheet label={t('picture.crop')} card onClose={onClose}>
      <h2>{t('picture.crop')}</h2>
      <div
        class="cropper"
        role="group"
        tabIndex={0}
        aria-label={t('picture.cropHint')}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          from.current = { x: event.clientX, y: event.clientY, crop };
        }}
        onPointerMove={(event) => {
          if (!from.current) return;
          const scale = side / STAGE_PX;
          const { crop: before, x, y } = from.current;
          change({
            x: before.x - (event.clientX - x) * scale,
            y: before.y - (event.clientY - y) * scale,
          });
        }}
        onPointerUp={() => (from.current = undefined)}
        onPointerCancel={() => (from.current = undefined)}
        onWheel={(event) => {
          event.preventDefault();
          const zoom = crop.zoom * Math.exp(-event.deltaY / 400);
          change({ zoom: Math.min(ZOOM_MAX, Math.max(1, zoom)) });
        }}
      >
        <canvas ref={canvas} width={STAGE_PX * 2} height={STAGE_PX * 2} />
      </div>
      <input
        type="range"
        class="crop-zoom"
        min={100}
        max={ZOOM_MAX * 100}
        value={crop.zoom * 100}
        aria-label={t('picture.zoom')}
        onInput={(event) => change({ zoom: Number(event.currentTarget.value) / 100 })}
      />
      <div class="choices">
        <button type="button" class="button plain" onClick={onClose}>
          {t('action.cancel')}
        </button>
        <button type="button" class="button main" disabled={busy} onClick={() => void done()}>
          {t('action.save')}
        </button>
      </div>
    </Sheet>
  );
}
