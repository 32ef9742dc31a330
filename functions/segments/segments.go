// Package segments is the feature of groups of customers (세그먼트): rules with a preview while typing, live and frozen membership, members, exports, and whom
// of a group a campaign would reach.
package segments

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves /v1/segments, and the estimate of a campaign's audience.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations.
func (f *Feature) Register(a *api.API) {
	const tag, read, write = "segments", "segments:read", "segments:write"
	get, post, missing := http.MethodGet, http.MethodPost, []int{http.StatusNotFound}
	changing := []int{http.StatusNotFound, http.StatusConflict, http.StatusPreconditionFailed}
	api.Register(a, api.Operation{ID: "listSegments", Method: get, Path: "/v1/segments", Tag: tag, Scope: read,
		Summary: "List segments, newest first"}, f.list)
	api.Register(a, api.Operation{ID: "createSegment", Method: post, Path: "/v1/segments", Tag: tag, Scope: write, Status: 201,
		Timeout: scanTime, Summary: "Save a rule as a segment, live or frozen"}, f.create)
	api.Register(a, api.Operation{ID: "previewSegment", Method: post, Path: "/v1/segments/preview", Tag: tag, Scope: read, Timeout: scanTime,
		Summary: "Count who meets a rule, what they are worth, and show some of them"}, f.preview)
	api.Register(a, api.Operation{ID: "explainSegment", Method: post, Path: "/v1/segments/explain", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Say which part of a rule lets a customer in or keeps them out"}, f.explain)
	api.Register(a, api.Operation{ID: "listSegmentFields", Method: get, Path: "/v1/segments/fields", Tag: tag, Scope: read,
		Summary: "List the fields that rules ask for, with their operators"}, f.fields)
	api.Register(a, api.Operation{ID: "getSegment", Method: get, Path: "/v1/segments/{id}", Tag: tag, Scope: read, Statuses: missing,
		Summary: "Read a segment"}, f.read)
	api.Register(a, api.Operation{ID: "changeSegment", Method: http.MethodPatch, Path: "/v1/segments/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Change a segment by merge patch; a rule is replaced whole"}, f.change)
	api.Register(a, api.Operation{ID: "deleteSegment", Method: http.MethodDelete, Path: "/v1/segments/{id}", Tag: tag, Scope: write, Statuses: changing,
		Summary: "Delete a segment; campaigns sent to it keep their frozen audience"}, f.remove)
	api.Register(a, api.Operation{ID: "listMembers", Method: get, Path: "/v1/segments/{id}/members", Tag: tag, Scope: read, Statuses: missing, Timeout: scanTime,
		Summary: "List the members; all pages are of the evaluation that the first page made"}, f.members)
	api.Register(a, api.Operation{ID: "listSegmentChanges", Method: get, Path: "/v1/segments/{id}/changes", Tag: tag, Scope: read, Statuses: missing, Timeout: scanTime,
		Summary: "List who entered and left a live segment"}, f.changes)
	api.Register(a, api.Operation{ID: "getSegmentHistory", Method: get, Path: "/v1/segments/{id}/history", Tag: tag, Scope: read, Statuses: missing, Timeout: scanTime,
		Summary: "Read the size and value of a segment day by day"}, f.history)
	api.Register(a, api.Operation{ID: "rebuildSegment", Method: post, Path: "/v1/segments/{id}/rebuild", Tag: tag, Scope: write, Status: 202, Statuses: missing,
		Summary: "Count anew who is in a segment"}, f.rebuild)
	api.Register(a, api.Operation{ID: "freezeSegment", Method: post, Path: "/v1/segments/{id}/freeze", Tag: tag, Scope: write, Status: 201, Statuses: missing, Timeout: scanTime,
		Summary: "Make a frozen segment of those who are in another one, now or on a day"}, f.freeze)
	api.Register(a, api.Operation{ID: "exportSegment", Method: post, Path: "/v1/segments/{id}/export", Tag: tag, Scope: "exports:write", Status: 202,
		Statuses: missing, Summary: "Write the members into a file"}, f.export)
	api.Register(a, api.Operation{ID: "showCampaignAudience", Method: get, Path: "/v1/campaigns/{id}/audience", Tag: "campaigns", Scope: "campaigns:read", Statuses: missing, Timeout: scanTime,
		Summary: "Show how the segment shrinks to those who will get the campaign, and why"}, f.campaignAudience)
}

func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

// audience is the tenant's lake for who shows something; whoever writes down what it answers opens it with audience.Over, and waits until it has everything.
func (f *Feature) audience(t *store.Tenant) (*audience.Lake, error) {
	l, err := audience.Over(f.env, t)
	if err != nil {
		return nil, err
	}
	return l.Soon(), nil
}

// ByID names one record in the path.
type ByID struct {
	ID string `path:"id" maxLength:"64" doc:"The segment's id."`
}
