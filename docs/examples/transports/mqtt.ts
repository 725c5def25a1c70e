// Presence over MQTT, with a Last Will: `serveTopics(client, policy)` and `connectSpeaker(connect, speaker)`. Copy it.
//
//   presence/in/USER/SESSION         beats
//   the Last Will                    `disconnected`, `dropped`: the broker says it for a client that it lost. It is given with the
//                                    connection, so it carries that connection's epoch, and harms no newer one, however late it comes
//   last words                       a beat of quality 1, `closed` or `left`; whoever ends properly leaves no will
//   presence/out/USER                a change, retained: who comes later hears how it stands, and no list is needed
//
// The broker's rules must let a client write below its own name only: it is the topic that says who is speaking.
import type { IClientOptions, MqttClient } from 'mqtt';
import type { Beat, Names, Policy } from 'presence-model';
import { createHost } from './host.js';
import { jsonOf } from './posted.js';

const topicOf = (...parts: readonly string[]): string => ['presence', ...parts.map(encodeURIComponent)].join('/');

/** A client can write anything, into a topic too. */
function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** The server: a client of the broker, too. */
export async function serveTopics<N extends Names>(client: MqttClient, policy: Policy<N>): Promise<() => void> {
  const host = createHost(policy, (shown) =>
    void client.publish(topicOf('out', shown.userId), JSON.stringify(shown), { qos: 1, retain: true }));
  client.on('message', (topic, payload) => {
    const [, , userId, sessionId] = topic.split('/').map(decoded);
    const said = jsonOf(payload.toString());
    if (userId !== undefined && (said as Partial<Beat> | null | undefined)?.sessionId === sessionId) host.hear(userId, said);
  });
  await client.subscribeAsync(topicOf('in') + '/+/+', { qos: 1 });
  return host.stop;
}

export interface Speaker {
  readonly userId: string;
  readonly sessionId: string;
  /** The number of the next connection, greater than all before; where it is kept, the session id is kept. */
  readonly nextEpoch: () => number;
  /** What it is, and how long ago something was. */
  readonly says: () => Pick<Beat, 'report' | 'inactiveForMs' | 'quietForMs'>;
}

/** A client. Each connection has a number and a will of its own; the library makes the next one by itself. */
export function connectSpeaker(connect: (options: IClientOptions) => MqttClient, { userId, sessionId, nextEpoch, says }: Speaker) {
  const topic = topicOf('in', userId, sessionId);
  let epoch = nextEpoch();
  const words = (type: Beat['type'], said: Partial<Beat> = says()): string => JSON.stringify({ type, sessionId, epoch, ...said });
  const will = () => ({ topic, payload: Buffer.from(words('disconnected', {})), qos: 1, retain: false }) as const;
  const client = connect({ will: will() });
  client.on('connect', () => void client.publish(topic, words('connected'), { qos: 1 }));
  client.on('reconnect', () => {
    epoch = nextEpoch();
    client.options.will = will();
  });
  return {
    client,
    /** Of quality 0, and not while there is no connection: the next one makes good what is lost, and what is kept is old news. */
    beat: (): void => {
      if (client.connected) client.publish(topic, words('heartbeat'));
    },
    /** Said first and heard, then gone. */
    leave: async (cause: 'closed' | 'left'): Promise<void> => {
      await client.publishAsync(topic, words('disconnected', { cause }), { qos: 1 });
      await client.endAsync();
    },
  };
}
