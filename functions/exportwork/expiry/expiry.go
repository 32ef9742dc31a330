// Package expiry removes the files of exports and imports whose time is over, for one tenant at a time. It asks what lies in the object store and not what was done, so that a
// hop that comes twice, or begins again after a crash, finds nothing left to do. For what it leaves it puts the next look on the tenant's calendar.
package expiry

import (
	"context"
	"errors"
	"time"

	"github.com/dangol/dangol/shared/blob"
	"github.com/dangol/dangol/shared/hop"
)

// cursor is where the next hop goes on.
type cursor struct {
	Folder  int       `json:"folder"`
	After   string    `json:"after,omitempty"` // the last object that was looked at
	Removed int64     `json:"removed"`
	Next    time.Time `json:"next,omitzero"` // when the first of those that were left is over
}

// look is one hop's walk through the tenant's files.
type look struct {
	*hop.Run
	at   cursor
	last verdict
}

// folders are the tenant's folders that are walked, with the rule that says until when an object is kept.
var folders = []struct {
	name  string
	until func(*look, context.Context, blob.Info) (time.Time, error)
}{
	{"exports/", (*look).exported},
	{"imports/", (*look).imported},
}

// Expire is the step that walks through all folders, as far as the hop's time goes.
func Expire(ctx context.Context, r *hop.Run) (again bool, err error) {
	l := &look{Run: r}
	if err := r.Cursor(&l.at); err != nil {
		return false, err
	}
	for ; l.at.Folder < len(folders); l.at.Folder, l.at.After = l.at.Folder+1, "" {
		err := l.walk(ctx)
		if errors.Is(err, errLate) {
			return !r.Job.CancelAsked, r.SetCursor(l.at)
		}
		if err != nil {
			return false, err
		}
	}
	r.Job.Total, r.Job.Done = l.at.Removed, l.at.Removed
	return false, errors.Join(l.again(ctx), r.SetResult(map[string]any{"removed": l.at.Removed}))
}

// errLate ends a walk whose time is over.
var errLate = errors.New("the hop's time is over")

// folder is what the keys of a folder of the tenant's begin with.
func (l *look) folder(name string) string { return "t/" + l.T.ID + "/" + name }

func (l *look) walk(ctx context.Context) error {
	return blob.Each(ctx, l.Env.Objects(l.T.ID), l.folder(folders[l.at.Folder].name), l.at.After, func(o blob.Info) error {
		if l.Late() {
			return errLate
		}
		if err := l.object(ctx, o); err != nil {
			return err
		}
		l.at.After = o.Key
		return nil
	})
}

// object removes what is over, and notes when what stays will be.
func (l *look) object(ctx context.Context, o blob.Info) error {
	until, err := folders[l.at.Folder].until(l, ctx, o)
	if err != nil {
		return err
	}
	if until.After(l.T.Now()) {
		if l.at.Next.IsZero() || until.Before(l.at.Next) {
			l.at.Next = until
		}
		return nil
	}
	l.at.Removed++
	return l.Env.Objects(l.T.ID).Delete(ctx, o.Key)
}

// again asks for a look when the first of what was left is over.
func (l *look) again(ctx context.Context) error {
	if l.at.Next.IsZero() {
		return nil
	}
	tx := l.T.Begin()
	tx.LookForFiles(l.at.Next)
	return tx.Commit(ctx)
}
