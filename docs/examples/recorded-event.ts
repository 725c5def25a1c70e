// What a recording holds, one JSON object a line, and the check of a line. Its fields are told in recordings/README.md.
import type { Json, Parsed, Timestamp } from 'presence-model';

interface At {
  readonly at: Timestamp;
}
interface OfSocket extends At {
  readonly userId: string;
  readonly sessionId: string;
  readonly socketId: string;
}
/** Something that the page itself said: `seq` counts its messages, `sentMs` is its own clock; both begin anew with a reload. */
interface Said extends OfSocket {
  readonly seq: number;
  readonly sentMs?: number;
}
export type Word =
  | (Said & {
      readonly event: 'heartbeat';
      readonly state: 'active' | 'idle' | 'background';
      readonly inactiveForMs: number;
    })
  | (Said & { readonly event: 'interaction' | 'page_closed' | 'sign_out' })
  | (Said & { readonly event: 'status'; readonly id: string; readonly detail: Json })
  | (Said & { readonly event: 'status_off'; readonly id: string });
export type RecordedEvent =
  | (At & { readonly event: 'server_start' | 'server_stop' })
  | (OfSocket & { readonly event: 'connection' | 'upgrade' })
  | (OfSocket & { readonly event: 'disconnect'; readonly reason: string })
  | Word;

const isText = (value: unknown): boolean => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;
const isGiven = (value: unknown): boolean => value !== undefined;
const isState = (value: unknown): boolean => value === 'active' || value === 'idle' || value === 'background';

const ofSocket = { at: isWhole, userId: isText, sessionId: isText, socketId: isText };
const said = { ...ofSocket, seq: isWhole, sentMs: (value: unknown) => value === undefined || isWhole(value) };
const checks: {
  readonly [E in RecordedEvent['event']]: { readonly [field: string]: (value: unknown) => boolean };
} = {
  server_start: { at: isWhole },
  server_stop: { at: isWhole },
  connection: ofSocket,
  upgrade: ofSocket,
  disconnect: { ...ofSocket, reason: isText },
  heartbeat: { ...said, state: isState, inactiveForMs: isWhole },
  interaction: said,
  page_closed: said,
  sign_out: said,
  status: { ...said, id: isText, detail: isGiven },
  status_off: { ...said, id: isText },
};

/** Fields that are not named here (transport, pongs, close codes) are of no use for presence and are let through. */
export function parseRecordedEvent(value: unknown): Parsed<RecordedEvent> {
  const event = value as { readonly [field: string]: unknown } | null;
  const check = new Map(Object.entries(checks)).get(typeof event === 'object' ? String(event?.event) : '');
  if (event === null || check === undefined) {
    return {
      ok: false,
      issues: [{ path: 'event', message: `Expected one of ${Object.keys(checks).join(', ')}.` }],
    };
  }
  const issues = Object.entries(check)
    .filter(([field, isGood]) => !isGood(event[field]))
    .map(([path]) => ({
      path,
      message: event[path] === undefined ? 'Missing.' : `Unexpected ${JSON.stringify(event[path])}.`,
    }));
  return issues.length > 0 ? { ok: false, issues } : { ok: true, value: event as unknown as RecordedEvent };
}
