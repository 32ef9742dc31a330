package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/catalogue"
	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/queue"
)

// rebuilds asks for lakes to be written anew and watches their manifests, which say when the latest rebuild began.
type rebuilds struct {
	objects blob.Blob
	queue   queue.Queue
	clock   clock.Clock
	out     io.Writer
}

func (r *rebuilds) do(ctx context.Context, o order) error {
	tenants := []string{o.tenant}
	if o.all {
		var err error
		if tenants, err = r.tenants(ctx); err != nil {
			return err
		}
	}
	asked := r.clock.Now().UTC().Truncate(time.Millisecond)
	for _, t := range tenants {
		if err := r.begin(ctx, t, asked, o.yes); err != nil {
			return err
		}
	}
	if !o.yes {
		fmt.Fprintf(r.out, "%d lakes; -yes rebuilds them\n", len(tenants))
		return nil
	}
	return r.watch(ctx, tenants, asked, o.wait)
}

// tenants are the workspaces that have objects, in the order of their ids: one short listing for each. A workspace without any has no lake yet, and its first one
// is written from the table.
func (r *rebuilds) tenants(ctx context.Context) (out []string, err error) {
	for after := "t/"; ; {
		page, err := r.objects.List(ctx, "t/", after, 1)
		if err != nil || len(page) == 0 {
			return out, err
		}
		tenant, _, _ := strings.Cut(strings.TrimPrefix(page[0].Key, "t/"), "/")
		out, after = append(out, tenant), "t/"+tenant+"/\U0010FFFF"
	}
}

// begin shows how a lake stands and asks for its rebuild.
func (r *rebuilds) begin(ctx context.Context, tenant string, asked time.Time, yes bool) error {
	m, _, err := lake.Read(ctx, r.objects, tenant)
	if err != nil {
		return err
	}
	fmt.Fprintf(r.out, "%s  %s\n", tenant, standing(&m))
	if !yes {
		return nil
	}
	body, err := json.Marshal(lake.Upkeep{Tenant: tenant, Rebuild: asked})
	if err != nil {
		return err
	}
	return r.queue.Send(ctx, catalogue.Lakes, queue.Send{Group: tenant, Body: body})
}

// standing says how large a lake is and how old.
func standing(m *lake.Manifest) string {
	var parts int
	var rows, bytes int64
	for _, of := range m.Subjects {
		for _, p := range of {
			parts, rows, bytes = parts+1, rows+p.Rows, bytes+p.Bytes
		}
	}
	text := fmt.Sprintf("%d rows in %d parts of %d bytes", rows, parts, bytes)
	if m.Rebuilt.IsZero() {
		return text + ", never rebuilt"
	}
	return text + ", rebuilt " + m.Rebuilt.Format(time.RFC3339)
}

// looks is how long it is until manifests are looked at again.
const looks = 5 * time.Second

// watch tells of each lake that is done until all are, or the time is over.
func (r *rebuilds) watch(ctx context.Context, open []string, asked time.Time, wait time.Duration) error {
	all := len(open)
	for {
		var err error
		if open, err = r.look(ctx, open, asked, all); err != nil || len(open) == 0 {
			return err
		}
		if r.clock.Now().Sub(asked) >= wait {
			return fmt.Errorf("%d of %d lakes are not rebuilt after %v: %s; what lakework gave up on lies with the dead letters of %s",
				len(open), all, wait, strings.Join(open, " "), catalogue.Lakes)
		}
		if err := r.clock.Sleep(ctx, looks); err != nil {
			return err
		}
	}
}

// look returns those that are not rebuilt yet.
func (r *rebuilds) look(ctx context.Context, open []string, asked time.Time, all int) (still []string, err error) {
	done := all - len(open)
	for _, t := range open {
		m, _, err := lake.Read(ctx, r.objects, t)
		if err != nil {
			return nil, err
		}
		if m.Rebuilt.Before(asked) {
			still = append(still, t)
			continue
		}
		done++
		fmt.Fprintf(r.out, "%d of %d after %v: %s  %s\n", done, all, r.clock.Now().Sub(asked).Round(time.Second), t, standing(&m))
	}
	return still, nil
}
