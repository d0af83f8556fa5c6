# cmake -DROOT=… -P layering.cmake: who may include whom (README, "Architecture").
# Debian puts every library into one include folder, so the linker cannot see a wrong #include.
set(violations "")

# forbid(FOLDERS PATTERN REASON): no file below the folders may have an #include that matches.
function(forbid folders pattern reason)
  foreach(folder ${folders})
    file(GLOB_RECURSE files ${ROOT}/${folder}/*.h ${ROOT}/${folder}/*.cc)
    foreach(file ${files})
      file(STRINGS ${file} lines REGEX "^[ \t]*#[ \t]*include")
      foreach(line ${lines})
        if(line MATCHES "${pattern}")
          file(RELATIVE_PATH where ${ROOT} ${file})
          set(violations "${violations}  ${where}: ${line} (${reason})\n" PARENT_SCOPE)
          set(violations "${violations}  ${where}: ${line} (${reason})\n")
        endif()
      endforeach()
    endforeach()
  endforeach()
  set(violations "${violations}" PARENT_SCOPE)
endfunction()

# A rule pack is a text the law reads itself, so rules/src may parse TOML; toml++ stays in one file.
forbid("engine;rules/include" "[<\"]toml\\+\\+" "numbers and public headers of the law know no TOML")
set(outside "[<\"](Poco|sqlite3|libpq|nlohmann|gdal|ogr|cpl_|xlsxwriter|fmt|spdlog|CLI|fstream|filesystem|iostream)")
forbid("engine;rules" "${outside}" "numbers and law know no files, JSON, SQL or HTTP")
forbid("engine/include;rules/include" "[<\"](Eigen|boost)" "no third-party type in a public header")
forbid("engine" "dijia/rules" "the engine does not know the law")
forbid("engine;rules" "\"service/" "nothing below the service includes it")
forbid("rules" "\"dijia/[a-z_]+\\.h" "the law sees dijia/base only")
forbid("service/io;service/json;service/report" "[<\"](Poco/Net|CLI)" "HTTP and the command line stay at the edge")
forbid("service/app" "[<\"](Poco|CLI)" "jobs know no Poco type and no command line")
forbid("service/io;service/json;service/report;service/app" "\"service/cli" "the command line is the outermost room")
forbid("service/io;service/app;service/cli;service/report" "[<\"]nlohmann" "JSON is translated in service/json only")

if(violations)
  message(FATAL_ERROR "includes that break the layering:\n${violations}")
endif()
message(STATUS "layering holds")
