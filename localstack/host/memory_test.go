package main

import (
	"runtime"
	"testing"
)

func TestTheCollectorsLimitKeepsItsDistance(t *testing.T) {
	for name, c := range map[string]struct {
		live uint64
		want int64
	}{
		"idle":                           {20 << 20, 250 << 20},
		"two thirds of it are the limit": {160 << 20, 250 << 20},
		"a rebuild of a million scores":  {700 << 20, 1050 << 20},
	} {
		if got := limitFor(c.live); got != c.want {
			t.Errorf("%s: got %d MB, want %d MB", name, got>>20, c.want>>20)
		}
	}
	held := make([]byte, 64<<20)
	runtime.GC()
	if got := inUse(); got < 64<<20 {
		t.Errorf("of %d MB held, %d are in use", len(held)>>20, got>>20)
	}
	runtime.KeepAlive(held)
}
