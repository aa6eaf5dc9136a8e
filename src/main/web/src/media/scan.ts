import { Refusal } from '../api/problem';

/** So often a picture of the camera is looked at. */
const LOOK_MS = 200;

/** A code is still read when the picture is no larger than this, and that is fast. */
const SIDE_PX_MAX = 800;

type Reader = (video: HTMLVideoElement) => Promise<string | undefined>;

/** What browsers have that read codes by themselves. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}

type DetectorClass = {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
};

/** Shows the camera and tells of every QR code that it sees, until it is stopped. */
export async function scan(
  video: HTMLVideoElement,
  signal: AbortSignal,
  onText: (text: string) => void,
): Promise<void> {
  const camera = { video: { facingMode: 'environment' } };
  const stream = await navigator.mediaDevices.getUserMedia(camera).catch(() => {
    throw new Refusal('no-camera', 0, false, 'There is no camera, or it may not be used');
  });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  signal.addEventListener('abort', stop);
  if (signal.aborted) return stop();
  video.srcObject = stream;
  await video.play();
  const read = await reader();
  while (!signal.aborted) {
    const text = await read(video).catch(() => undefined);
    if (text && !signal.aborted) onText(text);
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}

async function reader(): Promise<Reader> {
  const { BarcodeDetector } = globalThis as { BarcodeDetector?: DetectorClass };
  const formats = (await BarcodeDetector?.getSupportedFormats().catch(() => [])) ?? [];
  if (BarcodeDetector && formats.includes('qr_code')) {
    const detector = new BarcodeDetector({ formats: ['qr_code'] });
    return async (video) => (await detector.detect(video))[0]?.rawValue;
  }
  const { default: decode } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  return async (video) => {
    const scale = Math.min(1, SIDE_PX_MAX / Math.max(video.videoWidth, video.videoHeight, 1));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    const context = canvas.getContext('2d', { willReadFrequently: true })!;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    return decode(context.getImageData(0, 0, canvas.width, canvas.height));
  };
}
