// Package duck asks a tenant's lake with DuckDB. It is the only package that links it, and with it cgo: functions that import it say Cgo in the catalogue.
//
// # How it is fast
//
// The lake's files are read once: every part is loaded into a table of a database of the tenant's own in the local cache, where texts also stand as they
// are compared (sqltext.Folded) and searched (sqltext.Initials). Asking these tables is 2 to 10 times as fast as asking Parquet (docs/benchmarks),
// and the parts need not be kept. Deltas are folded into the same tables: the highest version of an id wins (docs/adr/0013), so that what is applied twice or
// late changes nothing, and a query pays nothing for them.
//
// # How tenants are kept apart
//
// Each tenant has a database, a folder and settings of its own, locked when it is opened: no files beyond that folder, no network, no extensions.
// A statement must be one SELECT over the lake's subjects, with no table function but those that make rows out of values; anything else is refused before it is
// run. Values are bound, never written into a statement.
package duck

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/dangol/dangol/shared/clock"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// Statement is a query with its values.
type Statement = sqltext.Statement

// What a query can meet. They are found with errors.Is; the text around them is for logs.
var (
	ErrRefused = errors.New("duck: not a statement over the lake")                // not one SELECT over the subjects
	ErrMemory  = errors.New("duck: the query needs more memory than it may have") // narrower questions help, asking again does not
	ErrTime    = errors.New("duck: the query took longer than it may")
	ErrCorrupt = errors.New("duck: a file of the lake is not what the manifest says") // its hash is another
	ErrClosed  = errors.New("duck: the runner is closed")
)

// Options bound what the runner uses of its machine. Only Dir must be given.
type Options struct {
	Dir     string        // local folder for the runner alone: emptied when it is opened
	Memory  int64         // bytes that one tenant's database may hold, 800 MB if 0; what is more goes to disk, what cannot is ErrMemory
	Disk    int64         // bytes of all databases; the longest unused goes when there are more; 20 GB if 0
	Threads int           // of one tenant's database; 2 if 0
	Tenants int           // databases open at once; 4 if 0
	Queries int           // queries at once, over all tenants; others wait; 4 if 0
	Timeout time.Duration // of one query, 10 s if 0
	MaxAge  time.Duration // for so long the lake is not asked again what changed; 0 asks before every query
	Clock   clock.Clock   // the system's if nil
	Awake   bool          // the process runs between questions too, so that a load goes on when nobody waits
	Anew    bool          // no answer is kept while the lake stands still: for who measures the database
}

func (o Options) withDefaults() Options {
	o.Memory = orDefault(o.Memory, 800<<20)
	o.Disk = orDefault(o.Disk, 20<<30)
	o.Threads = orDefault(o.Threads, 2)
	o.Tenants = orDefault(o.Tenants, 4)
	o.Queries = orDefault(o.Queries, 4)
	o.Timeout = orDefault(o.Timeout, 10*time.Second)
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	return o
}

func orDefault[T int | int64 | time.Duration](v, otherwise T) T {
	if v == 0 {
		return otherwise
	}
	return v
}

// Part is a file of the snapshot: its key and the hash of its content, in hexadecimal (SHA-256).
type Part struct{ Key, Hash string }

// State is what a lake consists of at a moment.
type State struct {
	Parts  map[string][]Part // by subject
	Deltas []string          // the keys of those that are not in the parts
}

// Source is one tenant's lake in the object store. Both may be called again after an error, and at the same time.
type Source interface {
	// State says what the lake consists of now. It never goes back: a later state holds all that an earlier one held.
	State(ctx context.Context) (State, error)
	// Open reads an object. The caller closes it.
	Open(ctx context.Context, key string) (io.ReadCloser, error)
}
