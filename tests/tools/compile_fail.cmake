# cmake -DCXX=… -DINCLUDE=… -DSOURCE=… -DCASES=n -P compile_fail.cmake
# Case 0 must compile and the cases 1…n must not, each for a reason of its own.
foreach(case RANGE 0 ${CASES})
  execute_process(
    COMMAND ${CXX} -std=c++20 -fsyntax-only -DCASE=${case} -I${INCLUDE} ${SOURCE}
    RESULT_VARIABLE result ERROR_VARIABLE errors OUTPUT_QUIET)
  if(case EQUAL 0 AND NOT result EQUAL 0)
    message(FATAL_ERROR "the file does not compile even without a case:\n${errors}")
  elseif(case GREATER 0 AND result EQUAL 0)
    message(FATAL_ERROR "case ${case} compiles, but units must not mix")
  endif()
endforeach()
message(STATUS "${CASES} mixtures of units refused by the compiler")
