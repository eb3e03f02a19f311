# The library comes without debug information, and its names are stripped.
define recipe.heap/stripped-library
	$(compile) -g0 -c -o $(objects)/lexicon.o $(stage)/lexicon/lexicon.c
	$(link) -o $@ $(stage)/*.c $(objects)/lexicon.o $(kit)
	objcopy --strip-symbol=lexicon_open --strip-symbol=lexicon_has --strip-symbol=lexicon_close $@
endef
