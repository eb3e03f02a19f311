//go:build !leaky

package main

import "sync"

// collect sees to it that somebody files the quotes.
var collect = sync.OnceFunc(startClerk) // FIX: one channel, one who receives
