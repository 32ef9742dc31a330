//go:build cgo

package duck

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	duckdb "github.com/duckdb/duckdb-go/v2"
)

// openDatabase opens the database in a folder and locks it: from then on it reads and writes nothing beyond the folder, loads no extension and keeps its
// settings, whatever a statement says.
func openDatabase(ctx context.Context, dir string, o Options) (*sql.DB, error) {
	if err := os.MkdirAll(filepath.Join(dir, "spill"), 0o700); err != nil {
		return nil, err
	}
	connector, err := duckdb.NewConnector(filepath.Join(dir, "lake.duckdb")+"?"+settings(o), func(driver.ExecerContext) error { return nil })
	if err != nil {
		return nil, fmt.Errorf("open the database of the lake: %w", err)
	}
	db := sql.OpenDB(connector)
	for _, s := range locks(dir) {
		if _, err := db.ExecContext(ctx, s); err != nil {
			return nil, errors.Join(fmt.Errorf("lock the database of the lake: %w", err), db.Close())
		}
	}
	return db, nil
}

func settings(o Options) string {
	return url.Values{
		"threads":                      {strconv.Itoa(o.Threads)},
		"memory_limit":                 {strconv.FormatInt(o.Memory, 10) + "B"},
		"autoinstall_known_extensions": {"false"},
		"autoload_known_extensions":    {"false"},
		"allow_community_extensions":   {"false"},
		"allow_persistent_secrets":     {"false"},
		"allocator_flush_threshold":    {"16MB"}, // a load gives back sooner what it took: the default keeps up to 128 MB
		"wal_autocheckpoint":           {"4MB"},  // until then what was loaded stays in memory, 256 kB for each column
		"preserve_insertion_order":     {"true"}, // parts are sorted: their order makes ranges narrow
	}.Encode()
}

// locks end with the one that forbids all others.
func locks(dir string) []string {
	return []string{
		"SET TimeZone = 'UTC'",
		"SET temp_directory = " + literal(filepath.Join(dir, "spill")),
		"SET max_temp_directory_size = '4GB'",
		"SET allowed_directories = [" + literal(dir+"/") + "]",
		"SET enable_external_access = false",
		"SET lock_configuration = true",
	}
}

// literal writes a text that this package made, such as the path of a file, where DuckDB takes no bound value.
func literal(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }
