// Package failedrows reads back the rows that an import left out, from the parts that its worker wrote.
package failedrows

import (
	"context"
	"encoding/json"
	"errors"
	"io"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/crm/imports"
)

// Each calls f for every failed row under the prefix, in the order of the file. One part is open at a time.
func Each(ctx context.Context, b blob.Blob, prefix string, f func(imports.FailedRow) error) error {
	return blob.Each(ctx, b, prefix, "", func(p blob.Info) error { return part(ctx, b, p.Key, f) })
}

func part(ctx context.Context, b blob.Blob, key string, f func(imports.FailedRow) error) error {
	r, _, err := b.Get(ctx, key, 0, -1)
	if err != nil {
		return err
	}
	defer r.Close()
	rows := json.NewDecoder(r)
	for {
		var row imports.FailedRow
		if err := rows.Decode(&row); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return err
		}
		if err := f(row); err != nil {
			return err
		}
	}
}
