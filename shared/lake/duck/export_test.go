//go:build cgo

package duck

import "context"

// DirOf is the folder of a runner's databases.
func DirOf(r *Runner) string { return r.options.Dir }

// Unguarded runs a statement as if the guard had let it through.
func Unguarded(ctx context.Context, l *Lake, statement string) error {
	release, err := l.ready(ctx)
	if err != nil {
		return err
	}
	defer release()
	_, err = l.db.ExecContext(ctx, statement)
	return err
}

// OpenDatabases counts the lakes whose database is open.
func OpenDatabases(r *Runner) (n int) {
	for _, l := range r.longestUnused() {
		n += l.isOpen()
	}
	return n
}

// KeptAnswers counts the answers that a lake would repeat.
func KeptAnswers(l *Lake) int {
	l.answers.mu.Lock()
	defer l.answers.mu.Unlock()
	return len(l.answers.kept)
}
