// Presence live: the server of ../server.ts and its clients over real sockets, then the same once more without them.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { createTracker, formatPolicy } from 'presence-model';
import type { Change, Timestamp } from 'presence-model';
import { renderTimeline, timeline } from 'presence-model/testing';
import { Server } from 'socket.io';
import { servePresence, type Words } from '../server.js';
import { clockFrom, stamped, tell } from '../tell.js';
import { differences, replay } from './compare.js';
import { livePolicy } from './policy.js';
import { record, type Recorder } from './record.js';
import { tellStory, type Scene } from './story.js';

/** bob's machine fell silent in the third second, and silence is offline after 24 s: this is more than enough. */
const longestWaitMs = 30_000;

/** A scene as it was: from when until when. */
interface Played {
  readonly scene: Scene;
  readonly from: Timestamp;
  readonly until: Timestamp;
}

/** Plays the story; `false`: something else was published than must be, or the replay differs. */
export async function runLive(): Promise<boolean> {
  console.log("Live, with the server of docs/examples/server.ts and a tenth of its policy's thresholds:\n");
  console.log(`${formatPolicy(livePolicy)}\n`);
  const origin = Date.now();
  const clock = clockFrom(origin);
  const print = (change: Change<Words>): void => console.log(stamped(change.at, clock, tell(change, clock)));
  const recorder = record(createTracker({ policy: livePolicy }), print);
  const { http, io } = await listen();
  servePresence(io, livePolicy, recorder.tracker);
  const { port } = http.address() as AddressInfo;

  const story = tellStory(`http://localhost:${port}`);
  const played: Played[] = [];
  for (const scene of story.scenes) {
    const from = Date.now();
    console.log(stamped(from, clock, `--- ${scene.text}`));
    await scene.act();
    await sleep(scene.lastsMs);
    played.push({ scene, from, until: Date.now() });
  }
  console.log(stamped(Date.now(), clock, `--- nobody is left but bob, of whom nothing was heard since`));
  const isGone = (): boolean => seen(recorder.changes, 'bob').at(-1) === 'offline';
  for (const end = Date.now() + longestWaitMs; !isGone() && Date.now() < end; ) await sleep(50);

  // The end of the record; what closing the server adds is not part of it.
  const until = Date.now();
  recorder.tracker.advanceTo(until);
  const signals = [...recorder.signals];
  const changes = [...recorder.changes];
  story.end();
  await io.close();

  console.log(`\nFrom the ${signals.length} signals that the server heard:\n`);
  console.log(renderTimeline(timeline(signals, livePolicy, { from: origin, until: until + 1 })));
  const verdicts = [
    ...played.map((one) => verdictOf(one, { signals, changes })),
    verdict("bob's crash decays to offline", seen(changes, 'bob'), story.bob),
  ];
  console.log(`\nSeen, and not seen:\n`);
  for (const { text } of verdicts) console.log(text);
  const unlike = differences(changes, replay(signals, livePolicy, until), clock);
  const replayed = `Replayed through advanceUser, without server, sockets and clock`;
  if (unlike.length === 0) console.log(`\n${replayed}: the same ${changes.length} changes, each at its millisecond.`);
  else console.error(`\n${replayed}: NOT the same changes.\n${unlike.join('\n')}`);
  return unlike.length === 0 && verdicts.every(({ isRight }) => isRight);
}

async function listen(): Promise<{ readonly http: ReturnType<typeof createServer>; readonly io: Server }> {
  const http = createServer();
  const io = new Server(http);
  await new Promise<void>((ready) => http.listen(0, 'localhost', ready));
  return { http, io };
}

interface Verdict {
  readonly isRight: boolean;
  readonly text: string;
}

function verdict(text: string, was: readonly string[], wanted: readonly string[]): Verdict {
  const isRight = isDeepStrictEqual(was, wanted);
  const line = (what: readonly string[]): string => (what.length === 0 ? 'nothing' : what.join(', '));
  const complaint = isRight ? '' : `; expected ${line(wanted)}`;
  return { isRight, text: `${isRight ? 'ok ' : 'NOT'}  ${text}: ${line(was)}${complaint}` };
}

/** Was published of ada what the scene says? Where she returned: was the end heard that nobody saw? */
function verdictOf(
  { scene, from, until }: Played,
  { signals, changes }: Pick<Recorder<Words>, 'signals' | 'changes'>,
): Verdict {
  const isMeanwhile = ({ userId, at }: { readonly userId: string; readonly at: Timestamp }): boolean =>
    userId === 'ada' && at >= from && at < until;
  const published = verdict(scene.text, seen(changes.filter(isMeanwhile), 'ada'), scene.seen);
  if (scene.returnsFrom === undefined) return published;
  const heard = signals.filter(isMeanwhile);
  const end = heard.find((signal) => signal.type === 'disconnected' && signal.cause === scene.returnsFrom);
  const back = heard.find(({ type }) => type === 'connected');
  if (end === undefined || back === undefined) return verdict(scene.text, ['no end or no return was heard'], ['both']);
  const awayMs = Math.max(0, back.at - end.at);
  return { ...published, text: `${published.text} (${scene.returnsFrom}, and back after ${awayMs} ms)` };
}

/** What others see of somebody, in turn: statuses, and details where they change. */
function seen(changes: readonly Change<Words>[], userId: string): readonly string[] {
  return changes.flatMap((change) => {
    if (change.userId !== userId) return [];
    if (change.type === 'user') return [change.to];
    if (change.type !== 'claim') return [];
    const detail = change.shown.details?.[change.claimId];
    return [detail === undefined ? `no ${change.claimId}` : `${change.claimId} ${JSON.stringify(detail)}`];
  });
}
