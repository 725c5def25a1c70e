import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { Aedes } from 'aedes';
import { connect, type IClientOptions, type MqttClient } from 'mqtt';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectSpeaker, serveTopics } from '../../../docs/examples/transports/mqtt.js';
import { holds, policy, until, type Shown } from './contract.js';

const published: Shown[] = [];
const wills: string[] = [];
const clients: MqttClient[] = [];
let url = '';
let end: () => void;

function join(options: IClientOptions = {}): MqttClient {
  const client = connect(url, { reconnectPeriod: 100, ...options });
  clients.push(client);
  return client;
}
const connected = (client: MqttClient): Promise<unknown> => new Promise((ready) => client.once('connect', ready));
const statuses = (userId: string): readonly string[] => published.filter((shown) => shown.userId === userId).map(({ status }) => status);

beforeAll(async () => {
  const broker = await Aedes.createBroker();
  broker.on('publish', ({ topic, payload }) => {
    if (topic.startsWith('presence/in/') && payload.includes('"disconnected"') && !payload.includes('cause')) wills.push(payload.toString());
  });
  const server = createServer(broker.handle);
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stop = await serveTopics(join(), policy);
  const onlooker = join();
  onlooker.on('message', (_, payload) => published.push(JSON.parse(payload.toString()) as Shown));
  await onlooker.subscribeAsync('presence/out/+');
  end = () => {
    stop();
    for (const client of clients) client.end(true);
    broker.close();
    server.close();
  };
});
afterAll(() => end());

holds('MQTT', {
  async open(userId, sessionId, epoch) {
    const { client, beat, leave } = connectSpeaker((options) => join({ ...options, reconnectPeriod: 0 }), {
      userId, sessionId, nextEpoch: () => epoch, says: () => ({}),
    });
    await connected(client);
    await until(() => expect(statuses(userId)).not.toEqual([]));
    return { beat, leave, drop: () => client.stream.destroy() };
  },
  seen: (userId) => published.filter((shown) => shown.userId === userId),
  decay: ['stale', 'offline'],
});

it('a client that is cut comes back by itself, with the next number and a will that says it', async () => {
  let epoch = 0;
  const { client } = connectSpeaker(join, { userId: 'a/b+#', sessionId: 'cut', nextEpoch: () => (epoch += 1), says: () => ({ report: 'active' }) });
  for (let times = 1; times <= 4; times++) {
    await connected(client);
    await until(() => expect(statuses('a/b+#')).toEqual(['active']));
    client.stream.destroy();
    await until(() => expect(wills).toContain(JSON.stringify({ type: 'disconnected', sessionId: 'cut', epoch: times })));
  }
  await connected(client);
  await new Promise((ready) => setTimeout(ready, 500));
  expect(statuses('a/b+#')).toEqual(['active']);
});

it('who ends properly leaves no will', async () => {
  const { client, leave } = connectSpeaker(join, { userId: 'proper', sessionId: 'proper', nextEpoch: () => 1, says: () => ({}) });
  await connected(client);
  await until(() => expect(statuses('proper')).toEqual(['active']));
  await leave('left');
  await until(() => expect(statuses('proper')).toEqual(['active', 'offline']));
  expect(wills.filter((will) => will.includes('"proper"'))).toEqual([]);
});

it('who comes later hears how it stands', async () => {
  const { client } = connectSpeaker(join, { userId: 'retained', sessionId: 'tab', nextEpoch: () => 1, says: () => ({ report: 'background' }) });
  await connected(client);
  await until(() => expect(statuses('retained')).toEqual(['away']));
  const late = join();
  const heard: Shown[] = [];
  late.on('message', (_, payload) => heard.push(JSON.parse(payload.toString()) as Shown));
  await late.subscribeAsync('presence/out/retained');
  await until(() => expect(heard.map(({ status }) => status)).toEqual(['away']));
});

it('a topic or a payload that makes no sense does no harm', async () => {
  const rogue = join();
  await rogue.publishAsync('presence/in/%/tab', '{}', { qos: 1 });
  await rogue.publishAsync('presence/in/ada/tab', 'zzz', { qos: 1 });
  await rogue.publishAsync('presence/in/ada/tab', 'null', { qos: 1 });
  await rogue.publishAsync('presence/in/ada/tab', JSON.stringify({ type: 'connected', sessionId: 'other', epoch: 1 }), { qos: 1 });
  await rogue.publishAsync('presence/in/after/tab', JSON.stringify({ type: 'connected', sessionId: 'tab', epoch: 1 }), { qos: 1 });
  await until(() => expect(statuses('after')).toEqual(['active']));
  expect(statuses('ada')).toEqual([]);
});
