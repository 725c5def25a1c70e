// May this user be rung now? Each row is one life, asked at one instant.

import { describe, expect, it } from 'vitest';
import { defaultPolicy, observe } from 'presence-model';
import type { Claim, Numbered, Signal, UserEvidence } from 'presence-model';
import { story } from 'presence-model/testing';
import { callPolicy, canBeWoken, inCall, readinessOf, ready, type CallWords } from '../../docs/examples/ring.js';

type Said = Numbered<Signal<CallWords>>;
const open = (sessionId: string, at = 0): Said => ({ type: 'connected', userId: 'ada', sessionId, epoch: 1, at, activeAt: at });
const end = (sessionId: string, cause: CallWords['cause'], at: number): Said => ({ type: 'disconnected', userId: 'ada', sessionId, epoch: 1, cause, at });
const claim = (what: Claim<CallWords>, at = 0): Said => ({ type: 'claimed', userId: 'ada', at, claim: what });
const unclaim = (claimId: string, at: number): Said => ({ type: 'unclaimed', userId: 'ada', at, claimId });
const known = (...signals: readonly Said[]): UserEvidence =>
  signals.reduce<UserEvidence>((before, signal) => observe(before, signal), { userId: 'ada', sessions: [], claims: [] });

const laptop = [open('laptop'), claim(ready('laptop', ['audio', 'video']))];
const phone = claim(canBeWoken('phone', ['audio'], 86_400_000));

describe('readinessOf', () => {
  it.each<[string, readonly Said[], at: number, present: boolean, because: string, devices: readonly string[]]>([
    ['somebody unknown', [], 0, false, 'no device', []],
    ['at a machine without a microphone', [open('desk')], 5_000, true, 'no device', []],
    ['at a machine that can', laptop, 5_000, true, 'free', ['laptop']],
    ['idle, and the machine still can', laptop, 20_000, true, 'free', ['laptop']],
    ['silent for three minutes: stale', laptop, 180_000, true, 'no device', []],
    ['silent for four', laptop, 240_000, false, 'no device', []],
    ['the line was lost a moment ago', [...laptop, end('laptop', 'dropped', 6_000)], 6_000, true, 'no device', []],
    ['the microphone was taken away', [...laptop, unclaim('ready laptop', 4_000)], 5_000, true, 'no device', []],
    ['nobody there, and a phone that a push can wake', [phone], 5_000, false, 'free', ['phone']],
    ['there, and a phone besides', [...laptop, phone], 5_000, true, 'free', ['laptop', 'phone']],
    ['the laptop is closed, and the phone is left', [...laptop, phone, end('laptop', 'left', 5_000)], 5_000, false, 'free', ['phone']],
    ['the token of the phone just before its end', [phone], 86_399_999, false, 'free', ['phone']],
    ['the token of the phone at its end', [phone], 86_400_000, false, 'no device', []],
    ['in a call', [...laptop, claim(inCall('laptop'))], 5_000, true, 'in-call', ['laptop']],
    ['the call ended with its machine', [...laptop, phone, claim(inCall('laptop'))], 240_000, false, 'free', ['phone']],
    ['not to be disturbed', [...laptop, claim({ id: 'quiet', show: 'dnd', expiresAt: 9_000 })], 8_999, true, 'dnd', ['laptop']],
    ['quiet is over', [...laptop, claim({ id: 'quiet', show: 'dnd', expiresAt: 9_000 })], 9_000, true, 'free', ['laptop']],
    ['in a call, and later not to be disturbed', [...laptop, claim(inCall('laptop')), claim({ id: 'quiet', show: 'dnd' }, 2_000)], 5_000, true, 'in-call', ['laptop']],
    ['invisible, with a phone', [...laptop, phone, claim({ id: 'hide', atMost: 'offline' })], 5_000, false, 'hidden', ['laptop', 'phone']],
    ['invisible and gone, with a phone', [phone, claim({ id: 'hide', atMost: 'offline' })], 5_000, false, 'hidden', ['phone']],
    ['invisible in a call', [...laptop, claim(inCall('laptop')), claim({ id: 'hide', atMost: 'offline' })], 5_000, false, 'hidden', ['laptop']],
  ])('%s', (_title, signals, at, isPresent, because, devices) => {
    const answer = readinessOf(known(...signals), at);
    expect(answer).toMatchObject({ isPresent, because, mayRing: because === 'free' });
    expect(answer.devices.map(({ id }) => id)).toEqual(devices);
    // It is so until it says.
    const { until = at + 1, ...said } = answer;
    expect(readinessOf(known(...signals), until - 1)).toEqual({ ...said, ...(answer.until === undefined ? {} : { until }) });
  });

  it('says what a device can', () => {
    expect(readinessOf(known(...laptop, phone), 0).devices).toEqual([
      { id: 'laptop', by: 'session', media: ['audio', 'video'] },
      { id: 'phone', by: 'push', media: ['audio'] },
    ]);
  });
});

describe('callPolicy', () => {
  it('has the clocks of the default policy', () => {
    expect(callPolicy.silence).toEqual(defaultPolicy.silence);
  });

  it('shows a call for as long as its session lasts, over do not disturb', () => {
    story(callPolicy)`
      time              | 0s     | 10s             | 20s                                     | 30s | 4m20s
      > ada/laptop ~10s | +      |                 |                                         | x   |
      > ada             |        | quiet: show dnd | call: show in-call priority 1 on laptop |     |
      = ada             | active | dnd             | in-call                                 |     | offline
    `;
  });
});
