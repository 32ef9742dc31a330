//go:build unix

package testenv

import (
	"syscall"
	"time"
)

// Processor is what this process has worked so far: on a machine that others use it says more than the time. 0 where the system does not tell.
func Processor() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
