# cmake -DFOLDER=… -DFILES=a;b -DFUNCTION=WebFiles -DOUTPUT=web_files.cc -P embed.cmake: files as bytes
# of the program, by a function of http/embedded_files.h.
set(arrays "")
set(rows "")
set(index 0)
foreach(file ${FILES})
  file(READ ${FOLDER}/${file} bytes HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "'\\\\x\\1'," bytes "${bytes}")
  string(APPEND arrays "constexpr char kFile${index}[] = {${bytes}};\n")
  string(APPEND rows "    {\"${file}\", {kFile${index}, sizeof kFile${index}}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${OUTPUT}
  "#include \"http/embedded_files.h\"\n\nnamespace dijia::http {\nnamespace {\n${arrays}"
  "constexpr EmbeddedFile kFiles[] = {\n${rows}};\n}  // namespace\n\n"
  "std::span<const EmbeddedFile> ${FUNCTION}() { return kFiles; }\n\n}  // namespace dijia::http\n")
