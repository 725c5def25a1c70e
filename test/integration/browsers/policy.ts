// The default policy: what it promises is what is tested, at its own pace.
export { defaultPolicy as policy } from 'presence-model';
