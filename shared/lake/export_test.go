package lake

import "github.com/dangol/dangol/shared/store"

// Taken says whether the lake has items of a kind, and why it does not where it does not.
func Taken(k store.Kind) (taken bool, why string) { return mapped[k] != nil, left[k] }
