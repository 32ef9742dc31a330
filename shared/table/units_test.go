package table

import "testing"

func TestReadUnitsRoundUpToFourKilobytes(t *testing.T) {
	for _, c := range []struct {
		bytes  int
		strong bool
		want   float64
	}{
		{0, true, 1}, {1, true, 1}, {4096, true, 1}, {4097, true, 2}, {10 << 10, true, 3},
		{0, false, 0.5}, {4096, false, 0.5}, {4097, false, 1}, {10 << 10, false, 1.5},
	} {
		if got := ReadUnits(c.bytes, c.strong); got != c.want {
			t.Errorf("%d bytes, strong %v: got %v units, want %v", c.bytes, c.strong, got, c.want)
		}
	}
}

func TestWriteUnitsCountTheItemAndItsIndexes(t *testing.T) {
	plain := func(size int) *Item { return &Item{Key: Key{"p", "s"}, Body: make([]byte, size)} }
	listed := func(place string, head int) *Item {
		return &Item{Key: Key{"p", "s"}, Index: [2]Key{{"list", place}}, Head: make([]byte, head)}
	}
	same := listed("a", 10)
	for name, c := range map[string]struct {
		old, next   *Item
		transaction bool
		want        float64
	}{
		"a small item":                        {nil, plain(10), false, 1},
		"a small item in a transaction":       {nil, plain(10), true, 2},
		"an item over 1 KB":                   {nil, plain(1024), false, 2},
		"the larger of both images":           {plain(3000), plain(10), false, 3},
		"a deletion":                          {plain(3000), nil, false, 3},
		"deleting nothing":                    {nil, nil, false, 1},
		"a check in a transaction":            {same, same, true, 2},
		"a new index entry":                   {nil, listed("a", 10), false, 2},
		"a new index entry in a transaction":  {nil, listed("a", 10), true, 3},
		"an index entry that moves":           {listed("a", 10), listed("b", 10), false, 3},
		"an index entry that changes":         {listed("a", 10), listed("a", 20), false, 2},
		"an index entry that goes":            {listed("a", 10), plain(10), false, 2},
		"an index entry goes with its item":   {listed("a", 10), nil, false, 2},
		"a large index entry that moves":      {listed("a", 2000), listed("b", 10), false, 2 + 2 + 1},
		"a large entry, put in a transaction": {nil, listed("a", 2000), true, 4 + 2},
	} {
		if got := WriteUnits(c.old, c.next, c.transaction); got != c.want {
			t.Errorf("%s: got %v units, want %v", name, got, c.want)
		}
	}
}
