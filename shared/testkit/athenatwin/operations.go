//go:build cgo

package athenatwin

import (
	"context"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/dangol/dangol/shared/lake/dictionary"
	"github.com/dangol/dangol/shared/lake/glue"
)

// question is one that was put.
type question struct {
	state, reason string
	cancel        context.CancelFunc
	done          chan struct{}
	answer        *Answer
}

// Answer is a table of texts; nil is NULL. Types are Athena's.
type Answer struct {
	Names, Types []string
	Rows         [][]*string
}

// Limits of a request. Source: Amazon Athena API reference, StartQueryExecution.
const (
	leastToken = 32
	mostToken  = 128
	mostSQL    = 262144
	mostValue  = 1024
)

func (w *Twin) start(s Start, who string) (any, *Refusal) {
	switch {
	case s.WorkGroup != WorkGroup:
		return nil, invalid("WorkGroup " + s.WorkGroup + " is not found.")
	case len(s.ClientRequestToken) < leastToken || len(s.ClientRequestToken) > mostToken:
		return nil, invalid("the client request token has no proper length")
	case s.QueryString == "" || len(s.QueryString) > mostSQL:
		return nil, invalid("the query string has no proper length")
	case !strings.HasPrefix(s.ResultConfiguration.OutputLocation, "s3://"):
		return nil, invalid("No output location provided.")
	case s.ExecutionParameters != nil && len(s.ExecutionParameters) == 0:
		return nil, invalid("execution parameters must have a member")
	}
	for _, p := range s.ExecutionParameters {
		if n := utf8.RuneCountInString(p); n < 1 || n > mostValue {
			return nil, invalid("an execution parameter has no proper length")
		}
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if id, known := w.byToken[s.ClientRequestToken]; known {
		return map[string]string{"QueryExecutionId": id}, nil
	}
	id := fmt.Sprintf("00000000-0000-0000-0000-%012d", len(w.asked)+1)
	ctx, cancel := context.WithCancel(context.Background())
	q := &question{state: "RUNNING", cancel: cancel, done: make(chan struct{})}
	w.asked[id], w.byToken[s.ClientRequestToken], w.Started = q, id, append(w.Started, s)
	go w.work(ctx, q, s, who)
	return map[string]string{"QueryExecutionId": id}, nil
}

func (w *Twin) work(ctx context.Context, q *question, s Start, who string) {
	defer close(q.done)
	if w.Hold != nil {
		select {
		case <-w.Hold:
		case <-ctx.Done():
		}
	}
	got, err := w.answer(ctx, s, who)
	w.mu.Lock()
	defer w.mu.Unlock()
	switch {
	case ctx.Err() != nil:
		q.state, q.reason = "CANCELLED", "Query cancelled by user"
	case err != nil && strings.Contains(err.Error(), tooMuch):
		q.state, q.reason = "CANCELLED", err.Error()
	case err != nil:
		q.state, q.reason = "FAILED", err.Error()
	default:
		q.state, q.answer = "SUCCEEDED", got
	}
}

type which struct {
	QueryExecutionId, NextToken string
	MaxResults                  int
}

func (w *Twin) find(id string) (*question, *Refusal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if q := w.asked[id]; q != nil {
		return q, nil
	}
	return nil, invalid("QueryExecution " + id + " was not found")
}

func (w *Twin) execution(in which) (any, *Refusal) {
	q, refused := w.find(in.QueryExecutionId)
	if refused != nil {
		return nil, refused
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	return map[string]any{"QueryExecution": map[string]any{"QueryExecutionId": in.QueryExecutionId,
		"Status": map[string]string{"State": q.state, "StateChangeReason": q.reason}}}, nil
}

func (w *Twin) stop(in which) (any, *Refusal) {
	q, refused := w.find(in.QueryExecutionId)
	if refused != nil {
		return nil, refused
	}
	q.cancel()
	<-q.done
	w.mu.Lock()
	defer w.mu.Unlock()
	w.stopped++
	return struct{}{}, nil
}

// mostRows is the most that a page has. Source: Amazon Athena API reference, GetQueryResults.
const mostRows = 1000

func (w *Twin) results(in which) (any, *Refusal) {
	q, refused := w.find(in.QueryExecutionId)
	switch {
	case refused != nil:
		return nil, refused
	case q.state != "SUCCEEDED":
		return nil, invalid("Query did not finish successfully. Final query state: " + q.state)
	case in.MaxResults < 0 || in.MaxResults > mostRows:
		return nil, invalid("MaxResults is not between 0 and 1000")
	}
	all := append([][]*string{texts(q.answer.Names)}, q.answer.Rows...)
	from, _ := strconv.Atoi(in.NextToken)
	to := min(from+max(in.MaxResults, 1), len(all))
	var rows []any
	for _, r := range all[from:to] {
		var data []map[string]string
		for _, v := range r {
			cell := map[string]string{}
			if v != nil {
				cell["VarCharValue"] = *v
			}
			data = append(data, cell)
		}
		rows = append(rows, map[string]any{"Data": data})
	}
	var info []map[string]string
	for i := range q.answer.Names {
		info = append(info, map[string]string{"Name": q.answer.Names[i], "Type": q.answer.Types[i]})
	}
	reply := map[string]any{"ResultSet": map[string]any{"Rows": rows, "ResultSetMetadata": map[string]any{"ColumnInfo": info}}}
	if to < len(all) {
		reply["NextToken"] = strconv.Itoa(to)
	}
	return reply, nil
}

func texts(list []string) (out []*string) {
	for i := range list {
		out = append(out, &list[i])
	}
	return out
}

// newTable is a request of Glue's CreateTable.
type newTable struct {
	DatabaseName string
	TableInput   struct {
		Name              string
		Parameters        map[string]string
		StorageDescriptor struct {
			Columns []struct{ Name, Type string }
		}
	}
}

func (w *Twin) createTable(in newTable) (any, *Refusal) {
	w.mu.Lock()
	defer w.mu.Unlock()
	name := in.TableInput.Name
	if in.DatabaseName != Database || name == "" {
		return nil, &Refusal{400, "EntityNotFoundException", "Database " + in.DatabaseName + " not found."}
	}
	if _, there := w.tables[name]; there {
		return nil, &Refusal{400, "AlreadyExistsException", "Table already exists."}
	}
	base, _, _ := strings.Cut(name, "_")
	t := w.tables[base]
	if in.TableInput.Parameters["storage.location.template"] != t.Properties(Bucket)["storage.location.template"] {
		return nil, &Refusal{400, "InvalidInputException", "the twin makes no other tables than those with more columns"}
	}
	t.Name, t.Columns = name, nil
	for _, c := range in.TableInput.StorageDescriptor.Columns {
		t.Columns = append(t.Columns, glue.Column{Name: c.Name, Kind: c.Type, Type: typeOf[c.Type]})
	}
	w.tables[name] = t
	return struct{}{}, nil
}

// typeOf is the dictionary's type of one of Glue's.
var typeOf = func() map[string]dictionary.Type {
	out := map[string]dictionary.Type{}
	for _, t := range dictionary.Types() {
		out[glue.Columns([]dictionary.Column{{Name: "x", Type: t}})[0].Kind] = t
	}
	return out
}()
