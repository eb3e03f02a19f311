# The service and the library are of today. The framework came as an archive that was
# built when the library was at version 1; the fixed one was built again.
sample_of_framework.leaky := sample-1
sample_of_framework.fixed := sample-2

define recipe.linkage/moved-field
	$(compile) -I$(stage)/sample-2 -c -o $(objects)/sample.o $(stage)/sample-2/sample.c
	$(compile) -I$(stage)/$(sample_of_framework.$(variant)) -c -o $(objects)/framework.o $(stage)/framework.c
	$(compile) -I$(stage)/sample-2 -c -o $(objects)/service.o $(stage)/service.c
	rm -f $(objects)/libsample.a $(objects)/libframework.a
	$(AR) rcs $(objects)/libsample.a $(objects)/sample.o
	$(AR) rcs $(objects)/libframework.a $(objects)/framework.o
	$(link) -o $@ $(objects)/service.o -L$(objects) -lframework -lsample $(kit)
endef
