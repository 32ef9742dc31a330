package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/dangol/dangol/shared/catalogue"
)

// model names the function whose lambda/main.go is taken over, by what starts the new one.
func model(row catalogue.Function) string {
	switch {
	case len(row.Paths) > 0:
		return "jobs"
	case row.Queue != "":
		return "outcomes"
	case len(row.Feed) > 0:
		return "changefeed"
	}
	return "schedule"
}

// files returns the first files of a function by their names in its folder. A worker whose model has no Lambda yet gets none either.
func files(root string, row catalogue.Function) (map[string]string, error) {
	texts := map[string]string{row.Name + ".go": source(row)}
	main, err := os.ReadFile(filepath.Join(root, model(row), "lambda", "main.go"))
	switch {
	case err == nil:
		texts[filepath.Join("lambda", "main.go")] = strings.ReplaceAll(string(main), model(row), row.Name)
	case len(row.Paths) > 0 || !errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("take over the Lambda's main: %w", err)
	}
	return texts, nil
}

// source is the first text of the function, by what starts it.
func source(row catalogue.Function) string {
	text := queueWorker
	switch {
	case len(row.Paths) > 0:
		text = feature
	case len(row.Feed) > 0:
		text = feedWorker
	case len(row.Schedules) > 0:
		text = tickWorker
	}
	path, first := strings.Join(row.Paths, " and "), ""
	if routes := row.Routes(); len(routes) > 0 {
		first = routes[0].Path
	}
	noun := first[strings.LastIndex(first, "/")+1:]
	return strings.NewReplacer("NAME", row.Name, "PATHS", path, "PATH", first, "NOUN", noun, "QUEUE", string(row.Queue)).Replace(text)
}

const feature = `// Package NAME is the feature of ... : say in a sentence what a person gets from it.
package NAME

import (
	"context"
	"net/http"

	"github.com/dangol/dangol/shared/api"
	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/store"
)

// Feature serves PATHS.
type Feature struct{ env *env.Env }

// New returns the feature over the ports of e.
func New(e *env.Env) *Feature { return &Feature{env: e} }

// Register mounts the operations: the whole route table, on one screen.
func (f *Feature) Register(a *api.API) {
	api.Register(a, api.Operation{ID: "NAME.list", Method: http.MethodGet, Path: "PATH", Tag: "NOUN", Scope: "NOUN:read",
		Summary: "List NOUN, newest first"}, f.list)
}

// tenant returns the stores of the caller's tenant.
func (f *Feature) tenant(ctx context.Context) *store.Tenant {
	p := api.From(ctx)
	return f.env.DB.Tenant(p.Tenant).As(p.Actor())
}

func (f *Feature) list(ctx context.Context, _ *api.PageInput) (*api.Page[string], error) {
	return api.NewPage([]string{f.tenant(ctx).ID}, ""), nil
}
`

const queueWorker = `// Package NAME works the queue QUEUE: say in a sentence what is done when it has worked.
package NAME

import (
	"context"
	"fmt"

	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/queue"
)

// Worker works messages; the same one may come twice.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// Handle works a batch and returns the messages that must come again.
func (w *Worker) Handle(ctx context.Context, batch []queue.Message) (failed []string, err error) {
	for _, m := range batch {
		if err := w.work(ctx, m); err != nil {
			w.env.Log.ErrorContext(ctx, "message failed", "function", "NAME", "tenant", m.Group, "error", err)
			failed = append(failed, m.ID)
		}
	}
	return failed, nil
}

func (w *Worker) work(_ context.Context, m queue.Message) error {
	return fmt.Errorf("NAME does not know the message %s", m.ID)
}
`

const feedWorker = `// Package NAME follows the change feed: say in a sentence what it keeps in step with the records.
package NAME

import (
	"context"

	"github.com/dangol/dangol/shared/env"
	"github.com/dangol/dangol/shared/feed"
)

// Worker handles records; the same one may come twice.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// Handle takes records in order and returns how many are done.
func (w *Worker) Handle(ctx context.Context, batch []feed.Record) (int, error) {
	for i, r := range batch {
		if err := w.record(ctx, r); err != nil {
			return i, err
		}
	}
	return len(batch), nil
}

func (w *Worker) record(ctx context.Context, r feed.Record) error {
	w.env.Log.DebugContext(ctx, "record", "function", "NAME", "key", r.Key())
	return nil
}
`

const tickWorker = `// Package NAME runs by the clock: say in a sentence what it sees to.
package NAME

import (
	"context"

	"github.com/dangol/dangol/shared/crm/due"
	"github.com/dangol/dangol/shared/env"
)

// Worker does what has come due.
type Worker struct{ env *env.Env }

// New returns the worker over the ports of e.
func New(e *env.Env) *Worker { return &Worker{env: e} }

// Tick does what has come due of a kind; two ticks may overlap.
func (w *Worker) Tick(ctx context.Context, kind due.Kind) error {
	w.env.Log.DebugContext(ctx, "tick", "function", "NAME", "kind", kind, "now", w.env.Clock.Now())
	return nil
}
`
