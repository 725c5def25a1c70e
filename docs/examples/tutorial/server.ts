// The tutorial's server on this library: `serveTutorial(new Server(3000), { gameOf })`.
// What goes over the wire is what it was, so its clients need no change:
//
//   auth.user_id                                                       required
//   heartbeat                             from a client                every 30 s
//   update_status { status, game_id? }    from a client                online, idle, away, watching_game
//   request_game_info { game_id }         from a client                answered by game_info, or game_info_error { game_id, message }
//   current_presence                      to who connects              { [user_id]: { user_id, status, game_id? } }
//   presence_update                       to everybody, of a change    { user_id, status, game_id? }
import { createTracker, parseSignal } from 'presence-model';
import type { Change, Json, ShownPresence } from 'presence-model';
import type { Server } from 'socket.io';
import { causes } from '../server.js';
import { tutorialPolicy } from './rules.js';
import type { TutorialWords } from './rules.js';

export interface Tutorial {
  /** What `game_info` says of a game; `undefined`: there is none. */
  readonly gameOf: (gameId: unknown) => Json | undefined;
  readonly policy?: typeof tutorialPolicy;
}
interface Said {
  readonly status?: unknown;
  readonly game_id?: unknown;
}

const longestDelayMs = 2 ** 31 - 1; // a longer timer would fire at once

function updateOf({ userId, status, details = {} }: ShownPresence<TutorialWords>): object {
  const [gameId] = Object.values(details); // of several games the one that was chosen last
  return { user_id: userId, status, ...(gameId === undefined ? {} : { game_id: gameId }) };
}

export function serveTutorial(io: Server, { gameOf, policy = tutorialPolicy }: Tutorial): void {
  const tracker = createTracker({ policy });
  let alarm: NodeJS.Timeout | undefined;
  function tell(changes: readonly Change<TutorialWords>[]): void {
    // The wire has no instants, so of each user the newest is enough.
    const newest = new Map(changes.flatMap(({ shown }) => (shown ? [[shown.userId, shown]] : [])));
    for (const shown of newest.values()) io.emit('presence_update', updateOf(shown));
    clearTimeout(alarm);
    if (tracker.nextChangeAt === undefined) return;
    alarm = setTimeout(() => tell(tracker.advanceTo(Date.now())), Math.min(tracker.nextChangeAt - Date.now(), longestDelayMs)).unref();
  }

  io.on('connection', (socket) => {
    const userId: unknown = socket.handshake.auth['user_id'];
    if (typeof userId !== 'string' || userId === '') return void socket.disconnect(true);
    // Its clients have no session id, so here it is the socket's: a reconnect is another session, and the grace of the old one
    // fills the gap. Whoever connects is online, as its clients take for granted. With `connectionStateRecovery` a client that
    // returns keeps its id and what it said; not where clients in Python listen: it adds an argument to every event.
    const sessionId = socket.id;
    const { connection, changes } = tracker.open({ userId, sessionId }, Date.now());
    tell(changes);
    const present = [...tracker.userIds({ atLeast: 'away' })].map((id) => [id, updateOf(tracker.shown(id))]);
    socket.emit('current_presence', Object.fromEntries(present));

    const claimId = `game in ${sessionId}`;
    let saidAt = 0;
    socket.on('heartbeat', () => tell(connection.heartbeat(Date.now())));
    socket.on('update_status', (said: Said | null | undefined) => {
      const { status, game_id: detail } = said ?? {};
      const now = Math.max(Date.now(), saidAt + 1); // two reports of one millisecond have no order, so the later is stamped later
      if (now > Date.now() + 1_000) return; // a thousand at once, which is nobody's status
      saidAt = now;
      if (status === 'watching_game') {
        // The game ends with the session that watches it.
        const claim = { id: claimId, sessionId, show: status, ...(detail === undefined ? {} : { detail }) };
        const claimed = parseSignal({ type: 'claimed', userId, at: now, claim }, policy);
        if (claimed.ok) tell([...tracker.observe(claimed.value, now), ...connection.heartbeat(now, { report: 'online' })]);
      } else if (status === 'online' || status === 'idle' || status === 'away') {
        tell([...connection.heartbeat(now, { report: status }), ...tracker.observe({ type: 'unclaimed', userId, claimId }, now)]);
      }
    });
    socket.on('request_game_info', (said: Said | null | undefined) => {
      const gameId = said?.game_id;
      const game = gameOf(gameId);
      if (game === undefined) socket.emit('game_info_error', { game_id: gameId, message: 'There is no such game.' });
      else socket.emit('game_info', game);
    });
    socket.on('disconnect', (reason) => tell(connection.disconnected(Date.now(), causes[reason] ?? 'dropped')));
  });
}
