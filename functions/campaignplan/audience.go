package campaignplan

import (
	"context"
	"sync"

	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/store"
)

// everyone takes all customers for members of any segment.
type everyone struct{}

// Members implements Audience.
func (everyone) Members(ctx context.Context, t *store.Tenant, segmentID string) ([]string, int64, error) {
	s, err := t.Segment(ctx, segmentID)
	if err != nil {
		return nil, 0, err
	}
	var mu sync.Mutex
	var ids []string
	err = t.ScanCustomers(ctx, func(_ int, c *customer.Customer) error {
		mu.Lock()
		defer mu.Unlock()
		ids = append(ids, c.ID)
		return nil
	})
	return ids, s.Version, err
}
