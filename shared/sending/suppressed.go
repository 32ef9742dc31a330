package sending

import (
	"context"

	"github.com/dangol/dangol/shared/crm/consent"
	"github.com/dangol/dangol/shared/crm/customer"
	"github.com/dangol/dangol/shared/crm/message"
	"github.com/dangol/dangol/shared/store"
)

// Suppressed reads what stands against the e-mail address of each customer: nil where nothing does, there is no address, or no customer.
func Suppressed(ctx context.Context, t *store.Tenant, customers []*customer.Customer) ([]*message.Suppression, error) {
	addresses := make([]string, len(customers))
	for i, c := range customers {
		if c != nil {
			addresses[i] = message.Address(c, consent.Email)
		}
	}
	return t.Suppressions(ctx, message.Email, addresses)
}
