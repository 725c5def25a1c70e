// From what a Socket.IO server hears to signals. Copy this file and put your own events in the place of the recorded ones:
// whatever a host has to think of is a comment that begins in capitals.
//
// The host numbers its connections: every session signal carries an `epoch`, so the late end of an old socket is harmless.
// Some rules below are guesses that a page can save its host: let it send, with its hello, its state and an id of its own
// life (made at load, kept nowhere), and with every message how long ago it was said.
import type { DefaultNames, Gap, Signal, Timestamp } from 'presence-model';
import type { RecordedEvent, Word } from './recorded-event.js';

/** One thing for the model, and when it was heard: a signal about one user, or a gap in which nobody was listening. */
export type Heard =
  | { readonly now: Timestamp; readonly signal: Signal<DefaultNames>; readonly gap?: never }
  | { readonly now: Timestamp; readonly gap: Gap; readonly signal?: never };
type Cause = DefaultNames['cause'];

/** One life of a page, from load to unload: its messages are counted and timed by the page itself. */
interface Load { startedAt: number; seq: number; saidAt: Timestamp }
/** One session. A host keeps this with the user's row: a server that starts again must know its numbers and its clocks. */
interface Tab { readonly sessionId: string; load: Load; epoch: number; departed: Cause | undefined }
/** One connection. `late`: what it said too late and is not told yet, newest first, the newest heard at `lateAt`. */
interface Socket {
  readonly userId: string;
  readonly id: string;
  tab?: Tab;
  load?: Load;
  epoch: number;
  ended: boolean;
  late: Signal<DefaultNames>[];
  lateAt: Timestamp;
}

/** Socket.IO's reasons. All others (`transport close`, `ping timeout`, …) say only that the line is down: `dropped`. */
const causes = new Map<string, Cause>([
  ['client namespace disconnect', 'closed'], // the page meant it; that the person signed out, only `sign_out` tells
  ['server namespace disconnect', 'left'], // the host sent them away; the client library does not come back by itself
]);
/** With more delay than this, what a page says of itself is not the present. */
const lateMs = 1_000;
/** What a returning page could not send before comes within so long. */
const burstMs = 250;

/** @param reconnectMs what clients need to find a restarted server: here twice the longest pause of Socket.IO's client. */
export function createAdapter(reconnectMs = 10_000): (event: RecordedEvent) => readonly Heard[] {
  const tabs = new Map<string, Tab>();
  const sockets = new Map<string, Socket>();
  const behind = new Set<Socket>();
  let isFirstLife = true;
  let stoppedAt: Timestamp | undefined;
  let now: Timestamp = 0;
  let heard: Heard[] = [];
  const tell = (signal: Signal<DefaultNames>): void => void heard.push({ now, signal });

  function hear(event: RecordedEvent): readonly Heard[] {
    heard = [];
    const heardAt = now;
    now = Math.max(event.at, now); // TIME NEVER GOES BACK, whatever the machine's clock does
    for (const socket of behind) if (now - socket.lateAt >= burstMs) catchUp(socket); // a live host sets a timer
    const socket = 'socketId' in event ? sockets.get(event.socketId) : undefined;
    switch (event.event) {
      case 'server_start':
        // NOBODY WAS LISTENING from the stop (a killed server: from the last thing it heard) until clients had time to return.
        if (!isFirstLife) restart({ from: stoppedAt ?? heardAt, until: now + reconnectMs });
        break;
      case 'server_stop':
        stoppedAt = now;
        break;
      case 'connection':
        connect(event.userId, event.sessionId, event.socketId);
        break;
      case 'upgrade': // AN UPGRADE IS NEVER A NEW CONNECTION
        break;
      case 'disconnect': // EVERY CONNECTION'S END IS TOLD, with its own number: a late one finds a newer epoch and ends nothing
        if (socket !== undefined) end(socket, causes.get(event.reason) ?? 'dropped', now);
        sockets.delete(event.socketId);
        break;
      default:
        if (socket !== undefined) listen(socket, event);
    }
    isFirstLife = false;
    return heard;
  }

  function restart(gap: Gap): void {
    heard.push({ now, gap });
    // A KILLED SERVER CLOSES NOTHING, and no later one hears the ends of its sockets: they ended with it.
    for (const socket of sockets.values()) end(socket, 'dropped', gap.from);
    sockets.clear();
    stoppedAt = undefined;
  }

  function connect(userId: string, id: string, socketId: string): void {
    const socket: Socket = { userId, id, epoch: 0, ended: false, late: [], lateAt: 0 };
    // A TAB THAT IS KNOWN IS BACK AT ONCE, under its standing report: a reconnect or a reload. Who is new, or has the id of
    // an open socket, is nobody until the first word: a tab opened in the background must not flash up as active, and a
    // duplicated tab must not take the place of its original.
    const tab = tabs.get(nameOf(socket, id));
    if (tab !== undefined && !isOpen(tab)) join(socket, tab);
    sockets.set(socketId, socket);
  }

  function listen(socket: Socket, word: Word): void {
    const isAlive = word.event === 'heartbeat' || word.event === 'interaction';
    // AFTER ITS GOODBYE A SOCKET IS NOT HEARD: `visibilitychange` follows `pagehide`, so a beat follows `page_closed`.
    if (socket.ended && isAlive) return;
    const known = socket.tab ?? knownTab(socket, word);
    const tab = known ?? newTab(socket);
    const at = sentAt(socket, tab, word);
    // A DUPLICATE HEARD AFTER THE CURRENT CONNECTION OF ITS TAB ENDED TAKES ITS PLACE, except after a sign-out.
    const takesPlace = isAlive && socket.epoch < tab.epoch && tab.departed !== undefined && tab.departed !== 'left';
    if (known === undefined) number(socket, tab);
    else if (socket.tab === undefined || takesPlace) join(socket, tab);

    const about = { ...sessionOf(socket, tab), at };
    switch (word.event) {
      case 'heartbeat': // LENGTHS BECOME INSTANTS: the last input lay so long before the sending, not before the hearing
        say(socket, {
          ...about,
          type: known === undefined ? 'connected' : 'heartbeat',
          report: word.state,
          activeAt: at - word.inactiveForMs,
        });
        break;
      case 'interaction':
        say(socket, { ...about, type: 'activity' });
        break;
      case 'page_closed': // perhaps a reload, so `closed` has a grace
        end(socket, 'closed', at);
        break;
      case 'sign_out': // the page may live on, without a socket: it says nothing any more
        end(socket, 'left', at);
        break;
      case 'status': // IT IS SAID BY THIS TAB AND ENDS WITH IT: no other tab keeps a game going
        tell({
          type: 'claimed',
          userId: socket.userId,
          at,
          claim: { id: word.id, detail: word.detail, sessionId: tab.sessionId },
        });
        break;
      case 'status_off':
        tell({ type: 'unclaimed', userId: socket.userId, at, claimId: word.id });
    }
  }

  /** When a message was sent, on the host's clock. */
  function sentAt(socket: Socket, tab: Tab, word: Word): Timestamp {
    // A PAGE COUNTS FROM THE BEGINNING AFTER A RELOAD, not after a reconnect: a lower number is another life of the page.
    const load = (tab.load = socket.load ??= word.seq > tab.load.seq ? tab.load : newLoad());
    load.seq = word.seq;
    // LATENESS: the smallest `at - sentMs` of a page is its least delayed message; what exceeds it is delay.
    if (word.sentMs !== undefined) load.startedAt = Math.min(load.startedAt, now - word.sentMs);
    const sent = word.sentMs === undefined ? now : load.startedAt + word.sentMs;
    // TWO WORDS OF ONE MILLISECOND HAVE NO ORDER in the model: the later one is stamped, and heard, a millisecond later.
    load.saidAt = Math.max(sent, load.saidAt + 1);
    now = Math.max(now, load.saidAt);
    return load.saidAt;
  }

  /** Tells a sign of life. */
  function say(socket: Socket, signal: Signal<DefaultNames>): void {
    // LATE WORDS ARE HISTORY: a page that is back sends all that it could not, in order. They wait for the first that is not
    // late, or the end of the burst, and are told newest first: the model takes signals in any order, so nothing that is over
    // is shown on the way.
    if (now - signal.at > lateMs) {
      socket.late.unshift(signal);
      socket.lateAt = now;
      behind.add(socket);
    } else {
      tell(signal);
      catchUp(socket);
    }
  }
  function catchUp(socket: Socket): void {
    socket.late.forEach(tell);
    socket.late = [];
    behind.delete(socket);
  }

  function join(socket: Socket, tab: Tab): void {
    number(socket, tab);
    tell({ type: 'connected', ...sessionOf(socket, tab), at: now });
  }
  function number(socket: Socket, tab: Tab): void {
    // ONE EPOCH PER CONNECTION, growing: an instant, so that a restarted server goes on above the old numbers.
    tab.epoch = socket.epoch = Math.max(now, tab.epoch + 1);
    tab.departed = undefined;
    socket.tab = tab;
  }
  function end(socket: Socket, cause: Cause, at: Timestamp): void {
    const { tab } = socket;
    socket.ended = true;
    if (tab === undefined) return; // connected, and never said a word
    catchUp(socket);
    if (socket.epoch === tab.epoch && tab.departed !== 'left') tab.departed = cause;
    tell({ type: 'disconnected', ...sessionOf(socket, tab), at, cause });
  }

  /** Does a socket's first word go on where a known tab stopped? Its old socket may be dead with nobody knowing it yet. */
  function knownTab(socket: Socket, word: Word): Tab | undefined {
    const tab = tabs.get(nameOf(socket, socket.id));
    return tab === undefined || (isOpen(tab) && word.seq <= tab.load.seq) ? undefined : tab;
  }
  function newTab(socket: Socket): Tab {
    // TWO LIVE PAGES WITH ONE ID ARE TWO SESSIONS: one is hidden while the other is used, and their reports must not mix.
    let sessionId = socket.id;
    for (let copy = 2; tabs.has(nameOf(socket, sessionId)); copy += 1) sessionId = `${socket.id}~${copy}`;
    const tab: Tab = { sessionId, load: newLoad(), epoch: 0, departed: undefined };
    tabs.set(nameOf(socket, sessionId), tab);
    return tab;
  }
  function isOpen(tab: Tab): boolean {
    return [...sockets.values()].some((socket) => socket.tab === tab && !socket.ended);
  }
  return hear;
}

const newLoad = (): Load => ({ startedAt: Infinity, seq: 0, saidAt: -Infinity });
const nameOf = (socket: Socket, sessionId: string): string => JSON.stringify([socket.userId, sessionId]);
const sessionOf = ({ userId, epoch }: Socket, { sessionId }: Tab) => ({ userId, sessionId, epoch });
