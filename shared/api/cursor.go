package api

import "context"

// SealCursor returns an opaque cursor that holds position, any JSON value, and opens only for the same tenant and operation with the same query
// (the normalised filter and sort).
func SealCursor(ctx context.Context, position any, query ...string) string { return "" }

// OpenCursor fills position from a cursor made by SealCursor with the same tenant, operation and query. An empty cursor leaves it and returns
// false. A foreign or edited one is errs.Malformed cursor_invalid.
func OpenCursor(ctx context.Context, cursor string, position any, query ...string) (bool, error) {
	return false, nil
}
