package athena

import (
	"context"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/lake"
	"github.com/dangol/dangol/shared/lake/glue"
	"github.com/dangol/dangol/shared/lake/sqltext"
)

// question is one statement on its way through Athena, with a folder of its own: the parts that it reads, and its answer.
type question struct {
	*Lake
	id        string // in keys, and the token by which Athena knows a call that is repeated
	manifest  lake.Manifest
	execution string // Athena's id of it
	custom    []glue.Column
}

// Query implements ask.Lake. A question takes a second at least. One that the caller leaves is stopped.
func (l *Lake) Query(ctx context.Context, s sqltext.Statement, each func(row []any) error) error {
	q, err := l.question(ctx)
	if err != nil {
		return err
	}
	defer q.forget(ctx)
	said, err := q.spell(ctx, s, true)
	if err != nil {
		return err
	}
	if err := q.run(ctx, said); err != nil {
		return err
	}
	return q.rows(ctx, said.Lists, each)
}

// Unload writes the answer as Parquet files whose keys begin with a prefix of the tenant's, where nothing may stand yet, and lists them. It has no limit but
// the work group's; rows are in no order. Columns have the lake's types, lists among them.
func (l *Lake) Unload(ctx context.Context, s sqltext.Statement, prefix string) ([]blob.Info, error) {
	if !strings.HasPrefix(prefix, "t/"+l.tenant+"/") || !strings.HasSuffix(prefix, "/") || strings.ContainsAny(prefix, "'?") {
		return nil, fmt.Errorf("athena: %q is no folder of the tenant's", prefix)
	}
	q, err := l.question(ctx)
	if err != nil {
		return nil, err
	}
	defer q.forget(ctx)
	said, err := q.spell(ctx, s, false)
	if err != nil {
		return nil, err
	}
	said.SQL = "UNLOAD (" + said.SQL + ") TO 's3://" + l.Bucket + "/" + prefix + "' WITH (format = 'PARQUET', compression = 'SNAPPY')"
	if err := q.run(ctx, said); err != nil {
		return nil, err
	}
	var files []blob.Info
	err = blob.Each(ctx, l.objects, prefix, "", func(o blob.Info) error {
		files = append(files, o)
		return nil
	})
	return files, err
}

// question begins one: what was changed becomes parts, and the parts of this moment are listed for it.
func (l *Lake) question(ctx context.Context) (*question, error) {
	if l.Fold != nil {
		if err := l.Fold(ctx, l.objects, l.tenant); err != nil {
			return nil, fmt.Errorf("fold the lake of %s: %w", l.tenant, err)
		}
	}
	m, _, err := lake.Read(ctx, l.objects, l.tenant)
	if err != nil {
		return nil, err
	}
	var random [16]byte
	if _, err := io.ReadFull(l.Rand, random[:]); err != nil {
		return nil, err
	}
	return &question{Lake: l, id: hex.EncodeToString(random[:]), manifest: m}, nil
}

// spell says the statement in Athena's SQL, over the tenant's parts, with the lists of the answer as JSON or as lists.
func (q *question) spell(ctx context.Context, s sqltext.Statement, asJSON bool) (said statement, err error) {
	all, err := tokens(s.SQL)
	if err != nil {
		return said, err
	}
	if err := q.readCustom(ctx, all); err != nil {
		return said, err
	}
	var lists map[int]bool
	if asJSON {
		all, lists = listsAsJSON(all, q.isList)
	}
	if said, err = translate(all, s.Args); err != nil {
		return said, err
	}
	said.Lists = lists
	return q.over(ctx, said)
}

// mostSQL is how many bytes a statement may have, less what UNLOAD adds. Source: Amazon Athena API reference, StartQueryExecution, QueryString.
const mostSQL = 262144 - 2048

// over puts the views of the subjects that a statement mentions before it, and lists their parts.
func (q *question) over(ctx context.Context, s statement) (statement, error) {
	var views []string
	for _, t := range glue.Tables() {
		if !slices.ContainsFunc(s.Names, func(n string) bool { return strings.EqualFold(n, t.Subject) }) {
			continue
		}
		if err := q.list(ctx, t.Subject); err != nil {
			return s, err
		}
		v, err := q.view(ctx, t, s.Names)
		if err != nil {
			return s, err
		}
		views = append(views, v)
	}
	with := "WITH " + strings.Join(views, ", ")
	if rest, has := strings.CutPrefix(s.SQL, "WITH "); has {
		s.SQL = with + ", " + rest
	} else if len(views) > 0 {
		s.SQL = with + " " + s.SQL
	}
	if len(s.SQL) > mostSQL {
		return s, fmt.Errorf("%w: a statement of %d bytes", ErrDialect, len(s.SQL))
	}
	return s, nil
}

// list writes down the parts of a subject, for this question alone. A subject without parts has no list, and no rows.
func (q *question) list(ctx context.Context, subject string) error {
	var lines strings.Builder
	for _, p := range q.manifest.Subjects[subject] {
		lines.WriteString("s3://" + q.Bucket + "/" + p.Key + "\n")
	}
	if lines.Len() == 0 {
		return nil
	}
	key := glue.Links(q.tenant, q.id, subject) + "parts.txt"
	if _, err := q.objects.Put(ctx, key, strings.NewReader(lines.String()), blob.PutOptions{ContentType: "text/plain"}); err != nil {
		return fmt.Errorf("list the parts of %s: %w", subject, err)
	}
	return nil
}

// forget removes what the question left. What cannot be removed now goes with the next tidying (shared/lake/compact).
func (q *question) forget(ctx context.Context) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), parting)
	defer cancel()
	_ = blob.Each(ctx, q.objects, glue.Folder(q.tenant, q.id), "", func(o blob.Info) error { return q.objects.Delete(ctx, o.Key) })
}
