package segment

import "slices"

// MaxChain is how many segments may stand on one another.
const MaxChain = 10

// Cycle returns the ids, from the segment back to itself, through which a rule of the segment would come to mean itself, or the beginning of a chain longer
// than MaxChain; nil when all is well. Lookup returns the rule of another segment, and false when there is none, which is for the caller to refuse.
func Cycle(id string, rule Rule, lookup func(id string) (Rule, bool)) []string {
	c := chain{lookup: lookup, height: map[string]int{}}
	_, found := c.follow([]string{id}, rule)
	return found
}

type chain struct {
	lookup func(string) (Rule, bool)
	height map[string]int // how many segments a segment stands on at most
}

// follow walks depth first and returns the height of the last segment of the path.
func (c *chain) follow(path []string, rule Rule) (height int, found []string) {
	for _, next := range NeedsOf(rule).Segments {
		way := append(slices.Clone(path), next)
		if slices.Contains(path, next) {
			return 0, way
		}
		below, known := c.height[next]
		if other, exists := c.lookup(next); !known && exists {
			if below, found = c.follow(way, other); found != nil {
				return 0, found
			}
			c.height[next] = below
		}
		if height = max(height, below+1); len(path)-1+height > MaxChain {
			return 0, way
		}
	}
	return height, nil
}
