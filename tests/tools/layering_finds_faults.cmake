# cmake -DSCRIPT=…/layering.cmake -DWORK=… -P layering_finds_faults.cmake
# Plants one wrong include at a time and expects the layering test to fail on it.
set(plants
  "engine/src/a.cc|#include <Poco/Net/HTTPServer.h>"
  "engine/src/a.cc|#include <fstream>"
  "engine/include/dijia/a.h|#include <Eigen/Dense>"
  "rules/src/a.cc|#include \"dijia/plan.h\""
  "rules/include/dijia/rules/a.h|#include <toml++/toml.h>"
  "service/app/a.cc|#include <CLI/CLI.hpp>"
  "service/report/a.cc|#include <nlohmann/json.hpp>"
  "service/app/a.cc|#include \"http/server.h\""
  "service/http/a.cc|#include \"cli/command.h\""
  "service/http/a.cc|#include \"store/store.h\""
  "service/app/a.cc|#include <sqlite3.h>"
  "service/app/a.cc|#include \"store/sqlite_store.h\""
  "service/cli/a.cc|#include \"store/sqlite_database.h\""
  "service/cli/a.cc|#include \"store/postgres_store.h\""
  "service/app/a.cc|#include \"store/named_store.h\""
  "service/store/a.cc|#include \"json/text.h\""
  "engine/src/a.cc|#include \"service/io/csv.h\"")
foreach(plant ${plants})
  string(REPLACE "|" ";" parts "${plant}")
  list(GET parts 0 file)
  list(GET parts 1 line)
  file(REMOVE_RECURSE ${WORK})
  file(WRITE ${WORK}/${file} "${line}\n")
  execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -P ${SCRIPT}
                  RESULT_VARIABLE result OUTPUT_QUIET ERROR_QUIET)
  if(result EQUAL 0)
    message(FATAL_ERROR "not noticed: ${line} in ${file}")
  endif()
endforeach()
file(REMOVE_RECURSE ${WORK})
file(WRITE ${WORK}/rules/src/a.cc "#include \"dijia/base/land.h\"\n")
execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${WORK} -P ${SCRIPT} RESULT_VARIABLE result OUTPUT_QUIET)
if(NOT result EQUAL 0)
  message(FATAL_ERROR "a lawful include was refused")
endif()
