// Command with runs a command beside emulators of AWS and returns its exit code.
//
//	go run ./localstack/emulators/with -use localstack,ministack -- go test ./shared/table/dynamo/...
//
// Without a command it prints the variables that lead to the emulators and keeps them until Ctrl-C. What is missing is installed first, under
// .cache/emulators or the folder that DANGOL_EMULATORS names.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"github.com/dangol/dangol/localstack/emulators"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()
	code, err := with(ctx, os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	os.Exit(code)
}

// with reads the arguments and runs. Without an error the code is the command's.
func with(ctx context.Context, args []string) (code int, err error) {
	flags := flag.NewFlagSet("with", flag.ContinueOnError)
	use := flags.String("use", "localstack", "emulators, parted by commas")
	if err := flags.Parse(args); err != nil {
		return 2, nil // flag has said why
	}
	chosen, err := emulators.Choose(*use)
	if err != nil {
		return 2, err
	}
	cache, err := cacheFolder()
	if err != nil {
		return 1, err
	}
	run := emulators.Run{Use: chosen, Cache: cache, Say: os.Stderr, Out: os.Stdout, Err: os.Stderr}
	return run.Command(ctx, flags.Args())
}

// cacheFolder is an absolute path: emulators run in folders of their own.
func cacheFolder() (string, error) {
	if dir := os.Getenv("DANGOL_EMULATORS"); dir != "" {
		return filepath.Abs(dir)
	}
	return filepath.Abs(filepath.Join(".cache", "emulators"))
}
