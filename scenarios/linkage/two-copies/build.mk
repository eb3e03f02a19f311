# The framework's vendor put the library into the framework's archive, with all its
# symbols made local so that they don't clash; the fixed one leaves that to whoever links.
framework_of.leaky = ld -r -o $(objects)/bundle.o $(objects)/framework.o $(objects)/ticket.o && \
                     objcopy --keep-global-symbol=framework_finish $(objects)/bundle.o
framework_of.fixed = cp $(objects)/framework.o $(objects)/bundle.o

define recipe.linkage/two-copies
	$(compile) -c -o $(objects)/ticket.o $(stage)/ticket.c
	$(compile) -c -o $(objects)/framework.o $(stage)/framework.c
	$(compile) -c -o $(objects)/service.o $(stage)/service.c
	$(framework_of.$(variant))
	rm -f $(objects)/libticket.a $(objects)/libframework.a
	$(AR) rcs $(objects)/libticket.a $(objects)/ticket.o
	$(AR) rcs $(objects)/libframework.a $(objects)/bundle.o
	$(link) -o $@ $(objects)/service.o -L$(objects) -lframework -lticket $(kit)
endef
