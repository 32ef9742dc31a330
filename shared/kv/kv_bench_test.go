package kv

import (
	"context"
	"encoding/binary"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
)

// BenchmarkUpdate measures durable updates of five keys with 1.2 KB, at different numbers of writers.
func BenchmarkUpdate(b *testing.B) {
	for _, writers := range []int{1, 8, 64} {
		b.Run(fmt.Sprintf("writers=%d", writers), func(b *testing.B) {
			s := open(b, b.TempDir(), Options{})
			var next atomic.Uint64
			var done sync.WaitGroup
			b.ResetTimer()
			for range writers {
				done.Go(func() {
					for n := next.Add(1); n <= uint64(b.N); n = next.Add(1) {
						if err := s.Update(context.Background(), fiveKeys(n)); err != nil {
							b.Error(err)
						}
					}
				})
			}
			done.Wait()
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "tx/s")
		})
	}
}

func fiveKeys(n uint64) func(*Tx) error {
	value := make([]byte, 240)
	return func(tx *Tx) error {
		for i := range 5 {
			key := binary.BigEndian.AppendUint64([]byte{byte(i)}, n*0x9E3779B97F4A7C15)
			if v, err := tx.Get(key); v != nil || err != nil {
				return fmt.Errorf("key of %d: %v, %w", n, v, err)
			}
			tx.Set(key, value)
		}
		return nil
	}
}
