package lists

import (
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/lead"
	"github.com/dangol/dangol/shared/lake/rules"
	"github.com/dangol/dangol/shared/store"
)

const leadGrammar = `The grammar is that of GET /v1/customers, over the fields of a lead alone (name, status, company, email, phone, source, score, notes, ownerId, createdAt, updatedAt, convertedAt, customerId, id): ` + "`status in (new,working) and createdAt inLast P30D and not source isEmpty`" + `.

q finds words in name, company, e-mail and phone, wherever in them they stand, and names by their initial consonants (ㅎㄱㄷ finds 홍길동).

GET /v1/segments/fields lists the fields of leads as leads. Changes reach filtered lists within three seconds; who names what it just changed in Dangol-Recent sees it at once.`

const leadGroups = `Counts each value of a field among the leads of a list, the largest groups first; leads have no revenue. Dates are counted by the month of the workspace's zone. filter, q and Dangol-Recent are those of the list.`

var leadMembers = []string{"id", "name", "email", "phone", "company", "source", "status", "notes", "ownerId", "score", "customerId", "origin", "sample", "createdAt", "updatedAt", "convertedAt"}

func (f *Feature) registerLeads(a *api.API) {
	const tag, read = "leads", "leads:read"
	records[*lead.Lead]{f, "leads", rules.Leads, leadMembers, (*store.Tenant).Leads, (*store.Tenant).LeadsByID}.register(a,
		api.Operation{ID: "listLeads", Method: http.MethodGet, Path: "/v1/leads", Tag: tag, Scope: read,
			Summary: "List leads, newest first or by any field, all of them or those that a filter and a search find", Description: leadGrammar},
		api.Operation{ID: "groupLeads", Method: http.MethodGet, Path: "/v1/leads/groups", Tag: tag, Scope: read,
			Summary: "Count the leads of a list by a field", Description: leadGroups})
}
