// A story is told in the words of its policy. Checked by `npm run types`.

import { defaultPolicy, definePolicy } from 'presence-model';
import type { DefaultNames, NamesOf, Signal } from 'presence-model';
import { renderStory, story } from 'presence-model/testing';
import type { Story, Timeline } from 'presence-model/testing';
import { is } from './same.js';

const chat = definePolicy({
  statuses: ['busy', 'here', 'gone'],
  silence: { gone: 60_000 },
  reports: { none: 'here', dnd: 'busy' },
  departures: { dropped: { gone: 5_000 }, kicked: { gone: 0 } },
});
type Chat = NamesOf<typeof chat>;

is<Story<DefaultNames>>()(story(defaultPolicy)`time | ${0}`);
is<Story<Chat>>()(story(chat)`time | 0s`);
is<readonly Signal<Chat>[]>()(story(chat)`time | 0s`.signals);
is<Timeline<Chat>>()(story(chat)`time | 0s`.timeline);
is<string>()(story(chat)`time | 0s`.toString());
is<string>()(renderStory(story(chat)`time | 0s`.signals, chat, { from: 0, until: 1 }));

// @ts-expect-error -- a policy's signals are told under a policy that knows their words
renderStory([{ type: 'connected', userId: 'ada', sessionId: 'tab', at: 0, report: 'afk' }], chat, { from: 0, until: 1 });
// @ts-expect-error -- a story is a template
story(chat)('time | 0s');
