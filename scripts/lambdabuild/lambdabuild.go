// Package lambdabuild compiles functions as they are deployed. What is packaged, what is timed and what an emulator runs are then the same program.
package lambdabuild

import (
	"context"
	"fmt"
	"os"
	"os/exec"
)

// tags leave out what no function of ours needs: the RPC of Lambda's runtime before 2020.
const tags = "lambda.norpc"

// flags leave out symbols. What links DuckDB brings its C++ library with it: Lambda's machines have none.
const flags = `-s -w -buildid= -extldflags "-static-libstdc++ -static-libgcc"`

// Build compiles the package at from, below root, into the file to, with these variables beside the process's own. Paths, symbols and the version control's
// state stay out of the binary, so that the same sources make the same bytes.
func Build(ctx context.Context, root, from, to string, env ...string) error {
	c := exec.CommandContext(ctx, "go", "build", "-trimpath", "-buildvcs=false", "-ldflags", flags, "-tags", tags, "-o", to, from)
	c.Dir, c.Env = root, append(os.Environ(), env...)
	if out, err := c.CombinedOutput(); err != nil {
		return fmt.Errorf("build %s: %w\n%s", from, err, out)
	}
	return nil
}
