import { Refusal } from '../api/problem';
import type { Prepared } from './prepare';
import { summed } from './waveform';

/** What most devices can play comes first. */
const TYPES = [
  'audio/mp4;codecs=mp4a.40.2',
  'audio/webm;codecs=opus',
  'audio/ogg;codecs=opus',
  'audio/mp4',
];

const BITS_PER_SECOND = 32_000;

/** The microphone is listened to so often, for how loud it is. */
const LEVEL_MS = 100;

/** As many numbers as the server gives for a sound. */
export const WAVEFORM = 64;

/** Whether this browser can record here at all; not on pages that came without TLS. */
export function canRecord(): boolean {
  return typeof MediaRecorder === 'function' && !!navigator.mediaDevices?.getUserMedia;
}

/** A voice message while it is spoken. */
export class Recording {
  readonly levels: number[] = [];
  private readonly begun = Date.now();
  private readonly parts: Blob[] = [];
  private readonly timer: ReturnType<typeof setInterval>;

  private constructor(
    private readonly stream: MediaStream,
    private readonly context: AudioContext,
    private readonly recorder: MediaRecorder,
    onLevel: () => void,
  ) {
    const analyser = context.createAnalyser();
    context.createMediaStreamSource(stream).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    this.timer = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      this.levels.push(loudness(samples));
      onLevel();
    }, LEVEL_MS);
    recorder.ondataavailable = ({ data }) => this.parts.push(data);
    recorder.start(1_000);
  }

  /** Asks for the microphone and begins. */
  static async start(onLevel: () => void): Promise<Recording> {
    const stream = await navigator.mediaDevices
      .getUserMedia({ audio: true })
      .catch((cause: unknown) => {
        throw new Refusal('no-microphone', 0, true, String(cause));
      });
    const mimeType = TYPES.find((type) => MediaRecorder.isTypeSupported(type));
    const recorder = new MediaRecorder(stream, { mimeType, audioBitsPerSecond: BITS_PER_SECOND });
    return new Recording(stream, new AudioContext(), recorder, onLevel);
  }

  get durationMs(): number {
    return Date.now() - this.begun;
  }

  async finish(): Promise<Prepared> {
    const { durationMs } = this;
    const stopped = new Promise((resolve) => (this.recorder.onstop = resolve));
    this.recorder.stop();
    await stopped;
    this.release();
    const [mime] = this.recorder.mimeType.split(';');
    const blob = new Blob(this.parts, { type: mime });
    const waveform = summed(this.levels, WAVEFORM);
    const content = { type: 'media', kind: 'audio', mime, size: blob.size, durationMs, waveform };
    return { blob, content: content as Prepared['content'] };
  }

  cancel(): void {
    if (this.recorder.state !== 'inactive') this.recorder.stop();
    this.release();
  }

  private release(): void {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
    void this.context.close().catch(() => {});
  }
}

/** From 0 to 100, as an ear has it. */
export function loudness(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
  const decibels = 10 * Math.log10(power + 1e-10);
  return Math.round(Math.min(100, Math.max(0, (decibels + 55) * 2)));
}
