package segments

import (
	"context"
	"encoding/json"
	"net/http"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

type ruleInput struct {
	Body struct {
		Rule json.RawMessage `json:"rule" doc:"The rule tree; {\"all\": []} is everybody."`
	}
}

// PreviewReply is how many meet a rule, what they are worth, and some of them.
type PreviewReply struct {
	Count  int64                `json:"count"`
	Value  money.Money          `json:"value" doc:"Their revenue in the workspace's currency."`
	Values []money.Money        `json:"values" doc:"Their revenue per currency, the workspace's first."`
	Sample []*customer.Customer `json:"sample" doc:"Up to ten of them, those who came last."`
}

func (f *Feature) preview(ctx context.Context, in *ruleInput) (*struct{ Body PreviewReply }, error) {
	rule, err := segment.Parse(in.Body.Rule, "/rule")
	if err != nil {
		return nil, err
	}
	p, err := f.audience(f.tenant(ctx)).Preview(ctx, rule)
	if err != nil {
		return nil, err
	}
	return &struct{ Body PreviewReply }{PreviewReply{Count: p.Count, Value: p.Value[0], Values: p.Value, Sample: p.Sample}}, nil
}

type membersInput struct {
	ByID
	api.PageInput
}

// members cuts pages from the list of ids that the first page evaluated, so that a customer is neither shown twice nor left out while pages are turned.
func (f *Feature) members(ctx context.Context, in *membersInput) (*api.Page[*customer.Customer], error) {
	t := f.tenant(ctx)
	s, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var after string
	turned, err := api.OpenCursor(ctx, in.Cursor, &after, in.ID)
	if err != nil {
		return nil, err
	}
	ids, err := f.ids(ctx, t, s, turned)
	if err != nil {
		return nil, err
	}
	start, found := slices.BinarySearch(ids, after)
	if found {
		start++
	}
	page := ids[start:min(start+in.Limit, len(ids))]
	members, err := f.present(ctx, t, page)
	if err != nil {
		return nil, err
	}
	next := ""
	if start+in.Limit < len(ids) {
		next = api.SealCursor(ctx, page[len(page)-1], in.ID)
	}
	return api.NewPage(members, next), nil
}

// ids evaluates a live segment for the first page and keeps the result for the pages after it.
func (f *Feature) ids(ctx context.Context, t *store.Tenant, s *segments.Segment, turned bool) ([]string, error) {
	r := f.audience(t)
	if turned {
		return r.Kept(ctx, s.ID)
	}
	ids, err := r.Members(ctx, s)
	if err != nil || s.Membership == segments.Frozen {
		return ids, err
	}
	return ids, r.Keep(ctx, s.ID, ids)
}

// present reads customers by id and leaves out those archived or removed since.
func (f *Feature) present(ctx context.Context, t *store.Tenant, ids []string) (out []*customer.Customer, err error) {
	for chunk := range slices.Chunk(ids, table.MaxBatchGet) {
		got, err := t.CustomersByID(ctx, chunk)
		if err != nil {
			return nil, err
		}
		for _, c := range got {
			if c != nil && c.ArchivedAt == nil {
				out = append(out, c)
			}
		}
	}
	return out, nil
}

type exportInput struct {
	ByID
	Body struct {
		Format export.Format `json:"format" enum:"csv,parquet"`
	}
}

// Accepted is the output of an operation whose work goes on as a job.
type Accepted struct {
	Location string `header:"Location" doc:"The job."`
	Body     *job.Job
}

func (f *Feature) export(ctx context.Context, in *exportInput) (*Accepted, error) {
	if in.Body.Format != export.CSV {
		return nil, errs.InvalidField("/format", "export_format_not_yet")
	}
	t := f.tenant(ctx)
	s, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	tx := t.Begin()
	j := tx.StartJob(job.SegmentExport, s.ID, 0, export.Params{SegmentID: s.ID, Format: in.Body.Format})
	out := &Accepted{Location: "/v1/jobs/" + j.ID, Body: j}
	return out, api.Commit(ctx, tx, http.StatusAccepted, out)
}
