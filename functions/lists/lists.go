// Package lists is the feature of the lists of customers, orders, leads and campaigns, of changes of whom a list shows, and of files of it: any field filters, sorts and groups, a
// search finds words wherever they stand, totals are exact, and what the caller changed a moment ago is in the next list. It asks the tenant's lake what is on a
// page and reads those records from the table, so that a page is never older than the records themselves. A list without filter, search and order of its own is
// read from the table alone.
package lists

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves the lists of customers, orders, leads and campaigns.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, read = "customers", "customers:read"
	api.Register(a, api.Operation{ID: "listCustomers", Method: http.MethodGet, Path: "/v1/customers", Tag: tag, Scope: read,
		Summary: "List customers, newest first or by any field, all of them or those that a filter and a search find", Description: grammar}, f.list)
	api.Register(a, api.Operation{ID: "groupCustomers", Method: http.MethodGet, Path: "/v1/customers/groups", Tag: tag, Scope: read,
		Summary: "Count the customers of a list by a field", Description: grouped}, f.groups)
	api.Register(a, api.Operation{ID: "changeCustomers", Method: http.MethodPost, Path: "/v1/customers/bulk", Tag: tag, Scope: "customers:write", Status: http.StatusAccepted,
		Statuses: []int{http.StatusForbidden}, Summary: "Change many customers at once: those with the given ids, all whom a filter and a search find, or all", Description: inBulk}, f.bulk)
	const orders, readOrders = "orders", "orders:read"
	api.Register(a, api.Operation{ID: "listOrders", Method: http.MethodGet, Path: "/v1/orders", Tag: orders, Scope: readOrders, Statuses: []int{http.StatusForbidden},
		Summary: "List orders, the latest first or by any field, all of them or those that a filter and a search find", Description: orderGrammar}, f.orders)
	api.Register(a, api.Operation{ID: "groupOrders", Method: http.MethodGet, Path: "/v1/orders/groups", Tag: orders, Scope: readOrders, Statuses: []int{http.StatusForbidden},
		Summary: "Count the orders of a list by a field", Description: orderGroups}, f.orderGroups)
	f.registerLeads(a)
	f.registerCampaigns(a)
	api.Register(a, api.Operation{ID: "exportList", Method: http.MethodPost, Path: "/v1/exports", Tag: "exports", Scope: "exports:write", Status: http.StatusAccepted,
		Statuses: []int{http.StatusForbidden}, Summary: "Write what a list shows into a file: customers or orders", Description: inExport}, f.export)
}

const grammar = `A filter is made of conditions, joined by and, or, not and brackets: ` + "`address.region eq \"서울\" and (orders.count gte 3 within P90D or tags in (vip,gold)) and not email isEmpty`" + `.

A condition is a field, an operator and a value. Fields are those of a customer (name, address.region, createdAt, consents.email.marketing ...), of the score (score.rfm.r, score.revenue, score.lifetimeValue ...), and custom.<key>; GET /v1/segments/fields lists them with their operators: eq, ne, in, contains, startsWith, gt, gte, lt, lte, between, before, after, inLast, isEmpty, isNotEmpty. Beside these: orders.count, orders.sum and events.<type>, each with ` + "`within P90D`" + ` or ever; response.<kind> with the ids of campaigns; segment with ids of segments. Texts are compared without regard to capitals, dates are days in the workspace's zone, amounts are in its currency or written "12.50 USD". A value with spaces is a JSON string.

q finds words in name, e-mail, externalId, phone and the name of the company, wherever in them they stand, and names by their initial consonants (ㅎㄱㄷ finds 홍길동). Several words must all be found.

sort names up to five fields; a minus before one turns its order round, customers without a value come last. Pages go on behind the last customer of the page before, so that none is shown twice or left out because others come and go.

Changes reach filtered lists within three seconds, or later beside an import of hundreds of thousands: the list is of a moment before, then. A caller who names what it just changed in Dangol-Recent sees it at once.`

const grouped = `Counts each value of a field among the customers of a list, with their revenue so far, the largest groups first. Texts are alike without regard to capitals, dates are counted by the month of the workspace's zone, and who has several tags is in several groups. filter, q and Dangol-Recent are those of the list.`

const orderGroups = `Counts each value of a field among the orders of a list, with the sum of their totals in the workspace's currency, the largest groups first. Dates are counted by the month of the workspace's zone, and an order of several products is in several groups. filter, q and Dangol-Recent are those of the list.`

// tenant returns the stores of the caller's tenant.
func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}
