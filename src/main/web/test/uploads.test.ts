import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Refusal } from '../src/api/problem';
import { Backoff } from '../src/socket/backoff';
import { nextOf } from '../src/socket/outbox';
import { Uploads, type Parcel, type Progress, type UploadPorts } from '../src/socket/uploads';
import type { Draft } from '../src/store/database';
import type { MediaView } from '../src/wire/media';
import { settled } from './fake-wire';
import { TALK } from './helpers';

interface Sending {
  draft: Draft;
  tell: Parameters<UploadPorts['transfer']>[2];
  finish(mediaId: string): void;
  fail(error: unknown): void;
  stopped?: 'kept' | 'forgotten';
}

let drafts: Draft[];
let files: Map<string, Blob>;
let sendings: Sending[];
let dropped: string[];
let progress: Map<string, Progress | undefined>;
let views: MediaView[];
let uploads: Uploads;
let ready: number;
/** Whether the store can be read. */
let readable: boolean;
/** What packing makes of files, where that is not what they are. */
let packed: Partial<Parcel>;

const draft = (clientId: string, more: Partial<Draft> = {}): Draft => ({
  clientId,
  conversation: TALK,
  content: { type: 'media', kind: 'image', name: 'a.jpg', caption: 'Look' },
  writtenAt: '',
  upload: {},
  ...more,
});
const text = (clientId: string, conversation = TALK): Draft => ({
  clientId,
  conversation,
  content: { type: 'text', text: clientId },
  writtenAt: '',
});
const view = (state: MediaView['state'], more: Partial<MediaView> = {}): MediaView => ({
  id: 'm1',
  kind: 'image',
  mime: 'image/jpeg',
  size: 3,
  sizes: ['800'],
  state,
  ...more,
});
const write = (...more: Draft[]) => {
  drafts.push(...more);
  for (const { clientId, upload } of more) if (upload) files.set(clientId, new Blob(['abc']));
};

beforeEach(() => {
  vi.useFakeTimers();
  drafts = [];
  files = new Map();
  sendings = [];
  dropped = [];
  progress = new Map();
  views = [view('ready', { width: 4, height: 3 })];
  ready = 0;
  readable = true;
  packed = {};
  uploads = new Uploads({
    drafts: () => (readable ? Promise.resolve(drafts) : Promise.reject(new Error('no database'))),
    file: (clientId) => Promise.resolve(files.get(clientId)),
    pack: (draft, bytes) => Promise.resolve({ bytes, content: draft.content, ...packed }),
    transfer: (draft, _parcel, tell) => {
      const sending = { draft, tell } as Sending;
      const done = new Promise<string>((resolve, reject) => {
        sending.finish = resolve;
        sending.fail = reject;
      });
      sendings.push(sending);
      const stop = (forget: boolean) => (sending.stopped = forget ? 'forgotten' : 'kept');
      return Promise.resolve({ done, stop });
    },
    view: () => Promise.resolve(views.length > 1 ? views.shift()! : views[0]!),
    drop: (mediaId) => Promise.resolve(void dropped.push(mediaId)),
    change: (clientId, change) => {
      drafts = drafts.map((it) => (it.clientId === clientId ? { ...it, ...change } : it));
      return Promise.resolve();
    },
    onProgress: (clientId, it) => progress.set(clientId, it),
    onReady: () => ready++,
    backoff: new Backoff(() => 0),
  });
});

afterEach(() => {
  uploads.stop();
  vi.useRealTimers();
});

async function begun(...more: Draft[]): Promise<void> {
  write(...more);
  uploads.start();
  await settled();
}

test('what is on the server can be sent, with what the server knows of it', async () => {
  await begun(draft('a'));
  sendings[0]!.finish('m1');
  await settled();

  expect(drafts[0]!.upload).toBeUndefined();
  expect(drafts[0]!.content).toMatchObject({ mediaId: 'm1', width: 4, caption: 'Look' });
  expect(drafts[0]!.content).not.toHaveProperty('sizes');
  expect(ready).toBe(1);
});

describe('of a file that goes sealed', () => {
  const opens = { key: 'key', hash: 'hash' };
  const previews = { 320: { mediaId: 'small', opens } };
  const content = { ...draft('a').content, size: 3, opens, previews };
  const known = { mime: 'application/octet-stream', kind: 'file', size: 19 } as const;
  beforeEach(() => {
    packed = { bytes: new Blob(['sealed']), content };
    views = [view('ready', known)];
  });

  test('the message says what its device knows, not what the server sees', async () => {
    await begun(draft('a'));
    sendings[0]!.finish('m1');
    await settled();

    expect(drafts[0]!.content).toEqual({ ...content, mediaId: 'm1' });
  });

  test('nothing stays on the server when it is called back', async () => {
    views = [view('processing', known)];
    await begun(draft('a'));
    sendings[0]!.finish('m1');
    await settled();
    drafts = [];
    await uploads.look();
    await settled();

    expect(dropped).toEqual(['m1', 'small']);
  });
});

test('progress is told, and is over when it is there', async () => {
  await begun(draft('a'));
  sendings[0]!.tell.onProgress(2, 3);
  expect(progress.get('a')).toEqual({ sent: 2, total: 3, state: 'sending' });

  sendings[0]!.finish('m1');
  await settled();
  expect(progress.get('a')).toBeUndefined();
});

test('it is waited for until the server has looked at it', async () => {
  views = [view('processing'), view('processing'), view('ready')];
  await begun(draft('a'));
  sendings[0]!.finish('m1');
  await settled();
  expect(progress.get('a')?.state).toBe('processing');

  await vi.advanceTimersByTimeAsync(2_000);
  expect(ready).toBe(1);
});

test('a refusal by the server is kept with the message', async () => {
  const problem = { title: '', status: 422, detail: '', code: 'wrong-type', retryable: false };
  views = [view('refused', { problem })];
  await begun(draft('a'));
  sendings[0]!.finish('m1');
  await settled();

  expect(drafts[0]!.refused).toBe('wrong-type');
  expect(ready).toBe(0);
});

test('after a loss of the network it goes on from where it was', async () => {
  await begun(draft('a'));
  sendings[0]!.tell.onUrl('/uploads/m1');
  sendings[0]!.fail(Refusal.offline('gone'));
  await settled();
  expect(progress.get('a')?.state).toBe('waiting');

  await vi.advanceTimersByTimeAsync(1_000);
  expect(sendings[1]!.draft.upload?.url).toBe('/uploads/m1');
});

test('after a reload what is complete is not sent again', async () => {
  await begun(draft('a', { upload: { url: '/uploads/m1', complete: true } }));

  expect(sendings).toEqual([]);
  expect(drafts[0]!.content.mediaId).toBe('m1');
});

test('what is called back is stopped, and forgotten by the server', async () => {
  await begun(draft('a'));
  drafts = [];
  await uploads.look();

  expect(sendings[0]!.stopped).toBe('forgotten');
});

test('what was called back while the server looked at it is deleted there', async () => {
  views = [view('processing')];
  await begun(draft('a'));
  sendings[0]!.finish('m1');
  await settled();
  drafts = [];
  await uploads.look();
  await settled();

  expect(dropped).toEqual(['m1']);
});

test('a tab that goes leaves to the next one what the server has', async () => {
  await begun(draft('a'));
  uploads.stop();

  expect(sendings[0]!.stopped).toBe('kept');
});

test('only two are on their way at once', async () => {
  await begun(draft('a'), draft('b'), draft('c'));
  expect(sendings).toHaveLength(2);

  sendings[0]!.finish('m1');
  await settled();
  expect(sendings.map((it) => it.draft.clientId)).toEqual(['a', 'b', 'c']);
});

test('a file that this device has lost says so', async () => {
  write(draft('a'));
  files.clear();
  uploads.start();
  await settled();

  expect(drafts[0]!.refused).toBe('file-lost');
});

test('a file on its way holds up what was written after it, in its conversation alone', () => {
  const all = [draft('a'), text('b'), text('c', 'direct:ann:cy')];

  expect(nextOf(all)?.clientId).toBe('c');
  expect(nextOf([draft('a', { upload: undefined }), text('b')])?.clientId).toBe('a');
  expect(nextOf([draft('a', { refused: 'wrong-type' }), text('b')])?.clientId).toBe('b');
  expect(nextOf([draft('a')])).toBeUndefined();
});

test('a file waits while the store cannot be read, and is then brought by itself', async () => {
  readable = false;
  await begun(draft('a'));
  expect(sendings).toHaveLength(0);
  readable = true;
  await vi.advanceTimersByTimeAsync(1_000);

  expect(sendings).toHaveLength(1);
});
