package customers

import (
	"context"
	"net/http"
	"slices"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/job"
	"github.com/dangol/dangol/shared/crm/merge"
	"github.com/dangol/dangol/shared/errs"
	"github.com/dangol/dangol/shared/id"
	"github.com/dangol/dangol/shared/store"
	"github.com/dangol/dangol/shared/table"
)

type mergeInput struct {
	ByID
	api.IfMatch
	Body struct {
		With     string                `json:"with" minLength:"1" maxLength:"64" doc:"The id of the customer who becomes part of this one."`
		WithETag string                `json:"withETag,omitempty" maxLength:"200" doc:"The ETag under which that customer was read; 412 when they have changed since."`
		Fields   map[string]merge.Side `json:"fields,omitempty" doc:"Whose value stays, by field: this or other. Without a choice this one's value stays, or else the other's, and tags are those of both. Names: kind, externalId, name, email, phone, birthDate, gender, address, companyId, ownerId, tags, lifecycleStage, custom.<key>."`
	}
}

// merge makes the other customer part of this one. The records change at once, in one transaction; what hangs on the other is moved by a job.
func (f *Feature) merge(ctx context.Context, in *mergeInput) (*api.Accepted[*merge.Merge], error) {
	t := f.tenant(ctx)
	this, err := f.live(ctx, t, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	if m, err := unfinished(ctx, t, this.ID, merge.Moving, func(m *merge.Merge) bool { return m.MergedID == in.Body.With }); m != nil || err != nil {
		return again(ctx, t, m, job.CustomerMerge, err)
	}
	other, err := f.other(ctx, t, this, in.Body.With, api.IfMatch{Match: in.Body.WithETag})
	if err != nil {
		return nil, err
	}
	if err := settledBoth(ctx, t, this, other); err != nil {
		return nil, err
	}
	is, err := united(ctx, t, this, other, in.Body.Fields)
	if err != nil {
		return nil, err
	}
	m := &merge.Merge{ID: t.NewID(id.Merge), CustomerID: this.ID, MergedID: other.ID, MergedName: other.Name, Status: merge.Moving, Fields: in.Body.Fields}
	tx := t.Begin()
	m.JobID = tx.StartJob(job.CustomerMerge, m.ID, 0, merge.JobParams{CustomerID: this.ID, MergeID: m.ID}).ID
	tx.MergeCustomers(m, this, is, other)
	out := api.NewAccepted(m.JobID, m)
	if err := api.Commit(ctx, tx, http.StatusAccepted, out); err != nil {
		return nil, mergeRefused(ctx, t, err, is)
	}
	return out, nil
}

// other reads the customer who is to become part of this one.
func (f *Feature) other(ctx context.Context, t *store.Tenant, this *customer.Customer, with string, m api.IfMatch) (*customer.Customer, error) {
	if with == this.ID {
		return nil, errs.InvalidField("/with", "merge_with_itself")
	}
	c, err := t.Customer(ctx, with)
	switch code := errs.Code(err); {
	case code == "customer_not_found" || code == "customer_merged":
		return nil, errs.InvalidField("/with", code)
	case err != nil:
		return nil, err
	case c.ArchivedAt != nil:
		return nil, errs.InvalidField("/with", "customer_archived")
	}
	return c, m.Check(c.Version)
}

// settledBoth refuses while something is still on the move to or from either, and when one would stand for too many.
func settledBoth(ctx context.Context, t *store.Tenant, this, other *customer.Customer) error {
	for _, c := range []*customer.Customer{this, other} {
		merges, err := t.Merges(ctx, c.ID)
		if err != nil {
			return err
		}
		if slices.ContainsFunc(merges, func(m *merge.Merge) bool { return !m.Status.Ended() }) {
			return errs.New(errs.Conflict, "merge_under_way").With("retryAfter", 1)
		}
	}
	if len(this.Merged)+len(other.Merged)+1 > merge.MaxMerged {
		return errs.Newf(errs.Conflict, "merges_full", "max", merge.MaxMerged)
	}
	return nil
}

// united is this customer with what the other brings.
func united(ctx context.Context, t *store.Tenant, this, other *customer.Customer, choice map[string]merge.Side) (*customer.Customer, error) {
	fields, err := merge.Fields(this.Fields, other.Fields, choice)
	if err != nil {
		return nil, err
	}
	set, err := t.CustomFields(ctx)
	if err != nil {
		return nil, err
	}
	is := *this
	is.Fields = fields
	is.Consents, is.ConsentsSince = merge.Consents(this, other)
	is.Holds = merge.Holds(this, other, set.Holds(fields.Custom))
	is.Merged = append(append(slices.Clone(this.Merged), other.ID), other.Merged...)
	is.Known = merge.Known(this, other, fields)
	return &is, nil
}

// mergeRefused turns a failed merge or its undoing into what the caller should see.
func mergeRefused(ctx context.Context, t *store.Tenant, err error, c *customer.Customer) error {
	if table.FailedLabel(err, store.LabelMerged) || table.FailedLabel(err, store.LabelMerge) {
		return errs.New(errs.Stale, "version_stale").Because(err)
	}
	return t.Taken(ctx, err, c)
}

type unmergeInput struct {
	ByID
	api.IfMatch
	Body struct {
		MergeID string `json:"mergeId,omitempty" maxLength:"64" doc:"Which merge is taken back; without it, the latest that still holds."`
	}
}

// unmerge makes both customers of their own again.
func (f *Feature) unmerge(ctx context.Context, in *unmergeInput) (*api.Accepted[*merge.Merge], error) {
	t := f.tenant(ctx)
	this, err := f.live(ctx, t, in.ID, in.IfMatch)
	if err != nil {
		return nil, err
	}
	if m, err := unfinished(ctx, t, this.ID, merge.Undoing, func(m *merge.Merge) bool { return in.Body.MergeID == "" || m.ID == in.Body.MergeID }); m != nil || err != nil {
		return again(ctx, t, m, job.CustomerUnmerge, err)
	}
	m, err := undoable(ctx, t, this, in.Body.MergeID)
	if err != nil {
		return nil, err
	}
	gone, err := t.MergedCustomer(ctx, m.MergedID)
	if err != nil {
		return nil, err
	}
	is, other, err := merge.Part(m, this, gone)
	if err != nil {
		return nil, err
	}
	m.Status = merge.Undoing
	tx := t.Begin()
	m.JobID = tx.StartJob(job.CustomerUnmerge, m.ID, 0, merge.JobParams{CustomerID: this.ID, MergeID: m.ID}).ID
	tx.UnmergeCustomers(m, this, is, gone, other)
	out := api.NewAccepted(m.JobID, m)
	if err := api.Commit(ctx, tx, http.StatusAccepted, out); err != nil {
		return nil, mergeRefused(ctx, t, err, other)
	}
	return out, nil
}

// undoable is the merge that is to be taken back. Later ones of the same customer come first: each knows the way back to the one before.
func undoable(ctx context.Context, t *store.Tenant, this *customer.Customer, mergeID string) (*merge.Merge, error) {
	merges, err := t.Merges(ctx, this.ID)
	if err != nil {
		return nil, err
	}
	for _, m := range merges {
		switch {
		case !m.Status.Ended():
			return nil, errs.New(errs.Conflict, "merge_under_way").With("retryAfter", 1)
		case m.Status == merge.Undone && m.ID == mergeID:
			return nil, errs.New(errs.Conflict, "merge_undone")
		case m.Status == merge.Undone:
		case mergeID != "" && m.ID != mergeID && slices.ContainsFunc(merges, func(x *merge.Merge) bool { return x.ID == mergeID }):
			return nil, errs.New(errs.Conflict, "merge_not_latest").With("mergeId", m.ID)
		case mergeID == "" || m.ID == mergeID:
			return m, nil
		}
	}
	return nil, errs.New(errs.Conflict, "merge_none")
}
