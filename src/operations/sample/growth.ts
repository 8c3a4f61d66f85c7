import type { Goal } from './goal.ts'

/**
 * A company's growth, cascaded: the company's number is the vice president's; three regions take most of it, and one
 * sales representative takes her part of a region's. What is left over is a gap that everybody sees. Nothing of it is
 * reported yet: the first check-in of the one who does the work moves the whole line.
 */
export const GROWTH = {
  growth: {
    title: 'Grow beyond our home waters',
    why: 'Rivers do not stop at the Nordic border, and neither should the warning. Every town that we reach abroad is one that hears in time.',
    level: 'company',
    lead: 'ingrid',
    keyResults: {
      sales: {
        title: 'New sales',
        owner: 'daniel',
        measure: { kind: 'increase', start: '0', target: '1000000', unit: 'USD' },
      },
    },
  },
  america: {
    title: 'Make Marram easy to buy for American towns',
    why: 'A harbour master in Maine decided in one afternoon that she wanted us, and then needed eleven months to be allowed to. The need is there; the way we sell stands in front of it.',
    level: 'group',
    group: 'northAmerica',
    lead: 'priya',
    aligned: {
      to: 'growth',
      statement: 'We make buying simple on their side of the ocean, so that there is somewhere to grow.',
    },
    keyResults: {
      salesAmerica: {
        title: 'New sales in North America',
        owner: 'priya',
        measure: { kind: 'increase', start: '0', target: '300000', unit: 'USD' },
        adds: { to: 'sales' },
      },
      pilotToContract: {
        title: 'Time from pilot to contract',
        owner: 'priya',
        measure: { kind: 'decrease', start: '120', target: '75', unit: 'days' },
        reports: [
          { weeks: 4, value: '112', confidence: 6 },
          { weeks: 1, value: '95', confidence: 7, note: 'Two towns signed on our standard terms.' },
        ],
      },
      firstCallToPilot: {
        title: 'Time from first call to pilot, Northeast',
        owner: 'maya',
        measure: { kind: 'decrease', start: '31', target: '18', unit: 'days' },
        reports: [
          { weeks: 3, value: '27', confidence: 7 },
          {
            weeks: 1,
            value: '22',
            confidence: 8,
            note: 'A borrowed station, set up on the first visit, does the rest.',
          },
        ],
      },
    },
  },
  northeast: {
    title: 'Win the harbours of the Northeast that have seen the water come',
    why: 'They know what a late warning costs, and they talk to each other: whoever has us first decides for the coast.',
    level: 'individual',
    group: 'northAmerica',
    lead: 'maya',
    aligned: { to: 'america', statement: 'The first harbours that buy with ease show the others that they can.' },
    keyResults: {
      customersNortheast: {
        title: 'New customers in the US Northeast',
        owner: 'maya',
        measure: { kind: 'increase', start: '0', target: '3', unit: 'customers' },
        early: 13,
        adds: { to: 'salesAmerica', share: '90000' },
      },
    },
  },
  rhine: {
    title: 'Earn the trust of the river authorities on the Rhine',
    why: 'Nobody buys a warning from a stranger. The authorities have been let down before, by instruments that failed in the one night that mattered.',
    level: 'group',
    group: 'dach',
    lead: 'hanna',
    aligned: { to: 'growth', statement: 'Where the authorities trust us, the towns along the river follow.' },
    keyResults: {
      salesDach: {
        title: 'New sales in DACH',
        owner: 'hanna',
        measure: { kind: 'increase', start: '0', target: '350000', unit: 'USD' },
        adds: { to: 'sales' },
      },
    },
  },
  south: {
    title: 'Be at home where rivers rise in an hour',
    why: 'Our stations were made for slow northern floods. In the ravines of the south there is no time for a second look.',
    level: 'group',
    group: 'southernEurope',
    lead: 'tomas',
    aligned: {
      to: 'growth',
      statement: 'A warning that is fast enough for the south opens a coast that we could never serve.',
    },
    keyResults: {
      salesSouth: {
        title: 'New sales in Southern Europe',
        owner: 'tomas',
        measure: { kind: 'increase', start: '0', target: '250000', unit: 'USD' },
        adds: { to: 'sales' },
      },
    },
  },
} as const satisfies Record<string, Goal>
