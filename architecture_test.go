package dangol_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/dangol/dangol/"

// rule says that some imports are not for some packages. Folders end in a slash; paths name the folder and all below it.
type rule struct {
	of     []string // the importing folders; empty is every folder
	except []string // folders in which it is allowed
	no     []string // import paths, or the beginning of them
	why    string   // what breaks otherwise; printed with every failure
}

var rules = []rule{
	{
		of: []string{"shared/crm/", "tenants/"},
		no: []string{"github.com/aws/", "net/http", "database/sql", module + "shared/table", module + "shared/kv", module + "shared/store",
			module + "shared/queue", module + "shared/blob", module + "shared/feed"},
		why: "the domain decides, others do: a rule that knows no storage, cloud or HTTP can be read, tested and reused alone (live segments, the lake's reference)",
	},
	{
		of:  []string{"shared/crm/"},
		no:  []string{"crypto/rand", "log/slog", module + "shared/mail", module + "shared/env"},
		why: "a decision of the domain is a function of its arguments: randomness, logging and sending are its caller's",
	},
	{
		of:  []string{"shared/identity/", "shared/api/", "shared/links/"},
		no:  []string{"math/rand"},
		why: "tokens, keys and links are made here: their randomness is the cryptographic one that is passed in",
	},
	{
		of:  []string{"shared/", "tenants/"},
		no:  []string{module + "functions/", module + "localstack/", module + "scripts/"},
		why: "functions stand on shared, never the other way round: or every Lambda would carry every other one's code",
	},
	{
		except: []string{"shared/kv/"},
		no:     []string{"github.com/cockroachdb/"},
		why:    "durability is proved in one place: shared/kv acknowledges only what is synced, a second opening of Pebble would not",
	},
	{
		except: []string{"shared/mail/smtp/", "shared/testkit/"},
		no:     []string{"github.com/emersion/go-smtp"},
		why:    "SMTP is one engine of the mail port; its errors are sorted into the port's classes there",
	},
	{
		except: []string{"shared/awslambda/"},
		no:     []string{"github.com/aws/aws-lambda-go"},
		why:    "a function does not know that it runs on Lambda: the host runs the same code in one process",
	},
	{
		except: []string{"shared/table/dynamo/", "shared/queue/sqs/", "shared/blob/s3/", "shared/mail/ses/", "shared/testkit/athenatwin/", "shared/cloud/", "shared/testkit/awsplace/", "localstack/"},
		no:     []string{"github.com/aws/aws-sdk-go"},
		why:    "only an engine of a port speaks to AWS, and only after the port's suite has passed on it; shared/cloud opens the engines, localstack tries them",
	},
	{
		except: []string{"shared/queue/sqs/named/", "shared/cloud/operator/", "shared/testkit/"},
		no:     []string{"github.com/aws/aws-sdk-go-v2/config"},
		why:    "AWS's loader of a person's configuration brings four clients: 0.4 ms of the start of a function, which is given its credentials anyway",
	},
	{
		except: []string{"shared/api/", "functions/", "scripts/openapi/"},
		no:     []string{"github.com/danielgtaylor/huma"},
		why:    "the HTTP contract is shared/api and the features' route tables; anything else would make a second contract",
	},
	{
		except: []string{"shared/lake/duck/"},
		no:     []string{"github.com/duckdb/"},
		why:    "DuckDB is C++ behind cgo, and reads any file it is told to: one package opens it, locked, and only functions whose row says Cgo carry it",
	},
	{
		except: []string{"scripts/", "shared/cloud/operator/", "shared/table/dynamo/raw/"},
		no:     []string{module + "shared/cloud/operator", module + "shared/table/dynamo/raw"},
		why:    "items as they are stored, of all tenants, are for an operator's command: what serves people goes through the bound store",
	},
}

func TestImportsKeepToTheArchitecture(t *testing.T) {
	eachImport(t, func(file, path string) {
		for _, r := range rules {
			if r.forbids(file, path) {
				t.Errorf("%s must not import %s: %s", file, path, r.why)
			}
		}
	})
}

// forbids says whether the rule is broken by the import. Tests may use whatever proves their package, except where a rule is for all folders.
func (r rule) forbids(file, path string) bool {
	if len(r.of) > 0 && (!startsWithAny(file, r.of) || strings.HasSuffix(file, "_test.go")) {
		return false
	}
	return !startsWithAny(file, r.except) && startsWithAny(path, r.no)
}

// A function that imports another can not be deployed, limited or given rights alone. What two need belongs in shared/.
func TestNoFunctionImportsAnother(t *testing.T) {
	eachImport(t, func(file, path string) {
		from, inFunctions := functionOf(file)
		to, isFunction := functionOf(strings.TrimPrefix(path, module))
		if inFunctions && isFunction && from != to {
			t.Errorf("%s must not import %s: functions are deployed, limited and given rights one by one; what two need belongs in shared/", file, path)
		}
	})
}

// functionOf returns the function to which a file or an import path of this module belongs.
func functionOf(path string) (name string, ok bool) {
	rest, ok := strings.CutPrefix(path, "functions/")
	name, _, _ = strings.Cut(rest, "/")
	return name, ok
}

func startsWithAny(s string, prefixes []string) bool {
	for _, p := range prefixes {
		if strings.HasPrefix(s, p) {
			return true
		}
	}
	return false
}

// eachImport calls f for every import of every file of the main module.
func eachImport(t *testing.T, f func(file, path string)) {
	t.Helper()
	for _, name := range goFiles(t) {
		if strings.HasPrefix(name, "infra/") { // its own module: the only place for the CDK
			continue
		}
		for _, path := range importsOf(t, name) {
			f(filepath.ToSlash(name), path)
		}
	}
}

func importsOf(t *testing.T, name string) (paths []string) {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range file.Imports {
		path, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

// goFiles lists the Go files of the repository, slash-separated from its root.
func goFiles(t *testing.T) (files []string) {
	t.Helper()
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && skipped(path, d.Name()):
			return filepath.SkipDir
		case !d.IsDir() && strings.HasSuffix(path, ".go"):
			files = append(files, filepath.ToSlash(path))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return files
}

// skipped names folders with other people's or generated code.
func skipped(path, name string) bool {
	return path != "." && (strings.HasPrefix(name, ".") || name == "node_modules" || name == "testdata" || name == "cdk.out" || path == "data" || path == "bin")
}
