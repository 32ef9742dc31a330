package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"slices"
	"time"
)

// file is a CSV file that is written while it is sent.
type file struct {
	name    string
	mapping map[string]string
	write   func(io.Writer) error
}

// importTimes says how long the parts of an import took.
type importTimes struct {
	upload, check, commit time.Duration
	usage                 usage // of check and commit
	peak                  memory
}

type importState struct {
	ID        string `json:"id"`
	UploadURL string `json:"uploadUrl"`
	Status    string `json:"status"`
	Counts    struct{ Read, Created, Updated, Skipped, Failed int }
}

func benchImport(ctx context.Context, b *bench) ([]result, error) {
	if _, err := b.largeWorkspace(ctx, false); err != nil {
		return nil, err
	}
	t, rows := b.imported, float64(b.o.customers)
	rate := func(d time.Duration) float64 { return rows / d.Seconds() }
	return []result{
		{what: "CSV import of " + thousands(rows) + " customers: check and commit together", value: rate(t.check + t.commit), unit: "rows/s", target: 10_000,
			bound: fmt.Sprintf("peak %.0f MB resident; %s", t.peak.resident, t.usage.busy())},
		{what: "of it, check (every row against the rules and the unique keys)", value: rate(t.check), unit: "rows/s"},
		{what: "of it, commit (rows, unique keys, undo journal)", value: rate(t.commit), unit: "rows/s"},
		{what: "of it, upload", value: t.upload.Seconds(), unit: "s"},
		{what: "CPU per 1,000 rows, host", value: t.usage.host / rows * 1000, unit: "s"},
	}, nil
}

// importFile brings a file in and checks that every row of it was created.
func (c *client) importFile(ctx context.Context, b *bench, kind string, f file, rows int) (t importTimes, err error) {
	im, err := c.upload(ctx, kind, f, &t)
	if err != nil {
		return t, err
	}
	path := "/v1/imports/" + im.ID
	if err := c.do(ctx, http.MethodPut, path+"/mapping", map[string]any{"mapping": f.mapping}, nil); err != nil {
		return t, err
	}
	used, peak := b.host.meter(), b.host.peakMemory()
	defer func() { t.usage, t.peak = used(), peak() }()
	if t.check, err = c.importStep(ctx, path, "check", "ready"); err != nil {
		return t, err
	}
	if t.commit, err = c.importStep(ctx, path, "commit", "succeeded"); err != nil {
		return t, err
	}
	err = c.do(ctx, http.MethodGet, path, nil, &im)
	if n := im.Counts; err == nil && n.Created != rows {
		err = fmt.Errorf("import of %d %s: %+v", rows, kind, n)
	}
	return t, err
}

// upload creates an import, sends its file and waits until it was read.
func (c *client) upload(ctx context.Context, kind string, f file, t *importTimes) (im importState, err error) {
	if err := c.do(ctx, http.MethodPost, "/v1/imports", map[string]any{"kind": kind, "fileName": f.name}, &im); err != nil {
		return im, err
	}
	r, w := io.Pipe()
	go func() { w.CloseWithError(f.write(w)) }()
	begin := time.Now()
	if _, err := c.send(ctx, http.MethodPut, im.UploadURL, "text/csv", r); err != nil {
		return im, fmt.Errorf("upload: %w", err)
	}
	t.upload = time.Since(begin)
	_, err = await(ctx, c, "/v1/imports/"+im.ID, 20*time.Millisecond, reached("mapping"))
	return im, err
}

// importStep starts a step and waits for the status that ends it.
func (c *client) importStep(ctx context.Context, path, step, status string) (time.Duration, error) {
	begin := time.Now()
	if err := c.do(ctx, http.MethodPost, path+"/"+step, nil, nil); err != nil {
		return 0, err
	}
	_, err := await(ctx, c, path, 20*time.Millisecond, reached(status))
	return time.Since(begin), err
}

// reached says whether an import has the status; another final one is an error.
func reached(status string) func(importState) (bool, error) {
	return func(im importState) (bool, error) {
		if im.Status == status {
			return true, nil
		}
		if slices.Contains([]string{"succeeded", "partlyFailed", "failed", "canceled", "undone"}, im.Status) {
			return false, fmt.Errorf("import is %s, want %s: %+v", im.Status, status, im.Counts)
		}
		return false, nil
	}
}
