package user

import "slices"

// Noun is a part of the public API that rights are given for: the first segment of its paths under /v1.
type Noun string

// nouns are all of them. Each has the two scopes noun:read and noun:write.
var nouns = []Noun{
	"activities", "audit", "campaigns", "customers", "deals", "events", "exports", "imports", "jobs", "leads", "orders", "pipelines", "products",
	"scores", "segments", "templates", "views", "webhook-endpoints", "workspace",
}

// Nouns lists every noun, sorted.
func Nouns() []Noun { return slices.Clone(nouns) }

// Read and Write are the scopes of the noun.
func (n Noun) Read() string { return string(n) + ":read" }

// Write is the scope to create, change and delete.
func (n Noun) Write() string { return string(n) + ":write" }

// Scopes lists every scope that a key can be given, sorted by noun.
func Scopes() []string {
	all := make([]string, 0, 2*len(nouns))
	for _, n := range nouns {
		all = append(all, n.Read(), n.Write())
	}
	return all
}

// KnownScope says whether a key can be given the scope.
func KnownScope(scope string) bool { return slices.Contains(Scopes(), scope) }
