package yard

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// Led by the harness: one short text message a packet, read and written by bare
// system calls on the main goroutine, so that nothing of the kit shows up in a
// goroutine count or in the poller.

const messageMax = 4096

func openChannel(text string) int {
	channel, err := strconv.Atoi(text)
	if err != nil || channel < 0 {
		die(exitUsage, "YARD_FD=%s is not the number of a descriptor", text)
	}
	var status syscall.Stat_t
	if err := syscall.Fstat(channel, &status); err != nil {
		die(exitUsage, "YARD_FD=%s: %v; unset it to run by hand", text, err)
	}
	syscall.CloseOnExec(channel)
	os.Unsetenv("YARD_FD")
	return channel
}

func follow(channel int, round func() int64) {
	startThreads()
	reply(channel, "ready")
	buffer := make([]byte, messageMax)
	for {
		length, err := uninterrupted(syscall.Read, channel, buffer)
		if err != nil {
			die(exitInfrastructure, "the harness went away: %v", err)
		}
		if length <= 0 {
			die(exitInfrastructure, "the harness went away: end of file")
		}
		if order := string(buffer[:length]); order == "stop" {
			return
		} else {
			obey(channel, order, round)
		}
	}
}

func obey(channel int, order string, round func() int64) {
	word, argument, _ := strings.Cut(order, " ")
	if rounds, valid := parseRounds(argument); word == "run" && valid {
		doRounds(rounds, round)
		reply(channel, done(rounds, settle()))
	} else if agent, path, whole := strings.Cut(argument, " "); word == "look" && whole && path != "" {
		reply(channel, look(agent, path))
	} else {
		die(exitInfrastructure, "the harness gave an order that is not in the protocol: %s", word)
	}
}

func done(rounds uint64, settled bool) string {
	text := fmt.Sprintf("done %d %d %d %d", rounds, value, born.Load(), died.Load())
	if !settled {
		text += " unsettled"
	}
	return text
}

func reply(channel int, text string) {
	text = text[:min(len(text), messageMax-1)]
	if _, err := uninterrupted(syscall.Write, channel, []byte(text)); err != nil {
		die(exitInfrastructure, "cannot answer the harness: %v", err)
	}
}

func uninterrupted(call func(int, []byte) (int, error), descriptor int, bytes []byte) (int, error) {
	for {
		if length, err := call(descriptor, bytes); err != syscall.EINTR {
			return length, err
		}
	}
}
