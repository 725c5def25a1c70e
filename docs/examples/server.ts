// A whole presence server for Socket.IO: `servePresence(new Server(3000))`. Copy it; what is yours to decide is in capitals.
//
// A client connects with `auth: { userId, hello }`, emits 'beat' every few seconds and whenever something about it changes,
// and hears 'presence'. Its hello and its beats are of the type `Beat`: what it is, and how long ago something was, never what
// time it is. A page that closes calls `socket.disconnect()`; one whose user signs out emits 'sign-out' and leaves the rest to
// the server, as Socket.IO loses what comes in one go with a client's own disconnect.
import { createTracker, defaultPolicy, definePolicy, parseBeat, parseSignal } from 'presence-model';
import type { Change, Issue, NamesOf, Tracker } from 'presence-model';
import type { DisconnectReason, Server } from 'socket.io';

/** YOUR POLICY: here the default one, with a status above it that only a claim can reach. */
export const serverPolicy = definePolicy({
  ...defaultPolicy,
  statuses: ['dnd', ...defaultPolicy.statuses],
  reports: { ...defaultPolicy.reports, none: 'active' },
});
export type Words = NamesOf<typeof serverPolicy>;
/** What the server uses of a tracker. */
export type Driven = Pick<Tracker<Words>, 'open' | 'observe' | 'advanceTo' | 'nextChangeAt' | 'userIds' | 'shown'>;

/** Socket.IO's reasons. Every other one only says that the line is down, so the client may be back: `dropped`. */
export const causes: { readonly [R in DisconnectReason]?: Words['cause'] } = {
  'client namespace disconnect': 'closed', // the page meant it, but this may be a refresh
  'server namespace disconnect': 'left', // you sent them away, and Socket.IO's client does not come back by itself
};
const longestDelayMs = 2 ** 31 - 1; // a longer timer would fire at once

export function servePresence(io: Server, policy = serverPolicy, tracker: Driven = createTracker({ policy })): void {
  const clock = (): number => Date.now(); // whole ms; where it is set back, the tracker's time waits for it
  let alarm: NodeJS.Timeout | undefined;

  /** The driving loop: whatever the tracker answers comes here, and here is the only timer. */
  function tell(changes: readonly Change<Words>[]): void {
    // WHO SEES WHOM: here everybody sees everybody. Send `shown` alone: the rest tells what somebody hides.
    for (const change of changes) if (change.shown) io.emit('presence', change.shown);
    clearTimeout(alarm); // what was heard may have moved the next change, either way
    if (tracker.nextChangeAt === undefined) return;
    const delayMs = Math.min(tracker.nextChangeAt - clock(), longestDelayMs); // an early or late alarm does no harm
    alarm = setTimeout(() => tell(tracker.advanceTo(clock())), delayMs).unref(); // sockets keep the process alive
  }

  io.on('connection', (socket) => {
    // YOUR LOGIN: check a token here. A user id that the client tells will do for an example only.
    const { userId, hello: greeting }: { readonly [field: string]: unknown } = socket.handshake.auth;
    const hello = parseBeat(greeting, policy); // a client can send anything, so all of it is checked
    if (typeof userId !== 'string' || !hello.ok) return void socket.disconnect(true);
    const now = clock();
    // The session id is the tab's own and survives a refresh (in a browser: sessionStorage). What the tab is comes with
    // the hello, else one that was opened in the background would be shown as active until its first beat.
    const { sessionId, report = 'none', inactiveForMs } = hello.value;
    const activity = inactiveForMs !== undefined && { activeAt: now - inactiveForMs };
    // The handle is this connection: kept with its socket, its late end cannot touch the connection that came after.
    const { connection, changes } = tracker.open({ userId, sessionId, report, ...activity }, now);
    for (const id of tracker.userIds({ atLeast: 'stale' })) socket.emit('presence', tracker.shown(id)); // who is there
    tell(changes);

    const refuse = (issues: readonly Issue[]): unknown => socket.emit('refused', issues); // and nothing else
    socket.on('beat', (value: unknown) => {
      const beat = parseBeat(value, policy);
      if (beat.ok) tell(connection.beat(beat.value, clock()));
      else refuse(beat.issues);
    });
    // WHAT USERS MAY CLAIM: here anything about themselves. For how long is a length of time, too.
    function claim(said: object): void {
      const signal = parseSignal({ ...said, userId, at: clock() }, policy);
      if (!signal.ok) return void refuse(signal.issues);
      const { at, ...unstamped } = signal.value; // without it, two commands of one millisecond keep their order
      tell(tracker.observe(unstamped, at));
    }
    socket.on('claim', (value: object, forMs?: unknown) =>
      claim({ type: 'claimed', claim: typeof forMs === 'number' ? { ...value, expiresAt: clock() + forMs } : value }));
    socket.on('unclaim', (claimId: unknown) => claim({ type: 'unclaimed', claimId }));
    socket.on('sign-out', () => socket.disconnect(true));
    socket.on('disconnect', (reason) => tell(connection.disconnected(clock(), causes[reason] ?? 'dropped')));
  });
}
