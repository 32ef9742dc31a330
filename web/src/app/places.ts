import type { ComponentType } from 'react';
import { IconCampaigns, IconCustomers, IconHome, IconImports, IconLeads, IconLifecycle, IconOrders, IconQuality, IconSegments, IconValue, IconTemplates, IconSettings, type Icon } from '@/ui/icons';

type Load = () => Promise<{ default: ComponentType }>;

/** The groups follow the loop; null stands alone. */
export type Group = 'customers' | 'know' | 'reach' | null;

export interface Place {
  id: 'home' | 'customers' | 'orders' | 'leads' | 'imports' | 'quality' | 'segments' | 'value' | 'lifecycle' | 'campaigns' | 'templates' | 'settings';
  path: string;
  group: Group;
  icon: Icon;
  /** The page, in its own chunk. */
  load: Load;
  /** Further pages of the same place, e.g. `/customers/:id`. */
  pages?: readonly { path: string; load: Load }[];
  /** Shown only to people who hold this scope. */
  scope?: string;
  /** One of the four in the phone's bottom bar; the rest are under More. */
  thumb?: boolean;
}

/** The one list of pages. Rail, bottom bar, palette and router read it; only what exists stands here. Its word is `frame.place.<id>`. */
export const places: readonly Place[] = [
  { id: 'home', path: '/', group: null, icon: IconHome, thumb: true, load: () => import('@/features/home/HomePage') },
  { id: 'customers', path: '/customers', group: 'customers', icon: IconCustomers, thumb: true, scope: 'customers:read', load: () => import('@/features/customers/CustomersPage'), pages: [{ path: '/customers/:id', load: () => import('@/features/customers/CustomerPage') }, { path: '/customers/:id/merge', load: () => import('@/features/customers/MergePage') }] },
  { id: 'orders', path: '/orders', group: 'customers', icon: IconOrders, scope: 'orders:read', load: () => import('@/features/orders/OrdersPage') },
  { id: 'leads', path: '/leads', group: 'customers', icon: IconLeads, scope: 'leads:read', load: () => import('@/features/leads/LeadsPage') },
  { id: 'imports', path: '/imports', group: 'customers', icon: IconImports, scope: 'imports:read', load: () => import('@/features/imports/ImportsPage'), pages: [{ path: '/imports/new', load: () => import('@/features/imports/NewImportPage') }, { path: '/imports/:id', load: () => import('@/features/imports/ImportPage') }] },
  { id: 'quality', path: '/quality', group: 'customers', icon: IconQuality, scope: 'customers:read', load: () => import('@/features/quality/QualityPage') },
  { id: 'segments', path: '/segments', group: 'know', icon: IconSegments, thumb: true, scope: 'segments:read', load: () => import('@/features/segments/SegmentsPage'), pages: [{ path: '/segments/new', load: () => import('@/features/segments/NewSegmentPage') }, { path: '/segments/:id', load: () => import('@/features/segments/SegmentPage') }] },
  { id: 'value', path: '/value', group: 'know', icon: IconValue, scope: 'scores:read', load: () => import('@/features/value/ValuePage'), pages: [{ path: '/value/pivot', load: () => import('@/features/value/PivotPage') }] },
  { id: 'lifecycle', path: '/lifecycle', group: 'know', icon: IconLifecycle, scope: 'scores:read', load: () => import('@/features/lifecycle/LifecyclePage') },
  { id: 'campaigns', path: '/campaigns', group: 'reach', icon: IconCampaigns, scope: 'campaigns:read', load: () => import('@/features/campaigns/CampaignsPage'), pages: [{ path: '/campaigns/:id', load: () => import('@/features/campaigns/CampaignPage') }] },
  { id: 'templates', path: '/templates', group: 'reach', icon: IconTemplates, scope: 'templates:read', load: () => import('@/features/templates/TemplatesPage'), pages: [{ path: '/templates/:id', load: () => import('@/features/templates/TemplatePage') }] },
  { id: 'settings', path: '/settings', group: null, icon: IconSettings, scope: 'workspace:read', load: () => import('@/features/settings/SettingsPage'), pages: [{ path: '/settings/dictionary', load: () => import('@/features/settings/DictionaryPage') }] },
];

export const groups: readonly Group[] = [null, 'customers', 'know', 'reach'];

export function placeAt(pathname: string, all: readonly Place[] = places): Place | undefined {
  return all.find(({ path }) => (path === '/' ? pathname === '/' : pathname === path || pathname.startsWith(`${path}/`)));
}

export const mayOpen = (place: Place, scopes: readonly string[] | undefined): boolean =>
  place.scope === undefined || scopes === undefined || scopes.includes(place.scope) || scopes.includes('*');
