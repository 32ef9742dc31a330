package segments

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/audience"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/export"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/money"
	"github.com/dangol/dangol/shared/crm/segment"
	"github.com/dangol/dangol/shared/crm/segments"
	"github.com/dangol/dangol/shared/lake/recent"
	"github.com/dangol/dangol/shared/store"
)

type ruleInput struct {
	recent.Input
	Body struct {
		Rule json.RawMessage `json:"rule" doc:"The rule tree; {\"all\": []} is everybody. An amount, also of a custom field, is compared with {\"amount\": \"12.50\", \"currency\": \"USD\"}, or with a number in the workspace's currency; what is in another currency never matches."`
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
	a, err := f.audience(f.tenant(ctx))
	if err != nil {
		return nil, err
	}
	if err := a.LayOver(ctx, in.Input); err != nil {
		return nil, err
	}
	p, err := a.Preview(ctx, rule)
	if err != nil {
		return nil, err
	}
	return &struct{ Body PreviewReply }{PreviewReply{Count: p.Count, Value: p.Value[0], Values: p.Value, Sample: p.Sample}}, nil
}

type membersInput struct {
	ByID
	api.PageInput
	recent.Input
	AsOf string `query:"asOf" maxLength:"10" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}$" doc:"Who was in it at the end of this day, in the workspace's time zone; today is now."`
}

// Basis says out of what members as of a day were found.
type Basis string

// The bases. What is evaluated knows orders, events and messages up to the day, but profiles and scores only as they are today.
const (
	Now        Basis = "now"
	Membership Basis = "membership"
	Evaluated  Basis = "evaluated"
)

// Members is a page of members, and how they were found.
type Members struct {
	api.List[*customer.Customer]
	Basis Basis `json:"basis" enum:"now,membership,evaluated" doc:"now: as they are; membership: as it was noted then; evaluated: the rule of today over the orders, events and messages up to that day, with the profiles and scores of today."`
}

// MembersPage is the reply of a page. A table has no room for a cursor, so the page behind is also named as RFC 8288 says.
type MembersPage struct {
	Link string `header:"Link" doc:"The next page, rel=next; absent on the last."`
	Body Members
}

// Table has a row for each member, in the fields that an import reads by these names. A workspace's own fields are in exports, which know their labels and types.
func (m Members) Table() (header []string, rows [][]string) {
	paths := customer.TextPaths()
	for _, c := range m.Data {
		row := []string{c.ID}
		for _, path := range paths {
			row = append(row, customer.TextAt(path)(&c.Fields))
		}
		rows = append(rows, append(row, strings.Join(c.Tags, ", ")))
	}
	return slices.Concat([]string{"id"}, paths, []string{"tags"}), rows
}

// next names the page behind a cursor.
func (in *membersInput) next(cursor string) string {
	query := url.Values{"cursor": {cursor}, "limit": {strconv.Itoa(in.Limit)}}
	if in.AsOf != "" {
		query.Set("asOf", in.AsOf)
	}
	return "</v1/segments/" + in.ID + "/members?" + query.Encode() + `>; rel="next"`
}

// members cuts pages from the list of ids that the first page evaluated, so that a customer is neither shown twice nor left out while pages are turned.
func (f *Feature) members(ctx context.Context, in *membersInput) (*MembersPage, error) {
	t := f.tenant(ctx)
	s, err := t.Segment(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	var after place
	turned, err := api.OpenCursor(ctx, in.Cursor, &after, in.ID, in.AsOf)
	if err != nil {
		return nil, err
	}
	ids, basis, err := f.ids(ctx, t, s, in, turned)
	if err != nil {
		return nil, err
	}
	start, found := slices.BinarySearch(ids, after.ID)
	if found {
		start++
	}
	page := ids[start:min(start+in.Limit, len(ids))]
	members, err := audience.New(t, f.env.Objects(t.ID)).Present(ctx, page)
	if err != nil {
		return nil, err
	}
	out := &MembersPage{}
	out.Body.Data, out.Body.Basis = members, basis
	if turned {
		out.Body.Basis = after.Basis
	}
	if start+in.Limit < len(ids) {
		out.Body.NextCursor = api.SealCursor(ctx, place{page[len(page)-1], out.Body.Basis}, in.ID, in.AsOf)
		out.Link = in.next(out.Body.NextCursor)
	}
	return out, nil
}

// place is the member behind whom a page begins.
type place struct {
	ID    string
	Basis Basis
}

// ids evaluates a segment for the first page and keeps the result for the pages after it.
func (f *Feature) ids(ctx context.Context, t *store.Tenant, s *segments.Segment, in *membersInput, turned bool) ([]string, Basis, error) {
	a, err := f.audience(t)
	if err != nil {
		return nil, "", err
	}
	kept := s.ID
	if in.AsOf != "" && s.Membership == segments.Live {
		kept += "@" + in.AsOf
	}
	if turned {
		ids, err := a.Kept(ctx, kept)
		return ids, "", err
	}
	if err := a.LayOver(ctx, in.Input); err != nil {
		return nil, "", err
	}
	ids, basis, err := f.membersAsOf(ctx, t, a, s, in.AsOf)
	if err != nil || s.Membership == segments.Frozen {
		return ids, basis, err
	}
	return ids, basis, a.Keep(ctx, kept, ids)
}

type exportInput struct {
	ByID
	Body struct {
		Format export.Format `json:"format" enum:"csv,parquet,xlsx" doc:"CSV and XLSX as a person reads them; Parquet with all columns of the lake, typed."`
	}
}

// Accepted is the output of an operation whose work goes on as a job.
type Accepted struct {
	Location string `header:"Location" doc:"The job."`
	Body     *job.Job
}

func (f *Feature) export(ctx context.Context, in *exportInput) (*Accepted, error) {
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
