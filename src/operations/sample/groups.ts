/** Marram's groups. Those above stand before those below. */
export const GROUPS = {
  sales: { name: 'Sales', lead: 'daniel' },
  northAmerica: { name: 'North America', lead: 'priya', parent: 'sales' },
  dach: { name: 'DACH', lead: 'hanna', parent: 'sales' },
  southernEurope: { name: 'Southern Europe', lead: 'tomas', parent: 'sales' },
  product: { name: 'Product', lead: 'jun' },
  forecasting: { name: 'Forecasting', lead: 'noor', parent: 'product' },
  customerSuccess: { name: 'Customer Success', lead: 'aisha' },
  operations: { name: 'Operations', lead: 'piet' },
  people: { name: 'People & Finance', lead: 'marguerite' },
} as const satisfies Record<string, { name: string; lead: string; parent?: string }>

export type GroupKey = keyof typeof GROUPS
