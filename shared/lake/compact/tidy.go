package compact

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/glue"
)

// KeepMonth keeps the manifest as it was at the end of its month, when it is about to be replaced in a later one. A writer that was overtaken may come with an
// older one: the latest of the month stays.
func KeepMonth(ctx context.Context, b blob.Blob, tenant string, was *lake.Manifest, now time.Time) error {
	month := was.At.UTC().Format("2006-01")
	if was.Version == 0 || month >= now.UTC().Format("2006-01") {
		return nil
	}
	key := lake.HistoryKey(tenant, month)
	kept, mark, err := lake.ReadAt(ctx, b, key)
	if err != nil || kept.Version >= was.Version {
		return err
	}
	return lake.Replace(ctx, b, key, mark, *was) // who is overtaken here begins again, as at the manifest itself
}

// Tidied is what a tidying did.
type Tidied struct {
	Archived int // deltas that went to the history
	Removed  int // files that no manifest named
}

// Tidy moves deltas that have been in the parts for a while to the history of their month, and removes old files that no manifest names. It may be called at
// any time, by many at once, and again after any error: what is done twice is there twice in the history, where versions tell.
func Tidy(ctx context.Context, b blob.Blob, tenant string, o Options) (done Tidied, err error) {
	o = o.withDefaults()
	m, _, err := lake.Read(ctx, b, tenant)
	if err != nil {
		return done, err
	}
	if done.Archived, err = archive(ctx, b, tenant, &m, o.Now().Add(-o.Kept)); err != nil {
		return done, err
	}
	done.Removed, err = removeUnnamed(ctx, b, tenant, o.Now().Add(-o.Unnamed))
	return done, err
}

// archiveBytes is how much of deltas goes into one object of the history.
const archiveBytes = 16 << 20

// archive puts folded deltas that were written before a moment one behind the other, as compressed files may stand, and removes them.
func archive(ctx context.Context, b blob.Blob, tenant string, m *lake.Manifest, before time.Time) (n int, err error) {
	all, err := lake.Deltas(ctx, b, tenant)
	if err != nil {
		return 0, err
	}
	months := map[string][]lake.Delta{}
	for _, d := range all {
		if d.Written.Before(before) && slices.Contains(m.Folded, d.Key) {
			month := d.Written.UTC().Format("2006-01")
			months[month] = append(months[month], d)
		}
	}
	for month, deltas := range months {
		for len(deltas) > 0 {
			some := atMost(deltas, archiveBytes)
			if err := archiveOnce(ctx, b, tenant, month, some); err != nil {
				return n, fmt.Errorf("archive deltas of %s: %w", tenant, err)
			}
			n, deltas = n+len(some), deltas[len(some):]
		}
	}
	return n, nil
}

func atMost(deltas []lake.Delta, most int64) []lake.Delta {
	var sum int64
	for i, d := range deltas {
		if sum += d.Bytes; sum > most && i > 0 {
			return deltas[:i]
		}
	}
	return deltas
}

func archiveOnce(ctx context.Context, b blob.Blob, tenant, month string, deltas []lake.Delta) error {
	var content bytes.Buffer
	for _, d := range deltas {
		if err := appendObject(ctx, b, d.Key, &content); err != nil {
			return err
		}
	}
	if _, err := b.Put(ctx, lake.ArchiveKey(tenant, month, deltas[0].Key), &content, blob.PutOptions{ContentType: "application/zstd"}); err != nil {
		return err
	}
	for _, d := range deltas {
		if err := b.Delete(ctx, d.Key); err != nil {
			return err
		}
	}
	return nil
}

// appendObject reads an object to its end; one that another tidying has moved meanwhile is nothing.
func appendObject(ctx context.Context, b blob.Blob, key string, to *bytes.Buffer) error {
	in, _, err := b.Get(ctx, key, 0, -1)
	if errors.Is(err, blob.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	defer in.Close()
	_, err = io.Copy(to, in)
	return err
}

// removeUnnamed removes the parts that were written before a moment and that neither the manifest nor one of a month's end names. No part is ever written
// twice under one key, so that nobody names them later.
func removeUnnamed(ctx context.Context, b blob.Blob, tenant string, before time.Time) (n int, err error) {
	old, manifests, err := oldParts(ctx, b, tenant, before)
	if err != nil || len(old) == 0 {
		return 0, err
	}
	named, err := namedParts(ctx, b, tenant, manifests)
	if err != nil {
		return 0, err
	}
	for _, key := range old {
		if named[key] {
			continue
		}
		if err := b.Delete(ctx, key); err != nil {
			return n, fmt.Errorf("remove %s: %w", key, err)
		}
		n++
	}
	return n, nil
}

// listPage is how many keys are listed at a time.
const listPage = 1000

// oldParts lists the parts that were written before a moment, and what a question to Athena left by then (shared/lake/athena), which no manifest names either;
// and the manifests of the history.
func oldParts(ctx context.Context, b blob.Blob, tenant string, before time.Time) (parts, manifests []string, err error) {
	for after := ""; ; {
		page, err := b.List(ctx, lake.Prefix(tenant), after, listPage)
		if err != nil {
			return nil, nil, fmt.Errorf("list the lake of %s: %w", tenant, err)
		}
		for _, o := range page {
			switch {
			case (strings.HasSuffix(o.Key, ".parquet") || strings.HasPrefix(o.Key, glue.AskedPrefix(tenant))) && o.Modified.Before(before):
				parts = append(parts, o.Key)
			case strings.HasPrefix(o.Key, lake.HistoryPrefix(tenant)) && strings.HasSuffix(o.Key, ".json"):
				manifests = append(manifests, o.Key)
			}
		}
		if len(page) < listPage {
			return parts, manifests, nil
		}
		after = page[len(page)-1].Key
	}
}

func namedParts(ctx context.Context, b blob.Blob, tenant string, history []string) (map[string]bool, error) {
	m, _, err := lake.Read(ctx, b, tenant)
	if err != nil {
		return nil, err
	}
	manifests := []lake.Manifest{m}
	for _, key := range history {
		old, _, err := lake.ReadAt(ctx, b, key)
		if err != nil {
			return nil, err
		}
		manifests = append(manifests, old)
	}
	named := map[string]bool{}
	for _, m := range manifests {
		for _, parts := range m.Subjects {
			for _, p := range parts {
				named[p.Key] = true
			}
		}
	}
	return named, nil
}
