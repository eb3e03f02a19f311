module leakyard

go 1.26
