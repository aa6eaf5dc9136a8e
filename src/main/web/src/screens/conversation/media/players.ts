let playing: HTMLMediaElement | undefined;

/** Only one thing is heard at a time. */
export function alone(element: HTMLMediaElement): void {
  if (playing !== element) playing?.pause();
  playing = element;
}
