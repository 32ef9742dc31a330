package blob

import "context"

// page is how many objects are listed at a time: the most that S3 returns.
const page = 1000

// Lister is what Each asks of a store.
type Lister interface {
	List(ctx context.Context, prefix, after string, limit int) ([]Info, error)
}

// Each visits the objects with the prefix, ordered by key, behind the key after, until visit fails. What is put or deleted meanwhile may be visited or not.
func Each(ctx context.Context, b Lister, prefix, after string, visit func(Info) error) error {
	for {
		found, err := b.List(ctx, prefix, after, page)
		if err != nil {
			return err
		}
		for _, i := range found {
			if err := visit(i); err != nil {
				return err
			}
			after = i.Key
		}
		if len(found) < page {
			return nil
		}
	}
}
