// Binds a beacon to its page. Copy it: here alone are the page's events, its clock and its timer.
//
//   const page = bindPage({ policy }, thisTab(), { send: (beat) => socket.send(JSON.stringify(beat)), sendLast });
//   socket.onopen = () => page.up();          socket.onclose = () => page.down();
import type { Beat, Names } from 'presence-model';
import { createBeacon, type BeaconOptions, type PageEvent } from 'presence-model/client';
import type { Tab } from './tab.js';

/** How beats leave the page. */
export interface Mouth<N extends Names> {
  readonly send: (beat: Beat<N>) => void;
  /** Last words, in a way that outlives the page and its transport: `navigator.sendBeacon`. */
  readonly sendLast: (beat: Beat<N>) => void;
}

export interface BoundPage<N extends Names> {
  /** The transport is open, or lost. */
  readonly up: () => void;
  readonly down: () => void;
  /** The app's own word; `none` takes it back. */
  readonly report: (report: N['report']) => void;
  readonly signOut: () => void;
}

export function bindPage<N extends Names>(
  options: Omit<BeaconOptions<N>, 'sessionId' | 'epoch' | 'at'>, tab: Tab, { send, sendLast }: Mouth<N>,
): BoundPage<N> {
  let [reached, lostMs] = [0, 0];
  /** The wall clock, since it goes on while the machine sleeps. Where somebody sets it back, it stands still for a moment. */
  function clock(): number {
    if (Date.now() + lostMs < reached) lostMs = reached - Date.now();
    return (reached = Date.now() + lostMs);
  }
  const beacon = createBeacon<N>({ ...options, sessionId: tab.id, epoch: 0, at: clock() });
  let alarm: ReturnType<typeof setTimeout> | undefined;
  function say(beats: readonly Beat<N>[]): void {
    for (const beat of beats) (beat.type === 'disconnected' ? sendLast : send)(beat);
    clearTimeout(alarm);
    if (beacon.nextSendAt !== undefined) alarm = setTimeout(look, beacon.nextSendAt - clock());
  }
  type Happening<E> = E extends PageEvent<N> ? Omit<E, 'at'> : never;
  const tell = (event: Happening<PageEvent<N>>): void => say(beacon.tell({ ...event, at: clock() }));
  /** Whenever something may have changed, and when it is time: a browser may hide a page and forget to say so. */
  const look = (): void => tell({ type: document.visibilityState });
  const touch = (): void => tell({ type: 'interaction' });

  for (const input of ['focus', 'pointerdown', 'pointermove', 'keydown', 'wheel']) addEventListener(input, touch, { capture: true, passive: true });
  document.addEventListener('visibilitychange', look);
  document.addEventListener('freeze', () => tell({ type: 'frozen' }));
  document.addEventListener('resume', () => tell({ type: 'resumed' }));
  addEventListener('pagehide', () => tell({ type: 'closed' }));
  addEventListener('pageshow', () => tell({ type: 'resumed' })); // from the browser's cache, which revokes the last words
  look();
  if (document.hasFocus()) touch(); // who opens a page does something
  return {
    up: () => tell({ type: 'up', epoch: tab.nextEpoch() }), down: () => tell({ type: 'down' }),
    report: (report) => tell({ type: 'report', report }), signOut: () => tell({ type: 'closed', cause: 'left' }),
  };
}
