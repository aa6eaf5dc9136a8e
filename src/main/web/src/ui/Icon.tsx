/** Parley's own line icons, on a grid of 24. */
const paths = {
  back: 'M14.5 5.5 8 12l6.5 6.5',
  close: 'm6.5 6.5 11 11m0-11-11 11',
  more: 'M12 5.5v.01M12 12v.01M12 18.5v.01',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Zm4.8-1.7L20 20',
  compose: 'M4 6h9M4 6v11h3v3l4-3h9v-6m-5-1 5.2-5.2a1.4 1.4 0 0 0-2-2L13 9v2Z',
  settings:
    'M12 15.2a3.2 3.2 0 1 0 0-6.4 3.2 3.2 0 0 0 0 6.4ZM12 3v2.2m0 13.6V21m9-9h-2.2M5.2 12H3m15.4-6.4-1.6 1.6M7.2 16.8l-1.6 1.6m12.8 0-1.6-1.6M7.2 7.2 5.6 5.6',
  send: 'M4.5 11.5 20 4.5l-5 15.5-3.4-6.6Zm7.1 1.9L20 4.5',
  smile:
    'M12 20.5a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM8.6 14c.8 1.3 2 2 3.4 2s2.6-.7 3.4-2M9 9.500v.01M15 9.500v.01',
  reply: 'M9.5 6.5 4.5 11l5 4.500M5 11h8.500c3.5 0 6 2.5 6 6v.5',
  edit: 'M5 19h3.500L19 8.5 15.5 5 5 15.500ZM13 7.500l3.5 3.5',
  trash: 'M5 7h14M10 7V4.500h4V7m-7 0 .8 12.500h8.400L17 7m-7 4v5m4-5v5',
  copy: 'M9 9h10v11H9ZM15 9V4H5v11h4',
  info: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 11v5.500M12 8v.01',
  pin: 'M9 4h6l-.8 6 3.3 3.500h-11L9.8 10ZM12 13.500V20',
  mute: 'M6.5 16.500V11a5.5 5.5 0 0 1 8.6-4.500M17.5 10v6.500h-8M10 19.500c1 1 3 1 4 0M4 4l16 16',
  bell: 'M6.5 16.500V11a5.5 5.5 0 0 1 11 0v5.500l1.5 1H5ZM10 20c1 .8 3 .8 4 0',
  archive: 'M4 5h16v4H4Zm1 4v10.500h14V9m-9 4h4',
  user: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7.5 8c.5-4 3.5-6 7.5-6s7 2 7.5 6',
  users:
    'M9 11.500a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7ZM2.8 19.500c.4-3.5 2.9-5.3 6.2-5.300s5.8 1.8 6.2 5.300M15.5 4.900a3.5 3.5 0 0 1 0 6.200m2 3.500c2.1.7 3.4 2.4 3.7 4.9',
  'user-plus':
    'M10 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8Zm-7 8c.5-4 3.2-6 7-6 1.6 0 3 .4 4.1 1M18 14v6m-3-3h6',
  block: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM6 6l12 12',
  check: 'm5 12.5 4.5 4.500L19 7.5',
  device: 'M4 5.500h16v10.500H4Zm4 14h8m-4-3.500v3.5',
  phone: 'M7.5 3h9v18h-9Zm3.5 15h2',
  moon: 'M19.5 14.500A8 8 0 0 1 9.5 4.500a8 8 0 1 0 10 10Z',
  globe:
    'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM3.5 12h17M12 3.500c5 5 5 12 0 17-5-5-5-12 0-17Z',
  eye: 'M2.5 12c2-4 5.3-6 9.5-6s7.5 2 9.5 6c-2 4-5.3 6-9.5 6s-7.5-2-9.5-6ZM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z',
  'eye-off':
    'M4 4l16 16M9.5 6.300c.8-.2 1.6-.3 2.5-.3 4.2 0 7.5 2 9.5 6-.7 1.4-1.5 2.5-2.5 3.400M6.3 7.700C4.7 8.7 3.4 10.2 2.5 12c2 4 5.3 6 9.5 6 1.7 0 3.2-.3 4.6-1',
  exit: 'M10 4.500H5v15h5M15.5 8l4 4-4 4m4-4H10',
  link: 'm10 14 4-4M8.5 11.5 6 14a3.5 3.5 0 0 0 5 5l2.5-2.500m2-4L18 10a3.5 3.5 0 0 0-5-5l-2.5 2.5',
  share: 'M12 15V4m0 0L8 8m4-4 4 4M5 13v6.500h14V13',
  down: 'm5.5 9 6.5 6.500L18.5 9',
  right: 'M9.5 5.5 16 12l-6.5 6.5',
  clock: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7v5l3.2 2',
  alert: 'M12 20.500a8.5 8.5 0 1 0 0-17 8.5 8.5 0 0 0 0 17ZM12 7.500V13m0 3.500v.01',
  again: 'M19 12a7 7 0 1 1-2-5l2 2m0-5v5h-5',
  cloud:
    'M4 4l16 16M9 6.500A5.5 5.5 0 0 1 17 10a4 4 0 0 1 3 6.500M16 18.500H7.500a4.5 4.5 0 0 1-1-8.9',
  install: 'M12 4v10m0 0 4-4m-4 4-4-4M5 16v3.500h14V16',
  star: 'm12 4.5 2.3 4.7 5.2.8-3.8 3.6.9 5.200L12 16.300l-4.6 2.5.9-5.200L4.5 10l5.2-.8Z',
  clip: 'm19 11.500-7.3 7.300a4.600 4.600 0 0 1-6.500-6.500l7.700-7.700a3.100 3.100 0 0 1 4.400 4.400l-7.600 7.600a1.600 1.600 0 0 1-2.200-2.200l6.800-6.800',
  camera:
    'M4 8h3.500L9 5.500h6L16.500 8H20v11H4Zm8 8.500a3.300 3.300 0 1 0 0-6.600 3.300 3.300 0 0 0 0 6.600Z',
  image: 'M4 5h16v14H4Zm0 11 4.500-4.500 4 4 2.500-2.500 5 5M15.500 9.500v.01',
  video: 'M3.500 6.500h12v11h-12Zm12 4 5-3v9l-5-3',
  mic: 'M12 14.500a3 3 0 0 0 3-3V6.500a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3Zm-6-3.500a6 6 0 0 0 12 0m-6 6v3.500',
  file: 'M6 3.500h8l4.500 4.500v12.500H6ZM14 3.500V8h4.500',
  play: 'M8 5.500v13l10.500-6.500Z',
  pause: 'M8.5 5.500v13M15.500 5.500v13',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
} as const;

export type IconName = keyof typeof paths;

/** For the eye only: what it stands for is said beside it. */
export function Icon({ name, size = 24 }: { name: IconName; size?: number }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill="none"
      stroke="currentColor"
      stroke-width={name === 'more' ? 2.6 : 1.8}
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={paths[name]} />
    </svg>
  );
}

/** Parley's mark: a flag of truce that speaks. */
export function Mark({ size = 64 }: { size?: number }) {
  return <img class="mark" src="/icons/parley.svg" width={size} height={size} alt="" />;
}

/** One tick, two ticks: how far a message has got. */
export function Ticks({ twice }: { twice: boolean }) {
  return (
    <svg
      viewBox="0 0 18 12"
      width="18"
      height="12"
      fill="none"
      stroke="currentColor"
      stroke-width="1.7"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      <path d={twice ? 'm1.5 6.5 3 3 6-7M8 8.800l.7.7 6-7' : 'm4 6.5 3 3 6-7'} />
    </svg>
  );
}
