// Package kv is the embedded engines' ground: one ordered key-value store on local disk (Pebble) whose writers share a synced commit.
package kv
