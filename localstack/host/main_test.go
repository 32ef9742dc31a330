package main

import (
	"net"
	"testing"
)

func TestReached(t *testing.T) {
	at := &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 8080}
	for addr, want := range map[string]string{
		"localhost:8080":   "http://localhost:8080",
		"127.0.0.1:0":      "http://127.0.0.1:8080",
		":8080":            "http://localhost:8080",
		"0.0.0.0:8080":     "http://localhost:8080",
		"shop.internal:80": "http://shop.internal:8080",
	} {
		if got := reached(addr, at); got != want {
			t.Errorf("%s: got %s, want %s", addr, got, want)
		}
	}
}
