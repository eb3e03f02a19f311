module leakyard

go 1.26

require (
	github.com/hashicorp/golang-lru/v2 v2.0.7
	github.com/patrickmn/go-cache v2.1.0+incompatible
	go.uber.org/goleak v1.3.0
)

require (
	github.com/google/uuid v1.3.0 // indirect
	github.com/proullon/ramsql v0.1.5 // indirect
	golang.org/x/exp v0.0.0-20230713183714-613f0c0eb8a1 // indirect
	golang.org/x/sync v0.10.0 // indirect
)
