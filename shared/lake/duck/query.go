//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// Query asks the lake, as fresh as Options.MaxAge says, and calls each with every row, in order. A row's values are nil, string, int64, float64, bool, time.Time
// (UTC), decimal.Decimal or []string, and each's to keep. An error of each ends the query and is returned.
//
// The query ends when ctx does, or with ErrTime after Options.Timeout; the first question after a while also loads what is new, which ctx alone bounds.
// So does the first one that names a table of a mart, which is made then.
// All rows are found before the first is handed over, so ask for as many as are wanted.
func (l *Lake) Query(ctx context.Context, s Statement, each func(row []any) error) error {
	release, err := l.ready(ctx)
	if err != nil {
		return err
	}
	defer release()
	if err := l.check(ctx, s.SQL); err != nil {
		return err
	}
	if err := l.make(ctx, martsIn(s.SQL)); err != nil {
		return err
	}
	return l.answer(ctx, s, each)
}

// answer repeats what was answered before while the lake stands as it stood, or asks the database.
func (l *Lake) answer(ctx context.Context, s Statement, each func(row []any) error) error {
	question := questionOf(s)
	rows, known, state := l.answers.find(question)
	if known {
		return repeat(rows, each)
	}
	inTime, cancel := context.WithTimeoutCause(ctx, l.runner.options.Timeout, ErrTime)
	defer cancel()
	heard := listener{each: each}
	if err := l.run(inTime, s, heard.hear); err != nil {
		return outcome(ctx, inTime, err)
	}
	if !heard.long && !l.runner.options.Anew {
		l.answers.keep(question, heard.rows, state)
	}
	return nil
}

// outcome tells whose patience ended: the caller's, or the runner's.
func outcome(caller, inTime context.Context, err error) error {
	var own eachError
	switch {
	case errors.As(err, &own):
		return own.error
	case caller.Err() != nil:
		return caller.Err()
	case inTime.Err() != nil:
		return context.Cause(inTime)
	default:
		return sorted(err)
	}
}

// eachError is what the caller's function said.
type eachError struct{ error }

// sorted says which of the errors that callers know an error of DuckDB's is.
func sorted(err error) error {
	var e *duckdb.Error
	if errors.As(err, &e) && e.Type == duckdb.ErrorTypeOutOfMemory {
		return fmt.Errorf("%w: %w", ErrMemory, err)
	}
	return err
}

// Columns returns the columns of a subject, custom fields among them, as they can be asked now.
func (l *Lake) Columns(ctx context.Context, subject string) ([]Column, error) {
	release, err := l.ready(ctx)
	if err != nil {
		return nil, err
	}
	defer release()
	l.shown.RLock()
	defer l.shown.RUnlock()
	return l.columns[subject], nil
}

// ready waits for a turn and brings the database up to date.
func (l *Lake) ready(ctx context.Context) (release func(), err error) {
	select {
	case l.runner.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	turn := func() { <-l.runner.slots }
	closing, err := l.acquire(ctx)
	if err != nil {
		turn()
		return nil, err
	}
	release = func() { closing(); turn() }
	if err := l.refresh(ctx); err != nil {
		release()
		return nil, err
	}
	return release, nil
}

const mostChecked = 1000

// check is check, once for each statement: texts repeat, since values are not part of them.
func (l *Lake) check(ctx context.Context, statement string) error {
	l.shown.RLock()
	known := l.checked[statement]
	l.shown.RUnlock()
	if known {
		return nil
	}
	tables := slices.Clone(martsIn(statement))
	for _, s := range l.runner.subjects {
		tables = append(tables, s.Name)
	}
	if err := check(ctx, l.db, statement, tables); err != nil {
		return err
	}
	l.shown.Lock()
	defer l.shown.Unlock()
	if len(l.checked) >= mostChecked {
		clear(l.checked)
	}
	l.checked[statement] = true
	return nil
}

func (l *Lake) run(ctx context.Context, s Statement, each func([]any) error) error {
	rows, err := l.db.QueryContext(ctx, s.SQL, s.Args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return err
	}
	return scan(rows, len(columns), each)
}

func scan(rows *sql.Rows, width int, each func([]any) error) error {
	row, into := make([]any, width), make([]any, width)
	for i := range row {
		into[i] = &row[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return err
		}
		values := slices.Clone(row)
		for i, v := range values {
			values[i] = valueOf(v)
		}
		if err := each(values); err != nil {
			return eachError{err}
		}
	}
	return rows.Err()
}
