package cloud

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
)

// Settings is the function's environment, as infra writes it: a function knows the names of what its row lets it touch, and of nothing else.
type Settings func(name string) string

// Must returns a setting that has to be there.
func (s Settings) Must(name string) (string, error) {
	if v := s(name); v != "" {
		return v, nil
	}
	return "", fmt.Errorf("the environment lacks %s", name)
}

// Environment is that of the process.
func Environment() Settings { return os.Getenv }

// Config is what all clients share: the region and the credentials that Lambda gives an instance for its life, and the endpoint of an emulator if one is
// named. The SDK's own loader would find the same, after looking through files and services that no Lambda has: a third of a cold start.
func (s Settings) Config() (aws.Config, error) {
	region, err := s.Must("AWS_REGION")
	if err != nil {
		return aws.Config{}, err
	}
	key, err := s.Must("AWS_ACCESS_KEY_ID")
	if err != nil {
		return aws.Config{}, err
	}
	cfg := aws.Config{
		Region:      region,
		Credentials: credentials.NewStaticCredentialsProvider(key, s("AWS_SECRET_ACCESS_KEY"), s("AWS_SESSION_TOKEN")),
	}
	if endpoint := s("AWS_ENDPOINT_URL"); endpoint != "" {
		cfg.BaseEndpoint = aws.String(strings.TrimSuffix(endpoint, "/"))
	}
	return cfg, nil
}

// At is the configuration for one service: an emulator may stand in for that one alone. The names are AWS's own: AWS_ENDPOINT_URL_<SERVICE>.
func (g *Ground) At(service string) aws.Config {
	cfg := g.Config
	if endpoint := g.Settings("AWS_ENDPOINT_URL_" + service); endpoint != "" {
		cfg.BaseEndpoint = aws.String(strings.TrimSuffix(endpoint, "/"))
	}
	return cfg
}

// level is from which level on the function logs: DANGOL_LOG, or info.
func (s Settings) level() slog.Level {
	var l slog.Level
	if l.UnmarshalText([]byte(s("DANGOL_LOG"))) != nil {
		return slog.LevelInfo
	}
	return l
}
