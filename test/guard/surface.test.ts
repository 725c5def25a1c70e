// The surface is small on purpose. A name is added here, with its doc comment, its example and its line in the changelog, or not at all.

import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { absolute, doors } from '../support/files.js';
import { userOptions } from '../support/typescript.js';

interface Surface {
  readonly values: readonly string[];
  readonly types: readonly string[];
}

/** Every exported name of every door, as the documentation groups them. */
const surfaces: Readonly<Record<string, Surface>> = {
  'presence-model': {
    values: [
      'definePolicy', 'defaultPolicy', 'formatPolicy', 'PolicyError', 'createTracker', 'sessionStatus', 'explain',
      'advanceUser', 'deriveUser', 'deriveSession', 'observe', 'forget', 'diff',
      'parseSignal', 'parseBeat', 'parseEvidence', 'signalOf',
      'mergeEvidence',
      'createSettler',
    ],
    types: [
      'Advanced', 'UserRow',
      'Change', 'ClaimChange', 'Rejection', 'RejectionReason', 'SessionChange', 'SessionState', 'Told', 'UserChange',
      'ClaimEvidence', 'ReportEvidence', 'SessionEvidence', 'SessionFacts', 'UserEvidence',
      'DefaultNames', 'Departures', 'Ladder', 'NamesOf', 'Only', 'OtherRows', 'Policy', 'PolicyChanges', 'PolicyInput', 'Reports', 'Rows',
      'BecauseClock', 'BecauseDeparture', 'BecauseNever', 'BecauseNone', 'BecauseReport', 'Departure', 'SessionBecause', 'SessionPresence',
      'BecauseClaim', 'BecauseNobody', 'BecauseSession', 'HeldClaim', 'ShownPresence', 'UserBecause', 'UserPresence',
      'About', 'Activity', 'Beat', 'Claimed', 'Cleared', 'Connected', 'Disconnected', 'Heartbeat', 'Numbered', 'OfSession', 'Says', 'Signal',
      'Unclaimed', 'Unstamped',
      'Bounding', 'Claim', 'ClaimCommon', 'Showing',
      'Issue', 'Parsed', 'ParsedIssues', 'ParsedOk', 'Receipt',
      'Settler',
      'AtLeast', 'Connection', 'Exactly', 'Opened', 'Tracker', 'TrackerOptions', 'TrackerSize', 'TrackerSnapshot',
      'DurationMs', 'Gap', 'Json', 'Names', 'Timestamp',
    ],
  },
  'presence-model/client': {
    values: ['heartbeatPlan', 'createBeacon'],
    types: [
      'HeartbeatPlan', 'PlanOptions', 'Beacon', 'BeaconOptions', 'PageReports', 'PageEvent', 'OnPage', 'PageTurn', 'PageUp', 'PageClosed', 'PageReport',
    ],
  },
  'presence-model/presets': {
    values: [
      'discordAsOf202611', 'graphAsOf202611', 'mattermostAsOf202611', 'nextcloudAsOf202611', 'phoenixAsOf202611', 'rocketChatAsOf202611',
      'slackAsOf202611', 'socketIoAsOf202611', 'synapseAsOf202611', 'xmppAsOf202611', 'yjsAsOf202611', 'zulipAsOf202611',
    ],
    types: ['Preset'],
  },
  'presence-model/testing': {
    values: [
      'timeline', 'criticalInstants', 'story', 'renderStory', 'renderTimeline', 'renderTimelineSvg',
      'checkPolicy', 'detectionBounds', 'comparePolicies', 'sumDifferences', 'measureQuality',
    ],
    types: [
      'Alarm', 'ClaimLane', 'ClaimSpan', 'DepartedSpan', 'Range', 'Segment', 'SessionLane', 'Span', 'Timeline', 'UserLane',
      'Story', 'RenderOptions', 'SvgOptions', 'Theme',
      'Environment', 'Finding', 'FindingCode', 'Severity', 'Witness', 'Bound', 'Bounds', 'DetectionBounds',
      'Difference', 'DifferenceSum', 'PairSum', 'Sum', 'Mover',
      'Network', 'Storms', 'Throttled', 'Transport', 'Detection', 'Detector', 'Estimate', 'Quality', 'QualityOptions',
    ],
  },
  'presence-model/fast-check': {
    values: ['laws', 'signals', 'histories', 'policies'],
    types: ['CheckOptions', 'FastCheck', 'Law'],
  },
};

const files = [...doors().values()].map(absolute);
const program = ts.createProgram(files, userOptions());
const checker = program.getTypeChecker();

interface Exported {
  readonly name: string;
  readonly isValue: boolean;
  readonly isDocumented: boolean;
}

function exportsOf(file: string): readonly Exported[] {
  const source = program.getSourceFile(absolute(file));
  const module = source && checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file} is no module.`);
  return checker.getExportsOfModule(module).map((symbol) => {
    const origin = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    return {
      name: symbol.name,
      isValue: (origin.flags & ts.SymbolFlags.Value) !== 0,
      isDocumented: origin.getDocumentationComment(checker).length > 0,
    };
  });
}

const sorted = (names: readonly string[]): readonly string[] => [...names].sort();

describe('the doors', () => {
  it('are all listed', () => {
    expect(Object.keys(surfaces)).toEqual([...doors().keys()]);
  });
});

describe.each([...doors()])('%s', (door, file) => {
  const found = exportsOf(file);

  it('exports these values', () => {
    expect(sorted(found.filter(({ isValue }) => isValue).map(({ name }) => name))).toEqual(sorted(surfaces[door]!.values));
  });

  it('exports these types', () => {
    expect(sorted(found.filter(({ isValue }) => !isValue).map(({ name }) => name))).toEqual(sorted(surfaces[door]!.types));
  });

  it('documents every name', () => {
    expect(found.filter(({ isDocumented }) => !isDocumented).map(({ name }) => name)).toEqual([]);
  });
});
