# Files as bytes of the program, by a function of http/embedded_files.h:
# include(embed.cmake), then embed_files(FUNCTION OUTPUT FOLDER FILE…).
function(embed_files function output folder)
  set(arrays "")
  set(rows "")
  set(index 0)
  foreach(file ${ARGN})
    file(READ ${folder}/${file} bytes HEX)
    # Texts and not lists of numbers, which compilers take minutes for.
    string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" bytes "${bytes}")
    string(APPEND arrays "constexpr char kFile${index}[] = \"${bytes}\";\n")
    string(APPEND rows "    {\"${file}\", {kFile${index}, sizeof kFile${index} - 1}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  file(WRITE ${output}
    "#include \"http/embedded_files.h\"\n\nnamespace dijia::http {\nnamespace {\n${arrays}"
    "constexpr EmbeddedFile kFiles[] = {\n${rows}};\n}  // namespace\n\n"
    "std::span<const EmbeddedFile> ${function}() { return kFiles; }\n\n}  // namespace dijia::http\n")
endfunction()
