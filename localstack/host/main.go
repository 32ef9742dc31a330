// Command host runs all of Dangol on one machine, durable on its disk: make run.
package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/dangol/dangol/localstack/stand"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "dangol:", err)
		os.Exit(1)
	}
}

func run() error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	limitCollector(ctx)
	addr := setting("DANGOL_ADDR", "localhost:8080")
	listener, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("listen on %s (is another one running? set DANGOL_ADDR): %w", addr, err)
	}
	upkeep, err := time.ParseDuration(setting("DANGOL_UPKEEP", "2m"))
	if err != nil {
		return fmt.Errorf("DANGOL_UPKEEP is a time such as 90s or 2m: %w", err)
	}
	s, err := stand.Open(stand.Options{
		Dir:     setting("DANGOL_DATA", "./data"),
		BaseURL: setting("DANGOL_URL", reached(addr, listener.Addr())),
		Mail:    setting("DANGOL_MAIL", "outbox"),
		Web:     setting("DANGOL_WEB", "web/dist"),
		Upkeep:  upkeep,
		Log:     slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: level()})),
	})
	if err != nil {
		return err
	}
	s.Start(ctx)
	return errors.Join(serve(ctx, listener, s, addr), s.Close())
}

// serve answers until the context ends, then lets running requests finish.
func serve(ctx context.Context, l net.Listener, s *stand.Stand, addr string) error {
	server := &http.Server{Handler: s.Handler(), ReadHeaderTimeout: 10 * time.Second, IdleTimeout: 2 * time.Minute}
	go func() {
		<-ctx.Done()
		grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		if err := server.Shutdown(grace); err != nil {
			slog.Error("stopped with requests under way", "error", err)
		}
	}()
	fmt.Printf("Dangol is ready at http://%s (mailbox /local/mailbox, documents /docs)\n", addr)
	if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// reached is how a browser names the host: by the name that it was asked to listen at, since localhost and 127.0.0.1 are two origins to a browser, and
// a page of the one may not upload to the other.
func reached(addr string, at net.Addr) string {
	host, _, err := net.SplitHostPort(addr)
	if ip := net.ParseIP(host); err != nil || host == "" || ip != nil && ip.IsUnspecified() {
		host = "localhost"
	}
	_, port, _ := net.SplitHostPort(at.String())
	return "http://" + net.JoinHostPort(host, port)
}

func setting(name, otherwise string) string {
	if v := os.Getenv(name); v != "" {
		return v
	}
	return otherwise
}

// level is warn unless DANGOL_LOG asks for info or debug: a laptop's terminal should be quiet.
func level() slog.Level {
	var l slog.Level
	if l.UnmarshalText([]byte(setting("DANGOL_LOG", "warn"))) != nil {
		return slog.LevelWarn
	}
	return l
}
