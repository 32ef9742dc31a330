package catalogue

import (
	"slices"
	"strings"
)

// Path is one of a function's paths. With a Method it is one exact route, which a gateway prefers to the prefix of another function that it lies under; so
// that one operation can be another function's than its neighbours are. A segment of an exact route in braces, {id}, stands for any one that is not empty.
type Path struct{ Method, Path string }

// ParsePath reads a path of a row: "/v1/customers", "GET /v1/customers" or "GET /v1/campaigns/{id}/audience".
func ParsePath(s string) Path {
	if method, path, exact := strings.Cut(s, " "); exact {
		return Path{method, path}
	}
	return Path{Path: s}
}

// Exact says whether it is one route and not a prefix.
func (p Path) Exact() bool { return p.Method != "" }

// Leads says whether a request is led to the function by this path, other functions aside.
func (p Path) Leads(method, path string) bool {
	if p.Exact() {
		return method == p.Method && fits(p.Path, path)
	}
	return path == p.Path || strings.HasPrefix(path, p.Path+"/")
}

// fits says whether a path has the segments of a pattern.
func fits(pattern, path string) bool {
	return slices.EqualFunc(strings.Split(pattern, "/"), strings.Split(path, "/"), func(want, is string) bool {
		return want == is || isVariable(want) && is != ""
	})
}

// isVariable says whether a segment of a pattern stands for any other.
func isVariable(segment string) bool {
	return strings.HasPrefix(segment, "{") && strings.HasSuffix(segment, "}")
}

// Routes are the row's paths.
func (f Function) Routes() []Path {
	out := make([]Path, len(f.Paths))
	for i, p := range f.Paths {
		out[i] = ParsePath(p)
	}
	return out
}

// Of returns the name of the function to which a request is led; "" when there is none but the one that answers everything else. An exact route comes
// before a prefix.
func Of(method, path string) (name string) {
	for _, row := range Rows() {
		for _, p := range row.Routes() {
			if !p.Leads(method, path) {
				continue
			}
			if name = row.Name; p.Exact() {
				return name
			}
		}
	}
	return name
}
