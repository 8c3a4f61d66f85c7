import type { Goal } from './goal.ts'

/** What else Marram set out to do in the quarter. */
export const OTHERS = {
  warning: {
    title: 'Be the warning that people act on',
    why: 'A warning that nobody follows has warned nobody. After last autumn’s false alarms some towns switched theirs off.',
    level: 'company',
    lead: 'jun',
    keyResults: {
      acknowledged: {
        title: 'Alerts acknowledged within ten minutes',
        owner: 'jun',
        measure: { kind: 'increase', start: '58', target: '80', unit: '%' },
        reports: [
          { weeks: 5, value: '60', confidence: 6 },
          { weeks: 3, value: '66', confidence: 6 },
          { weeks: 1, value: '71', confidence: 7, note: 'The large button helps.' },
        ],
      },
    },
  },
  forecast: {
    title: 'See the flood before the river does',
    why: 'People act on a warning that leaves them time. What falls in the hills today is in the street tomorrow, and we do not look there yet.',
    level: 'group',
    group: 'forecasting',
    lead: 'noor',
    aligned: { to: 'warning', statement: 'An hour more is the difference between reading an alert and acting on it.' },
    keyResults: {
      warningTime: {
        title: 'Median warning time',
        owner: 'noor',
        measure: { kind: 'increase', start: '42', target: '90', unit: 'minutes' },
        reports: [
          { weeks: 4, value: '50', confidence: 6 },
          {
            weeks: 1,
            value: '61',
            confidence: 3,
            note: 'The rain radar of two valleys arrives too late to help.',
            blockers: 'The weather service has not answered yet.',
          },
        ],
      },
      falseAlarms: {
        title: 'False alarms per station and month',
        owner: 'noor',
        measure: { kind: 'decrease', start: '3.1', target: '1', unit: 'alarms' },
        reports: [
          { weeks: 4, value: '2.6', confidence: 7 },
          { weeks: 1, value: '2', confidence: 6 },
        ],
      },
    },
  },
  firstStorm: {
    title: 'Make the first storm a success story',
    why: 'Whether a town keeps us is decided in its first storm, by people who were shown the station once.',
    level: 'group',
    group: 'customerSuccess',
    lead: 'aisha',
    aligned: { to: 'growth', statement: 'A harbour that was warned in time sells more stations than we ever could.' },
    keyResults: {
      bostonPilot: {
        title: 'Boston harbour pilot signed off',
        owner: 'maya',
        measure: {
          kind: 'milestone',
          evidence: 'The harbour master’s letter of acceptance',
          steps: [
            { title: 'Sensors in the water', weight: '1' },
            { title: 'Data on the harbour’s own screens', weight: '1' },
            { title: 'Night crew trained', weight: '1' },
            { title: 'One storm passed', weight: '1' },
          ],
        },
        early: 27,
        reports: [
          { weeks: 5, steps: 1, confidence: 7 },
          { weeks: 2, steps: 3, confidence: 8, note: 'Now we wait for weather.' },
        ],
      },
      drills: {
        title: 'New towns that hold an alarm drill in their first month',
        owner: 'aisha',
        measure: { kind: 'increase', start: '20', target: '90', unit: '%' },
        reports: [
          { weeks: 4, value: '35', confidence: 6 },
          { weeks: 1, value: '55', confidence: 7 },
        ],
      },
    },
  },
  borders: {
    title: 'Ship and repair across borders without delay',
    why: 'A station that waits at customs warns nobody, and a broken one less than that.',
    level: 'group',
    group: 'operations',
    lead: 'piet',
    aligned: {
      to: 'growth',
      statement: 'We can promise abroad only what arrives and stays alive there.',
      offered: true,
    },
    keyResults: {
      repairTime: {
        title: 'Time from a failed station to a repaired one, abroad',
        owner: 'piet',
        measure: { kind: 'decrease', start: '21', target: '7', unit: 'days' },
        reports: [
          { weeks: 4, value: '19', confidence: 5 },
          { weeks: 1, value: '16', confidence: 5, note: 'Spares from Bremen go out the same day.' },
        ],
      },
    },
  },
  wearing: {
    title: 'Grow without wearing people out',
    why: 'Last year’s storms were carried by the same nine people. Two of them have left.',
    level: 'company',
    lead: 'marguerite',
    keyResults: {
      nightShifts: {
        title: 'Night shifts per person and month, in the storm season',
        owner: 'marguerite',
        measure: { kind: 'decrease', start: '6', target: '3', unit: 'shifts' },
        reports: [
          { weeks: 4, value: '5', confidence: 7 },
          { weeks: 1, value: '4', confidence: 8 },
        ],
      },
    },
  },
} as const satisfies Record<string, Goal>
