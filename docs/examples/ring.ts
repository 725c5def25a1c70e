// Ready before you call: may this user be rung now, and on which devices? Copy it. The ringing itself (WebRTC, a push) is yours.
//
// Three facts, derived side by side from one record. *Present*: somebody is there, as others see it. *Reachable*: a device says
// that it can take a call, by a claim bound to its session, in force while the session is there; or a push can wake one, by a
// claim that is bound to nothing and ends with its token. *May be rung*: reachable, and nothing that the user said is against it.
// Who is active at a machine without a microphone is present and not reachable; whose phone sleeps is reachable and not present.
import { defaultPolicy, definePolicy, deriveUser } from 'presence-model';
import type { Claim, Json, NamesOf, Timestamp, UserEvidence, UserPresence } from 'presence-model';

/** The default policy, with a status for a call and one for *do not disturb*, which only claims can reach. */
export const callPolicy = definePolicy({
  ...defaultPolicy,
  statuses: ['in-call', 'dnd', ...defaultPolicy.statuses],
  reports: { ...defaultPolicy.reports, none: 'active' },
});
export type CallWords = NamesOf<typeof callPolicy>;
type Media = readonly ('audio' | 'video')[];

/**
 * Claimed by a device once it has a microphone, the leave to use it, and the code that answers; taken back when it loses one.
 * Private: who may ring asks here, and others need not know of devices.
 */
export const ready = (sessionId: string, media: Media): Claim<CallWords> =>
  ({ id: `ready ${sessionId}`, sessionId, detail: media, private: true });

/** Claimed when a device registers for pushes: nobody need be there. */
export const canBeWoken = (deviceId: string, media: Media, expiresAt: Timestamp): Claim<CallWords> =>
  ({ id: `ready ${deviceId}`, whileAtLeast: 'offline', expiresAt, detail: media, private: true });

/** Claimed while a call is on. It ends with the session that is in it, so a crash ends it too. */
export const inCall = (sessionId: string): Claim<CallWords> => ({ id: 'call', show: 'in-call', priority: 1, sessionId });

export interface Device {
  /** Of the session, or of the device that a push can wake. */
  readonly id: string;
  readonly by: 'session' | 'push';
  readonly media: Json;
}
export interface Readiness {
  readonly isPresent: boolean;
  /** What would ring, whoever is there first. */
  readonly devices: readonly Device[];
  readonly mayRing: boolean;
  /** For the user and the operator. A caller hears no more than *may ring* or not: `hidden` tells what somebody hides. */
  readonly because: 'free' | 'in-call' | 'dnd' | 'hidden' | 'no device';
  /** Until when this is so if nothing is heard. Absent: for as long as nothing is. */
  readonly until?: Timestamp;
}

export function readinessOf(evidence: UserEvidence, now: Timestamp): Readiness {
  const user = deriveUser(evidence, callPolicy, now);
  const devices = [...devicesOf(user, 'session'), ...devicesOf(user, 'push')];
  const because = reasonOf(user, devices);
  const until = user.nextChangeAt === undefined ? {} : { until: user.nextChangeAt };
  return { isPresent: user.status !== 'offline', devices, mayRing: because === 'free', because, ...until };
}

function reasonOf({ status, claims }: UserPresence<CallWords>, devices: readonly Device[]): Readiness['because'] {
  if (claims.some(({ claim, inForce }) => inForce && claim.atMost === 'offline')) return 'hidden'; // that it rings would tell
  if (status === 'in-call' || status === 'dnd') return status;
  return devices.length === 0 ? 'no device' : 'free';
}

function devicesOf({ claims, sessions }: UserPresence<CallWords>, by: Device['by']): readonly Device[] {
  // A line that is down cannot ring, though its session is forgiven for a while.
  const lines = new Set(sessions.filter(({ departure, status }) => departure === undefined && status !== 'stale').map(({ sessionId }) => sessionId));
  return claims.flatMap(({ claim: { id, sessionId, detail = [] }, inForce }): readonly Device[] => {
    const rings = by === 'push' ? sessionId === undefined : sessionId !== undefined && lines.has(sessionId);
    return inForce && rings && id.startsWith('ready ') ? [{ id: id.slice('ready '.length), by, media: detail }] : [];
  });
}
