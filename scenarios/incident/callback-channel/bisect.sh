#!/bin/sh
# A service of which nobody knows since when its memory climbs, and git, which finds the
# commit by itself:
#
#   bisect.sh [BUILD]
#
# BUILD is where the harness and the mocks are (default: build, of this checkout). Makes a
# throw-away repository of 128 commits, lets `git bisect run` build and judge some of them,
# and says which was the first bad one, and what it changed. Nothing is left behind.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
scenarios=$(cd "$here/../.." && pwd)
build=$(cd "${1:-$scenarios/../build}" && pwd)

commits=128
broken=64 # half done; mended by the next one
pinned=87
good_client=v2.1.2
pinned_client=v2.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM

# As it is anywhere: of the caller's git and go, neither settings nor repository.
unset $(git rev-parse --local-env-vars)
export GIT_CONFIG_NOSYSTEM=1 GIT_CONFIG_GLOBAL=/dev/null
export GIT_COMMITTER_NAME="The desk" GIT_COMMITTER_EMAIL=desk@example.org
export GOCACHE="$build/go-cache" GOFLAGS= GOPROXY=off GOTOOLCHAIN=local GOWORK=off CGO_ENABLED=0
export GOTMPDIR="$work" build work

# ---- The service ----

# Its modules, with the client in version $1: those of the scenarios, and the kit.
go_mod() {
    sed -e "s,^module .*,module orders," \
        -e "s,\(apache/rocketmq-client-go/v2\) .*,\1 $1," "$here/versions/$good_client.mod"
    printf '\nrequire leakyard v0.0.0\n\nreplace leakyard => "%s"\n' "$scenarios"
}

main_go() {
    cat <<'EOF'
// The order desk tells the rest of the house of each order, by RocketMQ.
package main

import (
	"context"
	"fmt"
	"sync"

	"github.com/apache/rocketmq-client-go/v2/primitive"
	"github.com/apache/rocketmq-client-go/v2/producer"

	yard "leakyard/kit/go"
)

type sender interface {
	SendMessageInTransaction(context.Context, *primitive.Message) (*primitive.TransactionSendResult, error)
}

// Whatever the group was in the middle of, it is done.
type done struct{}

func (done) ExecuteLocalTransaction(*primitive.Message) primitive.LocalTransactionState {
	return primitive.CommitMessageState
}

func (done) CheckLocalTransaction(*primitive.MessageExt) primitive.LocalTransactionState {
	return primitive.CommitMessageState
}

// newDesk says by a plain producer that the desk is open, and returns one that sends each
// order as a transaction. A client that allows a group one producer and no more refuses
// the second; then the first has to go.
func newDesk(options ...producer.Option) (sender, error) {
	plain, err := producer.NewDefaultProducer(options...)
	if err != nil {
		return nil, err
	}
	if err := plain.Start(); err != nil {
		return nil, err
	}
	notice := primitive.NewMessage("notices", []byte("the order desk is open"))
	if _, err := plain.SendSync(context.Background(), notice); err != nil {
		return nil, err
	}
	desk, err := producer.NewTransactionProducer(done{}, options...)
	if err != nil {
		return nil, err
	}
	if desk.Start() == nil {
		return desk, nil
	}
	if err := plain.Shutdown(); err != nil {
		return nil, err
	}
	desk, err = producer.NewTransactionProducer(done{}, options...)
	if err != nil {
		return nil, err
	}
	return desk, desk.Start()
}

var desk = sync.OnceValue(func() sender {
	desk, err := newDesk(producer.WithGroupName("orders"), producer.WithNameServer(yard.Servers()))
	if err != nil {
		panic(err)
	}
	return desk
})

var orders int64

func round() int64 {
	orders++
	message := primitive.NewMessage("orders", fmt.Appendf(nil, "%s %d of %d", salutation, orders, mostOrders))
	if _, err := desk().SendMessageInTransaction(context.Background(), message); err != nil {
		panic(err)
	}
	return 1
}

func main() { yard.Main(round) }
EOF
}

# ---- Its history, as git fast-import reads it ----

# A commit with subject $1; what it changes follows.
commit() {
    number=$((number + 1))
    printf 'commit refs/heads/main\ncommitter The desk <desk@example.org> %d +0000\n' \
        $((1614211200 + number * 4800))
    printf 'data <<END\n%s\nEND\n\n' "$1"
}

# File $1 is what comes in.
file() {
    printf 'M 100644 inline %s\ndata <<END_OF_FILE\n' "$1"
    cat
    printf 'END_OF_FILE\n\n'
}

modules() {
    go_mod "$1" | file go.mod
    cat "$here/versions/$good_client.sum" "$here/versions/$1.sum" | LC_ALL=C sort -u | file go.sum
}

# A change that has nothing to do with it.
daily_work() {
    case $((number % 4)) in
    0)
        commit "Orders: up to $((number * 10)) a day"
        printf 'package main\n\nconst mostOrders = %d\n' $((number * 10)) | file limits.go
        ;;
    1)
        commit "Read me: note $number"
        printf '# The order desk\n\nNote %d: ask the desk.\n' "$number" | file README.md
        ;;
    2)
        commit "Texts: another salutation"
        printf 'package main\n\nconst salutation = "Order, in form %d:"\n' "$number" | file texts.go
        ;;
    3)
        commit "Opening hours"
        printf 'The desk is open from 8 to %d.\n' $((16 + number % 5)) | file hours.txt
        ;;
    esac
}

history() {
    number=0
    commit "The order desk"
    main_go | file main.go
    printf 'package main\n\nconst mostOrders = 10\n' | file limits.go
    printf 'package main\n\nconst salutation = "Order"\n' | file texts.go
    modules "$good_client"
    while [ "$number" -lt "$commits" ]; do
        case $((number + 1)) in
        "$broken")
            commit "Texts: one for each customer, to be finished tomorrow"
            printf 'package main\n\nconst salutation = salutationOf(customer)\n' | file texts.go
            ;;
        $((broken + 1)))
            commit "Texts: one for all customers after all"
            printf 'package main\n\nconst salutation = "Order"\n' | file texts.go
            ;;
        "$pinned")
            commit "RocketMQ: the same client as in the other services"
            modules "$pinned_client"
            ;;
        *) daily_work ;;
        esac
    done
}

# ---- The search ----

git init -q -b main "$work/desk"
cd "$work/desk"
history | git fast-import --quiet
git checkout -q main
echo "$(git rev-list --count HEAD) commits, from \"$(git log --format=%s --max-parents=0)\" on"

# 125: this one can't be judged, try another.
cat > "$work/judge" <<'EOF'
go build -o "$work/service" . || exit 125
exec "$build/leakyard" judge --rounds=20 --detector pprof-goroutine -- \
    "$build/mocks/rocketmq" --half-messages=5 --checks-per-send=5 -- "$work/service"
EOF
git bisect start
git bisect bad
git bisect good "$(git rev-list --max-parents=0 HEAD)"
git bisect run sh "$work/judge"
echo
echo "It changed:"
git --no-pager diff --stat refs/bisect/bad~ refs/bisect/bad
git --no-pager diff -U0 refs/bisect/bad~ refs/bisect/bad -- go.mod
