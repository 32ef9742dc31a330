package rebuild

import (
	"context"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/store"
)

// Wanted lists the tenants without a lake: who signed up before there were lakes, or a moment ago. Every tenant has a date for its nightly scores, by which it
// is found.
func Wanted(ctx context.Context, db *store.DB, objects func(tenant string) blob.Blob, now time.Time) (tenants []string, err error) {
	const most = 100_000
	dates, err := db.DueBy(ctx, due.Scores, now.AddDate(1, 0, 0), most)
	if err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for _, d := range dates {
		if seen[d.Tenant] {
			continue
		}
		seen[d.Tenant] = true
		m, _, err := lake.Read(ctx, objects(d.Tenant), d.Tenant)
		if err != nil {
			return nil, err
		}
		if m.Version == 0 {
			tenants = append(tenants, d.Tenant)
		}
	}
	return tenants, nil
}
