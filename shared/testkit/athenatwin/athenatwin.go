//go:build cgo

// Package athenatwin is a stand-in for Amazon Athena and the one operation of Glue that Dangol calls: it takes the documented requests, reads the listed
// Parquet files from the object store with the caller's rights, and answers by DuckDB. No emulator at hand reads such lists, or wants the keys that a table
// injects.
//
// It is held to: Amazon Athena API reference (StartQueryExecution, GetQueryExecution, GetQueryResults, StopQueryExecution); Athena user guide, "Supported types
// for partition projection" and "UNLOAD"; AWS Glue API reference (CreateTable).
package athenatwin

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake/glue"
)

// What the twin knows by these names.
const (
	Bucket    = "lake"
	Database  = "dangol_test"
	WorkGroup = "dangol-test"
)

// Twin is a running stand-in.
type Twin struct {
	URL string
	// Sessions are the tenants in whose name callers act, by their access keys. Another caller reaches all objects.
	Sessions map[string]string
	// Hold, if set, is waited for by every question before it runs.
	Hold chan struct{}
	// Run, if set, answers in DuckDB's place: SQL of Trino over the tables, with the values in it.
	Run func(sql string) (*Answer, error)

	objects blob.Blob
	dir     string

	mu        sync.Mutex
	tables    map[string]glue.Table
	asked     map[string]*question // by execution id
	byToken   map[string]string
	refusals  []Refusal
	Started   []Start // what was asked
	stopped   int
	mostBytes int64
}

// Start is a question as it was put.
type Start struct {
	QueryString, ClientRequestToken, WorkGroup string
	ExecutionParameters                        []string
	QueryExecutionContext                      struct{ Catalog, Database string }
	ResultConfiguration                        struct{ OutputLocation string }
}

// Refusal is an answer that is an error.
type Refusal struct {
	Status        int
	Type, Message string
}

// New starts a twin over the objects; it ends with the test.
func New(t testing.TB, objects blob.Blob) *Twin {
	t.Helper()
	w := &Twin{objects: objects, dir: t.TempDir(), Sessions: map[string]string{}, tables: map[string]glue.Table{}, asked: map[string]*question{}, byToken: map[string]string{}}
	for _, table := range glue.Tables() {
		w.tables[table.Name] = table
	}
	server := httptest.NewServer(http.HandlerFunc(w.serve))
	t.Cleanup(server.Close)
	w.URL = server.URL
	return w
}

// Refuse refuses the next calls, one with each refusal.
func (w *Twin) Refuse(r ...Refusal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.refusals = append(w.refusals, r...)
}

// Allow lets a question read so many bytes and no more, as a work group may.
func (w *Twin) Allow(bytes int64) { w.mostBytes = bytes }

// Stopped is how many questions were stopped.
func (w *Twin) Stopped() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.stopped
}

// Tables are the names of the tables that there are.
func (w *Twin) Tables() (names []string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for name := range w.tables {
		names = append(names, name)
	}
	return names
}

var accessKey = regexp.MustCompile(`Credential=([^/]+)/`)

func (w *Twin) serve(rw http.ResponseWriter, r *http.Request) {
	w.mu.Lock()
	due := w.refusals
	if len(due) > 0 {
		w.refusals = due[1:]
	}
	w.mu.Unlock()
	if len(due) > 0 {
		answer(rw, due[0].Status, map[string]string{"__type": due[0].Type, "Message": due[0].Message})
		return
	}
	who := ""
	if m := accessKey.FindStringSubmatch(r.Header.Get("Authorization")); m != nil {
		who = w.Sessions[m[1]]
	}
	reply, refused := w.operation(r.Header.Get("X-Amz-Target"), json.NewDecoder(r.Body), who)
	if refused != nil {
		answer(rw, refused.Status, map[string]string{"__type": refused.Type, "Message": refused.Message})
		return
	}
	answer(rw, http.StatusOK, reply)
}

func (w *Twin) operation(target string, body *json.Decoder, who string) (any, *Refusal) {
	switch _, name, _ := strings.Cut(target, "."); name {
	case "StartQueryExecution":
		return decoded(body, func(s Start) (any, *Refusal) { return w.start(s, who) })
	case "GetQueryExecution":
		return decoded(body, w.execution)
	case "GetQueryResults":
		return decoded(body, w.results)
	case "StopQueryExecution":
		return decoded(body, w.stop)
	case "CreateTable":
		return decoded(body, w.createTable)
	default:
		return nil, invalid("no operation " + target)
	}
}

func decoded[In any](body *json.Decoder, do func(In) (any, *Refusal)) (any, *Refusal) {
	var in In
	if err := body.Decode(&in); err != nil {
		return nil, &Refusal{http.StatusBadRequest, "SerializationException", err.Error()}
	}
	return do(in)
}

func invalid(message string) *Refusal {
	return &Refusal{http.StatusBadRequest, "InvalidRequestException", message}
}

func answer(rw http.ResponseWriter, code int, v any) {
	rw.Header().Set("Content-Type", "application/x-amz-json-1.1")
	rw.WriteHeader(code)
	_ = json.NewEncoder(rw).Encode(v) // the client has gone if this fails
}
